/** Where in an input file an error lies; lines and columns count from 1. */
export interface SourcePosition {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** What an {@link AppError} knows beside its sentence. */
export interface ErrorDetails {
  /** What the reader can do about it. */
  readonly hint?: string;
  readonly position?: SourcePosition;
  readonly cause?: unknown;
}

/** An error that stops the run with a sentence for the user; anything else thrown is our bug. */
export class AppError extends Error {
  readonly code: string;
  readonly hint: string | undefined;
  readonly position: SourcePosition | undefined;
  constructor(code: string, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.code = code;
    this.hint = details.hint;
    this.position = details.position;
  }
}

/** Wrong use of the command line. */
export class UsageError extends AppError {}
/** A configuration, profile or credential that cannot be used. */
export class ConfigError extends AppError {}
/** A rule or its cases that do not load. */
export class RuleError extends AppError {}
/** A snapshot file that cannot be read or written. */
export class SnapshotError extends AppError {}
/** A report that cannot be written. */
export class ReportError extends AppError {}

/** A waivers file, baseline or history that cannot be read or written, or a lock that another run holds. */
export class HistoryError extends AppError {}

/** One line (or two, with the hint) for a terminal: position, sentence, remedy. */
export function describeError(error: AppError): string {
  const { position } = error;
  const where = position === undefined ? "" : `${[position.file, position.line, position.column].filter((part) => part !== undefined).join(":")}: `;
  return `${where}${error.message}${error.hint === undefined ? "" : `\n  ${error.hint}`}`;
}

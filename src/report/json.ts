import type { Finding } from "../model/finding.ts";
import type { Report, Reporter } from "../model/report.ts";

/** Legal in JSON, but acted on by terminals (C1, bidi), by JavaScript (line separators) or unseen. They occur only inside strings. */
const escapable = /[\u007f-\u009f\p{Cf}\u2028\u2029]/gu;

/** One value as one line. Lone surrogates become U+FFFD: strict parsers (serde, PostgreSQL) refuse the whole document for their escapes. */
function line(value: unknown): string {
  const text = JSON.stringify(value, (_key, part: unknown) => (typeof part === "string" ? part.toWellFormed() : part));
  return text.replace(escapable, (character) => Array.from({ length: character.length }, (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`).join(""));
}

/** Named one by one: what the model gains later does not slip into a published format. */
function findingLine(finding: Finding): string {
  const { rule, title, requirements, severity, subject, outcome, message, reasons, evidence, remedy, references, disposition, count } = finding;
  const { kind, id, name } = subject;
  return line({ rule, title, requirements, severity, subject: { kind, id, name }, outcome, message, reasons, evidence, remedy, references, disposition, count });
}

function head(report: Report): string {
  const { startedAt, finishedAt, complete, profile, targets, reasons } = report.run;
  const { pass, warn, fail, unknown, notApplicable, waived } = report.summary;
  const parts = { schemaVersion: 1, tool: { name: report.tool.name, version: report.tool.version }, run: { startedAt, finishedAt, complete, profile, targets, reasons }, summary: { pass, warn, fail, unknown, notApplicable, waived } };
  return Object.entries(parts)
    .map(([key, value]) => `"${key}": ${line(value)},\n`)
    .join("");
}

/** The whole report as JSON (reports/schemas/report.schema.json), one finding per line so that diffs and line tools work. */
export const renderJson: Reporter = function* (report) {
  yield `{\n${head(report)}"findings": [`;
  let separator = "\n";
  for (const finding of report.findings) {
    yield separator + findingLine(finding);
    separator = ",\n";
  }
  yield "\n]\n}\n";
};

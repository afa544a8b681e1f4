/** What is wrong with an expression, and where: offsets in its text, `end` exclusive. */
export class ExpressionError extends Error {
  readonly start: number;
  readonly end: number;
  readonly hint: string | undefined;
  /** The name that nothing is known by, where that is what is wrong. */
  readonly unknownName: string | undefined;
  constructor(message: string, range: { readonly start: number; readonly end: number }, hint?: string, unknownName?: string) {
    super(message);
    this.name = "ExpressionError";
    this.start = range.start;
    this.end = range.end;
    this.hint = hint;
    this.unknownName = unknownName;
  }
}

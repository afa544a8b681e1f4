/** What is wrong with an expression, and where: offsets in its text, `end` exclusive. */
export class ExpressionError extends Error {
  readonly start: number;
  readonly end: number;
  readonly hint: string | undefined;
  constructor(message: string, range: { readonly start: number; readonly end: number }, hint?: string) {
    super(message);
    this.name = "ExpressionError";
    this.start = range.start;
    this.end = range.end;
    this.hint = hint;
  }
}

import { RuleError, type SourcePosition } from "../model/errors.ts";
import type { RuleDocument } from "../model/rule.ts";

/**
 * Where a place inside a value of a rule file lies. `positions` maps the value's JSON pointer to where its text begins, and `pointer@offset` to
 * where the text from that offset on begins when the file breaks lines, escapes or folds there.
 */
export function positionInRule(document: RuleDocument, pointer: string, offset = 0): SourcePosition {
  const translation = document.translated?.[pointer];
  return translation === undefined ? positionIn(document, pointer, offset) : positionIn(translation.source, translation.pointer, offset);
}

/** The same for any file whose positions are known. */
export function positionIn(document: Pick<RuleDocument, "file" | "positions">, pointer: string, offset = 0): SourcePosition {
  const { file, positions } = document;
  for (let at = offset; at > 0; at--) {
    const part = positions[`${pointer}@${at}`];
    if (part !== undefined) return { file, line: part.line, column: part.column + (offset - at) };
  }
  const start = positions[pointer];
  if (start !== undefined) return { file, line: start.line, column: start.column + offset };
  const parent = pointer.slice(0, Math.max(0, pointer.lastIndexOf("/")));
  return pointer === "" ? { file } : positionIn(document, parent);
}

/** Something that lint has against a place in a rule. */
export function ruleProblem({ id, document }: { readonly id: string; readonly document: RuleDocument }, pointer: string, message: string, hint?: string): RuleError {
  const position = positionInRule(document, pointer);
  return new RuleError("lint-rule", `${id}: ${message}`, hint === undefined ? { position } : { position, hint });
}

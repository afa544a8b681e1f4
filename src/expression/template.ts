import { compileExpression, type CompiledExpression, type Scope } from "./compile.ts";
import { ExpressionError } from "./expression-error.ts";
import { innermost } from "./static-type.ts";

/** A part of a text: as it stands, or worked out. */
export type TemplatePart = string | CompiledExpression;

/** A text with `{expression}` placeholders, compiled. */
export interface Template {
  readonly text: string;
  readonly parts: readonly TemplatePart[];
}

/** Compiles a text; `{{` and `}}` stand for braces. Throws an ExpressionError whose range lies in the text. */
export function compileTemplate(scope: Scope, text: string): Template {
  const parts: TemplatePart[] = [];
  let plain = "";
  let at = 0;
  while (at < text.length) {
    const char = text[at] ?? "";
    if ((char === "{" || char === "}") && text[at + 1] === char) {
      plain += char;
      at += 2;
    } else if (char === "}") {
      throw new ExpressionError("This } closes nothing.", { start: at, end: at + 1 }, "Write }} for a brace.");
    } else if (char === "{") {
      const end = placeholderEnd(text, at);
      if (plain !== "") parts.push(plain);
      plain = "";
      parts.push(compilePlaceholder(scope, text.slice(at + 1, end), at + 1));
      at = end + 1;
    } else {
      plain += char;
      at += 1;
    }
  }
  if (plain !== "") parts.push(plain);
  return { text, parts };
}

/** The expressions of a text's placeholders as they stand there; a brace that closes or opens nothing ends the search. */
export function placeholdersOf(text: string): readonly string[] {
  const found: string[] = [];
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== "{") continue;
    if (text[at + 1] === "{") at += 1;
    else {
      const end = endOf(text, at);
      if (end === undefined) break;
      found.push(text.slice(at + 1, end));
      at = end;
    }
  }
  return found;
}

function endOf(text: string, start: number): number | undefined {
  try {
    return placeholderEnd(text, start);
  } catch (error) {
    if (error instanceof ExpressionError) return undefined;
    throw error;
  }
}

function placeholderEnd(text: string, start: number): number {
  let quote: string | undefined;
  for (let at = start + 1; at < text.length; at++) {
    const char = text[at] ?? "";
    if (quote !== undefined) {
      if (char === "\\") at += 1;
      else if (char === quote) quote = undefined;
    } else if (char === '"' || char === "'") quote = char;
    else if (char === "}") return at;
  }
  throw new ExpressionError("This { is not closed.", { start, end: start + 1 }, "Write {{ for a brace.");
}

function compilePlaceholder(scope: Scope, text: string, offset: number): CompiledExpression {
  try {
    const compiled = compileExpression(scope, text);
    const inner = innermost(compiled.type);
    if (inner.is === "record" || inner.is === "duration") throw new ExpressionError(`A ${inner.is === "record" ? inner.record : "duration"} has no text of its own.`, { start: 0, end: text.length }, "Name one of its fields.");
    return compiled;
  } catch (error) {
    if (error instanceof ExpressionError) throw new ExpressionError(error.message, { start: offset + error.start, end: offset + error.end }, error.hint, error.unknownName);
    throw error;
  }
}

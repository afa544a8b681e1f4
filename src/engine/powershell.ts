import { isOptional } from "../expression/cel.ts";
import { ExpressionError } from "../expression/expression-error.ts";
import type { Template, TemplatePart } from "../expression/template.ts";
import { SubjectView } from "../expression/view.ts";

/** Windows PowerShell ends a single-quoted text at any of these, and takes each of them doubled as itself (about_Quoting_Rules). */
const quotes = /['\u2018\u2019\u201A\u201B]/gu;
/**
 * Control, format (bidirectional overrides among them) and line separator characters, and lone surrogates: on a terminal they show another command than they run.
 * And the double quote: Windows PowerShell hands it to native programs unescaped, where it ends the argument (about_Parsing).
 */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}"]/u;

/** A text as one argument of a PowerShell command, or undefined for one that cannot be shown safely. */
export function quoteArgument(text: string): string | undefined {
  return unprintable.test(text) ? undefined : `'${text.replaceAll(quotes, "$&$&")}'`;
}

/** A value of an expression as an argument; lists become PowerShell lists. Undefined: it cannot be written there. */
export function powershellArgument(value: unknown): string | undefined {
  if (typeof value === "bigint") return String(value);
  if (typeof value === "boolean") return value ? "$true" : "$false";
  if (typeof value === "string") return quoteArgument(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : quoteArgument(value.toISOString());
  if (value instanceof SubjectView) return quoteArgument(value.$subject.name);
  if (isOptional(value)) return value.hasValue() ? powershellArgument(value.value()) : undefined;
  if (!Array.isArray(value)) return undefined;
  const items = value.map(powershellArgument);
  return items.includes(undefined) ? undefined : `@(${items.join(",")})`;
}

/** Refuses a command in which a placeholder is not an argument of its own: the value brings its quotes, and PowerShell does not join quoted texts. */
export function checkCommand(command: Template): void {
  let offset = 0;
  let open: string | undefined;
  for (const [index, part] of command.parts.entries()) {
    if (typeof part === "string") {
      for (const char of part) {
        if (char === open) open = undefined;
        else if (open === undefined && (char === "'" || char === '"')) open = char;
      }
      offset += part.length;
      continue;
    }
    const start = command.text.indexOf(`{${part.text}}`, offset);
    offset = start + part.text.length + 2;
    if (open !== undefined) throw new ExpressionError(`{${part.text}} stands inside quotes.`, { start, end: offset }, "Leave the quotes out: values are quoted for PowerShell.");
    if (!standsAlone(command.parts[index - 1], command.parts[index + 1])) throw new ExpressionError(`{${part.text}} is only a part of an argument.`, { start, end: offset }, "Put the whole argument together in the expression, or name it under `with`.");
  }
}

function standsAlone(before: TemplatePart | undefined, after: TemplatePart | undefined): boolean {
  const freeBefore = before === undefined || (typeof before === "string" && /[\s,(=:;|]$/u.test(before));
  return freeBefore && (after === undefined || (typeof after === "string" && /^[\s,);|]/u.test(after)));
}

/** Legal in JSON, but acted on by terminals (C1, bidi), by JavaScript (line separators) or unseen. They occur only inside strings. */
const escapable = /[\u007f-\u009f\p{Cf}\u2028\u2029]/gu;

/** One value as JSON on one line. Lone surrogates become U+FFFD: strict parsers (serde, PostgreSQL) refuse the whole document for their escapes. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, (_key, part: unknown) => (typeof part === "string" ? part.toWellFormed() : part));
  return text.replace(escapable, (character) => Array.from({ length: character.length }, (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`).join(""));
}

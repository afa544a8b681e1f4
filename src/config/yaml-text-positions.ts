import type { Scalar } from "yaml";

/** A place from which on a text and the file run in parallel. */
export interface TextRun {
  /** Offset in the text. */
  readonly at: number;
  /** Offset in the file. */
  readonly source: number;
}

const space = /\s/u;
const escapeLengths: Readonly<Record<string, number>> = { x: 4, u: 6, U: 10 };

/** Where the parts of a YAML text lie in the file, whatever its style: line folding, indentation and escapes each start a new run. */
export function textRuns(source: string, node: Scalar, text: string): TextRun[] {
  const [start = 0, end = source.length] = node.range ?? [];
  switch (node.type) {
    case "QUOTE_DOUBLE":
      return runsOf(source, start + 1, end, text, doubleQuoted);
    case "QUOTE_SINGLE":
      return runsOf(source, start + 1, end, text, singleQuoted);
    case "BLOCK_FOLDED":
    case "BLOCK_LITERAL":
      return runsOf(source, afterLine(source, start), end, text, () => undefined);
    default:
      return runsOf(source, start, end, text, () => undefined);
  }
}

function afterLine(source: string, from: number): number {
  const end = source.indexOf("\n", from);
  return end === -1 ? source.length : end + 1;
}

/** How many characters of the file, and how many of the text, something special takes; undefined: it stands for itself. */
type Special = (source: string, at: number) => { readonly source: number; readonly text: number } | undefined;

const singleQuoted: Special = (source, at) => (source.startsWith("''", at) ? { source: 2, text: 1 } : undefined);

const doubleQuoted: Special = (source, at) => {
  if (source[at] !== "\\") return undefined;
  const kind = source[at + 1] ?? "";
  if (kind === "\n" || kind === "\r") return { source: 1 + spaces(source, at + 1), text: 0 };
  const length = escapeLengths[kind] ?? 2;
  const isPair = kind === "U" && Number.parseInt(source.slice(at + 2, at + length), 16) > 0xffff;
  return { source: length, text: isPair ? 2 : 1 };
};

function spaces(text: string, from: number): number {
  let at = from;
  while (at < text.length && space.test(text[at] ?? "")) at += 1;
  return at - from;
}

function runsOf(source: string, start: number, end: number, text: string, special: Special): TextRun[] {
  let from = start;
  let at = 0;
  const indentation = spaces(source, from) - spaces(text, 0);
  if (indentation > 0) from += indentation;
  const runs: TextRun[] = [{ at: 0, source: from }];
  while (at < text.length && from < end) {
    const taken = special(source, from) ?? spacesAt(source, from, text, at) ?? { source: 1, text: 1 };
    from += taken.source;
    at += taken.text;
    if (taken.source !== taken.text) runs.push({ at, source: from });
  }
  return runs;
}

function spacesAt(source: string, from: number, text: string, at: number): { readonly source: number; readonly text: number } | undefined {
  const inSource = spaces(source, from);
  const inText = spaces(text, at);
  return inSource === 0 || inText === 0 ? undefined : { source: inSource, text: inText };
}

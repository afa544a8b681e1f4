import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, parseAllDocuments, visit, type Document, type Node, type Scalar, type YAMLMap } from "yaml";
import type { SourcePosition } from "../model/errors.ts";
import { textRuns } from "./yaml-text-positions.ts";

/** Line and column by JSON pointer; `pointer@offset` says where a text goes on after the file folds or escapes it. */
export type Positions = Readonly<Record<string, { readonly line: number; readonly column: number }>>;

/** Something that is wrong with a YAML file. */
export interface YamlProblem {
  readonly message: string;
  readonly hint?: string;
  readonly position: SourcePosition;
}

/** A YAML file that could be read: plain values, and where they stand. `keys` has the positions of keys. */
export interface YamlDocument {
  readonly value: unknown;
  readonly positions: Positions;
  readonly keys: Positions;
}

const maxLength = 256 * 1024;
const maxDepth = 40;

/** Reads one YAML 1.2 document. Anchors, aliases, tags and repeated keys are refused: what stands there is what is meant, and nothing can swell. */
export function readYaml(file: string, text: string): YamlDocument | readonly YamlProblem[] {
  if (text.length > maxLength) return [{ message: `The file is larger than ${maxLength / 1024} KiB.`, position: { file } }];
  if (deepest(text) > maxDepth) return [{ message: "The file is nested too deeply.", position: { file } }];
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines, uniqueKeys: false, merge: false, schema: "core", prettyErrors: false, stringKeys: true });
  const place = (offset: number): SourcePosition => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  if (!Array.isArray(documents) || documents.length === 0) return [{ message: "The file is empty.", position: { file } }];
  const [document, second] = documents;
  if (document === undefined || second !== undefined) return [{ message: "The file holds more than one document.", hint: "Leave out the lines with ---.", position: place(second?.range[0] ?? 0) }];
  // A tag that YAML's core schema does not know is a warning.
  const problems = [...document.errors, ...document.warnings].map(({ message, pos }) => ({ message: sentence(message), position: place(pos[0]) }));
  problems.push(...refusedNodes(document, place));
  if (problems.length > 0) return problems;
  const gathered: Gathered = { text, lines, positions: {}, keys: {} };
  if (document.contents !== null) gather(gathered, document.contents, "");
  return { value: document.toJS({ maxAliasCount: 0 }) as unknown, positions: gathered.positions, keys: gathered.keys };
}

/** An upper bound of the depth, so that the parser's recursion is not put to the test: brackets, or levels of indentation and of `- - -`. */
function deepest(text: string): number {
  let brackets = 0;
  let deepestBrackets = 0;
  let deepestLine = 0;
  for (const line of text.split("\n")) {
    const lead = /^[\s\-?:]*/u.exec(line)?.[0] ?? "";
    deepestLine = Math.max(deepestLine, /[-?]/u.test(lead) ? lead.replaceAll(/\s/gu, "").length : 0);
    for (const char of line) {
      if (char === "[" || char === "{") deepestBrackets = Math.max(deepestBrackets, (brackets += 1));
      else if (char === "]" || char === "}") brackets = Math.max(0, brackets - 1);
    }
  }
  return Math.max(deepestBrackets, deepestLine);
}

function sentence(message: string): string {
  const first = message.split("\n")[0] ?? message;
  return /[.!?]$/u.test(first) ? first : `${first}.`;
}

function refusedNodes(document: Document.Parsed, place: (offset: number) => SourcePosition): YamlProblem[] {
  const problems: YamlProblem[] = [];
  visit(document, {
    Node: (_, node) => {
      if (isAlias(node) || node.anchor !== undefined) problems.push({ message: "Anchors and aliases are refused.", hint: "Write the value out.", position: place(node.range?.[0] ?? 0) });
      if (isMap(node)) for (const key of repeatedKeys(node)) problems.push({ message: "Map keys must be unique.", position: place(key.range?.[0] ?? 0) });
    },
  });
  return problems;
}

/** The parser would compare each key with all others, which takes very long for a file full of them. */
function repeatedKeys(map: YAMLMap): Scalar[] {
  const seen = new Set<string>();
  return map.items.flatMap(({ key }) => {
    if (!isScalar(key)) return [];
    const name = String(key.value);
    if (seen.has(name)) return [key];
    seen.add(name);
    return [];
  });
}

interface Gathered {
  readonly text: string;
  readonly lines: LineCounter;
  readonly positions: Record<string, { line: number; column: number }>;
  readonly keys: Record<string, { line: number; column: number }>;
}

function gather(gathered: Gathered, node: Node, pointer: string): void {
  const at = (offset: number) => {
    const { line, col } = gathered.lines.linePos(offset);
    return { line, column: col };
  };
  gathered.positions[pointer] = at(node.range?.[0] ?? 0);
  if (isScalar(node) && typeof node.value === "string") {
    for (const run of textRuns(gathered.text, node, node.value)) gathered.positions[run.at === 0 ? pointer : `${pointer}@${run.at}`] = at(run.source);
  } else if (isSeq(node)) {
    for (const [index, item] of node.items.entries()) if (isNode(item)) gather(gathered, item, `${pointer}/${index}`);
  } else if (isMap(node)) {
    for (const pair of node.items) {
      if (!isPair(pair) || !isScalar(pair.key)) continue;
      const below = `${pointer}/${escapePointer(String(pair.key.value))}`;
      gathered.keys[below] = at(pair.key.range?.[0] ?? 0);
      if (isNode(pair.value)) gather(gathered, pair.value, below);
    }
  }
}

function isNode(value: unknown): value is Node {
  return isScalar(value) || isMap(value) || isSeq(value);
}

/** A key as a part of a JSON pointer (RFC 6901 section 3). */
export function escapePointer(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

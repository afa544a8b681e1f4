import type { ReadLimits } from "./limits.ts";
import type { PowerShellValue } from "./powershell-value.ts";

/** What became of a JSON text. `repeated` are names that the outermost object has more than once: JSON.parse keeps the last and says nothing. */
export type JsonOutcome =
  | { readonly ok: true; readonly value: PowerShellValue; readonly repeated: ReadonlySet<string> }
  | { readonly ok: false; readonly reason: "malformed" | "truncated" | "unsupported"; readonly detail: string };

interface Survey {
  readonly depth: number;
  readonly values: number;
  readonly closed: boolean;
  readonly repeated: ReadonlySet<string>;
}

/** Reads JSON as ConvertTo-Json writes it. Depth and number of values are counted before anything is built. */
export function readJsonText(text: string, limits: ReadLimits): JsonOutcome {
  const survey = surveyJson(text, limits);
  if (survey.depth > limits.jsonDepth) return { ok: false, reason: "unsupported", detail: `it nests deeper than ${limits.jsonDepth}` };
  if (survey.values > limits.jsonValues) return { ok: false, reason: "unsupported", detail: `it has more than ${limits.jsonValues} values` };
  try {
    return { ok: true, value: jsonValue(JSON.parse(text)), repeated: survey.repeated };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    if (!survey.closed) return { ok: false, reason: "truncated", detail: "it ends in the middle" };
    return { ok: false, reason: "malformed", detail: "it is not valid JSON" };
  }
}

/** Walks over the tokens once without building anything; stops as soon as a limit is passed. */
function surveyJson(text: string, limits: ReadLimits): Survey {
  const token = /["[\]{},]/g;
  const names = new Set<string>();
  const repeated = new Set<string>();
  let [depth, deepest, values] = [0, 0, 0];
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    if (match[0] === '"') {
      const end = stringEnd(text, match.index);
      if (end === undefined) return { depth: deepest, values, closed: false, repeated };
      token.lastIndex = end;
      if (depth === 1 && isName(text, end)) {
        const name = text.slice(match.index + 1, end - 1).toLowerCase();
        if (names.has(name)) repeated.add(name);
        names.add(name);
      }
    } else if (match[0] === "]" || match[0] === "}") {
      depth -= 1;
    } else {
      values += 1;
      if (match[0] !== ",") depth += 1;
      deepest = Math.max(deepest, depth);
      if (deepest > limits.jsonDepth || values > limits.jsonValues) break;
    }
  }
  return { depth: deepest, values, closed: depth <= 0, repeated };
}

function stringEnd(text: string, start: number): number | undefined {
  const quoteOrEscape = /["\\]/g;
  quoteOrEscape.lastIndex = start + 1;
  for (let match = quoteOrEscape.exec(text); match !== null; match = quoteOrEscape.exec(text)) {
    if (match[0] === '"') return match.index + 1;
    quoteOrEscape.lastIndex = match.index + 2;
  }
  return undefined;
}

function isName(text: string, end: number): boolean {
  const colon = /\s*:/y;
  colon.lastIndex = end;
  return colon.test(text);
}

function jsonValue(value: unknown): PowerShellValue {
  if (value === null || value === undefined) return { kind: "null" };
  if (typeof value === "string") return { kind: "scalar", type: "string", text: value };
  if (typeof value === "number") return { kind: "scalar", type: "number", text: String(value) };
  if (typeof value === "boolean") return { kind: "scalar", type: "boolean", text: String(value) };
  const list = listIn(value);
  if (list !== undefined) return { kind: "object", typeNames: [], text: undefined, properties: new Map(), items: list.map(jsonValue) };
  const properties = new Map(Object.entries(value).map(([name, inner]): [string, PowerShellValue] => [name.toLowerCase(), jsonValue(inner)]));
  return { kind: "object", typeNames: [], text: undefined, properties, items: undefined };
}

/** An array, also where Windows PowerShell's ConvertTo-Json wrote a wrapped one as `{ "value": [...], "Count": n }`. */
function listIn(value: object): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  const isWrapped = "value" in value && "Count" in value && Object.keys(value).length === 2 && Array.isArray(value.value) && value.value.length === value.Count;
  return isWrapped ? (value.value as readonly unknown[]) : undefined;
}

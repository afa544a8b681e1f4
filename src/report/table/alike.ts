import { shortened } from "../shorten.ts";
import type { Words } from "../words/words.ts";

const lengthLimit = 2000;
/** Distinguished names, quoted values, and host names or addresses with a port: what differs where the same happens to many. */
const names = /(?:CN|OU|DC)=[^:]*?,DC=[\w-]+|"[^"]*"|'[^']*'|\[[0-9a-f:.]+\](?::\d+)?|[\p{L}\d_-]+(?:\.[\p{L}\d_-]+)+(?::\d+)?/giu;

/** What a sentence says whoever it is about. Two sentences of one shape tell of the same trouble with other names. */
export function shapeOf(sentence: string): string {
  return sentence.slice(0, lengthLimit).replace(names, "\u0000");
}

/** A sentence without the name of its subject, in whatever case it stands there. */
export function withoutName(sentence: string, name: string): string {
  return name === "" ? sentence : sentence.toLowerCase().replaceAll(name.toLowerCase(), "\u0000");
}

/** Whom a sentence is about: the first name in it, of a distinguished name its first part; the whole sentence where there is none. */
function nameIn(sentence: string): string {
  const [name = sentence] = sentence.slice(0, lengthLimit).match(names) ?? [];
  return name.split(",")[0] ?? name;
}

const namesShown = 3;
const nameLimit = 120;

/** Of whom else the same can be said: ` (and likewise ex2.fabrikam.test and 35 more)`, nothing where there is nobody. Not escaped. */
export function likewiseText(others: readonly string[], { say, count }: Words): string {
  if (others.length === 0) return "";
  const named = [...new Set(others.slice(0, namesShown).map((other) => shortened(nameIn(other), nameLimit)))];
  const rest = others.length - Math.min(others.length, namesShown);
  return ` (${say.alike(`${named.join(", ")}${rest > 0 ? ` ${count.more(rest)}` : ""}`)})`;
}

/** Sentences of one shape together, in the order of the first of each. */
export function alikeGroups(sentences: readonly string[]): readonly { readonly first: string; readonly others: readonly string[] }[] {
  return [...Map.groupBy(sentences, shapeOf).values()].map(([first = "", ...others]) => ({ first, others }));
}

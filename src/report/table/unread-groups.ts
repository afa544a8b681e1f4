import { terminalText } from "../../model/terminal-text.ts";
import { kindText, nameText } from "../finding-text.ts";
import { shortened } from "../shorten.ts";
import { blockLines, markOf, unreadRows } from "./blocks.ts";
import type { Block, Digest } from "./digest.ts";
import { labelled, type Page, type Row } from "./page.ts";

const ruleNames = 3;
const subjectNames = 5;
const nameLimit = 120;

/** Rules of an area that could not be decided, those that lack the same together. */
function groupsOf(blocks: readonly Block[]): readonly (readonly Block[])[] {
  const groups = new Map<string, Block[]>();
  for (const block of blocks) {
    const key = [...block.causes].sort().join("\n");
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [block]);
    else group.push(block);
  }
  return [...groups.values()];
}

/** What the rules of a group are about: the first names of each kind. The deployment as a whole says nothing. */
function subjectRows(group: readonly Block[], { words }: Page): readonly Row[] {
  const kinds = new Map<string, { readonly names: Set<string>; most: number }>();
  for (const { clusters } of group) {
    for (const { samples, total } of clusters.values()) {
      const [first] = samples;
      if (first === undefined || first.subject.kind === "deployment") continue;
      const kind = kinds.get(first.subject.kind) ?? { names: new Set<string>(), most: 0 };
      kinds.set(first.subject.kind, kind);
      for (const { subject } of samples) kind.names.add(terminalText(shortened(nameText(subject), nameLimit)));
      kind.most = Math.max(kind.most, total);
    }
  }
  return [...kinds].map(([kind, { names, most }]) => {
    const listed = [...names].slice(0, subjectNames).join(", ");
    const text = names.size > subjectNames || most > names.size ? words.say.listAndMore(listed) : listed;
    return { label: "", text: `${terminalText(kindText(kind, words))} ${text}` };
  });
}

function* groupLines(group: readonly Block[], page: Page, digest: Digest, causes: ReadonlyMap<string, number>): Iterable<string> {
  const [first] = group;
  if (first === undefined) return;
  const { count, say, colon } = page.words;
  const total = say.checksOfRules(count.checks(group.reduce((sum, block) => sum + block.total, 0)), count.rules(group.length));
  const names = group.map(({ rule }) => terminalText(shortened(rule.slice(rule.indexOf("/") + 1), nameLimit)));
  const facts = new Map(group.flatMap((block) => [...block.facts]));
  yield* labelled(page, [
    { ...markOf(first, page.words), text: group.length > ruleNames ? total : colon(total, names.join(", ")) },
    ...subjectRows(group, page),
    ...unreadRows({ facts, causes: first.causes }, digest, causes, page.words),
  ]);
}

/** What could not be decided in an area: a rule that lacks something of its own in full, rules that lack the same in a few lines together. */
export function* unreadGroupLines(blocks: readonly Block[], page: Page, digest: Digest, causes: ReadonlyMap<string, number>): Iterable<string> {
  for (const [index, group] of groupsOf(blocks).entries()) {
    if (index > 0) yield "";
    const [only, second] = group;
    if (only !== undefined && second === undefined) yield* blockLines(only, page, digest, causes);
    else yield* groupLines(group, page, digest, causes);
  }
}

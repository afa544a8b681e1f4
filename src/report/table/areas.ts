import { terminalText } from "../../model/terminal-text.ts";
import { compareText } from "../../model/compare-text.ts";
import { outcomeRank, severityRank } from "../order.ts";
import type { Words } from "../words/words.ts";
import { blockLines } from "./blocks.ts";
import { shownCauses } from "./causes.ts";
import type { Block, Digest } from "./digest.ts";
import { labelled, painted, type Page, type Row } from "./page.ts";
import { unreadGroupLines } from "./unread-groups.ts";

/** The findings by area; areas, rules and outcomes with the worst first. */
export function* areaLines(digest: Digest, page: Page): Iterable<string> {
  const areas = [...digest.areas].map(([name, blocks]) => ({ name, blocks: [...blocks.values()].sort(byWeight) }));
  const causes = new Map(shownCauses(digest, page).map(([key], index) => [key, index + 1]));
  for (const { name, blocks } of areas.sort((a, b) => worst(a.blocks) - worst(b.blocks) || compareText(a.name, b.name))) {
    yield "";
    yield painted(page, "strong", terminalText(name));
    const listed = blocks.filter((block) => isListed(block, page));
    for (const [index, part] of partsOf(listed, page).entries()) {
      if (index > 0) yield "";
      yield* "unread" in part ? unreadGroupLines(part.unread, page, digest, causes) : blockLines(part.block, page, digest, causes);
    }
    const rows = countRows(blocks.filter((block) => !isListed(block, page)), page.words);
    if (listed.length > 0 && rows.length > 0) yield "";
    yield* labelled(page, rows);
  }
}

type Part = { readonly block: Block } | { readonly unread: readonly Block[] };

/** Each rule and outcome by itself, but for what could not be decided: there the same is usually missing to many. */
function partsOf(listed: readonly Block[], page: Page): readonly Part[] {
  const isUnread = ({ outcome, waived }: Block): boolean => page.verbosity !== "verbose" && outcome === "unknown" && !waived;
  const unread = listed.filter(isUnread);
  return listed.flatMap((block): readonly Part[] => (isUnread(block) ? (block === unread[0] ? [{ unread }] : []) : [{ block }]));
}

function rank(block: Block): number {
  return block.waived ? 10 : outcomeRank[block.outcome];
}

function byWeight(a: Block, b: Block): number {
  return rank(a) - rank(b) || severityRank[a.severity] - severityRank[b.severity] || compareText(a.rule, b.rule);
}

function worst(blocks: readonly Block[]): number {
  return Math.min(...blocks.map(rank));
}

function isListed(block: Block, page: Page): boolean {
  return page.verbosity === "verbose" || block.waived || (block.outcome !== "pass" && block.outcome !== "not-applicable");
}

function countRows(blocks: readonly Block[], { marks, count, say }: Words): readonly Row[] {
  const row = (outcome: Block["outcome"]): readonly Row[] => {
    const these = blocks.filter((block) => block.outcome === outcome);
    const total = these.reduce((sum, block) => sum + block.total, 0);
    return these.length === 0 ? [] : [{ label: marks[outcome], ...(outcome === "pass" ? { style: "good" as const } : {}), text: say.checksOfRules(count.checks(total), count.rules(these.length)) }];
  };
  return [...row("pass"), ...row("not-applicable")];
}

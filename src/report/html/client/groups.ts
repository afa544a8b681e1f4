import { outcomeRank, severityRank, areaOf } from "../../order.ts";
import type { ClientWords } from "../../words/page-words.ts";
import type { CardHead } from "../card.ts";
import { areaText } from "../words.ts";
import type { GroupBy } from "./query.ts";

/** Findings under one heading. */
export interface Group {
  /** Larger heading above it, where it begins a new one. */
  readonly area: string | undefined;
  readonly title: string;
  /** The rule, where all are of one. */
  readonly rule: string | undefined;
  /** Worst first. */
  readonly members: readonly number[];
}

function rankOf({ waived, outcome, severity }: CardHead): number {
  return (waived ? 100 : 0) + outcomeRank[outcome] * 10 + severityRank[severity];
}

/** Groups findings, groups and members with the worst first. The page holds findings worst first, so that the first member of a group is its worst. */
export function groupsOf(words: ClientWords, heads: readonly CardHead[], found: readonly number[], by: GroupBy): readonly Group[] {
  if (by === "area") return [...Map.groupBy(found, (index) => areaOf(head(heads, index).rule))].flatMap(([area, ofArea]) => [...Map.groupBy(ofArea, (index) => head(heads, index).rule)].map(([rule, members], place) => ({ area: place === 0 ? areaText(words, area) : undefined, title: head(heads, members[0]).title, rule, members })));
  const keyOf = (index: number): string => {
    const { cause, rule, subject, team } = head(heads, index);
    if (by === "cause") return cause < 0 ? rule : String(cause);
    return by === "subject" ? subject : (team ?? "");
  };
  const groups = [...Map.groupBy(found, keyOf).values()];
  if (by !== "team") groups.sort((a, b) => rankOf(head(heads, a[0])) - rankOf(head(heads, b[0])) || b.length - a.length);
  return groups.map((members) => {
    const worst = head(heads, members[0]);
    const rule = members.every((index) => head(heads, index).rule === worst.rule) ? worst.rule : undefined;
    const titles = { cause: worst.outcome === "unknown" || members.length === 1 ? worst.title : `${worst.title} (${worst.subject})`, subject: worst.subject, team: worst.team === undefined ? words.noTeam : words.teams[worst.team] };
    return { area: undefined, title: titles[by], rule, members };
  });
}

function head(heads: readonly CardHead[], index: number | undefined): CardHead {
  const found = heads[index ?? 0];
  if (found === undefined) throw new RangeError("no such finding");
  return found;
}

import type { DriftState } from "../../../model/drift.ts";
import type { Outcome, Severity } from "../../../model/finding.ts";
import type { Team } from "../../../model/rule.ts";
import { areaOf } from "../../order.ts";
import type { CardHead } from "../card.ts";

/** What the list is asked for; empty texts and sets ask for everything. */
export interface Query {
  readonly text: string;
  readonly outcomes: ReadonlySet<Outcome | "waived">;
  readonly area: string;
  readonly severity: Severity | "";
  readonly team: Team | "";
  readonly state: DriftState | "";
  /** Rules of a step of the process, with its name. */
  readonly only: { readonly title: string; readonly rules: ReadonlySet<string> } | undefined;
  readonly group: GroupBy;
}

/** What findings can be grouped by. */
export const groupings = ["area", "cause", "subject", "team"] as const;
/** One of {@link groupings}. */
export type GroupBy = (typeof groupings)[number];

/** What wants looking at. */
const problemOutcomes: ReadonlySet<Outcome | "waived"> = new Set(["fail", "unknown", "warn"]);

/** What is asked for at first. */
export const firstQuery: Query = { text: "", outcomes: problemOutcomes, area: "", severity: "", team: "", state: "", only: undefined, group: "area" };

/** What a finding counts as in the filter of outcomes. */
export function shownOutcome({ outcome, waived }: CardHead): Outcome | "waived" {
  return waived ? "waived" : outcome;
}

/** Searches findings for all words, and for what stands in quotation marks as a whole: the texts are put together once, when somebody searches for the first time. */
export function searcher(heads: readonly CardHead[]): (query: Query) => readonly number[] {
  let texts: readonly string[] | undefined;
  return ({ text, outcomes, area, severity, team, state, only }) => {
    const words = [...text.toLowerCase().matchAll(/"([^"]+)"|[^\s"]+/g)].map(([word, phrase]) => phrase ?? word);
    if (words.length > 0) texts ??= heads.map((head) => `${head.rule}\n${head.title}\n${head.subject}\n${head.message}\n${head.anchor}`.toLowerCase());
    const found: number[] = [];
    for (const [index, head] of heads.entries()) {
      if (outcomes.size > 0 && !outcomes.has(shownOutcome(head))) continue;
      if (area !== "" && areaOf(head.rule) !== area) continue;
      if (severity !== "" && head.severity !== severity) continue;
      if (team !== "" && head.team !== team) continue;
      if (state !== "" && head.state !== state) continue;
      if (only !== undefined && !only.rules.has(head.rule)) continue;
      const own = texts?.[index] ?? "";
      if (words.every((word) => own.includes(word))) found.push(index);
    }
    return found;
  };
}

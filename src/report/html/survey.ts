import type { Finding } from "../../model/finding.ts";
import type { Report } from "../../model/report.ts";
import { driftStates } from "../drift-state.ts";
import { reasonText } from "../finding-text.ts";
import { checksOf, outcomeRank, severityRank } from "../order.ts";
import { shortened } from "../shorten.ts";
import { wordsOf } from "../words.ts";
import type { Words } from "../words/words.ts";
import { bulkOf, type Bulk, type BulkLimits } from "./bulk.ts";
import type { Card } from "./card.ts";
import { sketchBook, type CauseSketch } from "./cause-sketches.ts";
import { makeCard, type CardContext } from "./make-card.ts";
import { rootCauses } from "./root-causes.ts";
import { sampleBook, type Samples } from "./samples.ts";
import { tallyBook, type Tallies } from "./tallies.ts";

/** All that the page needs of the findings, from one walk over them: bounded, however many they are. */
export interface Survey {
  readonly tallies: Tallies;
  readonly samples: Samples;
  /** Worst first. */
  readonly causes: readonly CauseSketch[];
  /** Numbers of root causes that another one stands for. */
  readonly joinedCauses: ReadonlyMap<number, number>;
  readonly bulk: ReturnType<Bulk["finish"]>;
}

/** Open before waived, then by outcome, then by severity: thirty ranks. */
function rankOf({ outcome, severity, disposition }: Finding): number {
  return (disposition === "waived" ? 100 : 0) + outcomeRank[outcome] * 10 + severityRank[severity];
}

function isProblem({ outcome }: Finding): boolean {
  return outcome === "fail" || outcome === "warn" || outcome === "unknown";
}

/** What could not be read, where that is why nothing was decided. */
function unreadText({ outcome, reasons: [reason] }: Finding, words: Words): string | undefined {
  if (outcome !== "unknown" || reason === undefined) return undefined;
  return words.colon(reasonText(reason.reason, words), shortened(words.text(reason.detail), 200));
}

/** Walks the findings once; `wanted` are the subjects that are counted one by one. */
export function surveyOf(report: Report, wanted: ReadonlySet<string>, limits?: BulkLimits, words = wordsOf()): Survey {
  const stateOf = driftStates(report);
  const teamOf = new Map(report.rules.map(({ id, team }) => [id, team]));
  const causes = rootCauses();
  const bulk = bulkOf(limits);
  const tallies = tallyBook(wanted);
  const samples = sampleBook();
  const sketches = sketchBook();
  for (const finding of report.findings) {
    const rank = rankOf(finding);
    const cause = isProblem(finding) ? causes.add(finding) : -1;
    const context: CardContext = { team: teamOf.get(finding.rule), state: stateOf(finding), cause, words };
    let made: Card | undefined;
    const card = (): Card => (made ??= makeCard(finding, context));
    bulk.add(finding, rank, card);
    tallies.add(finding, rank, context.team);
    samples.add(finding, rank, card);
    if (cause >= 0 && finding.disposition === "open") sketches.add({ cause, rank, checks: checksOf(finding), rule: finding.rule, team: context.team }, () => ({ head: card().head, unread: unreadText(finding, words) }));
  }
  return { tallies, samples: samples.finish(), causes: sketches.finish(causes.rootOf), joinedCauses: causes.joined(), bulk: bulk.finish() };
}

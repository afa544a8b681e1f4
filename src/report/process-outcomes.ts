import { outcomes, type Finding, type Outcome, type Summary } from "../model/finding.ts";
import type { ProcessPhase, ProcessView } from "../model/overview.ts";
import { checksOf, outcomeRank } from "./order.ts";

/**
 * How a phase stands: the worst outcome of its open findings. `waived` where all that could be judged is accepted by a waiver, `nothing-to-check` where no rule is
 * behind it. A phase with a rule that left no finding is unknown, never done.
 */
export const phaseStates = [...outcomes, "waived", "nothing-to-check"] as const;
/** One of {@link phaseStates}. */
export type PhaseState = (typeof phaseStates)[number];

/** A phase and how it stands. */
export interface PhaseOutcome {
  readonly phase: ProcessPhase;
  readonly state: PhaseState;
  /** Checks behind it; waived ones are counted apart. */
  readonly counts: Summary;
  /** Its rules with the worst outcome of each, worst first; without those that pass or do not apply. */
  readonly decidedBy: readonly { readonly rule: string; readonly outcome: Outcome; readonly checks: number }[];
  /** Its rules that left no finding. */
  readonly notRun: readonly string[];
}

/** Checks by rule and outcome, waived ones apart. */
export type RuleCounts = ReadonlyMap<string, Summary>;

const nothing: Summary = { pass: 0, warn: 0, fail: 0, unknown: 0, notApplicable: 0, waived: 0 };
const worstFirst: readonly Outcome[] = (Object.keys(outcomeRank) as Outcome[]).toSorted((a, b) => outcomeRank[a] - outcomeRank[b]);

function counterOf(outcome: Outcome): keyof Summary {
  return outcome === "not-applicable" ? "notApplicable" : outcome;
}

/** Counts that grow. */
export type GrowingCounts = Map<string, { -readonly [Key in keyof Summary]: number }>;

/** Adds checks of one outcome to the counts of their rule. */
export function addChecks(counts: GrowingCounts, { rule, outcome, waived }: { readonly rule: string; readonly outcome: Outcome; readonly waived: boolean }, checks: number): void {
  const before = counts.get(rule);
  const count = before ?? { ...nothing };
  if (before === undefined) counts.set(rule, count);
  count[waived ? "waived" : counterOf(outcome)] += checks;
}

/** Counts the checks of each rule. Walks the findings once. */
export function countByRule(findings: Iterable<Finding>): RuleCounts {
  const counts: GrowingCounts = new Map();
  for (const finding of findings) addChecks(counts, { rule: finding.rule, outcome: finding.outcome, waived: finding.disposition === "waived" }, checksOf(finding));
  return counts;
}

function added(a: Summary, b: Summary): Summary {
  return { pass: a.pass + b.pass, warn: a.warn + b.warn, fail: a.fail + b.fail, unknown: a.unknown + b.unknown, notApplicable: a.notApplicable + b.notApplicable, waived: a.waived + b.waived };
}

/** The worst outcome that is open. */
function worstOpen(counts: Summary): Outcome | undefined {
  return worstFirst.find((outcome) => counts[counterOf(outcome)] > 0);
}

function stateOf({ rules }: ProcessPhase, counts: Summary, notRun: number): PhaseState {
  if (rules.length === 0) return "nothing-to-check";
  const worst = worstOpen(counts);
  if (worst === "fail") return "fail";
  if (notRun > 0) return "unknown";
  // What does not apply does not make done what was only accepted.
  if (counts.waived > 0 && (worst === undefined || worst === "not-applicable")) return "waived";
  return worst ?? "unknown";
}

function phaseOutcome(phase: ProcessPhase, byRule: RuleCounts): PhaseOutcome {
  const counts = phase.rules.reduce((sum, rule) => added(sum, byRule.get(rule) ?? nothing), nothing);
  const notRun = phase.rules.filter((rule) => !byRule.has(rule));
  const decidedBy = phase.rules.flatMap((rule) => {
    const own = byRule.get(rule) ?? nothing;
    const outcome = worstOpen(own);
    return outcome === undefined || outcome === "pass" || outcome === "not-applicable" ? [] : [{ rule, outcome, checks: own[counterOf(outcome)] }];
  });
  return { phase, state: stateOf(phase, counts, notRun.length), counts, decidedBy: decidedBy.toSorted((a, b) => outcomeRank[a.outcome] - outcomeRank[b.outcome]), notRun };
}

/** How each phase of a process stands, from the findings of its rules. */
export function phaseOutcomes(process: ProcessView, byRule: RuleCounts): readonly PhaseOutcome[] {
  return process.phases.map((phase) => phaseOutcome(phase, byRule));
}

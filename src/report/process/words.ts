import type { Outcome } from "../../model/finding.ts";
import type { PhaseOutcome, PhaseState } from "../process-outcomes.ts";
import type { Words } from "../words/words.ts";

/** What a report calls a state of a phase, in at most eight columns. */
export function phaseMark(state: PhaseState, { marks, process }: Words): string {
  return state === "nothing-to-check" ? process.nothingMark : marks[state];
}

const problems: readonly Exclude<Outcome | "waived", "not-applicable">[] = ["fail", "unknown", "warn", "waived"];

/** `2 fail, 1 waived`, and passes only where there is nothing else to say. */
export function phaseCounts({ state, counts, notRun }: PhaseOutcome, { process }: Words): string {
  if (state === "nothing-to-check") return process.nothing;
  const parts = problems.flatMap((outcome) => (counts[outcome] > 0 ? [process.part(outcome, counts[outcome])] : []));
  if (notRun.length > 0) parts.push(process.rulesNotRun(notRun.length));
  if (parts.length > 0) return parts.join(", ");
  return counts.pass > 0 ? process.part("pass", counts.pass) : process.doesNotApply;
}

/** All checks of a phase: `2 fail, 1 waived, 30 pass, 4 not applicable`. */
export function allPhaseCounts(outcome: PhaseOutcome, words: Words): string {
  const { counts } = outcome;
  const first = phaseCounts(outcome, words);
  const { part, doesNotApply } = words.process;
  const passes = part("pass", counts.pass);
  return [first, ...(counts.pass > 0 && first !== passes ? [passes] : []), ...(counts.notApplicable > 0 && first !== doesNotApply ? [part("not-applicable", counts.notApplicable)] : [])].join(", ");
}

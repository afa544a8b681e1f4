import type { FindingDifference } from "../model/drift.ts";
import type { Finding, Outcome } from "../model/finding.ts";

const badness: Readonly<Record<Outcome, number>> = { fail: 3, unknown: 2, warn: 1, pass: 0, "not-applicable": 0 };

/** Whether an outcome states a problem. Unknown states none: it is a state of its own. */
export function isBad(outcome: Outcome): boolean {
  return outcome === "fail" || outcome === "warn";
}

/** What of a finding is compared with that of another run, and told. */
export type ComparedFinding = Pick<Finding, "rule" | "title" | "subject" | "severity" | "disposition" | "outcome" | "message" | "evidence">;

/** Whether an outcome is worse than another. */
export function isWorse(outcome: Outcome, than: Outcome): boolean {
  return badness[outcome] > badness[than];
}

const differenceLimit = 50;

/**
 * In what two findings of the same rule and subject differ. Messages are not compared, for they count days; nor is where something was read, for any domain
 * controller may answer.
 */
export function differencesOf(before: ComparedFinding, after: ComparedFinding): readonly FindingDifference[] {
  const differences: FindingDifference[] = [];
  for (const what of ["outcome", "severity", "disposition"] as const) if (before[what] !== after[what]) differences.push({ what, from: before[what], to: after[what] });
  return [...differences, ...evidenceDifferences(before, after)].slice(0, differenceLimit);
}

function evidenceDifferences(before: ComparedFinding, after: ComparedFinding): readonly FindingDifference[] {
  const [was, is] = [evidenceOf(before), evidenceOf(after)];
  const differences: FindingDifference[] = [];
  for (const [key, { fact, value }] of is) {
    const from = was.get(key);
    // What only one run shows comes from a rule that shows more, not from a fact that changed.
    if (from !== undefined && from.value !== value) differences.push({ what: "evidence", fact, from: from.value, to: value });
  }
  return differences;
}

function evidenceOf({ evidence }: ComparedFinding): ReadonlyMap<string, { readonly fact: string; readonly value: string }> {
  return new Map(evidence.map(({ subject, fact, value, state }) => [JSON.stringify([subject.kind, subject.id, fact]), { fact: `${fact} of ${subject.name}`, value: state === "unknown" ? "not read" : value }]));
}

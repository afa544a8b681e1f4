import type { FindingWords } from "../model/finding-words.ts";
import type { FindingReason } from "../model/finding.ts";

const maxReasons = 20;
const maxSaid = 3;

/** Gathers reasons, each fact of each subject once. */
export type Reasons = Map<string, FindingReason>;

/** Adds a reason unless its fact is there already. */
export function addReason(reasons: Reasons, reason: FindingReason): void {
  const key = JSON.stringify([reason.subject.kind, reason.subject.id, reason.fact]);
  if (!reasons.has(key)) reasons.set(key, reason);
}

/** The reasons that a finding carries: at most 20; its message gives the total. */
export function shownReasons(reasons: Reasons): readonly FindingReason[] {
  return [...reasons.values()].slice(0, maxReasons);
}

/** The message of an unknown finding. */
export function unknownMessage(reasons: Reasons, words: FindingWords): string {
  const said = [...reasons.values()].slice(0, maxSaid).map(({ reason, subject, fact, detail }) => words.unread(subject.name, fact, reason, detail));
  return words.notDecided(reasons.size, said);
}

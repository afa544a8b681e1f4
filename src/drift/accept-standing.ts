import type { Acceptance } from "../model/baseline.ts";
import { findingKey, type Comparison } from "../model/drift.ts";
import type { Finding } from "../model/finding.ts";

/**
 * Marks the findings that an accepted baseline accepts: those that stand as they stood, or became milder. Every reporter then shows them as accepted, and the exit code
 * follows from the rest. Unknown is accepted only where the baseline says so.
 */
export function acceptStanding(findings: Iterable<Finding>, { changes }: Comparison, { acceptedAt, acceptedBy, reason, acceptsUnknown }: Acceptance): Iterable<Finding> {
  const standing = new Set(changes.filter(({ state, worse }) => state === "still" || (state === "changed" && !worse)).map(findingKey));
  const waiver = { id: "baseline", reason: reason ?? `accepted as the baseline of ${acceptedAt}`, owner: acceptedBy ?? "not named" };
  const accepted = (finding: Finding): Finding => {
    const { outcome, disposition, count } = finding;
    const acceptable = outcome === "fail" || outcome === "warn" || (outcome === "unknown" && acceptsUnknown);
    return acceptable && disposition === "open" && count === undefined && standing.has(findingKey(finding)) ? { ...finding, disposition: "waived", waiver } : finding;
  };
  return {
    *[Symbol.iterator]() {
      for (const finding of findings) yield accepted(finding);
    },
  };
}

import { findingKey, type Comparison, type FindingChange } from "../model/drift.ts";
import type { Finding } from "../model/finding.ts";
import type { Standing } from "../model/history.ts";

/**
 * The findings to be recorded: those of the run, and as unknown those that were there before and were not met because not everything was read. Without them the next whole
 * run would call an old problem new, or forget that it was fixed.
 */
export function* withCarried(findings: Iterable<Finding>, { changes }: Comparison): Iterable<Finding> {
  const carried = new Map(changes.flatMap((change) => (change.after === "unknown" ? [[findingKey(change), change] as const] : [])));
  for (const finding of findings) {
    carried.delete(findingKey(finding));
    yield finding;
  }
  for (const { rule, title, subject, severity, disposition, message } of carried.values()) yield { rule, title, requirements: [], severity, subject, outcome: "unknown", message, reasons: [], evidence: [], references: [], disposition };
}

/** A comparison with what a history knows beyond the last run: since when each problem stands, and what it was before it could not be read. */
export function withHistory(comparison: Comparison, standings: readonly Standing[], startedAt: string): Comparison {
  const known = new Map(standings.map((standing) => [standing.key, standing]));
  const changes = comparison.changes.map((change): FindingChange => {
    const standing = known.get(findingKey(change));
    const stands = change.after === "fail" || change.after === "warn" || change.after === "unknown";
    if (!stands) return standing?.outcome === undefined ? change : { ...change, since: standing.since };
    if (standing?.outcome === undefined) return { ...change, since: startedAt };
    const { since, decided } = standing;
    if (change.state !== "new" || change.before !== "unknown" || decided === undefined) return { ...change, since };
    return { ...change, state: "changed", since, worse: change.worse && decided === "warn" && change.after === "fail", differences: [{ what: "outcome", from: `${decided}, then unknown`, to: change.after ?? "" }] };
  });
  const counts = { ...comparison.counts, new: 0, changed: 0 };
  for (const { state } of changes) if (state === "new" || state === "changed") counts[state] += 1;
  return { ...comparison, changes, counts };
}

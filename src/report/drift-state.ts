import { findingKey, type DriftState } from "../model/drift.ts";
import type { Finding } from "../model/finding.ts";
import type { Report } from "../model/report.ts";

/** Says how a finding stands against the baseline: undefined where nothing is compared, or where it is no problem in either run. */
export function driftStates({ comparison }: Report): (finding: Finding) => DriftState | undefined {
  const states = new Map(comparison?.changes.map((change) => [findingKey(change), change.state]));
  return states.size === 0 ? () => undefined : (finding) => states.get(findingKey(finding));
}

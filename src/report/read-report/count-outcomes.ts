import type { Finding, Outcome, Summary } from "../../model/finding.ts";
import { checksOf } from "../order.ts";

const keys = { pass: "pass", warn: "warn", fail: "fail", unknown: "unknown", "not-applicable": "notApplicable" } as const satisfies Record<Outcome, keyof Summary>;

/** Counts findings as a summary does: what is waived there only. */
export function countOutcomes(findings: Iterable<Finding>): Summary {
  const counts = { pass: 0, warn: 0, fail: 0, unknown: 0, notApplicable: 0, waived: 0 };
  for (const finding of findings) counts[finding.disposition === "waived" ? "waived" : keys[finding.outcome]] += checksOf(finding);
  return counts;
}

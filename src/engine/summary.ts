import type { Finding, Outcome, Summary } from "../model/finding.ts";

const places: Readonly<Record<Outcome, keyof Summary>> = { pass: "pass", warn: "warn", fail: "fail", unknown: "unknown", "not-applicable": "notApplicable" };

/** Counts that grow. */
export type GrowingSummary = { -readonly [Key in keyof Summary]: Summary[Key] };

/** Nothing counted yet. */
export function emptySummary(): GrowingSummary {
  return { pass: 0, warn: 0, fail: 0, unknown: 0, notApplicable: 0, waived: 0 };
}

/** Counts one finding: as many as it stands for, a waived one as waived only. */
export function addToSummary(summary: GrowingSummary, { outcome, disposition, count }: Finding): void {
  summary[disposition === "waived" ? "waived" : places[outcome]] += count ?? 1;
}

/** Counts findings by outcome. */
export function summarize(findings: Iterable<Finding>): Summary {
  const summary = emptySummary();
  for (const finding of findings) addToSummary(summary, finding);
  return summary;
}

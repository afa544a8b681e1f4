import type { Finding, Outcome, Summary } from "../model/finding.ts";

const places: Readonly<Record<Outcome, keyof Summary>> = { pass: "pass", warn: "warn", fail: "fail", unknown: "unknown", "not-applicable": "notApplicable" };

/** Counts findings by outcome; a counted finding counts as many as it stands for, a waived one as waived only. */
export function summarize(findings: Iterable<Finding>): Summary {
  const summary = { pass: 0, warn: 0, fail: 0, unknown: 0, notApplicable: 0, waived: 0 };
  for (const { outcome, disposition, count } of findings) summary[disposition === "waived" ? "waived" : places[outcome]] += count ?? 1;
  return summary;
}

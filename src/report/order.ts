import type { Finding, Outcome, Severity } from "../model/finding.ts";

/** Rank of an outcome, worst first. */
export const outcomeRank: Readonly<Record<Outcome, number>> = { fail: 0, unknown: 1, warn: 2, pass: 3, "not-applicable": 4 };
/** Rank of a severity, worst first. */
export const severityRank: Readonly<Record<Severity, number>> = { blocker: 0, major: 1, advice: 2 };

/** The area of a rule: what stands before the first slash of its id. */
export function areaOf(rule: string): string {
  return rule.split("/", 1)[0] ?? rule;
}

/** How many checks a finding stands for. */
export function checksOf(finding: Finding): number {
  return finding.count ?? 1;
}

import type { Finding } from "../../model/finding.ts";
import type { JunitGranularity, JunitWarn, RenderOptions, Report } from "../../model/report.ts";

/** What consumers count a case as. */
export type Verdict = "passed" | "failure" | "error" | "skipped";

/** How findings become verdicts: red where the exit code is not 0, unless the caller wants warnings otherwise. */
export interface JunitPolicy {
  readonly warn: JunitWarn;
  /** Unknown findings make no exit code, so they are no errors either. */
  readonly ignoreUnknown: boolean;
  readonly granularity: JunitGranularity;
}

/** The policy that report and options ask for. */
export function junitPolicy({ failOn }: Pick<Report, "failOn">, { junitWarn, junitGranularity, onUnknown }: RenderOptions): JunitPolicy {
  return { warn: junitWarn ?? (failOn === "warn" ? "failure" : "skipped"), ignoreUnknown: onUnknown === "ignore", granularity: junitGranularity ?? "subject" };
}

/** The verdict on a finding; never two, for consumers differ on which wins. */
export function verdictOf({ outcome, disposition }: Pick<Finding, "outcome" | "disposition">, { warn, ignoreUnknown }: JunitPolicy): Verdict {
  if (disposition === "waived") return "skipped";
  switch (outcome) {
    case "fail":
      return "failure";
    case "unknown":
      return ignoreUnknown ? "skipped" : "error";
    case "warn":
      return warn === "pass" ? "passed" : warn;
    case "pass":
      return "passed";
    case "not-applicable":
      return "skipped";
  }
}

/** Whether a finding makes its case red. */
export function isRed(finding: Finding, policy: JunitPolicy): boolean {
  const verdict = verdictOf(finding, policy);
  return verdict === "failure" || verdict === "error";
}

import type { Outcome, Summary } from "../model/finding.ts";

/** What makes a run end with an error. */
export interface ExitPolicy {
  /** The lowest outcome that counts as failed. */
  readonly failOn: Extract<Outcome, "warn" | "fail">;
  /** What unknown findings do: exit code 3 (`report`), count as failed, or nothing. */
  readonly onUnknown: "report" | "fail" | "ignore";
  /** Whether the run was whole; one that was not knows less than its findings say. */
  readonly complete: boolean;
}

/** The exit code of a run that was made: 0 nothing failed and nothing is unknown, 1 something failed, 3 something is unknown. 2 and 130 are not decided by findings. */
export function exitCode(summary: Summary, { failOn, onUnknown, complete }: ExitPolicy): 0 | 1 | 3 {
  if (summary.fail > 0 || (failOn === "warn" && summary.warn > 0)) return 1;
  if (summary.unknown === 0 && complete) return 0;
  if (onUnknown === "fail") return 1;
  // An incomplete run is not made whole by ignoring unknown findings.
  return onUnknown === "ignore" && complete ? 0 : 3;
}

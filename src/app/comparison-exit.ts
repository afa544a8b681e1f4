import { exitCode } from "../engine/exit-code.ts";
import { breaking } from "../drift/break-baseline.ts";
import type { Comparison } from "../model/drift.ts";

const nothing = { pass: 0, warn: 0, fail: 0, unknown: 0, notApplicable: 0, waived: 0 };

/** The exit code of a comparison alone: 1 where something became worse, 3 where something was decided and is unknown now, or the later run is incomplete. */
export function comparisonExit(comparison: Comparison, options: { readonly failOn: "warn" | "fail"; readonly onUnknown: "report" | "fail" | "ignore" }): 0 | 1 | 3 {
  return exitCode(breaking(comparison, nothing, true), { ...options, complete: comparison.after.complete });
}

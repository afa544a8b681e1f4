import { worsened } from "../drift/worsened.ts";
import { exitCode } from "../engine/exit-code.ts";
import type { Comparison } from "../model/drift.ts";

/** The exit code of a comparison alone: 1 where something became worse, 3 where something was decided and is unknown now, or the later run is incomplete. */
export function comparisonExit(comparison: Comparison, options: { readonly failOn: "warn" | "fail"; readonly onUnknown: "report" | "fail" | "ignore" }): 0 | 1 | 3 {
  return exitCode(worsened(comparison), { ...options, complete: comparison.after.complete });
}

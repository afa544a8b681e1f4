import type { Comparison } from "../model/drift.ts";
import type { Summary } from "../model/finding.ts";

/** What became worse, counted by what it is now: the basis of the exit code of a comparison. */
export function worsened({ changes }: Comparison): Summary {
  const counts = { pass: 0, warn: 0, fail: 0, unknown: 0, notApplicable: 0, waived: 0 };
  for (const { worse, after } of changes) if (worse && (after === "fail" || after === "warn" || after === "unknown")) counts[after] += 1;
  return counts;
}

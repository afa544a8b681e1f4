import type { Comparison } from "../model/drift.ts";
import type { Summary } from "../model/finding.ts";

/**
 * What counts for the exit code of a run that is compared with a baseline: what is new or became worse. Unknown is never accepted by having been unknown before:
 * all of it counts, unless the baseline accepted it expressly.
 */
export function breaking({ changes }: Comparison, summary: Summary, acceptsUnknown: boolean): Summary {
  const counts = { fail: 0, warn: 0, unknown: 0 };
  for (const { worse, after, disposition } of changes) {
    if (worse && disposition === "open" && (after === "fail" || after === "warn" || after === "unknown")) counts[after] += 1;
  }
  return { ...summary, ...counts, unknown: acceptsUnknown ? counts.unknown : summary.unknown };
}

import { baselineText } from "../config/baseline-file.ts";
import type { Acceptance, Baseline } from "../model/baseline.ts";
import { AppError, HistoryError, UsageError } from "../model/errors.ts";
import { writeFileWhole } from "./write-file.ts";

/**
 * Writes the findings of a run as the accepted state. Waived findings keep their waivers.
 * @throws UsageError for a run that is incomplete: what it did not read would later look new; HistoryError when the file cannot be written
 */
export async function acceptBaseline(run: Baseline, path: string, acceptance: Acceptance): Promise<void> {
  if (!run.complete) throw new UsageError("baseline", "an incomplete run cannot be accepted as the baseline", { hint: "Scan again: its report says what was missing." });
  if (run.planned !== undefined) throw new UsageError("baseline", "a planned state cannot be accepted as the baseline: nobody has seen it");
  try {
    await writeFileWhole(path, baselineText(run, acceptance));
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new HistoryError("baseline-write", `cannot write the baseline ${path}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

import { baselineKind, readBaseline } from "../config/baseline-file.ts";
import type { Baseline } from "../model/baseline.ts";
import type { Report } from "../model/report.ts";
import { readSnapshot } from "../snapshot/reader.ts";
import { judgeSnapshot, type JudgeOptions } from "./evaluate.ts";
import type { LoadedRules } from "./load-rules.ts";
import { openReport } from "./report-file.ts";

/** How a snapshot that serves as a baseline is judged. */
export interface BaselineJudging {
  readonly rules: () => LoadedRules;
  readonly judge: Omit<JudgeOptions, "at">;
  /** The moment for which it is judged; its own unless told, for what expires was not yet due then. */
  readonly at: Date | undefined;
}

/** A report as a baseline. */
export function baselineOf(name: string, { run, rules, findings }: Report): Baseline {
  return { name, startedAt: run.startedAt, complete: run.complete, profile: run.profile, ...(run.planned === undefined ? {} : { planned: run.planned }), rules: rules.map(({ id }) => id), findings };
}

/** Reads a snapshot, a JSON report or an accepted baseline. @throws HistoryError, ReportError, SnapshotError */
export async function loadBaseline(file: string, judging: BaselineJudging): Promise<Baseline> {
  const kind = baselineKind(file);
  if (kind === "baseline") return readBaseline(file);
  if (kind === "report") return baselineOf(file, openReport(file));
  const at = judging.at ?? new Date((await readSnapshot(file)).finishedAt);
  const { report } = await judgeSnapshot(file, judging.rules(), { ...judging.judge, at });
  return baselineOf(file, report);
}

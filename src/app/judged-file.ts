import { judgeSnapshot, type JudgeOptions } from "./evaluate.ts";
import { isSnapshotFile } from "./file-kind.ts";
import type { LoadedRules } from "./load-rules.ts";
import { openReport } from "./report-file.ts";
import { settleRun } from "./settle-run.ts";
import type { Report } from "../model/report.ts";
import type { WaiverFile } from "../model/waiver.ts";

/** How a snapshot is judged. Rules are asked for when there is one: a report needs none. */
export interface FileJudging {
  readonly rules: () => LoadedRules;
  readonly judge: JudgeOptions;
  readonly waivers: WaiverFile | undefined;
}

/** The report of a file: of a snapshot, which is judged, or of a JSON report as it was written. @throws SnapshotError, ReportError */
export async function reportOfFile(file: string, { rules, judge, waivers }: FileJudging): Promise<Report> {
  if (!isSnapshotFile(file)) return openReport(file);
  const { report } = await judgeSnapshot(file, rules(), judge);
  return (await settleRun(report, file, { waivers, baseline: undefined, at: judge.at, onUnknown: judge.onUnknown })).report;
}

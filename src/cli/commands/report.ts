import { exitCodeOf, openReport } from "../../app/report-file.ts";
import { reporterTargets, writeReports } from "../../app/write-report.ts";
import type { CommandContext } from "../context.ts";
import { renderOptionsOf, type RenderingOptions } from "../render-options.ts";

/** Options of `report`. */
export interface ReportFileOptions extends RenderingOptions {
  readonly file: string;
  readonly failOn: "warn" | "fail" | undefined;
}

/** Renders a saved JSON report in other formats; nothing is read or judged anew. The exit code is that of the run. */
export async function reportCommand(options: ReportFileOptions, { terminal }: CommandContext): Promise<number> {
  const targets = reporterTargets(options.reporter);
  const saved = openReport(options.file);
  const report = options.failOn === undefined ? saved : { ...saved, failOn: options.failOn };
  await writeReports(report, targets, renderOptionsOf(options, terminal), terminal);
  return exitCodeOf(report, options.onUnknown);
}

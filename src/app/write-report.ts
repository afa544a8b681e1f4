import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { AppError, ReportError, UsageError } from "../model/errors.ts";
import type { RenderOptions, Report } from "../model/report.ts";
import { reporterNamed, reporters } from "../report/registry.ts";
import { batched, writeFileWhole } from "./write-file.ts";

/** Where one rendering goes: a file, or the standard output where `path` is undefined. */
export interface ReporterTarget {
  readonly name: string;
  readonly path: string | undefined;
}

/** Refuses formats that cannot say that a state is planned: it would pass for seen. @throws UsageError */
export function refuseUntold(targets: readonly ReporterTarget[]): void {
  const telling = Object.keys(reporters).filter((name) => reporterNamed(name)?.tellsPlanned === true);
  const untold = targets.find(({ name }) => !telling.includes(name));
  if (untold !== undefined) throw new UsageError("reporter", `the reporter ${untold.name} has no place to say that the state is planned, not seen`, { hint: `With an overlay: ${telling.join(", ")}.` });
}

/** Text output of the program: `write` resolves when there is room for more. */
export interface TextOutput {
  readonly write: (chunk: string) => Promise<void>;
}

/**
 * Reads `--reporter name[=path]` options. Only one may go to the standard output.
 * @throws UsageError for an unknown reporter, a file in a folder that is not there, or two that want the standard output
 */
export function reporterTargets(options: readonly string[]): readonly ReporterTarget[] {
  const targets = options.map((option) => {
    const at = option.indexOf("=");
    const name = at === -1 ? option : option.slice(0, at);
    if (reporterNamed(name) === undefined) throw new UsageError("reporter", `there is no reporter ${name}`, { hint: `Reporters: ${Object.keys(reporters).join(", ")}.` });
    if (at !== -1 && option.length === at + 1) throw new UsageError("reporter", `--reporter ${option}: the path is missing`, { hint: `Write --reporter ${name}=FILE, or --reporter ${name} for the standard output.` });
    const path = at === -1 ? undefined : option.slice(at + 1);
    if (path !== undefined && !existsSync(dirname(path))) throw new UsageError("reporter", `--reporter ${option}: there is no folder ${dirname(path)}`, { hint: "Make it first: a report that cannot be written would cost the whole run." });
    return { name, path };
  });
  const onOutput = targets.filter(({ path }) => path === undefined).map(({ name }) => name);
  if (onOutput.length > 1) throw new UsageError("reporter", `only one reporter may use the standard output, not ${onOutput.join(" and ")}`, { hint: "Give the others a file: --reporter name=FILE." });
  return targets;
}

async function writeReportFile(path: string, chunks: Iterable<string>): Promise<void> {
  try {
    await writeFileWhole(path, chunks);
  } catch (cause) {
    // Findings that cannot be read again while they are written have a sentence of their own.
    if (cause instanceof AppError) throw cause;
    throw new ReportError("report-write", `cannot write the report ${path}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** Renders a report to its targets, one after another. Files are written beside their name and renamed when whole. @throws ReportError */
export async function writeReports(report: Report, targets: readonly ReporterTarget[], options: RenderOptions, output: TextOutput): Promise<void> {
  if (report.run.planned !== undefined) refuseUntold(targets);
  for (const { name, path } of targets) {
    const entry = reporterNamed(name);
    if (entry === undefined) continue;
    const render = await entry.load();
    if (path !== undefined) {
      await writeReportFile(path, render(report, { ...options, columns: undefined, color: false }));
      continue;
    }
    for (const chunk of batched(render(report, options))) await output.write(chunk);
  }
}

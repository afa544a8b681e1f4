import { loadWaivers } from "../config/waivers-file.ts";
import { applyWaivers } from "../drift/apply-waivers.ts";
import { breaking } from "../drift/break-baseline.ts";
import { waiverRules } from "../drift/waiver-findings.ts";
import { exitCode } from "../engine/exit-code.ts";
import { summarize } from "../engine/summary.ts";
import type { Baseline } from "../model/baseline.ts";
import type { Report, ReportRule } from "../model/report.ts";
import type { WaiverFile } from "../model/waiver.ts";
import { baselineOf } from "./baseline.ts";
import { compareRuns } from "./compare.ts";

/** What is laid over a judged run before it is reported. */
export interface SettleOptions {
  readonly waivers: WaiverFile | undefined;
  readonly baseline: Baseline | undefined;
  readonly at: Date;
  readonly onUnknown: "report" | "fail" | "ignore";
}

/** A run as it is reported. */
export interface SettledRun {
  readonly report: Report;
  readonly exitCode: 0 | 1 | 3;
}

/** Reads a waivers file where one is named. @throws ConfigError */
export function waiversFrom(file: string | undefined): WaiverFile | undefined {
  return file === undefined ? undefined : loadWaivers(file);
}

function waived(report: Report, waivers: WaiverFile, at: Date): Report {
  const findings = applyWaivers([...report.findings], waivers, { now: at, rules: report.rules.map(({ id }) => id) });
  const judged = new Set(findings.map(({ rule }) => rule));
  const own = Object.entries(waiverRules).flatMap(([id, { title, severity }]): ReportRule[] => (judged.has(id) ? [{ id, title, severity, file: waivers.file, line: 1 }] : []));
  return { ...report, findings, rules: [...report.rules, ...own], summary: summarize(findings) };
}

/** Applies waivers, compares with the baseline, and decides the exit code last: from what is not accepted, and against a baseline from what is new or became worse. */
export async function settleRun(report: Report, snapshot: string, { waivers, baseline, at, onUnknown }: SettleOptions): Promise<SettledRun> {
  const after = waivers === undefined ? report : waived(report, waivers, at);
  const policy = { failOn: report.failOn, onUnknown, complete: report.run.complete };
  if (baseline === undefined) return { report: after, exitCode: exitCode(after.summary, policy) };
  const comparison = await compareRuns(baseline, baselineOf("this run", after), snapshot);
  return { report: { ...after, comparison }, exitCode: exitCode(breaking(comparison, after.summary, baseline.acceptsUnknown), policy) };
}

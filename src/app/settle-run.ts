import { loadWaivers } from "../config/waivers-file.ts";
import { acceptStanding } from "../drift/accept-standing.ts";
import { applyWaivers } from "../drift/apply-waivers.ts";
import { waiverRules } from "../drift/waiver-findings.ts";
import { exitCode } from "../engine/exit-code.ts";
import { addToSummary, emptySummary, summarize } from "../engine/summary.ts";
import type { Baseline } from "../model/baseline.ts";
import type { Comparison } from "../model/drift.ts";
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
  const findings = applyWaivers(report.findings, waivers, { now: at, rules: report.rules.map(({ id }) => id) });
  const summary = emptySummary();
  const judged = new Set<string>();
  for (const finding of findings) {
    addToSummary(summary, finding);
    judged.add(finding.rule);
  }
  const own = Object.entries(waiverRules).flatMap(([id, { title, severity }]): ReportRule[] => (judged.has(id) ? [{ id, title, severity, file: waivers.file, line: 1 }] : []));
  return { ...report, findings, rules: [...report.rules, ...own], summary };
}

function acceptedBy(report: Report, comparison: Comparison, { accepted }: Baseline): Report {
  if (accepted === undefined) return { ...report, comparison };
  const findings = acceptStanding(report.findings, comparison, accepted);
  return { ...report, findings, summary: summarize(findings), comparison };
}

/** Applies waivers, compares with the baseline, accepts what an accepted baseline accepts, and decides the exit code last. */
export async function settleRun(report: Report, snapshot: string | undefined, { waivers, baseline, at, onUnknown }: SettleOptions): Promise<SettledRun> {
  const after = waivers === undefined ? report : waived(report, waivers, at);
  const settled = baseline === undefined ? after : acceptedBy(after, await compareRuns(baseline, baselineOf("this run", after), snapshot), baseline);
  return { report: settled, exitCode: exitCode(settled.summary, { failOn: report.failOn, onUnknown, complete: report.run.complete }) };
}

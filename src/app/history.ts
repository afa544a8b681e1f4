import { compareFindings, countStates } from "../drift/compare-findings.ts";
import { withCarried, withHistory } from "../drift/carry-unknown.ts";
import { followStandings } from "../drift/standings.ts";
import { openHistory } from "../history/open.ts";
import { HistoryError } from "../model/errors.ts";
import { findingKey, type Comparison, type FindingChange, type TrendPoint } from "../model/drift.ts";
import type { Finding } from "../model/finding.ts";
import type { History, QueuedMessage, RunRow } from "../model/history.ts";
import type { Report } from "../model/report.ts";
import { baselineOf } from "./baseline.ts";
import { presenceIn, sideOf } from "./compare.ts";

/** What the program knows of the process and machine that it runs on. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly host: string;
  /** Whether a process of this machine lives. */
  readonly isAlive: (pid: number) => boolean;
}

const busyTimeoutMs = 10_000;
const trendLength = 60;

/** Opens the history file. @throws HistoryError */
export async function openHistoryFile(path: string, { host, isAlive }: ProcessIdentity, now: Date): Promise<History> {
  return openHistory(path, { now, busyTimeoutMs, host, isAlive });
}

/** How a run is added to a history. */
export interface RecordOptions {
  readonly run: number;
  readonly exitCode: number;
  readonly flapGuard: number;
  /** Makes the messages of what is to be told; nothing is to be told where there are no events. */
  readonly messages: (told: { readonly events: readonly FindingChange[]; readonly comparison: Comparison; readonly report: Report }) => readonly QueuedMessage[];
  /** Snapshot of the run. */
  readonly snapshot: string | undefined;
}

/** A run that was recorded. */
export interface RecordedRun {
  /** The report with since when each problem stands, and the trend. */
  readonly report: Report;
  /** Against the last run of the history; undefined for the first. */
  readonly comparison: Comparison | undefined;
  readonly events: readonly FindingChange[];
}

const attempts = 5;

function compared(report: Report, last: ReturnType<History["last"]>, presence: Parameters<typeof compareFindings>[2], standings: ReturnType<History["standings"]>): Comparison {
  const after = sideOf(baselineOf("this run", report));
  const before = last === undefined ? { run: { name: "nothing", startedAt: report.run.startedAt, complete: true }, findings: [], rules: undefined } : sideOf(last.baseline);
  return withHistory(compareFindings(before, after, presence), standings, report.run.startedAt);
}

function sinceOf(findings: Iterable<Finding>, { changes }: Comparison): Iterable<Finding> {
  const since = new Map(changes.flatMap((change) => (change.since === undefined ? [] : [[findingKey(change), change.since] as const])));
  const dated = (finding: Finding): Finding => {
    const from = finding.count === undefined && (finding.outcome === "fail" || finding.outcome === "warn" || finding.outcome === "unknown") ? since.get(findingKey(finding)) : undefined;
    return from === undefined ? finding : { ...finding, since: from };
  };
  return {
    *[Symbol.iterator]() {
      for (const finding of findings) yield dated(finding);
    },
  };
}

function pointOf(row: RunRow): TrendPoint {
  const { run, startedAt, complete, pass, warn, fail, unknown, waived, changes } = row;
  return { run, startedAt, complete, pass, warn, fail, unknown, waived, changes };
}

/** The runs of a scope that ended, oldest first. */
export function trendOf(history: History, scope: string | undefined, limit: number): readonly TrendPoint[] {
  return history.runs({ ...(scope === undefined ? {} : { scope }), limit }).filter(({ status }) => status === "done").map(pointOf);
}

/**
 * Adds a run to a history: compares it with the last one, follows what stands, queues what is to be told, all in one transaction.
 * @throws HistoryError when the database cannot be written
 */
export async function recordRun(history: History, report: Report, { run, exitCode, flapGuard, messages, snapshot }: RecordOptions): Promise<RecordedRun> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const last = history.last(report.run.profile);
    const standings = history.standings(report.run.profile);
    const presence = await presenceIn(snapshot, last?.baseline);
    const comparison = compared(report, last, presence, standings);
    const followed = followStandings(standings, comparison, { startedAt: report.run.startedAt, flapGuard });
    const { startedAt, finishedAt, complete } = report.run;
    const record = {
      startedAt, finishedAt, complete, exitCode,
      tool: report.tool.version,
      summary: report.summary,
      rules: report.rules.map(({ id }) => id),
      findings: withCarried(report.findings, comparison),
      counts: countStates(comparison.changes),
      changes: comparison.changes,
      standings: followed.standings,
      messages: messages({ events: followed.events, comparison, report }),
    };
    // Another run may have ended in between: then it is the one to compare with.
    if (!history.finish(run, record, last?.run)) continue;
    const withSince = { ...report, findings: sinceOf(report.findings, comparison), history: { trend: trendOf(history, report.run.profile, trendLength) } };
    return { report: withSince, comparison: last === undefined ? undefined : comparison, events: followed.events };
  }
  throw new HistoryError("history-busy", "other runs keep being added to the history", { hint: "Let fewer runs share one history." });
}

import { resolve } from "node:path";
import { takeLock, type RunLock } from "../history/run-lock.ts";
import { AppError, describeError, UsageError } from "../model/errors.ts";
import type { Baseline } from "../model/baseline.ts";
import type { History } from "../model/history.ts";
import type { Notifications, DriftConfig } from "../model/notification.ts";
import type { Report } from "../model/report.ts";
import { messagesOf } from "./digest.ts";
import { openHistoryFile, recordRun, type ProcessIdentity, type RecordedRun } from "./history.ts";

/** What a run with a history needs. */
export interface SessionOptions {
  readonly history: string;
  readonly drift: Pick<DriftConfig, "retention" | "notifications">;
  readonly process: ProcessIdentity;
  readonly toolVersion: string;
  readonly now: () => number;
  readonly say: (line: string) => void;
}

/** A run that is being added to a history. */
export interface RunSession {
  readonly history: History;
  /** Notes that a live run begins, so that a crash leaves a trace. */
  readonly begin: (scope: string) => void;
  /** The last run of the scope. */
  readonly last: (scope: string) => Baseline | undefined;
  /** Adds the run; undefined where that failed, which was said. */
  readonly record: (report: Report, exitCode: number, snapshot: string | undefined) => Promise<RecordedRun | undefined>;
  /** Notes why the run failed. */
  readonly fail: (error: unknown) => void;
  readonly close: () => void;
}

/** The baseline of `--baseline last`. @throws UsageError without a history */
export function needsHistory(history: string | undefined): string {
  if (history === undefined) throw new UsageError("baseline", "--baseline last needs a history", { hint: "Name one with --history FILE, or as `history` in umpreflight.yaml." });
  return history;
}

/** Keeps two live runs with one history apart. @throws HistoryError while another one is made */
export function lockRun(history: string, { pid, host, isAlive }: ProcessIdentity, { now, longestRunMs, say }: { readonly now: Date; readonly longestRunMs: number; readonly say: (line: string) => void }): RunLock {
  const lock = takeLock(`${history}.lock`, { pid, host, isAlive, now, maxAgeMs: 2 * longestRunMs + 3_600_000 });
  if (lock.notice !== undefined) say(lock.notice);
  return lock;
}

/** Opens the history for a run. @throws HistoryError */
export async function openSession({ history: path, drift, process, toolVersion, now, say }: SessionOptions): Promise<RunSession> {
  const history = await openHistoryFile(path, process, new Date(now()));
  for (const notice of history.notices) say(notice);
  let run: number | undefined;
  const begin = (scope: string): void => {
    run ??= history.begin({ scope, startedAt: new Date(now()).toISOString(), tool: toolVersion, pid: process.pid, host: process.host });
  };
  // What is not removed today is removed tomorrow.
  const pruned = (): void => {
    try {
      history.prune(drift.retention, new Date(now()));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      say(describeError(error));
    }
  };
  return {
    history,
    begin,
    last: (scope) => history.last(scope)?.baseline,
    record: async (report, exitCode, snapshot) => {
      try {
        begin(report.run.profile);
        const messages = { history: resolve(path), now: new Date(now()) };
        const recorded = await recordRun(history, report, { run: run ?? 0, exitCode, snapshot, flapGuard: drift.notifications.flapGuard, messages: (told) => messagesOf(told.events, report, drift.notifications, messages) });
        pruned();
        return recorded;
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        say(describeError(error));
        return undefined;
      }
    },
    fail: (error) => {
      try {
        if (run !== undefined) history.fail(run, error instanceof Error ? error.message : String(error));
      } catch (cause) {
        if (!(cause instanceof AppError)) throw cause;
        say(describeError(cause));
      }
    },
    close: () => history.close(),
  };
}

/** No channels: what changed is recorded and told nobody. */
export const tellNobody: Notifications = { flapGuard: 1, states: [], channels: [] };

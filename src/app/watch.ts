import { AppError, describeError } from "../model/errors.ts";
import type { Report } from "../model/report.ts";
import { nextRun, parseCron, type Cron } from "../schedule/cron.ts";

/** How the watch stands. */
export interface WatchState {
  readonly startedAt: number;
  readonly running: boolean;
  /** Milliseconds since 1970. */
  readonly nextAt: number | undefined;
  readonly lastStartedAt: number | undefined;
  readonly lastEndedAt: number | undefined;
  /** Exit code of the last run that was made. */
  readonly lastExitCode: number | undefined;
  /** Why the last run could not be made; undefined when it could. */
  readonly lastError: string | undefined;
  readonly made: number;
  readonly failed: number;
}

/** What a watch needs from around it. */
export interface WatchOptions {
  readonly every: string;
  readonly jitterMs: number;
  /** Whether a first run is made at once. */
  readonly atOnce: boolean;
  readonly now: () => number;
  readonly random: () => number;
  /** Resolves after so many milliseconds, or when the signal aborts. */
  readonly sleep: (durationMs: number, signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
  /** Makes one run and returns its exit code; 2 means that it could not be made. */
  readonly run: () => Promise<number>;
  /** To be done now and then while waiting, such as sending what waits. */
  readonly between: () => Promise<void>;
  readonly say: (line: string) => void;
  readonly changed: (state: WatchState) => void;
}

/** Longest sleep at once: a machine that slept, or a clock that was set, is noticed after it. */
const longestSleepMs = 30_000;

function dueAfter(cron: Cron, { now, random, jitterMs }: WatchOptions): number {
  return nextRun(cron, new Date(now())).getTime() + Math.floor(random() * jitterMs);
}

async function waitUntilDue(cron: Cron, first: number, options: WatchOptions): Promise<void> {
  const { now, sleep, signal, jitterMs } = options;
  let due = first;
  while (!signal.aborted && now() < due) {
    await sleep(Math.min(longestSleepMs, due - now()), signal);
    await quietly(options.between, options.say);
    // After a clock was set back the old moment would be too far away.
    if (due - now() > nextRun(cron, new Date(now())).getTime() + jitterMs - now()) due = dueAfter(cron, options);
  }
}

async function quietly(act: () => Promise<void>, say: (line: string) => void): Promise<void> {
  try {
    await act();
  } catch (error) {
    say(errorText(error));
  }
}

function errorText(error: unknown): string {
  return error instanceof AppError ? describeError(error) : `internal error: ${error instanceof Error ? error.message : String(error)}`;
}

/**
 * Makes runs by a schedule until the signal aborts. One run at a time: what came due meanwhile is left out. A run that fails is told, and the next one comes all the same.
 * @throws UsageError for a schedule that is none
 */
export async function watch(options: WatchOptions): Promise<WatchState> {
  const { now, signal, run, say, changed } = options;
  const cron = parseCron(options.every);
  let state: WatchState = { startedAt: now(), running: false, nextAt: undefined, lastStartedAt: undefined, lastEndedAt: undefined, lastExitCode: undefined, lastError: undefined, made: 0, failed: 0 };
  const update = (change: Partial<WatchState>): void => {
    state = { ...state, ...change };
    changed(state);
  };
  let atOnce = options.atOnce;
  while (!signal.aborted) {
    const nextAt = atOnce ? now() : dueAfter(cron, options);
    atOnce = false;
    update({ nextAt });
    await waitUntilDue(cron, nextAt, options);
    if (signal.aborted) break;
    update({ running: true, nextAt: undefined, lastStartedAt: now() });
    try {
      const lastExitCode = await run();
      if (lastExitCode === 2) update({ lastExitCode, lastError: "the run could not be made whole", failed: state.failed + 1 });
      else update({ lastExitCode, lastError: undefined, made: state.made + 1 });
    } catch (error) {
      say(`The run failed: ${errorText(error)}`);
      update({ lastError: errorText(error), failed: state.failed + 1 });
    }
    update({ running: false, lastEndedAt: now() });
  }
  update({ nextAt: undefined });
  return state;
}

/** What the status pages show. */
export interface WatchView {
  readonly state: WatchState;
  readonly report: Report | undefined;
}

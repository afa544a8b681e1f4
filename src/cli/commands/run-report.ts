import { loadBaseline } from "../../app/baseline.ts";
import { judgeSnapshot } from "../../app/evaluate.ts";
import { ruleSources, loadRules } from "../../app/load-rules.ts";
import { sendWaiting } from "../../app/notify.ts";
import { lockRun, needsHistory, openSession, tellNobody, type RunSession } from "../../app/run-session.ts";
import { settleRun, waiversFrom } from "../../app/settle-run.ts";
import { reporterTargets, writeReports } from "../../app/write-report.ts";
import type { Baseline } from "../../model/baseline.ts";
import type { Config } from "../../model/config.ts";
import type { Report } from "../../model/report.ts";
import type { CommandContext } from "../context.ts";
import { languageOf } from "../language-option.ts";
import { momentOf, type ReportOptions } from "../options.ts";
import { renderOptionsOf } from "../render-options.ts";
import { processIdentity } from "../process-identity.ts";

/** A checked plan for judging and reporting; made before anything connects, so that a typo costs no scan. */
export interface ReportPlan {
  /** Judges a snapshot, adds it to the history, writes the reports, and returns the exit code. */
  readonly run: (snapshot: string, how?: { readonly interrupted: boolean }) => Promise<number>;
  /** Notes in the history why there is nothing to report. */
  readonly fail: (error: unknown) => void;
  /** To be called at the end, whatever happened. */
  readonly close: () => void;
}

/** How a run that is judged came about. */
export interface RunKind {
  /** Whether the state that is judged is being read now. */
  readonly live: boolean;
  /** The baseline is judged for the same moment, for what differs is to come from what it holds alone; else for its own. */
  readonly sameMoment?: true;
  /** Is given the report as it is reported. */
  readonly onReport?: ((report: Report) => void) | undefined;
}

/** The history of a run, and the lock that keeps two live runs with one history apart. */
interface OpenSession {
  readonly session: RunSession | undefined;
  readonly close: () => void;
}

/** A live run (one with a profile here) is added to the history of its configuration; an old snapshot that is judged again only to one that is named. */
async function sessionOf(options: ReportOptions, config: Config | undefined, profile: string | undefined, { terminal, version }: CommandContext): Promise<OpenSession> {
  const history = options.history ?? (profile === undefined ? undefined : config?.drift.history);
  if (options.baseline === "last") needsHistory(history);
  if (history === undefined) return { session: undefined, close: () => undefined };
  const drift = config?.drift ?? { retention: { days: 400, runs: 60 }, notifications: tellNobody };
  const lock = profile !== undefined && config !== undefined ? lockRun(history, processIdentity(), { now: new Date(), longestRunMs: config.limits.runTimeoutMs, say: terminal.say }) : undefined;
  try {
    const session = await openSession({ history, drift, process: processIdentity(), toolVersion: version, now: Date.now, say: terminal.say });
    if (profile !== undefined) session.begin(profile);
    return {
      session,
      close: () => {
        session.close();
        lock?.release();
      },
    };
  } catch (error) {
    lock?.release();
    throw error;
  }
}

/** Sends what this run and earlier ones have to tell. What cannot be sent waits, and changes no exit code. */
async function tell({ history }: RunSession, { drift }: Config, { terminal, environment }: CommandContext): Promise<void> {
  const { problems } = await sendWaiting(history, drift.notifications, { process: processIdentity(), secrets: { environment, prompt: undefined }, now: Date.now, signal: new AbortController().signal });
  for (const problem of problems) terminal.say(`Notification ${problem}`);
}

/**
 * Loads the rules, checks the options and opens the history.
 * @throws UsageError, RuleError, ConfigError, HistoryError
 */
export async function planReport(options: ReportOptions, config: Config | undefined, { live, sameMoment, onReport }: RunKind, context: CommandContext): Promise<ReportPlan> {
  const { terminal, packageRoot, version } = context;
  const targets = reporterTargets(options.reporter);
  const language = languageOf(options, config, context.environment);
  const rendering = { ...renderOptionsOf(options, terminal), language };
  const at = momentOf(options.at, Date.now);
  const rules = loadRules(packageRoot, ruleSources(config, options), language);
  // A profile of one's own that does not fit is told before anything connects.
  const profile = config === undefined ? undefined : rules.forProfile(config.profile).id;
  const waivers = waiversFrom(options.waivers ?? config?.drift.waivers);
  const judge = { toolVersion: version, parameters: config?.parameters ?? {}, failOn: options.failOn, onUnknown: options.onUnknown, progress: terminal.progress };
  const { baseline: named } = options;
  const baseline: Baseline | undefined = named === undefined || named === "last" ? undefined : await loadBaseline(named, { rules: () => rules, judge, at: sameMoment === true ? at : undefined });
  const { session, close } = await sessionOf(options, config, live ? profile : undefined, context);
  return {
    run: async (snapshot, { interrupted } = { interrupted: false }) => {
      const judged = await judgeSnapshot(snapshot, rules, { ...judge, at });
      const settled = await settleRun(judged.report, snapshot, { waivers, baseline, at, onUnknown: options.onUnknown });
      // What an interrupted run did not read was readable: it would tell of unknown that is none.
      if (interrupted) session?.fail("interrupted");
      const history = interrupted ? undefined : session;
      const recorded = await history?.record(settled.report, settled.exitCode, snapshot);
      if (named === "last" && recorded !== undefined && recorded.comparison === undefined) terminal.say("There is no earlier run to compare with: this is the first.");
      const comparison = named === "last" && recorded?.comparison !== undefined ? { comparison: recorded.comparison } : {};
      terminal.clearProgress();
      const report = { ...(recorded?.report ?? settled.report), ...comparison };
      onReport?.(report);
      await writeReports(report, targets, rendering, terminal);
      if (history !== undefined && live && config !== undefined) await tell(history, config, context);
      // The reports are whole, but the next run would compare with the wrong one.
      return history !== undefined && recorded === undefined ? 2 : settled.exitCode;
    },
    fail: (error) => session?.fail(error),
    close,
  };
}

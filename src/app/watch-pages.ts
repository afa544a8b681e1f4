import type { Page } from "../notify/status-server.ts";
import { reporterNamed } from "../report/registry.ts";
import type { WatchState, WatchView } from "./watch.ts";

const plain = "text/plain; charset=utf-8";
/** A run that is this late has been forgotten by somebody. */
const overdueMs = 15 * 60_000;

function* once(text: string): Iterable<string> {
  yield text;
}

/** Whether the watch does what it should: the last run could be made, and the next is not overdue. */
export function health({ lastError, nextAt, running }: WatchState, nowMs: number): { readonly healthy: boolean; readonly text: string } {
  if (lastError !== undefined) return { healthy: false, text: `the last run failed: ${lastError}` };
  if (!running && nextAt !== undefined && nowMs - nextAt > overdueMs) return { healthy: false, text: "the next run is overdue" };
  return { healthy: true, text: running ? "running" : "waiting" };
}

function* watchMetrics({ made, failed, running, lastEndedAt, lastExitCode, nextAt, lastError }: WatchState): Iterable<string> {
  yield "# TYPE umpreflight_watch_runs counter\n# HELP umpreflight_watch_runs Runs since the watch began.\n";
  yield `umpreflight_watch_runs_total{result="made"} ${made}\numpreflight_watch_runs_total{result="failed"} ${failed}\n`;
  const gauge = (name: string, help: string, value: number | undefined): string => (value === undefined ? "" : `# TYPE umpreflight_watch_${name} gauge\n# HELP umpreflight_watch_${name} ${help}\numpreflight_watch_${name} ${value}\n`);
  yield gauge("running", "Whether a run is being made.", running ? 1 : 0);
  yield gauge("last_run_ok", "Whether the last run could be made.", lastEndedAt === undefined ? undefined : lastError === undefined ? 1 : 0);
  yield gauge("last_run_exit_code", "Exit code of the last run.", lastExitCode);
  yield gauge("last_run_end_timestamp_seconds", "When the last run ended.", lastEndedAt === undefined ? undefined : lastEndedAt / 1000);
  yield gauge("next_run_timestamp_seconds", "When the next run is due.", nextAt === undefined ? undefined : nextAt / 1000);
}

async function rendered(name: string, { report }: WatchView): Promise<Iterable<string> | undefined> {
  const reporter = await reporterNamed(name)?.load();
  return report === undefined ? undefined : reporter?.(report, { columns: undefined, color: false, verbosity: "normal" });
}

async function* metrics(view: WatchView): AsyncIterable<string> {
  yield* watchMetrics(view.state);
  // The reporter ends with the mark of the end, which has to be the last line.
  yield* (await rendered("openmetrics", view)) ?? once("# EOF\n");
}

/** The page of a path: `/healthz`, `/metrics`, `/report`, `/report.json`; undefined for any other. */
export async function watchPage(path: string, view: WatchView, nowMs: number): Promise<Page | undefined> {
  switch (path) {
    case "/healthz": {
      const { healthy, text } = health(view.state, nowMs);
      return { status: healthy ? 200 : 503, contentType: plain, body: once(`${text.replaceAll(/\s+/g, " ")}\n`) };
    }
    case "/metrics":
      return { status: 200, contentType: "application/openmetrics-text; version=1.0.0; charset=utf-8", body: metrics(view) };
    case "/report": {
      const body = await rendered("html", view);
      return body === undefined ? notYet : { status: 200, contentType: "text/html; charset=utf-8", body };
    }
    case "/report.json": {
      const body = await rendered("json", view);
      return body === undefined ? notYet : { status: 200, contentType: "application/json; charset=utf-8", body };
    }
    default:
      return undefined;
  }
}

const notYet: Page = { status: 404, contentType: plain, body: ["There is no report yet.\n"] };

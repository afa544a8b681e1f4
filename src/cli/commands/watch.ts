import process from "node:process";
import { setTimeout as delay } from "node:timers/promises";
import { watch, type WatchView } from "../../app/watch.ts";
import { watchPage } from "../../app/watch-pages.ts";
import { openStatusPages } from "../../app/status-pages.ts";
import { sendFrom } from "../../app/notify.ts";
import type { CommandContext } from "../context.ts";
import { loadRunConfig } from "../fetch-option.ts";
import { processIdentity } from "../process-identity.ts";
import { wholeNumber } from "../whole-number.ts";
import { scan, type ScanOptions } from "./scan.ts";

/** Options of `watch`. */
export interface WatchCommandOptions extends ScanOptions {
  readonly every: string;
  /** Seconds. */
  readonly jitter: number;
  readonly now: boolean;
  readonly port: number | undefined;
}

/** The first SIGINT or SIGTERM ends the watch after the run that is being made was saved; the second ends the program at once. */
function untilStopped(say: (line: string) => void): { readonly signal: AbortSignal; readonly release: () => void } {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(130);
    say("Stopping.");
    controller.abort();
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return {
    signal: controller.signal,
    release: () => {
      process.off("SIGINT", stop);
      process.off("SIGTERM", stop);
    },
  };
}

const sendEveryMs = 5 * 60_000;

/** Sends now and then what earlier runs could not send. */
function sendingWaiting(options: WatchCommandOptions, { terminal, environment }: CommandContext, signal: AbortSignal): () => Promise<void> {
  let last = Date.now();
  return async () => {
    if (Math.abs(Date.now() - last) < sendEveryMs) return;
    last = Date.now();
    const config = loadRunConfig(options);
    const path = options.history ?? config.drift.history;
    if (path === undefined || config.drift.notifications.channels.length === 0) return;
    const { problems } = await sendFrom(path, config.drift.notifications, { process: processIdentity(), secrets: { environment, prompt: undefined }, now: Date.now, signal });
    for (const problem of problems) terminal.say(`Notification ${problem}`);
  };
}

/** `watch`: scans by a schedule in the foreground. Configuration, rules and waivers are read anew for each run. Exit code 0 when it is stopped. */
export async function watchCommand(options: WatchCommandOptions, context: CommandContext): Promise<number> {
  const { terminal } = context;
  const jitterMs = wholeNumber("jitter", options.jitter, { from: 0, to: 86_400 }) * 1000;
  const { signal, release } = untilStopped(terminal.say);
  let view: WatchView | undefined;
  const pages = options.port === undefined ? undefined : await openStatusPages(options.port, async (path) => (view === undefined ? undefined : watchPage(path, view, Date.now())));
  if (pages !== undefined) terminal.say(`Pages on http://127.0.0.1:${pages.port}: /healthz /metrics /report`);
  try {
    await watch({
      every: options.every,
      jitterMs,
      atOnce: options.now,
      now: Date.now,
      random: Math.random,
      sleep: async (durationMs, until) => delay(durationMs, undefined, { signal: until }).catch(() => undefined),
      signal,
      run: async () => scan(options, context, (report) => (view = view === undefined ? undefined : { ...view, report })),
      between: sendingWaiting(options, context, signal),
      say: terminal.say,
      changed: (state) => {
        view = { state, report: view?.report };
        if (state.nextAt !== undefined) terminal.progress(`next run ${new Date(state.nextAt).toISOString()}`);
      },
    });
    return 0;
  } finally {
    await pages?.close();
    release();
  }
}

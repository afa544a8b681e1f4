import { existsSync } from "node:fs";
import { openHistoryFile } from "../../app/history.ts";
import { outboxLines, runLines, runText, trendLines } from "../../app/history-view.ts";
import { UsageError } from "../../model/errors.ts";
import type { History } from "../../model/history.ts";
import type { CommandContext } from "../context.ts";
import { processIdentity } from "../process-identity.ts";
import { wholeNumber } from "../whole-number.ts";

/** Options of all commands on the history. */
export interface HistoryOptions {
  readonly history: string;
  readonly json: boolean;
}

const limits = { from: 1, to: 100_000 };

async function shown(options: HistoryOptions, { terminal }: CommandContext, json: (history: History) => unknown, text: (history: History) => Iterable<string>): Promise<number> {
  // Looking begins no history.
  if (!existsSync(options.history)) throw new UsageError("history", `there is no history ${options.history}`, { hint: "`umpreflight scan --history FILE` begins one." });
  const history = await openHistoryFile(options.history, processIdentity(), new Date());
  try {
    for (const notice of history.notices) terminal.say(notice);
    if (options.json) await terminal.write(`${JSON.stringify(json(history), undefined, 2)}\n`);
    else for (const line of text(history)) await terminal.write(line);
    return 0;
  } finally {
    history.close();
  }
}

/** `history list`: the runs, oldest first. */
export async function listHistory(options: HistoryOptions & { readonly limit: number }, context: CommandContext): Promise<number> {
  const limit = wholeNumber("limit", options.limit, limits);
  return shown(options, context, (history) => history.runs({ limit }), (history) => runLines(history, limit));
}

/** `history show RUN`: what changed with one run. */
export async function showHistory(options: HistoryOptions & { readonly run: number }, context: CommandContext): Promise<number> {
  return shown(options, context, (history) => history.run(options.run) ?? null, (history) => runText(history, options.run));
}

/** `history outbox`: notifications that wait or were given up. */
export async function showOutbox(options: HistoryOptions, context: CommandContext): Promise<number> {
  return shown(options, context, (history) => history.outbox(), outboxLines);
}

/** `trend`: how the counts went from run to run. */
export async function trendCommand(options: HistoryOptions & { readonly limit: number }, context: CommandContext): Promise<number> {
  const limit = wholeNumber("limit", options.limit, limits);
  return shown(options, context, (history) => history.runs({ limit }).filter(({ status }) => status === "done"), (history) => trendLines(history, limit));
}

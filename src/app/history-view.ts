import type { History } from "../model/history.ts";
import { UsageError } from "../model/errors.ts";
import { changeLines } from "../report/changes/text.ts";
import { trendText } from "../report/changes/trend-text.ts";
import { terminalText } from "../model/terminal-text.ts";
import { trendOf } from "./history.ts";

/** The runs of a history as lines for people, oldest first. */
export function* runLines(history: History, limit: number): Iterable<string> {
  for (const { run, scope, startedAt, status, complete, exitCode, fail, warn, unknown, pass, waived, changes, error } of history.runs({ limit })) {
    const told = status === "done" ? `${fail} fail, ${warn} warn, ${unknown} unknown, ${pass} pass, ${waived} waived; ${changes.new} new, ${changes.fixed} fixed${complete ? "" : ", INCOMPLETE"}; exit code ${String(exitCode)}` : `${status.toUpperCase()}${error === undefined ? "" : `: ${terminalText(error)}`}`;
    yield `${String(run).padStart(5)}  ${startedAt}  ${scope}: ${told}\n`;
  }
}

/** One run: what changed with it, and with `all` its findings. @throws UsageError where there is none of that number */
export function* runText(history: History, id: number): Iterable<string> {
  const found = history.run(id);
  if (found === undefined) throw new UsageError("history-run", `there is no run ${id} in the history`, { hint: "`umpreflight history` lists them." });
  const { row, baseline, changes } = found;
  yield `Run ${row.run} of ${row.startedAt}, ${row.scope}, umpreflight ${row.tool}: ${row.status}${row.complete ? "" : ", incomplete"}\n`;
  yield `${row.fail} fail, ${row.warn} warn, ${row.unknown} unknown, ${row.pass} pass, ${row.notApplicable} not applicable, ${row.waived} waived; exit code ${String(row.exitCode ?? "none")}\n`;
  for (const change of changes) for (const line of changeLines(change)) yield `${line}\n`;
  let standing = 0;
  for (const { outcome } of baseline.findings) if (outcome !== "pass" && outcome !== "not-applicable") standing += 1;
  yield `${changes.length} changes; ${standing} findings that are no passes\n`;
}

/** The trend of a history. */
export function trendLines(history: History, limit: number): Iterable<string> {
  return trendText(trendOf(history, undefined, limit));
}

/** What waits in the outbox and what was given up. */
export function* outboxLines(history: History): Iterable<string> {
  for (const { id, channel, state, attempts, error, notBefore } of history.outbox()) {
    if (state !== "sent") yield `${String(id).padStart(5)}  ${channel}: ${state}, ${attempts} attempts${state === "waiting" ? `, not before ${notBefore}` : ""}${error === undefined ? "" : `: ${terminalText(error)}`}\n`;
  }
}

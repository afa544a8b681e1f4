import type { DatabaseSync } from "node:sqlite";
import type { History } from "../model/history.ts";
import { outboxOn } from "./outbox.ts";
import { readingOf } from "./read.ts";
import { recordingOn } from "./record.ts";
import { historyError, rollBack } from "./sqlite.ts";

/** A run that says that it runs, while its process is gone, crashed. Those of other machines may run. */
function markCrashed(db: DatabaseSync, { isAlive, host }: { readonly isAlive: (pid: number) => boolean; readonly host: string }): readonly string[] {
  const running = db.prepare("SELECT id, pid, started_at FROM runs WHERE status = 'running' AND host = ?").all(host);
  const notices: string[] = [];
  for (const { id, pid, started_at: startedAt } of running) {
    if (typeof pid !== "number" || typeof id !== "number" || isAlive(pid)) continue;
    db.prepare("UPDATE runs SET status = 'crashed' WHERE id = ? AND status = 'running'").run(id);
    notices.push(`Run ${id}, started ${String(startedAt)}, did not end: its process is gone. Nothing of it was recorded.`);
  }
  return notices;
}

/** A history on an open database. Every error of the database leaves as a sentence. */
export function historyOn(path: string, db: DatabaseSync, options: { readonly isAlive: (pid: number) => boolean; readonly host: string }, notices: readonly string[]): History {
  const guarded = <A extends readonly unknown[], R>(act: (...args: A) => R) => (...args: A): R => {
    try {
      return act(...args);
    } catch (error) {
      rollBack(db);
      throw historyError(path, error);
    }
  };
  /** Errors while the findings are walked, which is later. */
  const walked = (found: ReturnType<History["last"]>): ReturnType<History["last"]> => {
    if (found === undefined) return undefined;
    const { findings } = found.baseline;
    const all: typeof findings = {
      *[Symbol.iterator]() {
        const walk = guarded(() => findings[Symbol.iterator]())();
        const next = guarded(() => walk.next());
        for (let step = next(); step.done !== true; step = next()) yield step.value;
      },
    };
    return { ...found, baseline: { ...found.baseline, findings: all } };
  };
  const crashed = guarded(markCrashed)(db, options);
  const { begin, finish, fail, prune } = recordingOn(db);
  const { last, standings, runs, run } = readingOf(db);
  const { claim, sent, unsent, outbox } = outboxOn(db);
  return {
    notices: [...notices, ...crashed],
    begin: guarded(begin),
    finish: guarded(finish),
    fail: guarded(fail),
    prune: guarded(prune),
    last: (scope) => walked(guarded(last)(scope)),
    standings: guarded(standings),
    runs: guarded(runs),
    run: guarded(run),
    claim: guarded(claim),
    sent: guarded(sent),
    unsent: guarded(unsent),
    outbox: guarded(outbox),
    close: () => db.close(),
  };
}

import type { DatabaseSync } from "node:sqlite";
import type { Finding } from "../model/finding.ts";
import type { History, RunRecord } from "../model/history.ts";

const dayMs = 86_400_000;

type Recording = Pick<History, "begin" | "finish" | "fail" | "prune">;

/** The writing half of a history. */
export function recordingOn(db: DatabaseSync): Recording {
  return {
    begin: ({ scope, startedAt, tool, pid, host }) => Number(db.prepare("INSERT INTO runs (scope, status, started_at, tool, pid, host) VALUES (?, 'running', ?, ?, ?, ?)").run(scope, startedAt, tool, pid, host).lastInsertRowid),
    finish: (run, record, last) => finish(db, run, record, last),
    fail: (run, error) => {
      db.prepare("UPDATE runs SET status = 'failed', error = ? WHERE id = ? AND status = 'running'").run(error.slice(0, 2000), run);
    },
    prune: (retention, now) => prune(db, retention, now),
  };
}

function finish(db: DatabaseSync, run: number, record: RunRecord, last: number | undefined): boolean {
  db.exec("BEGIN IMMEDIATE");
  const scope = String(db.prepare("SELECT scope FROM runs WHERE id = ?").get(run)?.["scope"]);
  const latest = db.prepare("SELECT max(id) AS id FROM runs WHERE scope = ? AND status = 'done'").get(scope)?.["id"];
  if ((latest ?? undefined) !== last) {
    db.exec("ROLLBACK");
    return false;
  }
  const { startedAt, finishedAt, complete, exitCode, summary, rules, counts, changes, standings, messages } = record;
  // The number that a run has in the history is the order in which runs ended: one that began earlier and ended later comes later.
  const id = latest === null || latest === undefined || Number(latest) < run ? run : renumbered(db, run);
  db.prepare("UPDATE runs SET status = 'done', started_at = ?, finished_at = ?, complete = ?, exit_code = ?, rules = ?, summary = ?, counts = ? WHERE id = ?").run(startedAt, finishedAt, complete ? 1 : 0, exitCode, JSON.stringify(rules), JSON.stringify(summary), JSON.stringify(counts), id);
  insertFindings(db, id, record.findings);
  const change = db.prepare("INSERT INTO changes (run, change) VALUES (?, ?)");
  for (const one of changes) if (one.state !== "still") change.run(id, JSON.stringify(one));
  db.prepare("DELETE FROM standings WHERE scope = ?").run(scope);
  const standing = db.prepare("INSERT INTO standings (scope, key, rule, kind, subject, name, outcome, decided, since, runs, told) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  for (const { key, rule, subject, outcome, decided, since, runs, told } of standings) standing.run(scope, key, rule, subject.kind, subject.id, subject.name, outcome ?? null, decided ?? null, since, runs, told ?? null);
  const message = db.prepare("INSERT INTO outbox (key, channel, payload, not_before) VALUES (?, ?, ?, ?) ON CONFLICT (key) DO NOTHING");
  for (const { key, channel, payload, notBefore } of messages) message.run(key, channel, payload, notBefore);
  thinOut(db, scope);
  db.exec("COMMIT");
  return true;
}

/** Passes are kept to compare the next runs with, problems for some weeks; what changed, and the counts, stay as long as their run. */
const runsWithPasses = 10;
const runsWithFindings = 40;

/** Keeps the database from growing with every finding of every run: a company with a million users may have many. */
function thinOut(db: DatabaseSync, scope: string): void {
  const older = "run IN (SELECT id FROM runs WHERE scope = ? AND status = 'done' ORDER BY id DESC LIMIT -1 OFFSET ?)";
  db.prepare(`DELETE FROM findings WHERE ${older}`).run(scope, runsWithFindings);
  db.prepare(`DELETE FROM findings WHERE outcome IN ('pass', 'not-applicable') AND ${older}`).run(scope, runsWithPasses);
}

function renumbered(db: DatabaseSync, run: number): number {
  const { lastInsertRowid } = db.prepare("INSERT INTO runs (scope, status, started_at, tool, pid, host) SELECT scope, status, started_at, tool, pid, host FROM runs WHERE id = ?").run(run);
  db.prepare("DELETE FROM runs WHERE id = ?").run(run);
  return Number(lastInsertRowid);
}

function insertFindings(db: DatabaseSync, run: number, findings: Iterable<Finding>): void {
  const insert = db.prepare("INSERT INTO findings (run, rule, kind, subject, name, title, outcome, severity, disposition, message, evidence, count) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  for (const { rule, subject, title, outcome, severity, disposition, message, evidence, count } of findings) {
    const settled = outcome === "pass" || outcome === "not-applicable";
    insert.run(run, rule, subject.kind, subject.id, subject.name, title, outcome, severity, disposition, settled ? "" : message.toWellFormed(), settled ? null : JSON.stringify(evidence), count ?? null);
  }
}

function prune(db: DatabaseSync, { days, runs }: { readonly days: number; readonly runs: number }, now: Date): number {
  const before = new Date(now.getTime() - days * dayMs).toISOString();
  db.exec("BEGIN IMMEDIATE");
  const latest = db.prepare("SELECT started_at FROM runs WHERE status = 'done' ORDER BY id DESC LIMIT 1").get()?.["started_at"];
  // A clock that leapt would take all runs for old.
  const leapt = typeof latest === "string" && Math.abs(now.getTime() - Date.parse(latest)) > days * dayMs;
  const { changes } = leapt ? { changes: 0 } : db.prepare("DELETE FROM runs WHERE started_at < ? AND status <> 'running' AND id NOT IN (SELECT id FROM runs WHERE status = 'done' ORDER BY id DESC LIMIT ?)").run(before, Math.max(2, runs));
  if (!leapt) db.prepare("DELETE FROM outbox WHERE state <> 'waiting' AND not_before < ?").run(before);
  db.exec("COMMIT");
  return Number(changes);
}

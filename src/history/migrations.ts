import type { DatabaseSync } from "node:sqlite";
import { HistoryError } from "../model/errors.ts";
import { rollBack } from "./sqlite.ts";

/** Each leads from the version of its place to the next. What was released never changes: further ones are added at the end. */
const migrations = [
  `CREATE TABLE runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT, scope TEXT NOT NULL, status TEXT NOT NULL, started_at TEXT NOT NULL, finished_at TEXT, complete INTEGER NOT NULL DEFAULT 0,
    tool TEXT NOT NULL, pid INTEGER NOT NULL, host TEXT NOT NULL, error TEXT, exit_code INTEGER, rules TEXT NOT NULL DEFAULT '[]', summary TEXT NOT NULL DEFAULT '{}', counts TEXT NOT NULL DEFAULT '{}'
  ) STRICT;
  CREATE INDEX runs_by_scope ON runs (scope, status, id);
  CREATE TABLE findings (
    run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE, rule TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, name TEXT NOT NULL, title TEXT NOT NULL,
    outcome TEXT NOT NULL, severity TEXT NOT NULL, disposition TEXT NOT NULL, message TEXT NOT NULL, evidence TEXT, count INTEGER
  ) STRICT;
  CREATE INDEX findings_by_run ON findings (run);
  CREATE TABLE changes (run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE, change TEXT NOT NULL) STRICT;
  CREATE INDEX changes_by_run ON changes (run);
  CREATE TABLE standings (
    scope TEXT NOT NULL, key TEXT NOT NULL, rule TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, name TEXT NOT NULL, outcome TEXT, decided TEXT, since TEXT NOT NULL,
    runs INTEGER NOT NULL, told TEXT, PRIMARY KEY (scope, key)
  ) STRICT, WITHOUT ROWID;`,
  `CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, channel TEXT NOT NULL, payload TEXT NOT NULL, not_before TEXT NOT NULL, leased_until TEXT,
    attempts INTEGER NOT NULL DEFAULT 0, state TEXT NOT NULL DEFAULT 'waiting', error TEXT, sent_at TEXT
  ) STRICT;
  CREATE INDEX outbox_waiting ON outbox (state, not_before);`,
] as const;

/** Version that this program writes. */
export const historyVersion = migrations.length;

function versionOf(db: DatabaseSync): number {
  db.exec("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL, migrated_at TEXT NOT NULL) STRICT");
  const row = db.prepare("SELECT max(version) AS version FROM schema_version").get();
  return typeof row?.["version"] === "number" ? row["version"] : 0;
}

/**
 * Brings a database to the newest version, in one transaction: a crash leaves the version before.
 * @throws HistoryError for one of a later version
 */
export function migrate(db: DatabaseSync, path: string, now: Date): void {
  db.exec("BEGIN IMMEDIATE");
  try {
    const version = versionOf(db);
    if (version > historyVersion) throw new HistoryError("history-version", `history ${path} has version ${version}; this program knows up to ${historyVersion}`, { hint: "Use the umpreflight release that wrote it, or a newer one." });
    for (const [at, migration] of migrations.entries()) {
      if (at < version) continue;
      db.exec(migration);
      db.prepare("INSERT INTO schema_version (version, migrated_at) VALUES (?, ?)").run(at + 1, now.toISOString());
    }
    db.exec("COMMIT");
  } catch (error) {
    rollBack(db);
    throw error;
  }
}

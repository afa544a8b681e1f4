import { closeSync, existsSync, lstatSync, openSync, renameSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { HistoryError } from "../model/errors.ts";
import type { History } from "../model/history.ts";
import { historyOn } from "./database.ts";
import { migrate } from "./migrations.ts";
import { historyError, isDamage, loadSqlite } from "./sqlite.ts";

/** What opening a history needs to know. */
export interface OpenOptions {
  readonly now: Date;
  readonly busyTimeoutMs: number;
  /** Whether a process of this machine lives; tells crashed runs from running ones. */
  readonly isAlive: (pid: number) => boolean;
  readonly host: string;
}

type Database = typeof DatabaseSync;

function opened(Database: Database, path: string, { now, busyTimeoutMs }: OpenOptions): DatabaseSync {
  // Names of servers and accounts: for nobody else's eyes.
  closeSync(openSync(path, "a", 0o600));
  const db = new Database(path, { enableForeignKeyConstraints: true });
  try {
    // The option `timeout` came with Node.js 22.16.
    db.exec(`PRAGMA busy_timeout = ${Math.trunc(busyTimeoutMs)}`);
    db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
    const check = db.prepare("PRAGMA quick_check(1)").get();
    if (check?.["quick_check"] !== "ok") throw Object.assign(new Error(`quick_check: ${String(check?.["quick_check"])}`), { errcode: 11 });
    migrate(db, path, now);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Moves a damaged database aside with its journals, so that nothing is overwritten. @returns its new name */
function movedAside(path: string, now: Date): string {
  const stamp = now.toISOString().replaceAll(/[-:]|\.\d+/g, "");
  let aside = `${path}.damaged-${stamp}`;
  for (let again = 2; existsSync(aside); again += 1) aside = `${path}.damaged-${stamp}-${again}`;
  renameSync(path, aside);
  for (const suffix of ["-wal", "-shm"]) if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  return aside;
}

/**
 * Opens the embedded history, which is begun where there is none. A damaged file is moved aside, and the notices say so.
 * @throws HistoryError where it cannot be opened, is locked, or was written by a later version
 */
export async function openHistory(path: string, options: OpenOptions): Promise<History> {
  const Database = await loadSqlite();
  if (existsSync(path) && !lstatSync(path).isFile()) throw new HistoryError("history-open", `history ${path} is no ordinary file`, { hint: "Name a file on a local disk." });
  try {
    return historyOn(path, opened(Database, path, options), options, []);
  } catch (error) {
    if (!isDamage(error)) throw openError(path, error);
    try {
      const aside = movedAside(path, options.now);
      const notice = `The history ${path} was damaged. It was moved to ${aside}, and a new one was begun: this run is its first. \`sqlite3 ${aside} .recover\` may save what it held.`;
      return historyOn(path, opened(Database, path, options), options, [notice]);
    } catch (cause) {
      throw openError(path, cause);
    }
  }
}

function openError(path: string, error: unknown): unknown {
  if (error instanceof Error && "syscall" in error) return new HistoryError("history-open", `history ${path}: ${error.message}`, { cause: error, hint: "Check the folder and the rights on it." });
  return historyError(path, error);
}

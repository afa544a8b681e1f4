import type { DatabaseSync } from "node:sqlite";
import { HistoryError } from "../model/errors.ts";

/** Primary result codes of SQLite that have a meaning for people (https://sqlite.org/rescode.html). */
const codes = { busy: 5, locked: 6, readOnly: 8, input: 10, corrupt: 11, full: 13, cantOpen: 14, notDatabase: 26 } as const;

/**
 * The database module of Node.js.
 * @throws HistoryError where this Node.js has none, or hides it behind a flag (before 22.13)
 */
export async function loadSqlite(load: () => Promise<{ readonly DatabaseSync: typeof DatabaseSync }> = async () => import("node:sqlite")): Promise<typeof DatabaseSync> {
  try {
    return (await load()).DatabaseSync;
  } catch (cause) {
    throw new HistoryError("history-sqlite", "this Node.js has no node:sqlite, which the history needs", { cause, hint: "Use Node.js 22.13 or newer, start with --experimental-sqlite, or run without --history." });
  }
}

/** Undoes what a failed transaction did. `isTransaction` would say whether there is one, but only from Node.js 22.16 on. */
export function rollBack(db: DatabaseSync): void {
  try {
    db.exec("ROLLBACK");
  } catch (error) {
    // There was none: it failed before it began, or SQLite undid it itself, as it does when the disk is full.
    if (!(error instanceof Error)) throw error;
  }
}

/** The primary result code of an error of SQLite; undefined for any other error. */
export function sqliteCode(error: unknown): number | undefined {
  return error instanceof Error && "errcode" in error && typeof error.errcode === "number" ? error.errcode & 0xff : undefined;
}

/** Whether an error says that the file is no sound database. */
export function isDamage(error: unknown): boolean {
  const code = sqliteCode(error);
  return code === codes.corrupt || code === codes.notDatabase;
}

/** An error of the database as a sentence with a remedy; errors of ours pass as they are. */
export function historyError(path: string, error: unknown): unknown {
  const code = sqliteCode(error);
  if (code === undefined || !(error instanceof Error)) return error;
  const said = (name: string, message: string, hint: string): HistoryError => new HistoryError(name, `history ${path}: ${message}`, { cause: error, hint });
  switch (code) {
    case codes.busy:
    case codes.locked:
      return said("history-locked", "another process holds the database locked", "Wait for the other run to end; if none runs, look for a program that has the file open.");
    case codes.full:
      return said("history-full", "there is no room left on the disk", "Make room. What was recorded before is whole; this run is not in the history.");
    case codes.corrupt:
    case codes.notDatabase:
      return said("history-damaged", "the database is damaged", "The next run moves it aside and begins anew; `sqlite3 FILE .recover` may save what it held.");
    case codes.readOnly:
    case codes.cantOpen:
      return said("history-open", "the database cannot be opened for writing", "Check the folder, the rights on it, and that the file is an ordinary one on a local disk.");
    default:
      return said("history-database", error.message, "Check the disk and the rights on the file.");
  }
}

import { randomUUID } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { HistoryError } from "../model/errors.ts";
import { errorCode } from "../model/error-code.ts";

/** Who wants the lock. */
export interface LockHolder {
  readonly pid: number;
  readonly host: string;
  /** Whether a process of this machine lives. */
  readonly isAlive: (pid: number) => boolean;
  readonly now: Date;
  /** Age from which a lock of another machine, whose processes cannot be asked for, counts as left behind. */
  readonly maxAgeMs: number;
}

/** A lock that is held. */
export interface RunLock {
  /** What was found: a lock that was left behind. */
  readonly notice: string | undefined;
  readonly release: () => void;
}

interface LockContent {
  readonly pid: number;
  readonly host: string;
  readonly startedAt: string;
  readonly token: string;
}

/** What a lock file says; undefined where it is gone, `damaged` where it says nothing that can be understood. */
function contentOf(path: string): LockContent | "damaged" | undefined {
  try {
    const value = JSON.parse(readFileSync(path, "utf8")) as Partial<LockContent> | null;
    return typeof value?.pid === "number" && typeof value.host === "string" && typeof value.startedAt === "string" && typeof value.token === "string" ? (value as LockContent) : "damaged";
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    if (error instanceof SyntaxError) return "damaged";
    throw error;
  }
}

/** A lock is left behind when its process is gone, or its machine is another and it is older than any run. A clock that was set back makes no lock old. */
function isLeftBehind(content: LockContent | "damaged", { host, pid, isAlive, now, maxAgeMs }: LockHolder): boolean {
  if (content === "damaged") return true;
  if (content.host === host) return content.pid === pid || !isAlive(content.pid);
  return now.getTime() - Date.parse(content.startedAt) > maxAgeMs;
}

/** Written whole under another name and linked: nobody ever sees a lock that is half written. */
function tryTake(path: string, content: LockContent): boolean {
  const own = `${path}.${content.token}`;
  writeFileSync(own, JSON.stringify(content), { flag: "wx", mode: 0o600 });
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/** Takes a left-behind lock away; if another process was quicker and the lock is its own by now, it gets it back. */
function removeLeftBehind(path: string, seen: LockContent | "damaged", token: string): void {
  const aside = `${path}.left-${token}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return;
    throw error;
  }
  const moved = contentOf(aside);
  if (moved !== undefined && moved !== "damaged" && (seen === "damaged" || moved.token !== seen.token)) {
    try {
      linkSync(aside, path);
    } catch (error) {
      if (errorCode(error) !== "EEXIST") throw error;
    }
  }
  rmSync(aside, { force: true });
}

/**
 * Takes the lock that keeps two scheduled runs apart.
 * @throws HistoryError when another run holds it, or the file cannot be written
 */
export function takeLock(path: string, holder: LockHolder): RunLock {
  const { pid, host, now } = holder;
  const content: LockContent = { pid, host, startedAt: now.toISOString(), token: randomUUID() };
  const release = (): void => {
    const there = contentOf(path);
    if (there !== undefined && there !== "damaged" && there.token === content.token) rmSync(path, { force: true });
  };
  try {
    mkdirSync(dirname(path), { recursive: true });
    if (tryTake(path, content)) return { notice: undefined, release };
    const there = contentOf(path);
    if (there !== undefined && isLeftBehind(there, holder)) {
      removeLeftBehind(path, there, content.token);
      const who = there === "damaged" ? "a damaged lock file" : `the lock of process ${there.pid} on ${there.host} of ${there.startedAt}`;
      if (tryTake(path, content)) return { notice: `${path}: ${who} was left behind and was taken over.`, release };
    }
  } catch (cause) {
    throw new HistoryError("lock", `cannot write the lock ${path}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause, hint: "Check the folder and the rights on it." });
  }
  const there = contentOf(path);
  const who = there === undefined || there === "damaged" ? "" : `: process ${there.pid} on ${there.host}, since ${there.startedAt}`;
  throw new HistoryError("locked", `another run holds ${path}${who}`, { hint: "Wait for it. If that process is no umpreflight run, remove the file." });
}

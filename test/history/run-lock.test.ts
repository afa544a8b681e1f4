import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { takeLock, type LockHolder } from "../../src/history/run-lock.ts";
import { temporaryFolder } from "./open-test-history.ts";

const holder = (changes: Partial<LockHolder> = {}): LockHolder => ({ pid: 1, host: "here", isAlive: () => true, now: new Date("2026-06-01T06:00:00Z"), maxAgeMs: 3_600_000, ...changes });
const lockPath = (): string => join(temporaryFolder(), "deep", "run.lock");

describe("the lock", () => {
  it("keeps a second run out and says who holds it", () => {
    const path = lockPath();
    const lock = takeLock(path, holder({ pid: 7 }));
    expect(() => takeLock(path, holder({ pid: 8 }))).toThrow(`another run holds ${path}: process 7 on here, since 2026-06-01T06:00:00.000Z`);
    lock.release();
    expect(readdirSync(dirname(path))).toEqual([]);
    expect(takeLock(path, holder({ pid: 8 })).notice).toBeUndefined();
  });

  it("of a process that is gone is taken over, and that is said", () => {
    const path = lockPath();
    takeLock(path, holder({ pid: 7 }));
    expect(takeLock(path, holder({ pid: 8, isAlive: (pid) => pid !== 7 })).notice).toContain("process 7 on here");
    expect(JSON.parse(readFileSync(path, "utf8"))).toMatchObject({ pid: 8 });
    expect(readdirSync(dirname(path))).toEqual(["run.lock"]);
  });

  it("of another machine stands until it is older than any run, whatever the clock does", () => {
    const path = lockPath();
    takeLock(path, holder({ host: "elsewhere" }));
    const here = (time: string): LockHolder => holder({ isAlive: () => false, now: new Date(time) });
    expect(() => takeLock(path, here("2026-06-01T06:59:59Z"))).toThrow(/another run holds/);
    expect(() => takeLock(path, here("2020-01-01T00:00:00Z"))).toThrow(/another run holds/);
    expect(takeLock(path, here("2026-06-01T07:00:01Z")).notice).toContain("elsewhere");
  });

  it("that is empty or garbage is taken over", () => {
    const path = lockPath();
    for (const text of ["", "null", "{\"pid\":", "[]"]) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      const lock = takeLock(path, holder());
      expect(lock.notice).toContain("damaged");
      lock.release();
    }
  });

  it("is not taken away from whoever took it over", () => {
    const path = lockPath();
    const slow = takeLock(path, holder({ pid: 7 }));
    takeLock(path, holder({ pid: 8, isAlive: () => false }));
    slow.release();
    expect(existsSync(path)).toBe(true);
  });

  it("that cannot be written is an error with a remedy", () => {
    expect(() => takeLock("/dev/full/run.lock", holder())).toThrow(/cannot write the lock/);
  });
});

import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, describe, expect, it } from "vitest";
import { historyVersion } from "../../src/history/migrations.ts";
import { loadSqlite } from "../../src/history/sqlite.ts";
import type { History } from "../../src/model/history.ts";
import { finding } from "../drift/findings.ts";
import { begin, message, openAt, record, temporaryFolder } from "./open-test-history.ts";

const open: History[] = [];
afterEach(() => {
  for (const history of open.splice(0)) history.close();
});

async function historyAt(path = join(temporaryFolder(), "h.db"), changes: Parameters<typeof openAt>[1] = {}): Promise<History> {
  const history = await openAt(path, changes);
  open.push(history);
  return history;
}

describe("a history", () => {
  it("gives back what was recorded, hostile texts too", async () => {
    const history = await historyAt();
    const nasty = "x'; DROP TABLE runs; -- \u0000 \ud800 \u202e";
    const findings = [finding("fail", "a", { message: nasty, subject: { kind: "umDialPlan", id: "a", name: "HQ\u0007" } }), finding("pass", "b"), { ...finding("pass", "*"), count: 7 }];
    expect(history.finish(begin(history), record(findings), undefined)).toBe(true);
    const last = history.last("on-premises");
    const kept = [...(last?.baseline.findings ?? [])];
    expect(kept.map(({ outcome, subject, count }) => [outcome, subject.id, count])).toEqual([["fail", "a", undefined], ["pass", "b", undefined], ["pass", "*", 7]]);
    expect(kept[0]?.message).toBe(nasty.toWellFormed());
    expect(history.last("hosted")).toBeUndefined();
  });

  it("is for the eyes of its owner only", async () => {
    const path = join(temporaryFolder(), "h.db");
    await historyAt(path);
    expect(statSync(path).mode & 0o077).toBe(0);
  });

  it("keeps what another process recorded when two run at once: the second has to look again", async () => {
    const path = join(temporaryFolder(), "h.db");
    const [one, two] = [await historyAt(path), await historyAt(path)];
    const [first, second] = [begin(one), begin(two)];
    expect(two.finish(second, record([finding("fail", "two")]), undefined)).toBe(true);
    expect(one.finish(first, record([finding("fail", "one")]), undefined)).toBe(false);
    const last = one.last("on-premises");
    expect(one.finish(first, record([finding("fail", "one")]), last?.run)).toBe(true);
    expect([...(two.last("on-premises")?.baseline.findings ?? [])].map(({ subject }) => subject.id)).toEqual(["one"]);
    expect(one.runs({ limit: 10 }).map(({ status }) => status)).toEqual(["done", "done"]);
  });

  it("says that it is locked, with a remedy, and works again afterwards", async () => {
    const path = join(temporaryFolder(), "h.db");
    const history = await historyAt(path);
    const other = new DatabaseSync(path);
    other.exec("BEGIN IMMEDIATE");
    expect(() => begin(history)).toThrow(/another process holds the database locked/);
    other.exec("ROLLBACK");
    other.close();
    expect(begin(history)).toBe(1);
  });

  it("marks runs whose process is gone as crashed, and only those of this machine", async () => {
    const path = join(temporaryFolder(), "h.db");
    const before = await historyAt(path);
    begin(before, { pid: 10 });
    begin(before, { pid: 11 });
    begin(before, { pid: 10, host: "elsewhere" });
    const { notices } = await historyAt(path, { isAlive: (pid) => pid === 11 });
    expect(notices).toEqual(["Run 1, started 2026-06-01T06:00:00.000Z, did not end: its process is gone. Nothing of it was recorded."]);
    expect(before.runs({ limit: 9 }).map(({ status }) => status)).toEqual(["crashed", "running", "running"]);
  });

  it("goes back whole when a run cannot be recorded", async () => {
    const history = await historyAt();
    const broken = record([finding("fail", "a")], { messages: [message("k"), { ...message("l"), payload: undefined as unknown as string }] });
    const run = begin(history);
    expect(() => history.finish(run, broken, undefined)).toThrow();
    expect(history.last("on-premises")).toBeUndefined();
    expect(history.outbox()).toEqual([]);
    expect(history.finish(run, record(), undefined)).toBe(true);
  });
});

describe("retention", () => {
  const now = new Date("2026-06-30T00:00:00Z");
  async function month(): Promise<History> {
    const history = await historyAt();
    let last: number | undefined;
    for (let day = 1; day <= 29; day += 1) {
      const startedAt = `2026-06-${String(day).padStart(2, "0")}T06:00:00.000Z`;
      const run = begin(history, { startedAt });
      history.finish(run, record([finding("fail", "a")], { startedAt }), last);
      last = run;
    }
    return history;
  }

  it("removes what is older, but never the last runs", async () => {
    const history = await month();
    expect(history.prune({ days: 10, runs: 2 }, now)).toBe(19);
    expect(history.runs({ limit: 100 })[0]?.startedAt).toBe("2026-06-20T06:00:00.000Z");
    expect(history.prune({ days: 10, runs: 2 }, now)).toBe(0);
    expect(history.run(1)).toBeUndefined();
  });

  it("keeps findings of the latest runs only, passes of fewer, and what changed of all", async () => {
    const history = await historyAt();
    let last: number | undefined;
    for (let count = 0; count < 45; count += 1) {
      const run = begin(history);
      history.finish(run, record([finding("fail", "a"), finding("pass", "b")], { changes: [{ state: "new", rule: "r", title: "t", subject: { kind: "umDialPlan", id: "a", name: "a" }, severity: "major", disposition: "open", message: "", differences: [], worse: true }] }), last);
      last = run;
    }
    const kept = history.runs({ limit: 100 }).map(({ run }) => history.run(run)).map((found) => [found?.changes.length, [...(found?.baseline.findings ?? [])].length]);
    expect(kept).toEqual(Array.from({ length: 45 }, (_, index) => [1, index < 5 ? 0 : index < 35 ? 1 : 2]));
  });

  it("removes nothing while the clock has leapt", async () => {
    const history = await month();
    expect(history.prune({ days: 10, runs: 2 }, new Date("2036-01-01T00:00:00Z"))).toBe(0);
    expect(history.prune({ days: 10, runs: 2 }, new Date("2016-01-01T00:00:00Z"))).toBe(0);
  });
});

describe("the outbox", () => {
  const at = (time: string): Date => new Date(`2026-06-01T${time}Z`);
  async function queued(...messages: ReturnType<typeof message>[]): Promise<History> {
    const history = await historyAt();
    history.finish(begin(history), record([], { messages }), undefined);
    return history;
  }

  it("hands a message to one process at a time, and again when that one is gone", async () => {
    const history = await queued(message("k"));
    expect(history.claim(at("07:00:00"), 60_000, 10).map(({ key, attempt }) => [key, attempt])).toEqual([["k", 1]]);
    expect(history.claim(at("07:00:30"), 60_000, 10)).toEqual([]);
    expect(history.claim(at("07:01:00"), 60_000, 10).map(({ key, attempt }) => [key, attempt])).toEqual([["k", 2]]);
  });

  it("is not blocked by a lease from before the clock was set back", async () => {
    const history = await queued(message("k", "2026-06-01T00:00:00.000Z"));
    history.claim(at("23:00:00"), 60_000, 10);
    expect(history.claim(at("07:00:00"), 60_000, 10)).toHaveLength(1);
  });

  it("waits for its time, and for the time of a retry", async () => {
    const history = await queued(message("k", "2026-06-01T08:00:00.000Z"));
    expect(history.claim(at("07:59:59"), 1_000, 10)).toEqual([]);
    const [claimed] = history.claim(at("08:00:00"), 1_000, 10);
    history.unsent(claimed?.id ?? 0, "refused", at("09:00:00"));
    expect(history.claim(at("08:30:00"), 1_000, 10)).toEqual([]);
    expect(history.outbox()).toMatchObject([{ state: "waiting", error: "refused", attempts: 1 }]);
    history.sent(history.claim(at("09:00:00"), 1_000, 10)[0]?.id ?? 0, at("09:00:01"));
    expect(history.claim(at("23:00:00"), 1_000, 10)).toEqual([]);
  });

  it("takes the same message once", async () => {
    const history = await queued(message("k"), message("k"));
    expect(history.outbox()).toHaveLength(1);
  });
});

describe("a file that is no sound database", () => {
  it.each([
    ["text", (path: string) => writeFileSync(path, "this is no database, however long it goes on ".repeat(100))],
    ["pages overwritten in the middle", (path: string) => {
      const bytes = readFileSync(path);
      bytes.fill(0xff, 4096, bytes.length - 100);
      writeFileSync(path, bytes);
    }],
  ])("is moved aside and kept: %s", async (_, damage) => {
    const folder = temporaryFolder();
    const path = join(folder, "h.db");
    const before = await openAt(path);
    before.finish(begin(before), record(Array.from({ length: 200 }, (_, index) => finding("fail", `s${index}`))), undefined);
    before.close();
    damage(path);
    const size = statSync(path).size;
    const history = await historyAt(path);
    expect(history.notices[0]).toMatch(/was damaged\. It was moved to .*h\.db\.damaged-20260601T060000Z/);
    expect(history.last("on-premises")).toBeUndefined();
    expect(statSync(join(folder, "h.db.damaged-20260601T060000Z")).size).toBe(size);
    expect(begin(history)).toBe(1);
  });

  it("that is a device is refused, not moved", async () => {
    await expect(openAt("/dev/full")).rejects.toThrow(/no ordinary file/);
    expect(existsSync("/dev/full")).toBe(true);
  });

  it("in a folder that does not exist is refused with a remedy", async () => {
    await expect(openAt(join(temporaryFolder(), "no", "h.db"))).rejects.toMatchObject({ code: "history-open", hint: "Check the folder and the rights on it." });
  });
});

describe("versions", () => {
  it("a later one is refused and left alone", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "h.db");
    (await openAt(path)).close();
    const db = new DatabaseSync(path);
    db.prepare("INSERT INTO schema_version VALUES (?, ?)").run(historyVersion + 1, "2026-06-01T00:00:00Z");
    db.close();
    await expect(openAt(path)).rejects.toMatchObject({ code: "history-version" });
    expect(readdirSync(folder).filter((name) => name.includes("damaged"))).toEqual([]);
  });

  it("an earlier one is brought on without loss", async () => {
    const path = join(temporaryFolder(), "h.db");
    const before = await openAt(path);
    before.finish(begin(before), record([finding("fail", "a")]), undefined);
    before.close();
    const db = new DatabaseSync(path);
    db.exec("DROP TABLE outbox; DELETE FROM schema_version WHERE version = 2");
    db.close();
    const history = await historyAt(path);
    expect([...(history.last("on-premises")?.baseline.findings ?? [])]).toHaveLength(1);
    expect(history.outbox()).toEqual([]);
  });
});

it("a Node.js without the module is told plainly", async () => {
  await expect(loadSqlite(async () => Promise.reject(new Error("No such built-in module: node:sqlite")))).rejects.toMatchObject({ code: "history-sqlite", hint: expect.stringContaining("22.13") });
});

it("a disk that is full leaves what was there whole", async () => {
  const path = join(temporaryFolder(), "h.db");
  const history = await historyAt(path);
  history.finish(begin(history), record([finding("fail", "a")]), undefined);
  const last = history.last("on-premises");
  history.close();
  open.splice(0);
  const db = new DatabaseSync(path);
  // SQLite answers SQLITE_FULL for its own limit as for a full disk.
  const pages = Number(db.prepare("PRAGMA page_count").get()?.["page_count"]);
  db.close();
  const { historyOn } = await import("../../src/history/database.ts");
  const limited = new DatabaseSync(path);
  limited.exec(`PRAGMA max_page_count = ${pages + 2}`);
  const small = historyOn(path, limited, { isAlive: () => true, host: "here" }, []);
  const run = begin(small);
  expect(() => small.finish(run, record(Array.from({ length: 1000 }, (_, index) => finding("fail", `s${index}`))), last?.run)).toThrow(/no room left on the disk/);
  expect([...(small.last("on-premises")?.baseline.findings ?? [])].map(({ subject }) => subject.id)).toEqual(["a"]);
  small.close();
});

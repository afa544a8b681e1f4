import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { recordRun, trendOf, type RecordedRun } from "../../src/app/history.ts";
import { summarize } from "../../src/engine/summary.ts";
import { openHistory } from "../../src/history/open.ts";
import type { Finding, Outcome } from "../../src/model/finding.ts";
import type { History } from "../../src/model/history.ts";
import type { Report } from "../../src/model/report.ts";
import { finding, unreadSet } from "../drift/findings.ts";

/** One letter per dial plan: p pass, w warn, f fail, ? unknown, - not there, x waived failure. A day that begins with ! could not read all dial plans. */
const letters: Readonly<Record<string, Outcome>> = { p: "pass", w: "warn", f: "fail", "?": "unknown", x: "fail" };

function reportOf(day: number, text: string): Report {
  const half = text.startsWith("!");
  const findings: Finding[] = text.replace("!", "").split("").flatMap((letter, index) => {
    const outcome = letters[letter];
    return outcome === undefined ? [] : [finding(outcome, `plan${index}`, letter === "x" ? { disposition: "waived" } : {})];
  });
  const all = half ? [...findings, unreadSet()] : findings;
  const startedAt = `2026-06-${String(day).padStart(2, "0")}T06:00:00.000Z`;
  return { tool: { name: "umpreflight", version: "0.1.0" }, run: { startedAt, finishedAt: startedAt, complete: true, profile: "on-premises", targets: [], reasons: [] }, summary: summarize(all), rules: [{ id: "dial-plan/security", title: "", file: "", line: 1 }], findings: all, failOn: "fail" };
}

let history: History;
beforeEach(async () => {
  history = await openHistory(join(mkdtempSync(join(tmpdir(), "umpreflight-month-")), "h.db"), { now: new Date("2026-06-01T06:00:00Z"), busyTimeoutMs: 50, host: "here", isAlive: () => true });
});
afterEach(() => history.close());

async function day(number: number, text: string, flapGuard = 1): Promise<RecordedRun> {
  const report = reportOf(number, text);
  const run = history.begin({ scope: "on-premises", startedAt: report.run.startedAt, tool: "0.1.0", pid: 1, host: "here" });
  return recordRun(history, report, { run, exitCode: 0, flapGuard, messages: () => [], snapshot: undefined });
}

/** What each day tells: `state subject`. */
async function told(days: readonly string[], flapGuard = 1): Promise<string[]> {
  const result: string[] = [];
  for (const [index, text] of days.entries()) {
    const { events } = await day(index + 1, text, flapGuard);
    result.push(events.map(({ state, subject }) => `${state} ${subject.id}`).join(", "));
  }
  return result;
}

it("a month of daily runs has exactly the trend that was lived through", async () => {
  const days = ["ppp", "ppp", "fpp", "fpp", "fwp", "ffp", "pfp", "ppp", "ppp", "p?p", "p?p", "ppp", "pp-", "pp-", "ppf", "ppx", "ppx", "ppf", "ppp", "!p", "!p", "ppp", "fff", "fff", "fff", "fff", "fff", "fff", "fff", "ppp"];
  for (const [index, text] of days.entries()) await day(index + 1, text);
  const trend = trendOf(history, "on-premises", 100);
  const count = (text: string, letter: string): number => text.split(letter).length - 1;
  expect(trend.map(({ fail, warn, unknown, pass, waived }) => [fail, warn, unknown, pass, waived])).toEqual(days.map((text) => [count(text, "f"), count(text, "w"), count(text, "?") + count(text, "!"), count(text, "p"), count(text, "x")]));
  expect(trend.map(({ startedAt }) => startedAt.slice(8, 10))).toEqual(days.map((_, index) => String(index + 1).padStart(2, "0")));
  const states = trend.map(({ changes }) => Object.entries(changes).flatMap(([state, number]) => (number === 0 ? [] : [`${state} ${number}`])).sort().join(", "));
  expect(states).toEqual([
    "", "", "new 1", "still 1", "new 1, still 1", "changed 1, still 1", "fixed 1, still 1", "fixed 1", "", "unknown-now 1", "still 1", "fixed 1", "gone 1", "", "new 1", "changed 1", "still 1", "changed 1", "fixed 1",
    "new 1, unknown-now 2", "still 3", "fixed 3", "new 3", "still 3", "still 3", "still 3", "still 3", "still 3", "still 3", "fixed 3",
  ]);
  // What was new and what ended add up to what stands.
  expect(history.standings("on-premises")).toEqual([]);
});

describe("what is told", () => {
  it("is told once, when it comes and when it goes", async () => expect(await told(["p", "f", "f", "f", "p", "p"])).toEqual(["", "new plan0", "", "", "fixed plan0", ""]));
  it("is what is accepted, and what is no longer", async () => expect(await told(["f", "x", "x", "f"])).toEqual(["new plan0", "changed plan0", "", "new plan0"]));
  it("is that a subject is gone", async () => expect(await told(["fp", "-p"])).toEqual(["new plan0", "gone plan0"]));
  it("is the step from warning to failure", async () => expect(await told(["w", "f"])).toEqual(["new plan0", "changed plan0"]));

  it("knows an old failure again after it could not be read", async () => {
    expect(await told(["f", "?", "f"])).toEqual(["new plan0", "unknown-now plan0", "changed plan0"]);
    expect(history.standings("on-premises")).toMatchObject([{ since: "2026-06-01T06:00:00.000Z" }]);
  });

  it("does not call gone, or fixed, what half an answer left out", async () => {
    expect(await told(["fp", "!-", "fp"])).toEqual(["new plan0", "unknown-now deployment, unknown-now plan0, unknown-now plan1", "changed plan0, fixed plan1, fixed deployment"]);
  });
});

describe("the flap guard", () => {
  it("tells what stands for as many runs", async () => expect(await told(["p", "f", "f", "f", "p", "p", "p"], 3)).toEqual(["", "", "", "new plan0", "", "", "fixed plan0"]));
  it("is silent on what comes and goes", async () => expect(await told(["p", "f", "p", "f", "p", "f", "p"], 2)).toEqual(["", "", "", "", "", "", ""]));
  it("is silent on what goes and comes back", async () => expect(await told(["f", "f", "p", "f", "f", "p", "p"], 2)).toEqual(["", "new plan0", "", "", "", "", "fixed plan0"]));
});

it("findings say since when they stand, in a row", async () => {
  const since = async (number: number, text: string): Promise<string | undefined> => [...(await day(number, text)).report.findings][0]?.since?.slice(8, 10);
  expect(await since(1, "f")).toBe("01");
  expect(await since(2, "w")).toBe("01");
  expect(await since(3, "?")).toBe("01");
  expect(await since(4, "f")).toBe("01");
  expect(await since(5, "p")).toBeUndefined();
  expect(await since(6, "f")).toBe("06");
});

it("a clock that was set back changes neither the order of runs nor what stands", async () => {
  await day(10, "f");
  const { comparison } = await day(3, "f");
  expect(comparison?.counts).toMatchObject({ still: 1, new: 0 });
  expect(comparison?.notes.join()).toContain("a clock was set back");
  expect(trendOf(history, undefined, 10).map(({ startedAt }) => startedAt.slice(8, 10))).toEqual(["10", "03"]);
});

it("two runs that end at once are both in the history, each compared with the one before", async () => {
  await day(1, "p");
  const runs = await Promise.all([day(2, "f"), day(3, "f")]);
  expect(runs.map(({ comparison }) => comparison?.counts.new ?? -1).sort((a, b) => a - b)).toEqual([0, 1]);
  expect(history.runs({ limit: 9 })).toHaveLength(3);
});

import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import schema from "../../reports/schemas/comparison.schema.json" with { type: "json" };
import { compareFindings } from "../../src/drift/compare-findings.ts";
import type { FactChange, TrendPoint } from "../../src/model/drift.ts";
import type { Finding } from "../../src/model/finding.ts";
import { known, unknown } from "../../src/model/observation.ts";
import { factText } from "../../src/report/changes/facts-text.ts";
import { changeJson } from "../../src/report/changes/json.ts";
import { changeText } from "../../src/report/changes/text.ts";
import { trendText } from "../../src/report/changes/trend-text.ts";
import { finding, on } from "../drift/findings.ts";

const hostile = "\u001b[31mred\u0007 \u202e\r\nFAIL fake \ud800 \u0000";
const side = (findings: readonly Finding[], name: string) => ({ run: { name, startedAt: "2026-06-01T06:00:00.000Z", complete: true }, findings, rules: ["dial-plan/security"] });
const comparison = compareFindings(
  side([finding("pass", "a"), finding("fail", "b"), finding("fail", "c"), finding("pass", "d"), finding("pass", "e"), finding("fail", "f", on("umDialPlan", "f", "old name"))], hostile),
  side([finding("fail", "a", { message: hostile, subject: { kind: "umDialPlan", id: "a", name: hostile } }), finding("pass", "b"), finding("unknown", "d"), finding("warn", "f", on("umDialPlan", "f", "new name"))], "after"),
);
const facts: readonly FactChange[] = [
  { subject: { kind: "umDialPlan", id: "a", name: hostile }, fact: "voipSecurity", kind: "changed", from: known("Secured", "s"), to: known(hostile, "s"), changedAt: "2026-06-01T05:00:00Z" },
  { subject: { kind: "umDialPlan", id: "b", name: "b" }, kind: "added" },
  { subject: { kind: "umDialPlan", id: "c", name: "c" }, fact: "x", kind: "no-longer-read", from: known(["a"], "s"), to: unknown("timeout", hostile) },
];
const text = [...changeText(comparison, { still: true })].join("");

describe("changes as text", () => {
  it("say each state, in the order of weight", () => expect(text.split("\n").map((line) => /^[A-Z]{3,}/.exec(line)?.[0]).filter((word) => word !== undefined)).toEqual(["NEW", "CHANGED", "UNKNOWN", "FIXED", "GONE", "GONE", "RENAMED", "RENAMED"]));
  it("count at the end", () => expect(text.trimEnd().split("\n").at(-1)).toBe("1 new, 1 changed, 1 unknown now, 1 fixed, 2 gone, 2 renamed"));
  it("name a gone subject without problems briefly", () => expect(text).toContain("GONE     UM dial plan name of e (1 check, all well before)"));
  it("let nothing foreign act on a terminal or begin a line", () => {
    for (const one of [text, [...factText({ changes: facts, total: 5 })].join("")]) {
      expect(one).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}]/u);
      expect(one).not.toMatch(/^FAIL/m);
    }
  });
  it("say that nothing changed", () => expect([...changeText(compareFindings(side([], "a"), side([], "b")), { still: false })].at(-1)).toBe("nothing changed\n"));
});

it("changes as JSON fit their schema", () => {
  const json = [...changeJson(comparison, { changes: facts, total: 5 })].join("");
  const validate = new Ajv({ strict: false }).compile(schema);
  expect([validate(JSON.parse(json)), validate.errors]).toEqual([true, null]);
  expect(json.isWellFormed()).toBe(true);
  expect(validate(JSON.parse([...changeJson(comparison, undefined)].join("")))).toBe(true);
});

it("facts say what came, went and changed, and how many more there are", () => {
  const lines = [...factText({ changes: facts, total: 5 })].join("").split("\n");
  expect(lines[0]).toBe("Facts: 5 differences");
  expect(lines[1]).toContain("voipSecurity: Secured → ");
  expect(lines[1]).toContain("(object last changed 2026-06-01T05:00:00Z)");
  expect(lines[2]).toBe("+ UM dial plan b");
  expect(lines[3]).toContain('x: ["a"] → not read (timeout: ');
  expect(lines[4]).toBe("and 2 more differences");
});

describe("the trend", () => {
  const point = (fail: number): TrendPoint => ({ run: 1, startedAt: "2026-06-01T06:00:00.000Z", complete: false, pass: 9, warn: 0, fail, unknown: 0, waived: 0, changes: comparison.counts });
  const lines = (...fails: readonly number[]): readonly string[] => [...trendText(fails.map(point))];
  it("shows zero as a dot and the most as a full bar", () => expect(lines(0, 1, 4, 8, 0).slice(-3)).toEqual(["fail     ·▁▄█·\n", "warn     ·····\n", "unknown  ·····\n"]));
  it("of no runs is no error", () => expect(lines()).toHaveLength(4));
  it("has a line for each run", () => expect(lines(2)[1]).toBe("    1 2026-06-01T06:00:00.000Z      2      0        0        9       0 1 new, 1 changed, 1 unknown now, 1 fixed, 2 gone (incomplete)\n"));
});

import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findingStore } from "../../src/app/finding-store.ts";
import { ReportError } from "../../src/model/errors.ts";
import type { Finding } from "../../src/model/finding.ts";
import { hostileReport } from "../report/hostile.ts";
import { finding, firstScan, subject, summaryOf } from "../report/reports.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "umpreflight-store-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function stored(findings: readonly Finding[], held: number) {
  const store = findingStore({ held, folder });
  for (const one of findings) store.add(one);
  return store.finish();
}
const many = Array.from({ length: 3000 }, (_, number) => finding(number % 3 === 0 ? "fail" : "unknown", { subject: subject("user", `Person ${number}`), message: `${number}: ${"é".repeat(100)}` }));

describe("the store of findings", () => {
  it.each([0, 1, 17, 2999, 3000, 5000])("gives back what was added, in its order, as often as it is walked, with %d in memory", (held) => {
    const { findings, summary } = stored(many, held);
    expect([...findings]).toEqual(many);
    expect([...findings]).toEqual(many);
    expect(summary).toEqual(summaryOf(many));
    const [a, b] = [findings[Symbol.iterator](), findings[Symbol.iterator]()];
    for (const one of many.slice(0, 50)) expect([a.next().value, b.next().value]).toEqual([one, one]);
  });
  it("keeps every text and every field as it is", () => {
    const all = [...hostileReport().findings, ...firstScan().findings, finding("fail", { disposition: "waived", waiver: { id: "w", reason: "r", owner: "o" }, since: "2026-06-01T00:00:00Z", count: 3, remedy: { text: "t", commands: ["c"] } })];
    expect([...stored(all, 0).findings]).toEqual(all);
  });
  it("tells findings of a rule apart that share their references only", () => {
    const references = [{ text: "x" }];
    const all = [finding("fail", { references }), finding("fail", { references, severity: "advice" }), finding("fail", { references, title: "another" }), finding("fail", { references, rule: "a/b" }), finding("fail", { references })];
    expect([...stored(all, 0).findings]).toEqual(all);
  });
  it("makes no file for few findings, and leaves no name for many", () => {
    stored(many, 3000);
    expect(readdirSync(folder)).toEqual([]);
    const { findings } = stored(many, 10);
    expect(readdirSync(folder)).toEqual([]);
    expect([...findings]).toHaveLength(3000);
  });
  it("says where there is no room", () => {
    const error = (() => {
      try {
        const store = findingStore({ held: 1, folder: join(folder, "nowhere") });
        for (const one of many) store.add(one);
        return undefined;
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toBeInstanceOf(ReportError);
    expect(error).toMatchObject({ code: "findings-store", message: expect.stringContaining("cannot keep the findings in"), hint: expect.stringContaining("TMPDIR") });
  });
});

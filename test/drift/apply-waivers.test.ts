import { describe, expect, it } from "vitest";
import { applyWaivers } from "../../src/drift/apply-waivers.ts";
import { fitsGlob } from "../../src/drift/glob.ts";
import type { Finding } from "../../src/model/finding.ts";
import type { Waiver } from "../../src/model/waiver.ts";
import { finding, on, unreadSet } from "./findings.ts";

const now = new Date("2026-06-01T00:00:00Z");

function waiver(changes: Partial<Waiver> = {}): Waiver {
  return { id: "W1", rule: "dial-plan/security", subject: { id: "a" }, reason: "moves in July", owner: "jane", expires: "2026-12-31T00:00:00Z", unknown: false, position: { file: "waivers.yaml", line: 3 }, ...changes };
}

function apply(findings: readonly Finding[], ...waivers: readonly Waiver[]) {
  const result = [...applyWaivers(findings, { file: "waivers.yaml", soonDays: 14, waivers }, { now, rules: ["dial-plan/security"] })];
  return { dispositions: result.slice(0, findings.length).map(({ outcome, disposition }) => `${outcome} ${disposition}`), own: result.slice(findings.length).map(({ rule }) => rule), result };
}

describe("a waiver", () => {
  it("accepts its finding, whose outcome stays, and says who accepted it", () => {
    const { dispositions, own, result } = apply([finding("fail", "a"), finding("fail", "b")], waiver({ ticket: "CHG-7" }));
    expect(dispositions).toEqual(["fail waived", "fail open"]);
    expect(own).toEqual([]);
    expect(result[0]?.waiver).toEqual({ id: "W1", reason: "moves in July", owner: "jane", expires: "2026-12-31T00:00:00Z", ticket: "CHG-7" });
  });

  it("does not hold from the moment of its end, to the millisecond and in its zone", () => {
    expect(apply([finding("fail", "a")], waiver({ expires: "2026-06-01T02:00:00+02:00" }))).toMatchObject({ dispositions: ["fail open"], own: ["waiver/expired"] });
    expect(apply([finding("fail", "a")], waiver({ expires: "2026-06-01T00:00:00.001Z" })).dispositions).toEqual(["fail waived"]);
  });

  it("tells of its end before it comes", () => expect(apply([finding("fail", "a")], waiver({ expires: "2026-06-14T00:00:00Z" })).own).toEqual(["waiver/expires-soon"]));

  it("accepts unknown only when it says so", () => {
    expect(apply([finding("unknown", "a")], waiver())).toMatchObject({ dispositions: ["unknown open"], own: ["waiver/unused"] });
    expect(apply([finding("unknown", "a")], waiver({ unknown: true }))).toMatchObject({ dispositions: ["unknown waived"], own: [] });
  });

  it("is unused when its subject is fine, is not there, or its rule does not run", () => {
    expect(apply([finding("pass", "a")], waiver())).toMatchObject({ dispositions: ["pass open"], own: ["waiver/unused"] });
    expect(apply([finding("fail", "b")], waiver()).own).toEqual(["waiver/unused"]);
    expect(apply([], waiver({ rule: "no/such" })).own).toEqual(["waiver/unused"]);
  });

  it("is not called unused while the subjects of its rule were not all read", () => expect(apply([unreadSet()], waiver()).own).toEqual([]));

  it("does not take names, but says which id was meant", () => {
    const { own, result } = apply([finding("fail", "guid-1", on("umDialPlan", "guid-1", "HQ"))], waiver({ subject: { id: "HQ" } }));
    expect(own).toEqual(["waiver/unused"]);
    expect(result[1]?.message).toContain("guid-1 was probably meant");
  });

  it("tells kinds apart", () => expect(apply([finding("fail", "a")], waiver({ kind: "endpoint" })).dispositions).toEqual(["fail open"]));

  it("does not accept counted findings", () => expect(apply([{ ...finding("fail", "*"), count: 3 }], waiver({ subject: { glob: "*" } })).dispositions).toEqual(["fail open"]));

  it("that takes in too much is told of, unless it states how many are meant", () => {
    const many = Array.from({ length: 12 }, (_, index) => finding(index < 11 ? "fail" : "pass", index < 11 ? `ex${index}` : "dc1"));
    expect(apply(many, waiver({ subject: { glob: "ex*" } })).own).toEqual(["waiver/over-broad"]);
    expect(apply(many, waiver({ subject: { glob: "ex*" }, atMost: 11 })).own).toEqual([]);
    expect(apply(many, waiver({ subject: { glob: "ex1*" } })).own).toEqual([]);
    expect(apply([finding("fail", "a"), finding("pass", "b")], waiver({ subject: { glob: "*" } })).own).toEqual(["waiver/over-broad"]);
  });

  it("that ended stands behind one that was made anew", () => {
    expect(apply([finding("fail", "a")], waiver({ expires: "2026-01-01T00:00:00Z" }), waiver({ id: "W2" }))).toMatchObject({ dispositions: ["fail waived"], own: ["waiver/expired"] });
  });

  it("is a subject of its own in its findings", () => {
    const { result } = apply([], waiver({ rule: "no/such" }), waiver({ id: "W2", rule: "no/such" }));
    expect(new Set(result.map(({ subject }) => subject.id)).size).toBe(2);
  });
});

describe("globs", () => {
  it.each([
    ["ex*.fabrikam.test:*", "ex1.fabrikam.test:5061", true],
    ["EX*", "ex1", true],
    ["*a*a*", "ba", false],
    ["a*a", "a", false],
    ["*", "", true],
    ["abc", "abcd", false],
    ["*b*c", "abcbc", true],
    ["a.c", "abc", false],
  ])("%s on %s: %s", (glob, text, expected) => expect(fitsGlob(glob, text)).toBe(expected));

  it("take no time worth mentioning on hostile ids", () => {
    const started = performance.now();
    expect(fitsGlob(`${"*a".repeat(200)}*b`, "a".repeat(100_000))).toBe(false);
    expect(performance.now() - started).toBeLessThan(500);
  });
});

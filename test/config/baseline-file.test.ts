import { describe, expect, it } from "vitest";
import { baselineText, isBaselineText, parseBaseline } from "../../src/config/baseline-file.ts";
import { finding, run } from "../drift/findings.ts";

const acceptance = { acceptedAt: "2026-06-01T10:00:00.000Z", acceptedBy: "jane", acceptsUnknown: false };
const text = [...baselineText(run([finding("fail", "a"), finding("pass", "b")]), acceptance)].join("");

describe("an accepted baseline", () => {
  it("reads back as it was written, one finding per line", () => {
    expect(isBaselineText(text)).toBe(true);
    const read = parseBaseline("b.json", text);
    expect(read).toMatchObject({ name: "b.json", complete: true, profile: "on-premises", accepted: acceptance });
    expect([...read.findings].map(({ rule, subject, outcome }) => [rule, subject.id, outcome])).toEqual([["dial-plan/security", "a", "fail"], ["dial-plan/security", "b", "pass"]]);
    expect(text.split("\n").filter((line) => line.includes('"rule"'))).toHaveLength(2);
  });

  it.each([
    ["one that was cut off", text.slice(0, -20), "no whole JSON"],
    ["one of a later format", text.replace('"version":1', '"version":2'), "reads up to 1"],
    ["one with an outcome that does not exist", text.replace('"outcome":"fail"', '"outcome":"fine"'), "1 finding(s) that cannot be understood"],
    ["a list", "[]", "no accepted baseline"],
  ])("refuses %s", (_, damaged, expected) => expect(() => parseBaseline("b.json", damaged)).toThrow(expected));
});

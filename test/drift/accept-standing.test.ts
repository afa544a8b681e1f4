import { describe, expect, it } from "vitest";
import { acceptStanding } from "../../src/drift/accept-standing.ts";
import { compareFindings } from "../../src/drift/compare-findings.ts";
import type { Finding } from "../../src/model/finding.ts";
import { finding, run } from "./findings.ts";

function accepted(before: readonly Finding[], after: readonly Finding[], acceptsUnknown = false): string[] {
  const side = (findings: readonly Finding[]) => ({ run: { name: "x", startedAt: "2026-06-01T00:00:00Z", complete: true }, findings, rules: run(findings).rules });
  return [...acceptStanding(after, compareFindings(side(before), side(after)), { acceptedAt: "2026-06-01T00:00:00Z", acceptsUnknown })].map(({ outcome, disposition }) => `${outcome} ${disposition}`);
}

describe("an accepted baseline", () => {
  it("accepts what stands or became milder, and nothing that is new or worse", () => {
    const before = [finding("fail", "a"), finding("fail", "b"), finding("warn", "c"), finding("pass", "d")];
    const after = [finding("fail", "a"), finding("warn", "b"), finding("fail", "c"), finding("fail", "d"), finding("fail", "e"), finding("pass", "f")];
    expect(accepted(before, after)).toEqual(["fail waived", "warn waived", "fail open", "fail open", "fail open", "pass open"]);
  });

  it("accepts unknown only expressly, and only where it was unknown", () => {
    const before = [finding("unknown", "a"), finding("pass", "b")];
    const after = [finding("unknown", "a"), finding("unknown", "b")];
    expect(accepted(before, after)).toEqual(["unknown open", "unknown open"]);
    expect(accepted(before, after, true)).toEqual(["unknown waived", "unknown open"]);
  });
});

import { expect, it } from "vitest";
import { withCarried } from "../../src/drift/carry-unknown.ts";
import { compareFindings } from "../../src/drift/compare-findings.ts";
import { followStandings } from "../../src/drift/standings.ts";
import { findingKey } from "../../src/model/drift.ts";
import type { Finding, Outcome } from "../../src/model/finding.ts";
import type { Standing } from "../../src/model/history.ts";
import { finding, unreadSet } from "./findings.ts";
import { randomNumbers } from "../random-numbers.ts";

const outcomes: readonly Outcome[] = ["pass", "warn", "fail", "unknown", "not-applicable"];

function randomRun(random: () => number): readonly Finding[] {
  const findings = Array.from({ length: 6 }, (_, index) => index).flatMap((index) => {
    const outcome = outcomes[Math.floor(random() * outcomes.length)];
    return outcome === undefined || random() < 0.2 ? [] : [finding(outcome, `s${index}`, { disposition: random() < 0.1 ? "waived" : "open" })];
  });
  return random() < 0.2 ? [...findings, unreadSet()] : findings;
}

const compare = (before: readonly Finding[], after: readonly Finding[]) => {
  const side = (findings: readonly Finding[]) => ({ run: { name: "x", startedAt: "2026-06-01T00:00:00Z", complete: true }, findings, rules: ["dial-plan/security"] });
  return compareFindings(side(before), side(after));
};
const isProblem = ({ outcome }: Finding): boolean => outcome === "fail" || outcome === "warn" || outcome === "unknown";

it("every problem of today is told of exactly once, none of yesterday disappears unsaid, and nothing unread is fixed or gone", () => {
  const random = randomNumbers(7);
  for (let round = 0; round < 300; round += 1) {
    const [before, after] = [randomRun(random), randomRun(random)];
    const { changes, counts } = compare(before, after);
    const keys = changes.map(findingKey);
    expect(new Set(keys).size).toBe(keys.length);
    for (const one of after.filter(isProblem)) expect(keys).toContain(findingKey(one));
    for (const one of before.filter(isProblem)) expect(keys).toContain(findingKey(one));
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(changes.length);
    const readWhole = !after.some(({ subject }) => subject.kind === "deployment");
    for (const change of changes) {
      const now = after.find((one) => findingKey(one) === findingKey(change));
      if (change.state === "fixed" && change.subject.kind !== "deployment") expect(now?.outcome).toMatch(/^(pass|not-applicable)$/);
      if (change.state === "gone") expect([now, readWhole]).toEqual([undefined, true]);
      if (change.worse) expect(change.disposition).toBe("open");
    }
  }
});

it("a run compared with itself has nothing but what stands still", () => {
  const random = randomNumbers(11);
  for (let round = 0; round < 100; round += 1) {
    const findings = randomRun(random);
    expect(compare(findings, findings).changes.every(({ state, worse }) => state === "still" && !worse)).toBe(true);
  }
});

it("over any run of days, what stands is exactly the open problems of the last day, and what was told and is over was told to be over", () => {
  const random = randomNumbers(23);
  for (let round = 0; round < 40; round += 1) {
    let recorded: readonly Finding[] = [];
    let standings: readonly Standing[] = [];
    const told = new Map<string, string>();
    for (let day = 0; day < 20; day += 1) {
      const today = randomRun(random);
      const comparison = compare(recorded, today);
      const followed = followStandings(standings, comparison, { startedAt: String(day), flapGuard: 1 });
      recorded = [...withCarried(today, comparison)];
      ({ standings } = followed);
      for (const event of followed.events) {
        if (event.state === "fixed" || event.state === "gone" || event.disposition === "waived") told.delete(findingKey(event));
        else told.set(findingKey(event), event.after ?? "");
      }
      const open = recorded.filter((one) => isProblem(one) && one.disposition === "open").map((one) => [findingKey(one), one.outcome] as const);
      expect(new Map(standings.map(({ key, outcome }) => [key, outcome]))).toEqual(new Map(open));
      expect(told).toEqual(new Map(open));
    }
  }
});

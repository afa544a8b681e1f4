import { describe, expect, it } from "vitest";
import type { Finding, Outcome } from "../../src/model/finding.ts";
import type { ProcessView } from "../../src/model/overview.ts";
import { countByRule, phaseOutcomes, type PhaseState } from "../../src/report/process-outcomes.ts";
import { finding } from "./reports.ts";

const of = (rule: string, outcome: Outcome, changes: Partial<Finding> = {}): Finding => finding(outcome, { rule, ...changes });
const waived = { disposition: "waived" } as const;

function process(...rules: readonly string[]): ProcessView {
  return { title: "A process", detected: [], phases: [{ id: "one", title: "One", summary: "", who: [], rules, notObservable: [] }] };
}

function only(rules: readonly string[], findings: readonly Finding[]) {
  const [outcome] = phaseOutcomes(process(...rules), countByRule(findings));
  if (outcome === undefined) throw new Error("there is no phase");
  return outcome;
}

describe("a phase", () => {
  it.each<readonly [string, PhaseState, readonly Finding[]]>([
    ["has passed when everything passed", "pass", [of("a/a", "pass"), of("a/b", "pass"), of("a/b", "not-applicable")]],
    ["has the worst outcome: fail", "fail", [of("a/a", "pass"), of("a/a", "unknown"), of("a/b", "fail"), of("a/b", "warn")]],
    ["has the worst outcome: unknown before warn", "unknown", [of("a/a", "warn"), of("a/b", "unknown"), of("a/b", "pass")]],
    ["has the worst outcome: warn", "warn", [of("a/a", "warn"), of("a/b", "pass")]],
    ["does not apply when nothing in it does", "not-applicable", [of("a/a", "not-applicable"), of("a/b", "not-applicable")]],
    ["is unknown when one of its rules left no finding, however well the others did", "unknown", [of("a/a", "pass")]],
    ["has failed even when one of its rules left no finding", "fail", [of("a/a", "fail")]],
    ["is unknown when none of its rules ran", "unknown", []],
    ["counts waived findings apart", "pass", [of("a/a", "fail", waived), of("a/b", "pass")]],
    ["is waived when there is nothing else", "waived", [of("a/a", "fail", waived), of("a/b", "not-applicable")]],
  ])("%s", (_, state, findings) => {
    expect(only(["a/a", "a/b"], findings).state).toBe(state);
  });

  it("without rules has nothing to check", () => {
    expect(only([], [of("a/a", "pass")])).toMatchObject({ state: "nothing-to-check", counts: { pass: 0 } });
  });

  it("counts checks, also those that one finding stands for, and says which rules decide", () => {
    const findings = [of("a/a", "pass", { count: 4200 }), of("a/a", "warn"), of("a/b", "fail"), of("a/b", "fail"), of("a/b", "warn", waived), of("a/c", "fail")];
    expect(only(["a/a", "a/b", "a/d"], findings)).toMatchObject({
      counts: { pass: 4200, warn: 1, fail: 2, unknown: 0, notApplicable: 0, waived: 1 },
      decidedBy: [{ rule: "a/b", outcome: "fail", checks: 2 }, { rule: "a/a", outcome: "warn", checks: 1 }],
      notRun: ["a/d"],
    });
  });
});

import { describe, expect, it } from "vitest";
import { caseWorld } from "../../src/engine/case-world.ts";
import { evaluate } from "../../src/engine/evaluate.ts";
import { summarize } from "../../src/engine/summary.ts";
import { compiled, now, ruleDocument } from "./rule-fixture.ts";

const rules = compiled(
  ruleDocument({
    subject: { each: "user", as: "user", where: "user.umEnabled" },
    outcomes: [{ outcome: "fail", condition: "!user.lyncEnabled", message: "{user.name} is not enabled" }],
    pass: "{user.name} is enabled",
  }),
);
const options = { now, profile: "on-premises" } as const;
const users = {
  u1: { name: "Anna", umEnabled: true, lyncEnabled: true },
  u2: { name: "Ben", umEnabled: true, lyncEnabled: true },
  u3: { name: "Cem", umEnabled: true, lyncEnabled: false },
  u4: { name: "Dora", umEnabled: false, lyncEnabled: false },
  u5: { name: "Eva", umEnabled: true, lyncEnabled: { $unknown: "denied" } },
};

describe("streamed subjects", () => {
  it("counts the passes and lists everything else; the ledger adds up", () => {
    const { world, streamed } = caseWorld({ forest: { f1: {} }, user: users });
    const evaluation = evaluate(world, rules, options);
    const findings = [...evaluation.findings, ...streamed.flatMap(evaluation.evaluateMass), ...evaluation.finishMass()];
    expect(findings.map(({ outcome, subject, count }) => [outcome, subject.id, count])).toEqual([
      ["fail", "u3", undefined],
      ["unknown", "u5", undefined],
      ["pass", "*", 2],
    ]);
    expect(summarize(findings)).toEqual({ pass: 2, warn: 0, fail: 1, unknown: 1, notApplicable: 0, waived: 0 });
  });

  it("lists all problems and five thousand of what is unknown, and counts the rest; the ledger adds up", () => {
    const { world, streamed } = caseWorld({ forest: { f1: {} }, user: { u3: users.u3, u5: users.u5 } });
    const evaluation = evaluate(world, rules, options);
    const listed = Array.from({ length: 5003 }, () => streamed.flatMap(evaluation.evaluateMass)).flat();
    expect(listed).toHaveLength(5003 + 5000);
    const rest = evaluation.finishMass();
    expect(rest.map(({ outcome, subject, count }) => [outcome, subject.id, subject.name, count])).toEqual([
      ["unknown", "*unknown", "further ones", 3],
    ]);
    expect(summarize([...listed, ...rest])).toMatchObject({ pass: 0, fail: 5003, unknown: 5003 });
  });

  it("lists passes for those who ask", () => {
    const { world, streamed } = caseWorld({ forest: { f1: {} }, user: { u1: users.u1 } });
    const evaluation = evaluate(world, rules, { ...options, listMassPasses: true });
    expect(streamed.flatMap(evaluation.evaluateMass)).toMatchObject([{ outcome: "pass", message: "Anna is enabled" }]);
    expect(evaluation.finishMass()).toEqual([]);
  });

  it("says when the stream was not whole, and when nobody was in it", () => {
    const cut = evaluate(caseWorld({ forest: { f1: { users: { $unknown: "truncated" } } } }).world, rules, options);
    expect(cut.finishMass()).toMatchObject([{ outcome: "unknown", reasons: [{ reason: "truncated", fact: "users" }] }]);
    const none = evaluate(caseWorld({ forest: { f1: {} } }).world, rules, options);
    expect(none.finishMass()).toMatchObject([{ outcome: "not-applicable", message: "Nothing to check: User." }]);
  });
});

import { expect, it } from "vitest";
import { caseWorld } from "../../src/engine/case-world.ts";
import type { CompiledRule } from "../../src/engine/compiled-rule.ts";
import { evaluate } from "../../src/engine/evaluate.ts";
import { compileRules } from "../../src/engine/compile-rules.ts";
import { compiled, now, onlyRule, ruleDocument } from "./rule-fixture.ts";

it.each(["plan.faxEnabled || true", "plan.faxEnabled && false", "[1].exists(x, plan.faxEnabled || x == 1)"])("should the gate ever miss a fact, %s is unknown and no pass", (condition) => {
  const rules = compiled(ruleDocument({ outcomes: [{ outcome: "fail", condition, message: "{plan.name}" }] }));
  const rule = onlyRule(rules);
  const blind: CompiledRule = { ...rule, outcomes: rule.outcomes.map((outcome) => ({ ...outcome, condition: { ...outcome.condition, rootNeeds: [] } })) };
  const { world } = caseWorld({ umDialPlan: { hq: { name: "HQ", faxEnabled: { $unknown: "timeout" } } } });
  const [finding] = evaluate(world, { rules: [blind], classes: rules.classes }, { now, profile: "on-premises" }).findings;
  expect(finding).toMatchObject({ outcome: "unknown", reasons: [{ reason: "collector-error", detail: "umDialPlan hq: faxEnabled was used though it was not read" }] });
});

it("refuses a kind that is none and a kind that cannot be listed", () => {
  // @ts-expect-error: a rule that did not come from a checked file
  const { errors } = compileRules([ruleDocument({ id: "a/a", subject: { each: "umDialPlans", as: "plan" } }), ruleDocument({ id: "a/b", subject: { each: "dnsName", as: "plan" } })]);
  expect(errors.map(({ message, hint }) => `${message} ${hint ?? ""}`)).toEqual(["a/a: There is no kind umDialPlans. Did you mean umDialPlan?", "a/b: dnsName is reached by reference only: nobody knows all of them. Judge the kind that refers to it."]);
});

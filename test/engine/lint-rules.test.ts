import { expect, it } from "vitest";
import { lintRules } from "../../src/engine/lint-rules.ts";
import type { Outcome } from "../../src/model/finding.ts";
import type { RuleDefinition } from "../../src/model/rule.ts";
import { compiled, ruleDocument } from "./rule-fixture.ts";

const good: Partial<RuleDefinition> = { evidence: ["plan.name"] };
const expectations: readonly { readonly [Key in Outcome]?: readonly string[] }[] = [{ pass: ["a/b"] }, { pass: ["a/b"] }, { fail: ["a/b"] }, { unknown: ["a/b"] }];

function lint(change: Partial<RuleDefinition>, expected = expectations): string[] {
  const cases = [{ file: "test/rules/area/name.cases.yaml", rule: "area/name", cases: expected.map((expect, index) => ({ name: `${index}`, expect })) }];
  return lintRules(compiled(ruleDocument({ ...good, ...change })).rules, cases, new Set(["sec.align"])).map(({ message }) => message.replace("area/name: ", ""));
}

const outcome = (condition: string) => ({ outcome: "fail", condition, message: "{plan.name}" }) as const;

it.each<[string, Partial<RuleDefinition>, string[]]>([
  ["nothing", {}, []],
  ["a known requirement", { requirements: ["sec.align"] }, []],
  ["an unknown requirement", { requirements: ["sec.allign"] }, ["The requirement sec.allign is not in the catalogue."]],
  ["all() alone", { outcomes: [outcome("plan.gateways.all(g, g.mwiAllowed)")] }, ["all() is true of an empty list, and nothing looks at the size of plan.gateways."]],
  ["all() with a size", { outcomes: [outcome("plan.gateways.size() > 0 && plan.gateways.all(g, g.mwiAllowed)")] }, []],
  ["all() after an outcome for the empty list", { outcomes: [outcome("size(plan.gateways) == 0"), outcome("plan.gateways.all(g, g.mwiAllowed)")] }, []],
  ["an unused name", { with: { a: "plan.name", b: "a + plan.name" } }, ["b is not used."]],
  ["an unused parameter", { parameters: { days: { type: "int", default: 1, description: "x" } } }, ["The parameter days is not used."]],
  ["a message about nobody", { outcomes: [{ outcome: "fail", condition: "plan.faxEnabled", message: "It fails." }] }, ["The message does not say what it is about."]],
  ["an outcome that is never reached", { outcomes: [outcome("plan.faxEnabled"), outcome(" plan.faxEnabled ")] }, ["This outcome is never reached: one before it has the same condition."]],
  ["no evidence", { evidence: [] }, ["There is no evidence: the reader sees nothing of what was read."]],
])("%s", (_, change, problems) => {
  expect(lint(change)).toEqual(problems);
});

it("asks for cases of every outcome, and for what must not fire", () => {
  expect(lint({}, [{ pass: ["a/b"] }, { fail: ["a/b"] }])).toEqual(["No case expects unknown.", "Only 1 of the cases must not fire."]);
  expect(lint({ subject: { each: "umDialPlan", as: "plan", none: { outcome: "warn", message: "x" } } })).toEqual(["No case expects warn."]);
  expect(lintRules(compiled(ruleDocument(good)).rules, [], undefined).map(({ message }) => message)).toEqual(["area/name: It has no cases."]);
  expect(lintRules([], [{ file: "f", rule: "a/b", cases: [] }], undefined).map(({ message }) => message)).toEqual(["There is no rule a/b for these cases."]);
});

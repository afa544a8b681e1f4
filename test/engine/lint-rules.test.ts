import { expect, it } from "vitest";
import type { CasesToLint } from "../../src/engine/lint-cases.ts";
import { lintRules } from "../../src/engine/lint-rules.ts";
import type { RuleDefinition } from "../../src/model/rule.ts";
import { compiled, ruleDocument } from "./rule-fixture.ts";

const remedy = { text: "Mend it." };
const good: Partial<RuleDefinition> = { evidence: ["plan.name", "plan.faxEnabled"], remedy, outcomes: [{ outcome: "fail", condition: "plan.faxEnabled", message: "{plan.name} fails" }] };
const world = { umDialPlan: { hq: { name: "hq", faxEnabled: false, gateways: [] } } };
const cases = [
  { name: "1", expect: { pass: ["umDialPlan/hq"] } },
  { name: "2", expect: { pass: ["umDialPlan/hq"] } },
  { name: "3", patch: { "umDialPlan/hq": { faxEnabled: true } }, expect: { fail: ["umDialPlan/hq"] } },
  { name: "4", patch: { "umDialPlan/hq": { faxEnabled: { $unknown: "timeout" } } }, expect: { unknown: ["umDialPlan/hq"] } },
];

function linted(change: Partial<RuleDefinition>, given: Partial<CasesToLint> = {}) {
  const file: CasesToLint = { file: "test/rules/area/name.cases.yaml", rule: "area/name", now: "2026-06-01T00:00:00Z", world, cases, positions: { "/cases": { line: 7, column: 3 } }, ...given };
  return lintRules(compiled(ruleDocument({ ...good, ...change })), [file], new Set(["sec.align"]));
}

/** What is wrong with a rule by itself. */
function lint(change: Partial<RuleDefinition>): string[] {
  return linted(change).map(({ message }) => message.replace("area/name: ", "")).filter((message) => !message.startsWith("No case comes"));
}

const outcome = (condition: string, message = "{plan.name}") => ({ outcome: "fail", condition, message }) as const;
const never = (why: string) => `This outcome is never reached: ${why}.`;
const before = never("whenever its condition holds, one before it does");
const impossible = never("its condition cannot hold");

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
  ["an outcome that is never reached", { outcomes: [outcome("plan.faxEnabled"), outcome(" plan.faxEnabled ")] }, [before]],
  ["an outcome that asks for more than one before it", { outcomes: [outcome('plan.faxEnabled || plan.name == "x"'), outcome('plan.name == "x" && plan.uriType == "E164"')] }, [before]],
  ["an outcome that asks for something else too", { outcomes: [outcome("plan.faxEnabled && plan.name == 'x'"), outcome("plan.faxEnabled || plan.name == 'y'")] }, []],
  ["an outcome behind one that always holds", { outcomes: [outcome("true"), outcome("plan.faxEnabled")] }, [before]],
  ["an outcome of two values at once", { outcomes: [outcome('plan.uriType == "E164" && plan.uriType == "SipName"')] }, [impossible]],
  ["an outcome that where leaves no room for", { subject: { each: "umDialPlan", as: "plan", where: 'plan.uriType == "SipName"' }, outcomes: [outcome('plan.uriType == "E164"')] }, [impossible]],
  ["an outcome of something and its opposite", { outcomes: [outcome("plan.faxEnabled && !plan.faxEnabled")] }, [impossible]],
  ["a where that nothing fulfils", { subject: { each: "umDialPlan", as: "plan", where: "plan.faxEnabled && !plan.faxEnabled" } }, ["Nothing is ever judged: this cannot hold."]],
  ["a message of a fact that is not shown", { outcomes: [outcome("plan.faxEnabled", "{plan.name} has {plan.uriType}")] }, ["The message names the fact umDialPlan.uriType, which the evidence does not show."]],
  ["a message of a fact behind a value that is shown", { with: { types: "plan.gateways.map(g, g.status)" }, evidence: ["plan.faxEnabled", "types"], outcomes: [outcome("plan.faxEnabled", "{plan.name} has {types} of {plan.gateways.map(g, g.status)}")] }, []],
  ["no evidence", { evidence: [] }, ["There is no evidence: the reader sees nothing of what was read."]],
])("%s", (_, change, problems) => {
  expect(lint(change)).toEqual(problems);
});

it("asks for cases of every stated outcome, a pass, an unknown, and for what must not fire", () => {
  const say = (change: Partial<RuleDefinition>, given: Partial<CasesToLint> = {}) => linted(change, given).map(({ message }) => message.replace("area/name: ", ""));
  expect(say({})).toEqual([]);
  expect(say({}, { cases: cases.slice(1, 3) })).toEqual(["No case expects unknown.", "Only 1 of the cases must not fire."]);
  expect(say({ subject: { each: "umDialPlan", as: "plan", none: { outcome: "warn", message: "x" } } })).toEqual(["No case expects warn."]);
  expect(say({ outcomes: [outcome("plan.faxEnabled"), outcome("plan.gateways.size() > 3")] })).toEqual(["No case comes to this fail."]);
  expect(say({}, { cases: [...cases, { name: "1", expect: { pass: ["umDialPlan/hq"] } }] })).toEqual(['Another case is called "1" too.']);
  expect(say({}, { file: "test/rules/area/other.cases.yaml" })).toEqual(["The cases are of area/name, but their path says area/other."]);
  expect(linted({}, { cases: cases.slice(1) }).map(({ position }) => position)).toEqual([{ file: "test/rules/area/name.cases.yaml", line: 7, column: 3 }]);
  expect(lintRules(compiled(ruleDocument(good)), [], undefined).map(({ message }) => message)).toEqual(["area/name: It has no cases."]);
});

it("names near ones for what is mistyped", () => {
  expect(linted({ requirements: ["sec.allign"] }).map(({ hint }) => hint)).toEqual(["Did you mean sec.align?"]);
  expect(linted({}, { rule: "area/nme" }).find(({ message }) => message.startsWith("There is no rule"))?.hint).toBe("Did you mean area/name?");
});

it("asks how to mend what a rule finds", () => {
  const { remedy: _none, ...bare } = good;
  const say = (change: Partial<RuleDefinition>) => lintRules(compiled(ruleDocument({ ...bare, ...change })), [], undefined).map(({ message }) => message.replace("area/name: ", "")).filter((message) => message !== "It has no cases.");
  expect(say({})).toEqual(["Nothing says how to mend it."]);
  expect(say({ outcomes: [{ outcome: "fail", condition: "plan.faxEnabled", message: "{plan.name} fails", remedy }] })).toEqual([]);
});

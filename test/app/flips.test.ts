import { expect, it } from "vitest";
import { findFlips } from "../../src/app/flips.ts";
import { otherValues } from "../../src/app/flip-values.ts";
import { deriveFacts } from "../../src/derive/derive-facts.ts";
import { explainCheck, outcomeOf } from "../../src/engine/explain.ts";
import { absent, known, unknown } from "../../src/model/observation.ts";
import type { RuleDefinition } from "../../src/model/rule.ts";
import type { Subject, SubjectIndex } from "../../src/model/subject.ts";
import { indexOf } from "../../src/snapshot/store.ts";
import { compiled, now, onlyRule, ruleDocument } from "../engine/rule-fixture.ts";

const plan = (id: string, facts: Subject["facts"]): Subject => ({ kind: "umDialPlan", id, name: id, facts: { phoneContext: known(`${id}.fabrikam.test`, "directory"), ...facts } });
const subjects = [plan("hq", { name: known("hq", "directory"), faxEnabled: known(true, "directory"), countryCode: known("1", "directory") }), plan("branch", { name: known("branch", "directory"), countryCode: absent("directory") })];

async function flipsOf(change: Partial<RuleDefinition>): Promise<{ readonly said: readonly string[]; readonly tried: number; readonly cut: boolean }> {
  const rules = compiled(ruleDocument(change));
  const set = { rule: onlyRule(rules), classes: rules.classes };
  const observed = indexOf(subjects);
  const derived = await deriveFacts(observed, now);
  const subject = derived.get("umDialPlan", "hq");
  if (subject === undefined) throw new Error("no subject");
  const options = { now, profile: "on-premises" } as const;
  const world = { observed, derived, complete: (user: Subject) => user, now, judge: (index: SubjectIndex, of: Subject) => outcomeOf({ subjects: index }, set, of, options) };
  const { flips, tried, cut } = await findFlips(world, set.rule, subject, explainCheck({ subjects: derived }, set, subject, options).facts);
  return { said: flips.map(({ read, to, outcome }) => `${outcome ?? "not judged"}: ${read.subject.id}.${read.fact} = ${to.state === "known" ? JSON.stringify(to.value) : to.state}`), tried, cut };
}

const outcome = (condition: string) => [{ outcome: "fail", condition, message: "{plan.name}" }] as const;

it("works out again what follows from a changed fact", async () => {
  const { said } = await flipsOf({ outcomes: outcome('plan.phoneContextName == "hq" && plan.phoneContext.endsWith("test")') });
  expect(said).toContain('pass: hq.phoneContext = "branch.fabrikam.test"');
  expect(said.findIndex((one) => one.includes("phoneContext ="))).toBeLessThan(said.findIndex((one) => one.includes("phoneContextName")));
});

it("tries what is absent elsewhere, and names of the rule", async () => {
  expect((await flipsOf({ outcomes: outcome("plan.countryCode.hasValue()") })).said).toEqual(["pass: hq.countryCode = absent"]);
  expect((await flipsOf({ outcomes: outcome('plan.name != "lobby"') })).said).toEqual(['pass: hq.name = "lobby"']);
});

it("says that no single change turns a verdict that two facts hold", async () => {
  const { said, tried, cut } = await flipsOf({ outcomes: outcome('plan.faxEnabled || plan.name == "hq"') });
  expect(said).toEqual([]);
  expect(tried).toBeGreaterThan(1);
  expect(cut).toBe(false);
});

it("tells what a fact that was not read would decide", async () => {
  const observed = indexOf(subjects);
  const values = otherValues("umDialPlan", "faxEnabled", unknown("timeout", "no answer"), { index: observed, texts: [], numbers: [], now });
  expect(values.map((value) => (value.state === "known" ? value.value : value.state))).toEqual([true, false]);
});

it("bounds what it tries", () => {
  const many = indexOf(Array.from({ length: 500 }, (_, at) => plan(`p${at}`, { name: known(`p${at}`, "directory") })));
  expect(otherValues("umDialPlan", "name", known("p1", "directory"), { index: many, texts: [], numbers: [], now }).length).toBeLessThanOrEqual(17);
  expect(otherValues("umDialPlan", "accessNumbers", known([], "directory"), { index: many, texts: Array.from({ length: 100 }, (_, at) => String(at)), numbers: [], now }).length).toBeLessThanOrEqual(17);
});

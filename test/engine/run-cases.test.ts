import { describe, expect, it } from "vitest";
import { caseWorld, type StatedPatch, type StatedWorld } from "../../src/engine/case-world.ts";
import { runCases, type CaseToRun } from "../../src/engine/run-cases.ts";
import { compiled, onlyRule, ruleDocument } from "./rule-fixture.ts";

const rules = compiled(ruleDocument({ parameters: { most: { type: "int", default: 5, description: "d" } }, outcomes: [{ outcome: "fail", condition: "plan.extensionDigits > parameters.most", message: "{plan.name} has {plan.extensionDigits}" }] }));

function problemsOf(one: Omit<CaseToRun, "name">): readonly string[] {
  const world = { umDialPlan: { hq: { name: "HQ", extensionDigits: 4 } } };
  return runCases(onlyRule(rules), rules.classes, { rule: "area/name", now: "2026-06-01T00:00:00Z", world, cases: [{ name: "x", ...one }] }).flatMap(({ problems }) => problems);
}

it.each<[string, Omit<CaseToRun, "name">, string[]]>([
  ["as expected", { expect: { pass: ["umDialPlan/hq"] }, message: "HQ passes" }, []],
  ["another outcome", { expect: { fail: ["umDialPlan/hq"] } }, ["umDialPlan/hq is pass, which is not expected: HQ passes", "umDialPlan/hq is not fail."]],
  ["a finding that is not named", { expect: {} }, ["umDialPlan/hq is pass, which is not expected: HQ passes"]],
  ["another message", { expect: { pass: ["umDialPlan/hq"] }, message: "fails" }, ["No message holds «fails»: «HQ passes»."]],
  ["a changed fact", { patch: { "umDialPlan/hq": { extensionDigits: 9 } }, expect: { fail: ["umDialPlan/hq"] }, message: "HQ has 9" }, []],
  ["a parameter", { parameters: { most: 3 }, expect: { fail: ["umDialPlan/hq"] } }, []],
  ["a parameter that is none", { parameters: { least: 3 }, expect: { fail: ["umDialPlan/hq"] } }, ["The rule area/name has no parameter least."]],
  ["a parameter of another type", { parameters: { most: "x" }, expect: { fail: ["umDialPlan/hq"] } }, ['The parameter most of the rule area/name is "x"; it must be int.']],
  ["a subject taken away", { patch: { "umDialPlan/hq": null }, expect: { "not-applicable": ["deployment/deployment"] } }, []],
  ["a subject that was not there", { patch: { "umDialPlan/lab": null }, expect: {} }, ["umDialPlan/lab is taken away, but it is not in the world."]],
])("%s", (_, one, problems) => {
  expect(problemsOf(one)).toEqual(problems);
});

describe("what a case may not state", () => {
  it.each<[string, StatedWorld, string]>([
    ["a kind that is none", { dialPlan: { hq: {} } }, "dialPlan/hq: there is no kind dialPlan."],
    ["a fact that is none", { umDialPlan: { hq: { nam: "x" } } }, "umDialPlan/hq: umDialPlan has no fact nam;"],
    ["a value of another type", { umDialPlan: { hq: { name: 7 } } }, "umDialPlan/hq: name is 7; it must be string."],
    ["a name that the fact cannot have", { umDialPlan: { hq: { uriType: "SIP" } } }, 'uriType is "SIP"; it must be TelExtn | E164 | SipName.'],
    ["absence of what is always there", { umDialPlan: { hq: { name: null } } }, "name is null; it must be string."],
    ["a reason that is none", { umDialPlan: { hq: { name: { $unknown: "gone" } } } }, 'name is {"$unknown":"gone"}; it must be string.'],
    ["a field that is none", { endpoint: { e: { certificate: { expires: "x" } } } }, "endpoint/e: certificate has no field expires; it must be Certificate."],
    ["a moment that is none", { endpoint: { e: { certificate: { notAfter: "soon" } } } }, "endpoint/e: certificate is"],
  ])("%s", (_, world, problem) => {
    expect(caseWorld(world).problems).toEqual([expect.stringContaining(problem)]);
  });
});

it("fills the fields of a record that a case leaves out, except optional ones", () => {
  const { world } = caseWorld({ endpoint: { e: { certificate: { dnsNames: ["a"] } } } });
  const certificate = world.subjects.get("endpoint", "e")?.facts["certificate"];
  expect(certificate).toMatchObject({ state: "known", value: { dnsNames: ["a"], keyBits: 0, isCa: false, ipAddresses: [], notAfter: "1970-01-01T00:00:00.000Z" } });
  expect(certificate?.state === "known" && certificate.value).not.toHaveProperty("commonName");
});

it.each<[string, StatedWorld, StatedPatch, string, unknown]>([
  ["all of the world", { exchangeOrganization: { org: {} }, umDialPlan: { a: {}, b: {} } }, {}, "dialPlans", ["a", "b"]],
  ["those that name no other owner", { exchangeOrganization: { org: {}, other: {} }, umDialPlan: { a: { organization: "other" }, b: { organization: "org" }, c: {} } }, {}, "dialPlans", ["b", "c"]],
  ["what the case says", { exchangeOrganization: { org: { dialPlans: ["z"] } }, umDialPlan: { a: {} } }, {}, "dialPlans", ["z"]],
  ["what a patch adds", { exchangeOrganization: { org: {} } }, { "umDialPlan/new": {} }, "dialPlans", ["new"]],
])("a list that a case leaves out holds %s", (_, world, patch, fact, ids) => {
  expect(caseWorld(world, patch).world.subjects.get("exchangeOrganization", "org")?.facts[fact]).toMatchObject({ state: "known", value: ids });
});

import { describe, expect, it } from "vitest";
import { takeInventory } from "../../src/engine/inventory.ts";
import { caseWorld, type StatedWorld } from "../../src/engine/case-world.ts";
import { evaluate } from "../../src/engine/evaluate.ts";
import { compiled, evaluateOver, now, ruleDocument, said } from "./rule-fixture.ts";

const unread = { $unknown: "denied" };
const hq = { name: "HQ", uriType: "SipName" };

describe("sets of subjects", () => {
  it.each<[string, StatedWorld, string[]]>([
    ["a whole list", { exchangeOrganization: { org: {} }, umDialPlan: { hq } }, ["pass umDialPlan/hq"]],
    ["an unread list", { exchangeOrganization: { org: { dialPlans: unread } }, umDialPlan: { hq } }, ["pass umDialPlan/hq", "unknown deployment/deployment"]],
    ["an unread list of owners", { deployment: { deployment: { exchangeOrganizations: unread } }, umDialPlan: { hq } }, ["pass umDialPlan/hq", "unknown deployment/deployment"]],
    ["nothing found in an unread list", { exchangeOrganization: { org: { dialPlans: unread } } }, ["unknown deployment/deployment"]],
    ["nothing there", { exchangeOrganization: { org: {} } }, ["warn deployment/deployment"]],
    ["a member that was not read", { exchangeOrganization: { org: { dialPlans: ["hq", "lost"] } }, umDialPlan: { hq } }, ["pass umDialPlan/hq", "unknown umDialPlan/lost"]],
    ["an owner that was not read", { deployment: { deployment: { exchangeOrganizations: ["lost"] } }, umDialPlan: { hq } }, ["pass umDialPlan/hq", "unknown deployment/deployment"]],
  ])("%s", (_, world, expected) => {
    const subject = { each: "umDialPlan", as: "plan", none: { outcome: "warn", message: "there is none" } } as const;
    const outcomes = [{ outcome: "fail", condition: 'plan.uriType == "E164"', message: "{plan.name}" }] as const;
    expect(said(evaluateOver({ subject, outcomes }, world))).toEqual(expected);
  });

  it("a plural needs its whole set", () => {
    const change = { outcomes: [{ outcome: "fail", condition: "umIpGateways.size() > 3", message: "{plan.name}" }] } as const;
    expect(said(evaluateOver(change, { exchangeOrganization: { org: {} }, umDialPlan: { hq } }))).toEqual(["pass umDialPlan/hq"]);
    expect(said(evaluateOver(change, { exchangeOrganization: { org: { ipGateways: unread } }, umDialPlan: { hq } }))).toEqual(["unknown umDialPlan/hq"]);
  });

  it("an optional reference that is absent lists none", () => {
    const { world } = caseWorld({ forest: { f1: {} } });
    expect(takeInventory(world).collection("umDialPlan")).toEqual({ members: [], reasons: [] });
  });

  it("passes nothing in an empty world", () => {
    const empty = { subjects: { all: () => [], get: () => undefined } };
    for (const each of ["umDialPlan", "deployment", "forest"] as const) {
      const rules = compiled(ruleDocument({ subject: { each, as: "it" }, outcomes: [{ outcome: "fail", condition: "deployment.forests.size() > 9", message: "x" }], pass: "passes" }));
      expect(evaluate(empty, rules, { now, profile: "on-premises" }).findings.map(({ outcome }) => outcome)).toEqual(["unknown"]);
    }
  });

  it("orders findings by rule, name and id", () => {
    const { world } = caseWorld({ umDialPlan: { c: { name: "B" }, b: { name: "A" }, a: { name: "B" } } });
    const rules = compiled(ruleDocument({ id: "z/z" }), ruleDocument({ id: "a/a" }));
    const findings = evaluate(world, rules, { now, profile: "on-premises" }).findings;
    expect(findings.map(({ rule, subject }) => `${rule} ${subject.id}`)).toEqual(["a/a b", "a/a a", "a/a c", "z/z b", "z/z a", "z/z c"]);
  });

  it("leaves out rules of other profiles and obeys severities", () => {
    const world = { umDialPlan: { hq } };
    expect(said(evaluateOver({ profiles: ["hosted"] }, world))).toEqual([]);
    expect(evaluateOver({}, world, { severities: { "area/name": "advice" } }).findings[0]?.severity).toBe("advice");
  });
});

describe("observations that cannot be", () => {
  it.each<[string, unknown]>([
    ["absent, though it is always there", null],
    ["a name that the fact does not have", "SIP"],
    ["a value of another type", 7],
  ])("%s: unknown (malformed)", (_, value) => {
    const observation = value === null ? { state: "absent", source: "" } : { state: "known", value, source: "" };
    const subject = { kind: "umDialPlan", id: "hq", name: "HQ", facts: { uriType: observation } } as const;
    const world = { subjects: { all: (kind: string) => (kind === "umDialPlan" ? [subject] : []), get: () => undefined } };
    const rules = compiled(ruleDocument({ outcomes: [{ outcome: "fail", condition: 'plan.uriType == "E164"', message: "" }] }));
    // @ts-expect-error: what a damaged snapshot holds
    const [finding] = evaluate(world, rules, { now, profile: "on-premises" }).findings;
    expect(finding).toMatchObject({ outcome: "unknown", reasons: [{ reason: "malformed", fact: "uriType" }] });
  });
});

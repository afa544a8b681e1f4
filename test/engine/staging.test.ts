import { describe, expect, it } from "vitest";
import type { RuleOutcome } from "../../src/model/rule.ts";
import { caseWorld } from "../../src/engine/case-world.ts";
import { evaluate } from "../../src/engine/evaluate.ts";
import { compiled, evaluateOver, now, ruleDocument, said } from "./rule-fixture.ts";

const unread = { $unknown: "timeout" };
const plan = { name: "HQ", uriType: "SipName", voipSecurity: "Secured", faxEnabled: true, extensionDigits: unread, accessNumbers: ["1", "2", "3"] };
const holds = "plan.faxEnabled";
const not = "!plan.faxEnabled";
const undecided = "plan.extensionDigits > 3";

function outcomesOf(...stated: [RuleOutcome["outcome"], string][]): RuleOutcome[] {
  return stated.map(([outcome, condition], index) => ({ outcome, condition, message: `${index} {plan.name}` }));
}

describe("which outcome wins while facts are unread", () => {
  it.each<[string, [RuleOutcome["outcome"], string][], string]>([
    ["nothing holds", [["fail", not], ["warn", not]], "pass"],
    ["the first that holds wins", [["warn", holds], ["fail", holds]], "warn"],
    ["an undecided condition and nothing else", [["fail", undecided]], "unknown"],
    ["nothing holds after an undecided one", [["fail", undecided], ["warn", not]], "unknown"],
    ["one that holds before an undecided one", [["warn", holds], ["fail", undecided]], "warn"],
    ["a fail after an undecided fail", [["fail", undecided], ["fail", holds]], "fail"],
    ["a fail after two undecided fails", [["fail", undecided], ["fail", `${undecided} || ${holds}`], ["fail", holds]], "fail"],
    ["a fail after an undecided warn", [["warn", undecided], ["fail", holds]], "unknown"],
    ["a fail after an undecided not-applicable", [["not-applicable", undecided], ["fail", holds]], "unknown"],
    ["a warn after an undecided fail", [["fail", undecided], ["warn", holds]], "unknown"],
    ["a warn that holds hides a later fail", [["fail", undecided], ["warn", holds], ["fail", holds]], "unknown"],
    ["a fail after an undecided fail and an undecided warn", [["fail", undecided], ["warn", undecided], ["fail", holds]], "unknown"],
    ["even where the other half decides", [["fail", `${not} && ${undecided}`]], "unknown"],
  ])("%s", (_, stated, outcome) => {
    expect(said(evaluateOver({ outcomes: outcomesOf(...stated) }, { umDialPlan: { hq: plan } }))).toEqual([`${outcome} umDialPlan/hq`]);
  });

  it("tells which facts were not read, and why", () => {
    const [finding] = evaluateOver({ outcomes: outcomesOf(["fail", undecided], ["fail", "plan.extensionDigits < 2"]) }, { umDialPlan: { hq: plan } }).findings;
    expect(finding?.reasons).toEqual([{ reason: "timeout", subject: { kind: "umDialPlan", id: "hq", name: "HQ" }, fact: "extensionDigits", detail: "stated by the case" }]);
    expect(finding?.message).toContain("HQ: extensionDigits (timeout: stated by the case)");
  });
});

describe("where", () => {
  const world = { umDialPlan: { hq: plan } };
  it.each([
    [holds, ["pass umDialPlan/hq"]],
    [not, ["not-applicable deployment/deployment"]],
    [undecided, ["unknown umDialPlan/hq"]],
  ])("%s", (where, expected) => {
    expect(said(evaluateOver({ subject: { each: "umDialPlan", as: "plan", where } }, world))).toEqual(expected);
  });

  it("is worked out once for rules that share it, but not over different parameters", () => {
    const shared = (id: string, days: number, where: string) => ruleDocument({ id, parameters: { days: { type: "int", default: days, description: "d" } }, subject: { each: "umDialPlan", as: "plan", where }, pass: "{parameters.days}" });
    const rules = compiled(shared("a/a", 1, "plan.accessNumbers.size() < parameters.days"), shared("a/b", 9, "plan.accessNumbers.size() < parameters.days"), shared("a/c", 1, holds), shared("a/d", 1, holds), shared("a/e", 1, undecided), shared("a/f", 1, undecided));
    const built = caseWorld({ umDialPlan: { hq: plan, lab: { ...plan, faxEnabled: false } } });
    expect(evaluate(built.world, rules, { now, profile: "on-premises" }).findings.map(({ rule, outcome, subject }) => `${rule} ${outcome} ${subject.id}`)).toEqual([
      "a/a not-applicable deployment",
      "a/b pass hq",
      "a/b pass lab",
      "a/c pass hq",
      "a/d pass hq",
      "a/e unknown hq",
      "a/e unknown lab",
      "a/f unknown hq",
      "a/f unknown lab",
    ]);
  });

  it("undecided is no `none`", () => {
    expect(said(evaluateOver({ subject: { each: "umDialPlan", as: "plan", where: undecided, none: { outcome: "fail", message: "none" } } }, world))).toEqual(["unknown umDialPlan/hq"]);
  });
});

describe("with", () => {
  const world = {
    umDialPlan: { hq: { ...plan, huntGroups: ["g1", "g2"] } },
    umHuntGroup: { g1: { name: "one", pilotIdentifier: "HQ", gateway: "gw1" }, g2: { name: "two", pilotIdentifier: null, gateway: "gw2" } },
    umIpGateway: { gw1: { port: 5061 }, gw2: { port: unread } },
  };
  const groups = { named: "plan.huntGroups.filter(h, h.pilotIdentifier.hasValue())" };

  it("needs facts only of the subjects that it holds", () => {
    const outcomes = outcomesOf(["warn", "named.exists(h, h.gateway.port == 5060)"]);
    expect(said(evaluateOver({ with: groups, outcomes }, world))).toEqual(["pass umDialPlan/hq"]);
    expect(said(evaluateOver({ outcomes: outcomesOf(["warn", "plan.huntGroups.exists(h, h.gateway.port == 5060)"]) }, world))).toEqual(["unknown umDialPlan/hq"]);
  });

  it("that cannot be worked out leaves what uses it undecided, and nothing else", () => {
    const wanted = { digits: "plan.extensionDigits + 1", more: "digits + 1" };
    expect(said(evaluateOver({ with: wanted, outcomes: outcomesOf(["fail", "more > 3"]) }, { umDialPlan: { hq: plan } }))).toEqual(["unknown umDialPlan/hq"]);
    expect(said(evaluateOver({ with: wanted, outcomes: outcomesOf(["fail", not]) }, { umDialPlan: { hq: plan } }))).toEqual(["pass umDialPlan/hq"]);
  });
});

describe("a rule that crashes", () => {
  it("is unknown with its cause", () => {
    const [finding] = evaluateOver({ outcomes: outcomesOf(["fail", 'plan.countryCode.value() == "1"']) }, { umDialPlan: { hq: { ...plan, countryCode: null } } }).findings;
    expect(finding).toMatchObject({ outcome: "unknown", reasons: [{ reason: "collector-error", fact: "outcome 1", detail: "Optional value is not present" }] });
  });

  it("in `with` leaves what uses it undecided", () => {
    expect(said(evaluateOver({ with: { first: "plan.accessNumbers[0]" }, outcomes: outcomesOf(["fail", 'first == ""']) }, { umDialPlan: { hq: { ...plan, accessNumbers: [] } } }))).toEqual(["unknown umDialPlan/hq"]);
  });
});

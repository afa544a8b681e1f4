import { describe, expect, it } from "vitest";
import { compareFindings, type Presence } from "../../src/drift/compare-findings.ts";
import type { Finding } from "../../src/model/finding.ts";
import { finding, on, run, unreadSet } from "./findings.ts";

function compare(before: readonly Finding[], after: readonly Finding[], presence?: Presence, complete = true) {
  const side = (findings: readonly Finding[], name: string, whole: boolean) => ({ run: { name, startedAt: "2026-06-01T06:00:00.000Z", complete: whole }, findings, rules: run(findings).rules });
  return compareFindings(side(before, "before", true), side(after, "after", complete), presence);
}

const states = (before: readonly Finding[], after: readonly Finding[], presence?: Presence) => compare(before, after, presence).changes.map(({ state, worse }) => `${state}${worse ? " worse" : ""}`);

describe("the state of a finding", () => {
  it.each<[string, Finding[], Finding[], string[]]>([
    ["a pass that passes says nothing", [finding("pass", "a")], [finding("pass", "a")], []],
    ["a pass that fails is new", [finding("pass", "a")], [finding("fail", "a")], ["new worse"]],
    ["a subject that comes failing is new", [], [finding("fail", "a")], ["new worse"]],
    ["a subject that comes passing says nothing", [], [finding("pass", "a")], []],
    ["the same failure stands still", [finding("fail", "a")], [finding("fail", "a", { message: "in 9 days instead of 10" })], ["still"]],
    ["a warning that fails changed, for the worse", [finding("warn", "a")], [finding("fail", "a")], ["changed worse"]],
    ["a failure that warns changed", [finding("fail", "a")], [finding("warn", "a")], ["changed"]],
    ["a failure that passes is fixed", [finding("fail", "a")], [finding("pass", "a")], ["fixed"]],
    ["a failure that does not apply any more is fixed", [finding("fail", "a")], [finding("not-applicable", "a")], ["fixed"]],
    ["what passed and cannot be read is unknown now", [finding("pass", "a")], [finding("unknown", "a")], ["unknown-now worse"]],
    ["what failed and cannot be read is unknown now, not fixed", [finding("fail", "a")], [finding("unknown", "a")], ["unknown-now worse"]],
    ["unknown stands still", [finding("unknown", "a")], [finding("unknown", "a")], ["still"]],
    ["unknown that turns out to fail is new", [finding("unknown", "a")], [finding("fail", "a")], ["new worse"]],
    ["unknown that turns out to pass is fixed", [finding("unknown", "a")], [finding("pass", "a")], ["fixed"]],
    ["a subject that vanished is gone", [finding("fail", "a")], [], ["gone"]],
    ["one that may be among those that were counted only is unknown now", [finding("fail", "a")], [finding("fail", "*fail", { count: 7 })], ["unknown-now worse"]],
    ["one that passed and vanished is gone, too", [finding("pass", "a")], [], ["gone"]],
    ["a failure that is waived changed, not fixed", [finding("fail", "a")], [finding("fail", "a", { disposition: "waived" })], ["changed"]],
    ["a waiver that ended is worse", [finding("fail", "a", { disposition: "waived" })], [finding("fail", "a")], ["changed worse"]],
    ["a new failure under a waiver breaks nothing", [], [finding("fail", "a", { disposition: "waived" })], ["new"]],
  ])("%s", (_, before, after, expected) => expect(states(before, after)).toEqual(expected));

  it("is unknown, not gone, while the subjects were not all read", () => {
    expect(states([finding("fail", "a"), finding("pass", "b")], [unreadSet()])).toEqual(["new worse", "unknown-now worse", "unknown-now worse"]);
  });

  it("is unknown, not gone, when the later run is incomplete", () => {
    const { changes, notes } = compare([finding("fail", "a")], [], undefined, false);
    expect(changes.map(({ state }) => state)).toEqual(["unknown-now"]);
    expect(notes).toContain("after is incomplete: what it lacks was perhaps not read.");
  });

  it("says what evidence changed, and not where it was read", () => {
    const seen = (value: string, source: string): Partial<Finding> => ({ evidence: [{ ...on("umDialPlan", "a", "HQ"), fact: "voipSecurity", value, state: "known", source }] });
    expect(states([finding("fail", "a", seen("Unsecured", "dc1"))], [finding("fail", "a", seen("Unsecured", "dc2"))])).toEqual(["still"]);
    const [change] = compare([finding("fail", "a", seen("Unsecured", "dc1"))], [finding("fail", "a", seen("SIPSecured", "dc1"))]).changes;
    expect(change).toMatchObject({ state: "changed", worse: false, differences: [{ what: "evidence", fact: "voipSecurity of HQ", from: "Unsecured", to: "SIPSecured" }] });
  });
});

describe("who a finding is about", () => {
  it("is the id: a new name is a new name", () => {
    const comparison = compare([finding("fail", "guid-1", on("umDialPlan", "guid-1", "HQ"))], [finding("fail", "guid-1", on("umDialPlan", "guid-1", "Headquarters"))]);
    expect(comparison.changes.map(({ state }) => state)).toEqual(["still"]);
    expect(comparison.renamed).toEqual([{ subject: { kind: "umDialPlan", id: "guid-1", name: "Headquarters" }, from: "HQ" }]);
  });

  it("is not the name: another subject of the same name is another", () => {
    expect(states([finding("fail", "guid-1", on("umDialPlan", "guid-1", "HQ"))], [finding("fail", "guid-2", on("umDialPlan", "guid-2", "HQ"))])).toEqual(["new worse", "gone"]);
  });

  it("is the kind, too", () => {
    expect(states([finding("fail", "x", on("umDialPlan", "x"))], [finding("fail", "x", on("endpoint", "x"))])).toEqual(["new worse", "gone"]);
  });
});

describe("users, whose passes are only counted", () => {
  const user = (outcome: "fail" | "unknown"): Finding => finding(outcome, "sid-1", on("user", "sid-1"));
  const counted = finding("pass", "*", { ...on("user", "*"), count: 7 });

  it("fixed when the user is there still, gone when not, and either where that cannot be told", () => {
    expect(states([user("fail")], [counted], { subject: () => true })).toEqual(["fixed"]);
    expect(states([user("fail")], [counted], { subject: () => false })).toEqual(["gone"]);
    expect(compare([user("fail")], [counted]).changes).toMatchObject([{ state: "fixed", message: "It passes, or there is no such subject any more." }]);
  });

  it("unknown now when the user was among the counted", () => expect(states([counted], [user("unknown")])).toEqual(["unknown-now worse"]));
  it("counts do not drift", () => expect(states([counted], [{ ...counted, count: 9 }])).toEqual([]));
});

it("a subject that a rule does not judge any more is not gone", () => {
  const other = finding("pass", "a", { rule: "dial-plan/other" });
  expect(compare([finding("fail", "a")], [other]).changes).toMatchObject([{ state: "fixed", message: "The rule does not apply to it any more." }]);
  expect(states([finding("pass", "a")], [other])).toEqual([]);
});

it("a rule that did not run again makes its problems gone, with the reason", () => {
  const before = { run: { name: "A", startedAt: "2026-06-02T00:00:00Z", complete: true }, findings: [finding("fail", "a"), finding("pass", "b")], rules: ["dial-plan/security"] };
  const comparison = compareFindings(before, { run: { name: "B", startedAt: "2026-06-01T00:00:00Z", complete: true }, findings: [], rules: [] });
  expect(comparison.changes).toMatchObject([{ state: "gone", message: "The rule is not part of the later run." }]);
  expect(comparison.notes).toEqual(["1 rule(s) of A are not part of B.", "A was started later (2026-06-02T00:00:00Z) than B (2026-06-01T00:00:00Z): the order is turned round, or a clock was set back."]);
});

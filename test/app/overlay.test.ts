import { expect, it } from "vitest";
import { applyOverlay } from "../../src/app/overlay/apply-overlay.ts";
import type { PlannedWorld } from "../../src/app/overlay/find-subject.ts";
import { AppError, describeError } from "../../src/model/errors.ts";
import type { KindName } from "../../src/model/kinds.ts";
import { absent, known, unknown, type Observation } from "../../src/model/observation.ts";
import type { Overlay, PlannedSubject } from "../../src/model/overlay.ts";
import type { Subject } from "../../src/model/subject.ts";

const seen = (value: unknown) => known(value, "directory");
const position = { file: "plan.yaml", line: 1, column: 1 };

function subject(kind: KindName, id: string, facts: Record<string, Observation>, name = id): [string, Subject] {
  return [id, { kind, id, name, facts }];
}

/** One organisation with two plans, a gateway, and a hunt group on it. */
function world(): PlannedWorld {
  return new Map<KindName, Map<string, Subject>>([
    ["exchangeOrganization", new Map([subject("exchangeOrganization", "org-1", { name: seen("Fabrikam"), dialPlans: seen(["p1", "p2"]), ipGateways: seen(["g1"]), huntGroups: seen(["h1"]), servers: unknown("denied", "no right") }, "Fabrikam")])],
    ["umDialPlan", new Map([subject("umDialPlan", "p1", { name: seen("HQ"), defaultAutoAttendant: seen("a1") }, "HQ"), subject("umDialPlan", "p2", { name: seen("Branch") }, "Branch")])],
    ["umIpGateway", new Map([subject("umIpGateway", "g1", { name: seen("gw") }, "gw")])],
    ["umHuntGroup", new Map([subject("umHuntGroup", "h1", { name: seen("HQ"), gateway: seen("g1"), dialPlan: seen("p1"), organization: seen("org-1") }, "HQ")])],
    ["umAutoAttendant", new Map([subject("umAutoAttendant", "a1", { name: seen("AA") }, "AA"), subject("umAutoAttendant", "a2", { name: seen("AA") }, "AA")])],
    ["exchangeServer", new Map([subject("exchangeServer", "s1", { name: seen("EX1"), dialPlans: seen(["p1", "p2"]) }, "EX1")])],
  ]);
}

function planned(kind: KindName, name: string, facts: Record<string, unknown> = {}): PlannedSubject {
  return { kind, name, position, facts: Object.fromEntries(Object.entries(facts).map(([fact, value]) => [fact, { observation: known(value, "planned"), position }])) };
}

function after(overlay: Partial<Overlay>): PlannedWorld {
  const changed = world();
  applyOverlay(changed, { file: "plan.yaml", title: "A plan", change: [], add: [], put: [], remove: [], certificates: [], ...overlay }, "planned");
  return changed;
}

const fact = (state: PlannedWorld, kind: KindName, id: string, name: string) => state.get(kind)?.get(id)?.facts[name];

it("changes facts by name or id, and resolves what they refer to", () => {
  const state = after({ change: [planned("umDialPlan", "hq", { voipSecurity: "Secured", defaultAutoAttendant: "a2" }), planned("exchangeServer", "s1", { dialPlans: ["Branch"] })] });
  expect(fact(state, "umDialPlan", "p1", "voipSecurity")).toEqual(known("Secured", "planned"));
  expect(fact(state, "umDialPlan", "p1", "defaultAutoAttendant")).toEqual(known("a2", "planned"));
  expect(fact(state, "exchangeServer", "s1", "dialPlans")).toEqual(known(["p2"], "planned"));
});

it("adds objects to the lists of their owner, with nothing but what is planned", () => {
  const state = after({ add: [planned("umDialPlan", "Portland", { name: "Portland", organization: "Fabrikam" }), planned("umHuntGroup", "Portland", { dialPlan: "Portland", gateway: "gw" })] });
  expect(fact(state, "exchangeOrganization", "org-1", "dialPlans")).toEqual(known(["p1", "p2", "Portland"], "planned"));
  expect(fact(state, "exchangeOrganization", "org-1", "huntGroups")).toEqual(known(["h1", "Portland"], "planned"));
  expect(state.get("umHuntGroup")?.get("Portland")?.facts).toEqual({ dialPlan: known("Portland", "planned"), gateway: known("g1", "planned") });
});

it("leaves a list unread that was not read", () => {
  expect(fact(after({ add: [planned("exchangeServer", "EX9", { name: "EX9" })] }), "exchangeOrganization", "org-1", "servers")).toEqual(unknown("denied", "no right"));
});

it("takes away objects with every list and optional reference to them", () => {
  const state = after({ remove: [planned("umDialPlan", "Branch"), planned("umAutoAttendant", "a1")] });
  expect(state.get("umDialPlan")?.has("p2")).toBe(false);
  expect(fact(state, "exchangeOrganization", "org-1", "dialPlans")).toEqual(known(["p1"], "planned"));
  expect(fact(state, "exchangeServer", "s1", "dialPlans")).toEqual(known(["p1"], "planned"));
  expect(fact(state, "umDialPlan", "p1", "defaultAutoAttendant")).toEqual(absent("planned"));
});

it("puts names of DNS whether they were there or not", () => {
  const state = after({ put: [planned("dnsName", "inside/new.test", { addresses: ["10.0.0.1"] })] });
  expect(fact(state, "dnsName", "inside/new.test", "addresses")).toEqual(known(["10.0.0.1"], "planned"));
  expect(fact(state, "dnsName", "inside/new.test", "reverseNames")).toBeUndefined();
});

it.each<[string, Partial<Overlay>, string]>([
  ["what is not there", { change: [planned("umDialPlan", "HR", { name: "x" })] }, "plan.yaml:1:1: the snapshot has no umDialPlan HR\n  Did you mean HQ?"],
  ["what is there already", { add: [planned("umDialPlan", "branch")] }, "umDialPlan/branch is there already"],
  ["a name of two", { change: [planned("umAutoAttendant", "aa", { name: "x" })] }, "means 2 objects\n  Name one by its id: a1, a2."],
  ["a reference to nothing", { change: [planned("exchangeServer", "EX1", { dialPlans: ["Brnch"] })] }, "the snapshot has no umDialPlan Brnch\n  Did you mean Branch?"],
  ["what something must refer to", { remove: [planned("umDialPlan", "HQ")] }, "what is to go is still referred to:\n  umHuntGroup/HQ: dialPlan"],
  ["users", { change: [planned("user", "x", {})] }, "users cannot be planned"],
  ["the deployment", { remove: [planned("deployment", "deployment")] }, "cannot go"],
])("refuses %s", (_, overlay, message) => {
  try {
    after(overlay);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return expect(describeError(error)).toContain(message);
  }
  throw new Error("was accepted");
});

it("names by id what still refers to something, where its name is that of two", () => {
  const changed = world();
  for (const id of ["h2", "h3"]) changed.get("umHuntGroup")?.set(...subject("umHuntGroup", id, { gateway: seen("g1") }, "Branch"));
  expect(() => applyOverlay(changed, { file: "plan.yaml", title: "A plan", change: [], add: [], put: [], remove: [planned("umIpGateway", "gw")], certificates: [] }, "planned")).toThrow("umHuntGroup/HQ: gateway\n  umHuntGroup/Branch (h2): gateway\n  umHuntGroup/Branch (h3): gateway");
});

import { expect, it } from "vitest";
import { compareFacts } from "../../src/drift/compare-facts.ts";
import { absent, known, unknown, type Observation } from "../../src/model/observation.ts";
import type { Subject } from "../../src/model/subject.ts";

const plan = (facts: Record<string, Observation>, name = "HQ", id = "guid-1"): Subject => ({ kind: "umDialPlan", id, name, facts });
const texts = async (before: Subject[], after: Subject[]) => (await compareFacts(before, after)).changes.map(({ subject, fact, kind }) => `${kind} ${subject.id} ${fact ?? ""}`.trim());

it("names the fact that changed, with both values", async () => {
  const { changes, total } = await compareFacts([plan({ voipSecurity: known("Secured", "dc1") })], [plan({ voipSecurity: known("Unsecured", "dc2") })]);
  expect(total).toBe(1);
  expect(changes).toMatchObject([{ fact: "voipSecurity", kind: "changed", from: { value: "Secured" }, to: { value: "Unsecured" } }]);
});

it("takes no notice of the source, of the order of values, or of the order of fields", async () => {
  expect(await texts([plan({ a: known(["x", "y"], "dc1"), b: known([{ p: 1, q: 2 }], "dc1") })], [plan({ a: known(["y", "x"], "dc2"), b: known([{ q: 2, p: 1 }], "dc2") })])).toEqual([]);
});

it("sees a value that stands once instead of twice", async () => {
  expect(await texts([plan({ a: known(["x", "x"], "s") })], [plan({ a: known(["x"], "s") })])).toEqual(["changed guid-1 a"]);
});

it("a fact that cannot be read today did not change", async () => {
  expect(await texts([plan({ a: known(1, "s"), b: absent("s") })], [plan({ a: unknown("timeout", "dead"), b: unknown("denied", "no") })])).toEqual(["no-longer-read guid-1 a", "no-longer-read guid-1 b"]);
  expect(await texts([plan({ a: unknown("timeout", "dead") })], [plan({ a: unknown("denied", "no") })])).toEqual([]);
  expect(await texts([plan({ a: unknown("timeout", "dead") })], [plan({ a: absent("s") })])).toEqual(["read-again guid-1 a"]);
});

it("tells a rename from a subject that came and one that went", async () => {
  expect(await texts([plan({}, "HQ")], [plan({}, "Headquarters")])).toEqual(["changed guid-1 name"]);
  expect(await texts([plan({}, "HQ", "guid-1")], [plan({}, "HQ", "guid-2")])).toEqual(["removed guid-1", "added guid-2"]);
});

it("says when the directory says that the object was changed", async () => {
  const at = "2026-06-01T05:00:00.000Z";
  const { changes } = await compareFacts([plan({ a: known(1, "s") })], [plan({ a: known(2, "s"), changedAt: known(at, "s") })]);
  expect(changes.find(({ fact }) => fact === "a")?.changedAt).toBe(at);
});

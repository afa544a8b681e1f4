import { describe, expect, it } from "vitest";
import { absent, known, unknown } from "../../src/model/observation.ts";
import { createStore } from "../../src/snapshot/store.ts";

function store() {
  const made = createStore(async () => undefined);
  made.subject({ kind: "forest", id: "f", name: "f" });
  return made;
}

describe("the store", () => {
  it("never replaces what is known by something unknown, and keeps the first of two known values", () => {
    const made = store();
    made.observe("forest", "f", "rootDomain", unknown("timeout", "late"));
    made.observe("forest", "f", "rootDomain", known("a", "first"));
    made.observe("forest", "f", "rootDomain", unknown("timeout", "late again"));
    made.observe("forest", "f", "rootDomain", known("b", "second"));
    expect(made.get("forest", "f")?.facts["rootDomain"]).toEqual(known("a", "first"));
  });

  it("keeps positive absence", () => {
    const made = store();
    made.observe("forest", "f", "lyncSchemaLevel", absent("directory"));
    made.observe("forest", "f", "lyncSchemaLevel", unknown("timeout", "late"));
    expect(made.get("forest", "f")?.facts["lyncSchemaLevel"]).toEqual(absent("directory"));
  });

  it("refuses facts of subjects and names that do not exist: a collector's fault must not go unnoticed", () => {
    const made = store();
    expect(() => made.observe("forest", "g", "rootDomain", known("a", "s"))).toThrow("before the subject was made known");
    expect(() => made.observe("forest", "f", "constructor" as "rootDomain", known("a", "s"))).toThrow("no fact");
  });
});

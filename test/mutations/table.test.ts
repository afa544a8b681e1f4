import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { demoMistakes } from "../../src/lab/deployment/demo-mistakes.ts";
import { shippedRules } from "./scan.ts";
import { mutations } from "./table.ts";

const rules = shippedRules().rules.map(({ id, document }) => ({ id, stated: document.rule.outcomes.map(({ outcome }) => outcome) }));

/** Rules that no lab can make say what they are for. */
const cannotSpeak: Readonly<Record<string, string>> = { "certificate/second-opinion": "no chain is known on which OpenSSL and we differ" };
/** Rules that no lab can make fail. */
const cannotFail: Readonly<Record<string, string>> = { "endpoint/tls-version": "OpenSSL is built without SSL 3" };

describe("the table of mutations", () => {
  it("has a mutation for every rule that ships", () => {
    const changed = new Set(mutations.flatMap(({ expect }) => expect.map(({ rule }) => rule)));
    expect(rules.map(({ id }) => id).filter((id) => !changed.has(id) && !(id in cannotSpeak))).toEqual([]);
  });

  it("makes every rule that can fail fail, and every other warn", () => {
    const missing = rules.filter(({ id, stated }) => {
      if (id in cannotSpeak) return false;
      const worst = stated.includes("fail") && !(id in cannotFail) ? "fail" : "warn";
      return !mutations.some(({ expect }) => expect.some(({ rule, to }) => rule === id && to === worst));
    });
    expect(missing.map(({ id }) => id)).toEqual([]);
  });

  it("names only rules that ship", () => {
    const named = new Set(mutations.flatMap(({ expect }) => expect.map(({ rule }) => rule)));
    expect([...named].filter((rule) => !rules.some(({ id }) => id === rule))).toEqual([]);
  });

  it("has ids of its own, and finds every mistake of the demo", () => {
    const ids = mutations.map(({ id }) => id);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    for (const { id } of demoMistakes()) expect(mutations.find((one) => one.id === id)?.expect.filter(({ to }) => to === "fail" || to === "warn").length, id).toBeGreaterThan(0);
  });

  it("has the mutations and rules that the list of faults of certificates names", () => {
    const rows = readFileSync(new URL("README.md", import.meta.url), "utf8").split("\n").filter((line) => line.startsWith("|") && line.includes("`certificate/"));
    expect(rows.length).toBeGreaterThan(15);
    for (const row of rows) {
      const [, , ids = "", ruleIds = ""] = row.split("|").map((cell) => [...cell.matchAll(/`([^`]+)`/gu)].map(([, id = ""]) => id));
      for (const id of ids) expect(mutations.find((one) => one.id === id)?.expect.some(({ rule, to }) => ruleIds.includes(rule) && (to === "fail" || to === "warn" || to === "unknown")), `${id} in: ${row}`).toBe(true);
      expect(ids.length * ruleIds.length).toBeGreaterThan(0);
    }
  });

  it("says of each mutation that the real lab cannot carry why", () => {
    for (const { id, embeddedOnly } of mutations) expect(embeddedOnly === undefined || embeddedOnly.length > 20, id).toBe(true);
  });
});

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { notObservable } from "../../scripts/generate/coverage-page.ts";
import { loadRuleFolder } from "../../src/config/rules-folder.ts";
import { loadRequirements } from "../../src/config/rules-requirements.ts";

const keys = new Set(loadRequirements("rules/requirements.yaml", readFileSync("rules/requirements.yaml", "utf8")).keys());
const withRule = new Set(loadRuleFolder("rules").documents.flatMap(({ rule }) => rule.requirements));

describe("requirements that no source can tell", () => {
  it("are in the catalogue, have no rule, and say why", () => {
    expect([...notObservable(keys, withRule).keys()].length).toBeGreaterThan(5);
  });

  it("are refused once they have a rule, or when the catalogue does not know them", () => {
    const [one] = notObservable(keys, withRule).keys();
    expect(() => notObservable(keys, new Set([one ?? ""]))).toThrow("has a rule by now");
    expect(() => notObservable(new Set(), withRule)).toThrow("is not in the catalogue");
  });
});

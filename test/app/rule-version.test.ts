import { describe, expect, it } from "vitest";
import { loadRules } from "../../src/app/load-rules.ts";
import { ruleVersion } from "../../src/app/rule-version.ts";
import type { RuleDefinition } from "../../src/model/rule.ts";

const root = new URL("../..", import.meta.url);

describe("the version of a rule", () => {
  const rule: RuleDefinition = { id: "a/b", title: "t", requirements: [], severity: "major", team: "lync", why: "w", subject: { each: "umDialPlan", as: "plan" }, outcomes: [{ outcome: "fail", condition: "plan.name == \"x\"", message: "m" }], pass: "p", evidence: ["plan.name"], references: [] };

  it("changes with what it judges, and not with its texts", () => {
    const version = ruleVersion(rule);
    expect(version).toMatch(/^[0-9a-f]{12}$/);
    expect(ruleVersion({ ...rule, title: "other", why: "other", pass: "other", outcomes: [{ outcome: "fail", condition: "plan.name == \"x\"", message: "other" }] })).toBe(version);
    const others: readonly Partial<RuleDefinition>[] = [{ outcomes: [{ outcome: "warn", condition: "plan.name == \"x\"", message: "m" }] }, { outcomes: [{ outcome: "fail", condition: "plan.name == \"y\"", message: "m" }] }, { subject: { each: "umDialPlan", as: "plan", where: "true" } }, { evidence: [] }, { severity: "advice" }, { parameters: { days: { type: "int", default: 1, description: "" } } }];
    for (const change of others) expect(ruleVersion({ ...rule, ...change })).not.toBe(version);
  });

  it("is the same in every language, and another for every shipped rule", () => {
    const versions = (language: "en" | "fr"): readonly string[] => loadRules(root, { folders: [], parameters: {}, profileFile: undefined }, language).rules.map(({ document }) => ruleVersion(document.rule));
    expect(versions("fr")).toEqual(versions("en"));
    expect(new Set(versions("en")).size).toBe(versions("en").length);
  });
});

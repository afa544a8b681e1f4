import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { newRuleTexts, type NewRule } from "../../src/app/new-rule.ts";
import { beginRule } from "../../src/app/rule-tools.ts";
import { createCasesFileLoader } from "../../src/config/cases-file.ts";
import { createRuleFileLoader } from "../../src/config/rules-file.ts";
import { compileRules } from "../../src/engine/compile-rules.ts";
import { lintRules } from "../../src/engine/lint-rules.ts";
import { runCases } from "../../src/engine/run-cases.ts";
import { describeError } from "../../src/model/errors.ts";
import { kindNamed, kinds } from "../../src/model/kinds.ts";

const loadRule = createRuleFileLoader();
const loadCases = createCasesFileLoader();
const given: NewRule = { id: "own/begun", subject: "umDialPlan", fact: undefined, as: undefined, title: undefined, severity: "major", team: "exchange", requirements: [], profiles: [] };

/** All that is wrong with a rule that was begun. */
function problems(change: Partial<NewRule>): readonly string[] {
  const texts = newRuleTexts({ ...given, ...change });
  const rule = loadRule("rules/own/begun.yaml", texts.rule);
  const cases = loadCases("cases/own/begun.cases.yaml", texts.cases);
  if (!("rule" in rule)) return rule.map(describeError);
  if (!("cases" in cases)) return cases.map(describeError);
  const compiled = compileRules([rule]);
  const [only] = compiled.rules;
  if (only === undefined) return compiled.errors.map(describeError);
  return [...lintRules(compiled, [cases], new Set()).map(describeError), ...runCases(only, compiled.classes, cases).flatMap((result) => result.problems)];
}

const judged = Object.keys(kinds).filter((kind) => kindNamed(kind)?.lookup !== true);

describe("a rule that is begun", () => {
  it.each(judged)("loads, lints and passes its cases as it stands: %s", (subject) => {
    expect(problems({ subject })).toEqual([]);
  });

  it("is about any fact of which a condition can be made", () => {
    for (const fact of Object.keys(kinds.umDialPlan.facts)) {
      const type = kinds.umDialPlan.facts[fact as keyof typeof kinds.umDialPlan.facts];
      if (type.type.type === "ref" && !("optional" in type)) expect(() => newRuleTexts({ ...given, fact })).toThrow("no first condition can be made");
      else expect(problems({ fact }), fact).toEqual([]);
    }
  });

  it("says what it was told to", () => {
    const { rule } = newRuleTexts({ ...given, title: "Plans: # a \"title\"", severity: "advice", team: "network", profiles: ["hosted"], as: "thePlan", fact: "faxEnabled" });
    expect(problems({ title: "Plans: # a \"title\"", as: "thePlan", fact: "faxEnabled" })).toEqual([]);
    for (const part of ["severity: advice", "team: network", "- hosted", "as: thePlan", "fail: thePlan.faxEnabled"]) expect(rule).toContain(part);
  });

  it.each<[Partial<NewRule>, string]>([
    [{ id: "Begun" }, "cannot be the id"],
    [{ id: "../own/begun" }, "cannot be the id"],
    [{ id: "profiles/begun" }, "cannot be the id"],
    [{ subject: "umDialPlam" }, "there is no kind umDialPlam"],
    [{ subject: "dnsName" }, "by reference only"],
    [{ fact: "faxEnable" }, "has no fact faxEnable"],
    [{ as: "The plan" }, "cannot be a name"],
  ])("is refused for %o", (change, message) => {
    expect(() => newRuleTexts({ ...given, ...change })).toThrow(message);
  });
});

describe("its files", () => {
  const folder = mkdtempSync(join(tmpdir(), "umpreflight-new-"));
  const root = new URL("../../", import.meta.url);
  const folders = { rules: join(folder, "rules"), cases: join(folder, "cases") };
  afterAll(() => rmSync(folder, { recursive: true }));

  it("are written together, and never over others", () => {
    const written = beginRule(root, folders, given);
    expect(written).toEqual([join(folder, "rules/own/begun.yaml"), join(folder, "cases/own/begun.cases.yaml")]);
    writeFileSync(written[0] ?? "", "mine");
    expect(() => beginRule(root, folders, given)).toThrow("is there already");
    expect(readFileSync(written[0] ?? "", "utf8")).toBe("mine");
    writeFileSync(join(folder, "cases/own/second.cases.yaml"), "mine");
    expect(() => beginRule(root, folders, { ...given, id: "own/second" })).toThrow("is there already");
    expect(existsSync(join(folder, "rules/own/second.yaml"))).toBe(false);
    symlinkSync(join(folder, "elsewhere"), join(folder, "rules/own/third.yaml"));
    expect(() => beginRule(root, folders, { ...given, id: "own/third" })).toThrow("cannot be written (EEXIST)");
    expect(existsSync(join(folder, "elsewhere"))).toBe(false);
  });

  it("are not begun for the id of a rule that ships, or for a requirement that does not exist", () => {
    expect(() => beginRule(root, folders, { ...given, id: "dial-plan/phone-context" })).toThrow("the id of a rule that ships");
    expect(() => beginRule(root, folders, { ...given, id: "own/fourth", requirements: ["sec.allign"] })).toThrow("sec.allign is not in the catalogue");
  });
});

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadCasesFolder } from "../config/cases-folder.ts";
import { packFolder } from "../config/rule-pack.ts";
import type { RuleCases } from "../config/cases-file.ts";
import { loadRequirements } from "../config/rules-requirements.ts";
import { runCases, type CaseResult } from "../engine/run-cases.ts";
import { lintRules } from "../engine/lint-rules.ts";
import { UsageError, type RuleError } from "../model/errors.ts";
import { nearestName } from "../model/nearest-name.ts";
import { terminalText } from "../model/terminal-text.ts";
import { loadShippedRules, refuseRules, type LoadedRules } from "./load-rules.ts";
import { newRuleTexts, type NewRule } from "./new-rule.ts";
import { writeNewFiles } from "./write-new-files.ts";

/** Cases of the shipped rules (where the package has them) and of other folders. @throws RuleError */
export function loadCases(packageRoot: URL, folders: readonly string[]): readonly RuleCases[] {
  const shipped = fileURLToPath(new URL("test/rules", packageRoot));
  const loaded = [...(existsSync(shipped) ? [shipped] : []), ...folders.map((folder) => packFolder(folder, ".", "cases"))].map(loadCasesFolder);
  refuseRules(loaded.flatMap((one) => one.errors));
  return loaded.flatMap((one) => one.cases);
}

/** How the cases of all rules went. */
export interface CaseRun {
  readonly results: readonly CaseResult[];
  /** Case files whose rule does not exist. */
  readonly orphans: readonly string[];
}

/** Runs all cases. */
export function runAllCases(rules: LoadedRules, cases: readonly RuleCases[]): CaseRun {
  const byId = new Map(rules.rules.map((rule) => [rule.id, rule]));
  const orphans = cases.filter(({ rule }) => !byId.has(rule)).map(({ file, rule }) => `${file}: there is no rule ${rule}`);
  const results = cases.flatMap((one) => {
    const rule = byId.get(one.rule);
    return rule === undefined ? [] : runCases(rule, rules.classes, one);
  });
  return { results, orphans };
}

/** What is wrong with rules and cases beyond what loading refuses. */
export function lintAll(packageRoot: URL, rules: LoadedRules, cases: readonly RuleCases[]): readonly RuleError[] {
  return lintRules(rules, cases, new Set(requirementsOf(packageRoot).keys()));
}

/**
 * Begins a rule with its cases: two new files that load, lint and pass as they stand.
 * @throws UsageError where a rule or file of the name is there, or the rule could not be
 */
export function beginRule(packageRoot: URL, folders: { readonly rules: string; readonly cases: string }, given: NewRule): readonly string[] {
  const texts = newRuleTexts(given);
  const shipped = loadShippedRules(packageRoot).rules.find(({ id }) => id === given.id);
  if (shipped !== undefined) throw new UsageError("rule-id", `${given.id} is the id of a rule that ships`, { hint: "Give yours an area of its own." });
  const known = [...requirementsOf(packageRoot).keys()];
  const typo = given.requirements.find((key) => !known.includes(key));
  if (typo !== undefined) throw new UsageError("requirement", `the requirement ${typo} is not in the catalogue`, { hint: nearestName(typo, known) === undefined ? "rules/requirements.yaml lists them." : `Did you mean ${nearestName(typo, known)}?` });
  return writeNewFiles([
    { path: join(folders.rules, `${given.id}.yaml`), text: texts.rule },
    { path: join(folders.cases, `${given.id}.cases.yaml`), text: texts.cases },
  ]);
}

/** The catalogue of requirements. @throws RuleError */
export function requirementsOf(packageRoot: URL): ReturnType<typeof loadRequirements> {
  const file = fileURLToPath(new URL("rules/requirements.yaml", packageRoot));
  return loadRequirements(file, readFileSync(file, "utf8"));
}

/** A rule pack is somebody else's text too: its lines as they may reach a terminal. */
export function ruleLines(text: string): string {
  return text.split("\n").map(terminalText).join("\n");
}

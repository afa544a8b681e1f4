import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { loadCasesFolder } from "../config/cases-folder.ts";
import type { RuleCases } from "../config/cases-file.ts";
import { loadRequirements } from "../config/rules-requirements.ts";
import { runCases, type CaseResult } from "../engine/run-cases.ts";
import { lintRules } from "../engine/lint-rules.ts";
import type { RuleError } from "../model/errors.ts";
import { terminalText } from "../model/terminal-text.ts";
import { refuseRules, type LoadedRules } from "./load-rules.ts";

/** Cases of the shipped rules (where the package has them) and of other folders. @throws RuleError */
export function loadCases(packageRoot: URL, folders: readonly string[]): readonly RuleCases[] {
  const shipped = fileURLToPath(new URL("test/rules", packageRoot));
  const loaded = [...(existsSync(shipped) ? [shipped] : []), ...folders].map(loadCasesFolder);
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
  const file = fileURLToPath(new URL("rules/requirements.yaml", packageRoot));
  const requirements = loadRequirements(file, readFileSync(file, "utf8"));
  return lintRules(rules, cases, new Set(requirements.keys()));
}

/** A rule pack is somebody else's text too: its lines as they may reach a terminal. */
export function ruleLines(text: string): string {
  return text.split("\n").map(terminalText).join("\n");
}

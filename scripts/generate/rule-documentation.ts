import { loadShippedRules } from "../../src/app/load-rules.ts";
import { rulePages } from "../../src/app/rule-docs.ts";
import { loadCases, requirementsOf } from "../../src/app/rule-tools.ts";

const root = new URL("../..", import.meta.url);

/** docs/rules/: a page for each rule that ships, by its path below that folder. */
export function ruleDocumentation(): ReadonlyMap<string, string> {
  return rulePages(loadShippedRules(root).rules, { cases: loadCases(root, []), requirements: requirementsOf(root) });
}

import type { ViewClasses } from "../expression/view.ts";
import { RuleError } from "../model/errors.ts";
import { nearestName } from "../model/nearest-name.ts";
import { expressionsOf, type CompiledRule } from "./compiled-rule.ts";
import { lintCases, type CasesToLint } from "./lint-cases.ts";
import { lintEvidence } from "./lint-evidence.ts";
import { lintReached } from "./lint-reached.ts";
import { ruleProblem } from "./rule-position.ts";

/** What rules that compile and pass their cases may still have wrong. `requirements` are the keys of the catalogue; undefined: they are not looked at. */
export function lintRules({ rules, classes }: { readonly rules: readonly CompiledRule[]; readonly classes: ViewClasses }, cases: readonly CasesToLint[], requirements: ReadonlySet<string> | undefined): readonly RuleError[] {
  const known = new Set(rules.map(({ id }) => id));
  const orphans = cases.filter(({ rule }) => !known.has(rule)).map(({ rule, file }) => orphan(rule, file, known));
  return [...rules.flatMap((rule) => [...lintRule(rule, requirements), ...lintCases(rule, classes, cases)]), ...orphans];
}

function orphan(rule: string, file: string, known: ReadonlySet<string>): RuleError {
  const nearest = nearestName(rule, [...known]);
  return new RuleError("lint-cases", `There is no rule ${rule} for these cases.`, nearest === undefined ? { position: { file } } : { position: { file }, hint: `Did you mean ${nearest}?` });
}

function lintRule(rule: CompiledRule, requirements: ReadonlySet<string> | undefined): RuleError[] {
  return [...lintRequirements(rule, requirements), ...lintAlls(rule), ...lintUnused(rule), ...lintEvidence(rule), ...lintRemedies(rule), ...lintReached(rule)];
}

function lintRequirements(rule: CompiledRule, requirements: ReadonlySet<string> | undefined): RuleError[] {
  if (requirements === undefined) return [];
  return rule.document.rule.requirements.flatMap((key, index) => {
    if (requirements.has(key)) return [];
    const nearest = nearestName(key, [...requirements]);
    return [ruleProblem(rule, `/requirements/${index}`, `The requirement ${key} is not in the catalogue.`, nearest === undefined ? undefined : `Did you mean ${nearest}?`)];
  });
}

function lintAlls(rule: CompiledRule): RuleError[] {
  const expressions = expressionsOf(rule);
  const sized = new Set(expressions.flatMap(({ expression }) => expression.sized));
  return expressions.flatMap(({ pointer, expression }) =>
    expression.alls.filter((list) => !sized.has(list)).map((list) => ruleProblem(rule, pointer, `all() is true of an empty list, and nothing looks at the size of ${list}.`, `Add ${list}.size() > 0, or an outcome for the empty list.`)),
  );
}

function lintUnused(rule: CompiledRule): RuleError[] {
  const expressions = expressionsOf(rule);
  const roots = new Set([...expressions.flatMap(({ expression }) => [...expression.needs.keys()]), ...rule.evidence.map(({ root }) => root)]);
  const parameters = new Set(expressions.flatMap(({ expression }) => [...expression.parameters]));
  const unusedNames = rule.with.filter(({ name }) => !roots.has(name)).map(({ name }) => ruleProblem(rule, `/with/${name}`, `${name} is not used.`));
  const unusedParameters = Object.keys(rule.document.rule.parameters ?? {}).filter((name) => !parameters.has(name));
  return [...unusedNames, ...unusedParameters.map((name) => ruleProblem(rule, `/parameters/${name}`, `The parameter ${name} is not used.`))];
}

/** Who is told that something is wrong is told how to mend it. */
function lintRemedies(rule: CompiledRule): RuleError[] {
  if (rule.remedy !== undefined) return [];
  return rule.outcomes.flatMap(({ outcome, remedy }, index) => (outcome === "not-applicable" || remedy !== undefined ? [] : [ruleProblem(rule, `/outcomes/${index}`, "Nothing says how to mend it.", "Give the rule a remedy, or this outcome one of its own.")]));
}

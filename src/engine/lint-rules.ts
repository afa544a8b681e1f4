import { RuleError } from "../model/errors.ts";
import type { Outcome } from "../model/finding.ts";
import { expressionsOf, type CompiledRule } from "./compiled-rule.ts";
import { positionInRule } from "./rule-position.ts";

/** Cases of a rule, as far as lint looks at them. */
export interface CasesToLint {
  readonly file: string;
  readonly rule: string;
  readonly cases: readonly { readonly name: string; readonly expect: { readonly [Key in Outcome]?: readonly string[] } }[];
}

/** What rules that compile and pass their cases may still have wrong. `requirements` are the keys of the catalogue; undefined: they are not looked at. */
export function lintRules(rules: readonly CompiledRule[], cases: readonly CasesToLint[], requirements: ReadonlySet<string> | undefined): readonly RuleError[] {
  const known = new Set(rules.map(({ id }) => id));
  const orphans = cases.filter(({ rule }) => !known.has(rule)).map(({ rule, file }) => new RuleError("lint-cases", `There is no rule ${rule} for these cases.`, { position: { file } }));
  return [...rules.flatMap((rule) => [...lintRule(rule, requirements), ...lintCases(rule, cases)]), ...orphans];
}

function problem(rule: CompiledRule, pointer: string, message: string, hint?: string): RuleError {
  const position = positionInRule(rule.document, pointer);
  return new RuleError("lint-rule", `${rule.id}: ${message}`, hint === undefined ? { position } : { position, hint });
}

function lintRule(rule: CompiledRule, requirements: ReadonlySet<string> | undefined): RuleError[] {
  return [...lintRequirements(rule, requirements), ...lintAlls(rule), ...lintUnused(rule), ...lintMessages(rule), ...lintConditions(rule)];
}

function lintRequirements(rule: CompiledRule, requirements: ReadonlySet<string> | undefined): RuleError[] {
  if (requirements === undefined) return [];
  return rule.document.rule.requirements.flatMap((key, index) => (requirements.has(key) ? [] : [problem(rule, `/requirements/${index}`, `The requirement ${key} is not in the catalogue.`)]));
}

function lintAlls(rule: CompiledRule): RuleError[] {
  const expressions = expressionsOf(rule);
  const sized = new Set(expressions.flatMap(({ expression }) => expression.sized));
  return expressions.flatMap(({ pointer, expression }) =>
    expression.alls.filter((list) => !sized.has(list)).map((list) => problem(rule, pointer, `all() is true of an empty list, and nothing looks at the size of ${list}.`, `Add ${list}.size() > 0, or an outcome for the empty list.`)),
  );
}

function lintUnused(rule: CompiledRule): RuleError[] {
  const expressions = expressionsOf(rule);
  const roots = new Set([...expressions.flatMap(({ expression }) => [...expression.needs.keys()]), ...rule.evidence.map(({ root }) => root)]);
  const parameters = new Set(expressions.flatMap(({ expression }) => [...expression.parameters]));
  const unusedNames = rule.with.filter(({ name }) => !roots.has(name)).map(({ name }) => problem(rule, `/with/${name}`, `${name} is not used.`));
  const unusedParameters = Object.keys(rule.document.rule.parameters ?? {}).filter((name) => !parameters.has(name));
  return [...unusedNames, ...unusedParameters.map((name) => problem(rule, `/parameters/${name}`, `The parameter ${name} is not used.`))];
}

/** The reader of a list of findings must see which subject each is about; of deployments there is one. */
function lintMessages(rule: CompiledRule): RuleError[] {
  const evidence = rule.evidence.length === 0 ? [problem(rule, "/evidence", "There is no evidence: the reader sees nothing of what was read.")] : [];
  if (rule.document.rule.subject.each === "deployment") return evidence;
  const messages = [...rule.outcomes.map(({ message }, index) => ({ pointer: `/outcomes/${index}/message`, message })), { pointer: "/pass", message: rule.pass }];
  const without = messages.filter(({ message }) => message.parts.every((part) => typeof part === "string"));
  return [...evidence, ...without.map(({ pointer }) => problem(rule, pointer, "The message does not say what it is about.", `Name the subject: {${rule.document.rule.subject.as}.name}.`))];
}

function lintConditions(rule: CompiledRule): RuleError[] {
  const seen = new Set<string>();
  return rule.outcomes.flatMap(({ outcome, condition }, index) => {
    const text = condition.text.replaceAll(/\s+/gu, "");
    if (seen.has(text)) return [problem(rule, `/outcomes/${index}/${outcome}`, "This outcome is never reached: one before it has the same condition.")];
    seen.add(text);
    return [];
  });
}

function lintCases(rule: CompiledRule, all: readonly CasesToLint[]): RuleError[] {
  const cases = all.filter((candidate) => candidate.rule === rule.id);
  const [first] = cases;
  if (first === undefined) return [problem(rule, "/id", "It has no cases.", `Write ${rule.id}.cases.yaml below test/rules, or below the folder of --cases for a rule of your own.`)];
  const expected = cases.flatMap((file) => file.cases.map(({ expect }) => expect));
  const stated = new Set<Outcome>(["pass", "unknown", ...rule.outcomes.map(({ outcome }) => outcome), ...(rule.none === undefined ? [] : [rule.none.outcome])]);
  const position = { file: first.file };
  const missing = [...stated].filter((outcome) => !expected.some((expect) => (expect[outcome]?.length ?? 0) > 0)).map((outcome) => new RuleError("lint-cases", `${rule.id}: No case expects ${outcome}.`, { position }));
  const quiet = expected.filter((expect) => [expect.fail, expect.warn, expect.unknown].every((names) => (names?.length ?? 0) === 0));
  return quiet.length >= 2 ? missing : [...missing, new RuleError("lint-cases", `${rule.id}: Only ${quiet.length} of the cases must not fire.`, { position, hint: "Beside the pass, show something near to it that the rule leaves alone." })];
}

import type { ViewClasses } from "../expression/view.ts";
import { RuleError } from "../model/errors.ts";
import type { Outcome } from "../model/finding.ts";
import type { CompiledRule } from "./compiled-rule.ts";
import { ruleProblem } from "./rule-position.ts";
import { outcomesReached, type CasesToRun } from "./run-cases.ts";

/** Cases of a rule with where they stand. */
export interface CasesToLint extends CasesToRun {
  readonly file: string;
  readonly positions: Readonly<Record<string, { readonly line: number; readonly column: number }>>;
}

/** Whether the cases show all that a rule can say: each stated outcome, a pass, an unknown, and something that must not fire. */
export function lintCases(rule: CompiledRule, classes: ViewClasses, all: readonly CasesToLint[]): RuleError[] {
  const cases = all.filter((candidate) => candidate.rule === rule.id);
  const [first] = cases;
  if (first === undefined) return [ruleProblem(rule, "/id", "It has no cases.", `Write ${rule.id}.cases.yaml below test/rules, or below the folder of --cases for a rule of your own.`)];
  return [...cases.flatMap((file) => lintFile(rule, file)), ...lintOutcomes(rule, first, cases), ...lintStated(rule, classes, cases)];
}

function caseProblem(rule: CompiledRule, { file, positions }: CasesToLint, pointer: string, message: string, hint?: string): RuleError {
  const position = { file, ...positions[pointer] };
  return new RuleError("lint-cases", `${rule.id}: ${message}`, hint === undefined ? { position } : { position, hint });
}

function lintFile(rule: CompiledRule, file: CasesToLint): RuleError[] {
  const path = file.file.split(/[/\\]/u).slice(-2).join("/").replace(/\.cases\.ya?ml$/u, "");
  const names = file.cases.map(({ name }) => name);
  const misplaced = path === rule.id ? [] : [caseProblem(rule, file, "/rule", `The cases are of ${rule.id}, but their path says ${path}.`)];
  return [...misplaced, ...names.flatMap((name, at) => (names.indexOf(name) < at ? [caseProblem(rule, file, `/cases/${at}/name`, `Another case is called ${JSON.stringify(name)} too.`)] : []))];
}

function lintOutcomes(rule: CompiledRule, first: CasesToLint, cases: readonly CasesToLint[]): RuleError[] {
  const expected = cases.flatMap((file) => file.cases.map(({ expect }) => expect));
  const wanted: Outcome[] = ["pass", "unknown", ...(rule.none === undefined ? [] : [rule.none.outcome])];
  const missing = wanted.filter((outcome) => !expected.some((expect) => (expect[outcome]?.length ?? 0) > 0)).map((outcome) => caseProblem(rule, first, "/cases", `No case expects ${outcome}.`));
  const quiet = expected.filter((expect) => [expect.fail, expect.warn, expect.unknown].every((names) => (names?.length ?? 0) === 0));
  return quiet.length >= 2 ? missing : [...missing, caseProblem(rule, first, "/cases", `Only ${quiet.length} of the cases must not fire.`, "Beside the pass, show something near to it that the rule leaves alone.")];
}

function lintStated(rule: CompiledRule, classes: ViewClasses, cases: readonly CasesToLint[]): RuleError[] {
  const reached = new Set(cases.flatMap((file) => [...outcomesReached(rule, classes, file)]));
  return rule.outcomes.flatMap(({ outcome }, index) => (reached.has(index) ? [] : [ruleProblem(rule, `/outcomes/${index}/${outcome}`, `No case comes to this ${outcome}.`)]));
}

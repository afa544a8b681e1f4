import { contradicts, isCovered, type Clause } from "../expression/clauses.ts";
import type { RuleError } from "../model/errors.ts";
import type { CompiledRule } from "./compiled-rule.ts";
import { ruleProblem } from "./rule-position.ts";

const anything: readonly Clause[] = [new Set()];

/** Outcomes that can never be reached, as far as the texts of the conditions show it: each way in which the condition could hold is out of the question, or is taken by an outcome before. */
export function lintReached(rule: CompiledRule): RuleError[] {
  const selected = rule.where?.clauses() ?? anything;
  if (selected.every(contradicts)) return [ruleProblem(rule, "/subject/where", "Nothing is ever judged: this cannot hold.")];
  const earlier: Clause[] = [];
  return rule.outcomes.flatMap(({ outcome, condition }, index) => {
    const ways = condition.clauses().flatMap((clause) => selected.map((where): Clause => new Set([...clause, ...where])));
    const possible = ways.filter((clause) => !contradicts(clause));
    const isReached = possible.some((clause) => !isCovered(clause, earlier));
    earlier.push(...condition.clauses());
    if (isReached) return [];
    const why = possible.length === 0 ? "its condition cannot hold" : "whenever its condition holds, one before it does";
    return [ruleProblem(rule, `/outcomes/${index}/${outcome}`, `This outcome is never reached: ${why}.`)];
  });
}

import type { CompiledExpression } from "../expression/compile.ts";
import { valueText } from "../expression/value-text.ts";
import type { ViewClasses } from "../expression/view.ts";
import type { Finding, FindingReason, Outcome } from "../model/finding.ts";
import type { Subject } from "../model/subject.ts";
import type { CompiledRule } from "./compiled-rule.ts";
import { factsRead, type FactRead } from "./facts-read.ts";
import type { World } from "./inventory.ts";
import { findingOf, judge } from "./judge.ts";
import { noteUnread, ruleVariables, startRun, subjectVariables, workOut, type EvaluateOptions, type Run, type Worked } from "./run-state.ts";
import type { Variables } from "./gate.ts";

/** One expression of a check with what came out of it. */
export interface ExplainedPart {
  /** `where`, the name of a `with`, or the stated outcome. */
  readonly name: string;
  readonly text: string;
  /** Its value as text; undefined when it could not be worked out. */
  readonly value: string | undefined;
  readonly reasons: readonly FindingReason[];
  /** The parts of a condition with what came out of them. */
  readonly parts: readonly Omit<ExplainedPart, "name" | "parts">[];
}

/** How a rule came to its finding on one subject. */
export interface Explanation {
  /** Undefined for a subject that the rule does not select. */
  readonly finding: Finding | undefined;
  readonly parts: readonly ExplainedPart[];
  /** The facts that decide it: those of `where`, of the conditions, and of the `with` values that these use. */
  readonly facts: readonly FactRead[];
}

/** Judges one subject by one rule and tells how. */
export function explainCheck(world: World, { rule, classes }: { readonly rule: CompiledRule; readonly classes: ViewClasses }, subject: Subject, options: EvaluateOptions): Explanation {
  const run = startRun(world, classes, options);
  const base = ruleVariables(run, rule);
  const finding = findingOf(run, rule, subject, judge(run, rule, base, run.views.of(subject)));
  const variables = subjectVariables(rule, base, run.views.of(subject));
  const parts = rule.where === undefined ? [] : [explained(run, "where", rule.where, variables, subject)];
  for (const { name, expression } of rule.with) {
    const worked = workOut(run, expression, variables, subject, `with ${name}`);
    if (worked.done) variables.values[name] = worked.value;
    else noteUnread(variables, name, worked.reasons);
    parts.push({ name, ...told(run, expression, worked), parts: [] });
  }
  for (const { outcome, condition } of rule.outcomes) parts.push(explained(run, outcome, condition, variables, subject));
  return { finding, parts, facts: factsRead(run.gateWorld.inventory, decidingExpressions(rule), variables) };
}

function explained(run: Run, name: string, expression: CompiledExpression, variables: Variables, subject: Subject): ExplainedPart {
  const work = (one: CompiledExpression) => told(run, one, workOut(run, one, variables, subject, name));
  return { name, ...work(expression), parts: expression.parts().map(work) };
}

function told({ words }: Run, { text }: CompiledExpression, worked: Worked): Omit<ExplainedPart, "name" | "parts"> {
  return { text, value: worked.done ? valueText(worked.value, words) : undefined, reasons: worked.done ? [] : [...worked.reasons.values()] };
}

/** The outcome of one rule on one subject, and nothing else: for trying what would change it. Undefined for a subject that the rule does not select. */
export function outcomeOf(world: World, { rule, classes }: { readonly rule: CompiledRule; readonly classes: ViewClasses }, subject: Subject, options: EvaluateOptions): Outcome | undefined {
  const run = startRun(world, classes, options);
  const verdict = judge(run, rule, ruleVariables(run, rule), run.views.of(subject));
  if (verdict.outcome === "not-selected") return undefined;
  return verdict.outcome === "stated" ? verdict.stated.outcome : verdict.outcome;
}

function decidingExpressions(rule: CompiledRule): CompiledExpression[] {
  const deciding = [...(rule.where === undefined ? [] : [rule.where]), ...rule.outcomes.map(({ condition }) => condition)];
  for (const { name, expression } of rule.with.toReversed()) if (deciding.some(({ needs }) => needs.has(name))) deciding.push(expression);
  return deciding;
}

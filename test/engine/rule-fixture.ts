import { compileRules, type CompiledRules } from "../../src/engine/compile-rules.ts";
import type { CompiledRule } from "../../src/engine/compiled-rule.ts";
import { caseWorld, type StatedWorld } from "../../src/engine/case-world.ts";
import { evaluate, type Evaluation } from "../../src/engine/evaluate.ts";
import type { EvaluateOptions } from "../../src/engine/run-state.ts";
import type { RuleDefinition, RuleDocument } from "../../src/model/rule.ts";

export const now = new Date("2026-06-01T00:00:00Z");

/** A rule on dial plans that always passes, to be changed by what a test is about. */
export function ruleDocument(change: Partial<RuleDefinition> = {}): RuleDocument {
  const rule: RuleDefinition = {
    id: "area/name",
    title: "Title",
    requirements: [],
    severity: "major",
    team: "exchange",
    why: "Why",
    subject: { each: "umDialPlan", as: "plan" },
    outcomes: [{ outcome: "fail", condition: "false", message: "{plan.name} fails" }],
    pass: "{plan.name} passes",
    evidence: [],
    references: [],
    ...change,
  };
  return { file: `rules/${rule.id}.yaml`, rule, positions: {} };
}

/** Compiles rules that are expected to compile. */
export function compiled(...documents: RuleDocument[]): CompiledRules {
  const result = compileRules(documents);
  if (result.errors.length > 0) throw new Error(result.errors.map(({ message, hint }) => `${message} ${hint ?? ""}`).join("\n"));
  return result;
}

/** The only rule of a compilation. */
export function onlyRule({ rules }: CompiledRules): CompiledRule {
  const [rule] = rules;
  if (rule === undefined) throw new Error("there is no rule");
  return rule;
}

/** Evaluates one rule over a world in the notation of cases. */
export function evaluateOver(change: Partial<RuleDefinition>, world: StatedWorld, options: Partial<EvaluateOptions> = {}): Evaluation {
  const built = caseWorld(world);
  if (built.problems.length > 0) throw new Error(built.problems.join("\n"));
  return evaluate(built.world, compiled(ruleDocument(change)), { now, profile: "on-premises", ...options });
}

/** Findings as `outcome kind/id`. */
export function said(evaluation: Evaluation): string[] {
  return evaluation.findings.map(({ outcome, subject }) => `${outcome} ${subject.kind}/${subject.id}`);
}

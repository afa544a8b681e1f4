import { outcomes, type Finding, type Outcome } from "../model/finding.ts";
import { ConfigError } from "../model/errors.ts";
import type { ParameterValue, ProfileName } from "../model/rule.ts";
import type { ViewClasses } from "../expression/view.ts";
import { caseWorld, type StatedPatch, type StatedWorld } from "./case-world.ts";
import type { CompiledRule } from "./compiled-rule.ts";
import { evaluate } from "./evaluate.ts";
import { judge } from "./judge.ts";
import { ruleVariables, startRun, type EvaluateOptions } from "./run-state.ts";

/** Cases of a rule, as far as running them needs. */
export interface CasesToRun {
  readonly rule: string;
  readonly now: string;
  readonly profile?: ProfileName;
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  readonly world: StatedWorld;
  readonly cases: readonly CaseToRun[];
}

/** One case. */
export interface CaseToRun {
  readonly name: string;
  readonly now?: string;
  readonly profile?: ProfileName;
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  readonly patch?: StatedPatch;
  readonly expect: { readonly [Key in Outcome]?: readonly string[] };
  readonly message?: string;
}

/** How a case went. It passed when there are no problems. */
export interface CaseResult {
  readonly rule: string;
  readonly name: string;
  readonly problems: readonly string[];
  readonly findings: readonly Finding[];
}

/** Runs the cases of one rule. */
export function runCases(rule: CompiledRule, classes: ViewClasses, cases: CasesToRun): readonly CaseResult[] {
  return cases.cases.map((one) => runCase(rule, classes, cases, one));
}

/** The stated outcomes, by their place in the rule, that any of the cases comes to. */
export function outcomesReached(rule: CompiledRule, classes: ViewClasses, cases: CasesToRun): ReadonlySet<number> {
  const reached = new Set<number>();
  for (const one of cases.cases) {
    const { world, streamed } = caseWorld(cases.world, one.patch);
    const run = startRun(world, classes, caseOptions(rule, cases, one));
    const base = ruleVariables(run, rule);
    for (const subject of [...run.gateWorld.inventory.collection(rule.document.rule.subject.each).members, ...streamed.filter(({ kind }) => kind === rule.document.rule.subject.each)]) {
      const verdict = judge(run, rule, base, run.views.of(subject));
      if (verdict.outcome === "stated") reached.add(rule.outcomes.indexOf(verdict.stated));
    }
  }
  return reached;
}

function caseOptions(rule: CompiledRule, cases: CasesToRun, one: CaseToRun): EvaluateOptions {
  const profile = one.profile ?? cases.profile ?? rule.document.rule.profiles?.[0] ?? "on-premises";
  return { now: new Date(one.now ?? cases.now), profile, parameters: { [rule.id]: { ...cases.parameters, ...one.parameters } }, listMassPasses: true };
}

function runCase(rule: CompiledRule, classes: ViewClasses, cases: CasesToRun, one: CaseToRun): CaseResult {
  const built = caseWorld(cases.world, one.patch);
  const result = { rule: rule.id, name: one.name };
  if (built.problems.length > 0) return { ...result, problems: built.problems, findings: [] };
  try {
    const evaluation = evaluate(built.world, { rules: [rule], classes }, caseOptions(rule, cases, one));
    const findings = [...evaluation.findings, ...built.streamed.flatMap(evaluation.evaluateMass), ...evaluation.finishMass()];
    return { ...result, problems: [...differences(one, findings), ...missingMessage(one, findings)], findings };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { ...result, problems: [error.message], findings: [] };
  }
}

function differences(one: CaseToRun, findings: readonly Finding[]): string[] {
  const problems: string[] = [];
  for (const outcome of outcomes) {
    const expected = new Set(one.expect[outcome]);
    for (const finding of findings.filter((found) => found.outcome === outcome)) {
      const name = `${finding.subject.kind}/${finding.subject.id}`;
      if (!expected.delete(name)) problems.push(`${name} is ${outcome}, which is not expected: ${finding.message}`);
    }
    for (const name of expected) problems.push(`${name} is not ${outcome}.`);
  }
  return problems;
}

function missingMessage(one: CaseToRun, findings: readonly Finding[]): string[] {
  const { message } = one;
  if (message === undefined || findings.some((finding) => finding.message.includes(message))) return [];
  return [`No message holds «${message}»: ${findings.map((finding) => `«${finding.message}»`).join(", ") || "there is no finding"}.`];
}

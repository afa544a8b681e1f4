import type { SubjectView, ViewClasses } from "../expression/view.ts";
import { compareText } from "../model/compare-text.ts";
import { kindTitle } from "../model/kind-titles.ts";
import { kindNamed } from "../model/kinds.ts";
import type { Finding, Outcome } from "../model/finding.ts";
import type { Subject } from "../model/subject.ts";
import type { CompiledRule } from "./compiled-rule.ts";
import type { World } from "./inventory.ts";
import { bareFinding, findingOf, judge, outcomeOf } from "./judge.ts";
import { addReason, shownReasons, unknownMessage, type Reasons } from "./reasons.ts";
import { renderText } from "./render.ts";
import { rulesFor } from "./select-rules.ts";
import { ruleVariables, startRun, type EvaluateOptions, type Run } from "./run-state.ts";

/** The findings of one evaluation. */
export interface Evaluation {
  /** Findings on everything but mass subjects, ordered by rule, then by the subject's name and id. */
  readonly findings: readonly Finding[];
  /** Judges one streamed subject by the rules for its kind: the findings that are no passes, up to a limit; passes are counted. */
  readonly evaluateMass: (subject: Subject) => readonly Finding[];
  /** To be called once after the last streamed subject: per rule the passes as one finding with `count`, what could not be listed, and what it means that there was none. */
  readonly finishMass: () => readonly Finding[];
}

/**
 * Findings on mass subjects that are no problem, and unknown ones, that are listed of one rule and outcome. Where something that all users need was not read, each of a
 * million has the same finding, and nobody reads past the first thousands. Warnings and failures are listed all: each may be waived, compared and mended by itself.
 */
const maxListed = 5000;

function isListed(run: Run, outcome: Outcome, before: number): boolean {
  if (outcome === "pass") return run.options.listMassPasses === true;
  return outcome === "fail" || outcome === "warn" || before < maxListed;
}

interface Counted {
  readonly rule: CompiledRule;
  readonly base: Readonly<Record<string, unknown>>;
  /** Subjects by outcome. */
  readonly counts: Map<Outcome, number>;
}

/** Judges a world by rules. Pure: the clock is `options.now`. Throws a ConfigError for a parameter that does not fit. */
export function evaluate(world: World, { rules, classes }: { readonly rules: readonly CompiledRule[]; readonly classes: ViewClasses }, options: EvaluateOptions): Evaluation {
  const run = startRun(world, classes, options);
  const selected = rulesFor(rules, options.profile).toSorted((a, b) => compareText(a.id, b.id));
  const mass: Counted[] = [];
  const findings: Finding[] = [];
  for (const rule of selected) {
    const base = ruleVariables(run, rule);
    if (kindNamed(rule.document.rule.subject.each)?.mass === true) mass.push({ rule, base, counts: new Map() });
    else for (const finding of evaluateRule(run, rule, base)) findings.push(finding);
  }
  return {
    findings,
    evaluateMass: (subject) => evaluateStreamed(run, mass, subject),
    finishMass: () => mass.flatMap((counted) => finishCounted(run, counted)),
  };
}

function evaluateRule(run: Run, rule: CompiledRule, base: Readonly<Record<string, unknown>>): Finding[] {
  const { members } = run.gateWorld.inventory.collection(rule.document.rule.subject.each);
  const sorted = members.toSorted((a, b) => compareText(a.name, b.name) || compareText(a.id, b.id));
  const findings = sorted.flatMap((subject) => findingOf(run, rule, subject, judge(run, rule, base, run.views.of(subject))) ?? []);
  return [...findings, ...findingsOfSet(run, rule, base, findings.length)];
}

/** The finding about the set of subjects itself: that it is not known to be complete, or that nothing in it was to be judged. */
function findingsOfSet(run: Run, rule: CompiledRule, base: Readonly<Record<string, unknown>>, judged: number): Finding[] {
  const { inventory } = run.gateWorld;
  const collection = inventory.collection(rule.document.rule.subject.each);
  if (collection.reasons.length > 0) {
    const reasons: Reasons = new Map();
    for (const reason of collection.reasons) addReason(reasons, reason);
    return [{ ...bareFinding(run, rule, inventory.deployment, "unknown"), message: `${run.words.mayBeMore} ${unknownMessage(reasons, run.words)}`, reasons: shownReasons(reasons) }];
  }
  if (judged > 0) return [];
  const variables = { values: base, unread: undefined };
  const message = rule.none === undefined ? run.words.nothingToCheck(kindTitle(rule.document.rule.subject.each, run.options.language ?? "en")) : renderText(run, rule.none.message, variables, inventory.deployment);
  return [{ ...bareFinding(run, rule, inventory.deployment, rule.none?.outcome ?? "not-applicable"), message }];
}

function evaluateStreamed(run: Run, mass: readonly Counted[], subject: Subject): Finding[] {
  const view = run.views.streamed(subject);
  const findings: Finding[] = [];
  for (const counted of mass) {
    if (counted.rule.document.rule.subject.each !== subject.kind) continue;
    const finding = evaluateCounted(run, counted, view);
    if (finding !== undefined) findings.push(finding);
  }
  return findings;
}

function evaluateCounted(run: Run, counted: Counted, view: SubjectView): Finding | undefined {
  const { $subject: subject } = view;
  const verdict = judge(run, counted.rule, counted.base, view);
  const outcome = outcomeOf(verdict);
  if (outcome === undefined) return undefined;
  const before = counted.counts.get(outcome) ?? 0;
  counted.counts.set(outcome, before + 1);
  return isListed(run, outcome, before) ? findingOf(run, counted.rule, subject, verdict) : undefined;
}

function finishCounted(run: Run, { rule, base, counts }: Counted): Finding[] {
  const kind = rule.document.rule.subject.each;
  const ofSet = findingsOfSet(run, rule, base, [...counts.values()].reduce((sum, count) => sum + count, 0));
  // Names of subjects are the same in every language: JUnit and others know a finding again by them.
  const { passed, notListed } = run.words;
  const rest = [...counts].flatMap(([outcome, count]): Finding[] => {
    if (outcome === "pass") return run.options.listMassPasses === true ? [] : [{ ...bareFinding(run, rule, { kind, id: "*", name: "all that pass" }, outcome), message: passed(count), count }];
    const left = isListed(run, outcome, maxListed) ? 0 : count - maxListed;
    return left > 0 ? [{ ...bareFinding(run, rule, { kind, id: `*${outcome}`, name: "further ones" }, outcome), message: notListed(left), count: left }] : [];
  });
  return [...rest.toSorted((a, b) => Number(b.outcome === "pass") - Number(a.outcome === "pass")), ...ofSet];
}

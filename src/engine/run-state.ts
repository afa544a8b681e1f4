import type { CompiledExpression } from "../expression/compile.ts";
import { plurals } from "../expression/plural.ts";
import { createViews, type SubjectView, type ViewClasses, type Views } from "../expression/view.ts";
import type { ProfileName, ParameterValue } from "../model/rule.ts";
import { findingWords, type FindingWords } from "../model/finding-words.ts";
import type { Severity } from "../model/finding.ts";
import type { Language } from "../model/language.ts";
import type { Subject } from "../model/subject.ts";
import type { CompiledRule } from "./compiled-rule.ts";
import { crashReasons, gate, type GateWorld, type Variables } from "./gate.ts";
import { takeInventory, type World } from "./inventory.ts";
import { parameterValues } from "./parameters.ts";
import type { Reasons } from "./reasons.ts";

/** How rules are evaluated. */
export interface EvaluateOptions {
  /** When the snapshot is judged. */
  readonly now: Date;
  readonly profile: ProfileName;
  /** Values of parameters by rule id and name; a parameter that is not there has its default. */
  readonly parameters?: Readonly<Record<string, Readonly<Record<string, ParameterValue>>>>;
  /** Severities by rule id that a profile sets in place of the rule's own. */
  readonly severities?: Readonly<Record<string, Severity>>;
  /** Lists the passes of mass subjects instead of counting them: for cases, where they are few. */
  readonly listMassPasses?: boolean;
  /** The language of what the program itself says in findings; English unless told. */
  readonly language?: Language;
}

/** One evaluation while it runs. */
export interface Run {
  readonly gateWorld: GateWorld;
  readonly views: Views;
  readonly options: EvaluateOptions;
  readonly words: FindingWords;
  /** What the expression that runs read without having been allowed to; its result must not count. */
  breach: string | undefined;
  /** What came out of each `where` for the last subject: rules for users mostly share theirs. */
  selections: { readonly view: SubjectView; readonly byText: Map<string, Worked> } | undefined;
}

/** Starts an evaluation of a world. */
export function startRun(world: World, classes: ViewClasses, options: EvaluateOptions): Run {
  const inventory = takeInventory(world);
  const run: Run = {
    gateWorld: { inventory, shared: new WeakMap() },
    views: createViews(classes, world.subjects, (message) => {
      run.breach ??= message;
    }),
    options,
    words: findingWords(options.language),
    breach: undefined,
    selections: undefined,
  };
  return run;
}

/** The variables of a rule that do not depend on the subject. */
export function ruleVariables(run: Run, rule: CompiledRule): Readonly<Record<string, unknown>> {
  const { inventory } = run.gateWorld;
  const values: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  Object.assign(values, { now: run.options.now, deployment: run.views.of(inventory.deployment) });
  if (rule.parametersClass !== undefined) values["parameters"] = new rule.parametersClass(parameterValues(rule.document.rule, run.options.parameters?.[rule.id]));
  for (const name of rule.plurals) {
    const kind = plurals.get(name);
    if (kind !== undefined) values[name] = inventory.collection(kind).members.map((subject) => run.views.of(subject));
  }
  return values;
}

/** The variables for one subject of a rule. The rule's own are inherited, not copied: this happens for every user and every rule. */
export function subjectVariables(rule: CompiledRule, base: Readonly<Record<string, unknown>>, view: SubjectView): Variables {
  const values = Object.create(base) as Record<string, unknown>;
  values[rule.document.rule.subject.as] = view;
  return { values, unread: undefined };
}

/** Notes that a variable could not be worked out. */
export function noteUnread(variables: Variables, name: string, reasons: Reasons): void {
  variables.unread ??= new Map();
  variables.unread.set(name, reasons);
}

/** The value of an expression, or why there is none. */
export type Worked = { readonly done: true; readonly value: unknown } | { readonly done: false; readonly reasons: Reasons };

/** Works an expression out for a subject, after the gate. `part` names it, should it crash. */
export function workOut(run: Run, expression: CompiledExpression, variables: Variables, subject: Subject, part: string): Worked {
  const passage = gate(run.gateWorld, expression, variables);
  if (!passage.open) return { done: false, reasons: passage.reasons };
  run.breach = undefined;
  try {
    const value = expression.run(passage.input);
    if (run.breach === undefined) return { done: true, value };
  } catch (error) {
    run.breach ??= errorSummary(error);
  }
  return { done: false, reasons: crashReasons(subject, part, run.breach) };
}

/** Works out a rule's `where`, once per subject for all rules that have the same one. */
export function workOutWhere(run: Run, where: CompiledExpression, variables: Variables, view: SubjectView): Worked {
  if (where.parameters.size > 0) return workOut(run, where, variables, view.$subject, "where");
  if (run.selections?.view !== view) run.selections = { view, byText: new Map() };
  const { byText } = run.selections;
  // The same text compiled in two rules names the same variables, so it means the same; only parameters differ from rule to rule.
  const there = byText.get(where.text);
  if (there !== undefined) return there;
  const worked = workOut(run, where, variables, view.$subject, "where");
  byText.set(where.text, worked);
  return worked;
}

/** cel-js's errors have the sentence without the quoted expression as `summary`. */
function errorSummary(error: unknown): string {
  const summary = typeof error === "object" && error !== null && "summary" in error ? error.summary : undefined;
  if (typeof summary === "string") return summary;
  return error instanceof Error ? error.message : String(error);
}

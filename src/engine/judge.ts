import type { Template } from "../expression/template.ts";
import type { SubjectView } from "../expression/view.ts";
import type { Finding, Outcome } from "../model/finding.ts";
import type { Subject } from "../model/subject.ts";
import type { CompiledOutcome, CompiledRemedy, CompiledRule } from "./compiled-rule.ts";
import { evidenceOf } from "./evidence.ts";
import type { Variables } from "./gate.ts";
import { refTo } from "./inventory.ts";
import { addReason, shownReasons, unknownMessage, type Reasons } from "./reasons.ts";
import { renderRemedy, renderText } from "./render.ts";
import { noteUnread, subjectVariables, workOut, workOutWhere, type Run } from "./run-state.ts";

/** What a rule says of a subject, before it is put into words. */
export type Verdict =
  | { readonly outcome: "not-selected" }
  | { readonly outcome: "pass"; readonly variables: Variables }
  | { readonly outcome: "stated"; readonly stated: CompiledOutcome; readonly variables: Variables }
  | { readonly outcome: "unknown"; readonly reasons: Reasons; readonly variables: Variables };

/** Judges one subject by one rule (docs/rules.md, "What was not read"). `base` are the rule's variables. */
export function judge(run: Run, rule: CompiledRule, base: Readonly<Record<string, unknown>>, view: SubjectView): Verdict {
  const { $subject: subject } = view;
  const variables = subjectVariables(rule, base, view);
  if (rule.where !== undefined) {
    const selected = workOutWhere(run, rule.where, variables, view);
    if (!selected.done) {
      for (const { name } of rule.with) noteUnread(variables, name, selected.reasons);
      return { outcome: "unknown", reasons: selected.reasons, variables };
    }
    if (selected.value !== true) return { outcome: "not-selected" };
  }
  for (const { name, expression } of rule.with) {
    const worked = workOut(run, expression, variables, subject, `with ${name}`);
    if (worked.done) variables.values[name] = worked.value;
    else noteUnread(variables, name, worked.reasons);
  }
  return firstThatHolds(run, rule, variables, subject);
}

/** A condition that holds after undecided ones counts only if it and all of them say `fail`: then it fails however they turn out. */
function firstThatHolds(run: Run, rule: CompiledRule, variables: Variables, subject: Subject): Verdict {
  let reasons: Reasons | undefined;
  let onlyFails = true;
  for (const stated of rule.outcomes) {
    const worked = workOut(run, stated.condition, variables, subject, stated.part);
    if (!worked.done) {
      reasons ??= new Map();
      for (const reason of worked.reasons.values()) addReason(reasons, reason);
      onlyFails &&= stated.outcome === "fail";
    } else if (worked.value === true) {
      if (reasons === undefined || (onlyFails && stated.outcome === "fail")) return { outcome: "stated", stated, variables };
      break;
    }
  }
  return reasons === undefined ? { outcome: "pass", variables } : { outcome: "unknown", reasons, variables };
}

/** The outcome of a verdict; none for a subject that was not selected. */
export function outcomeOf(verdict: Verdict): Outcome | undefined {
  if (verdict.outcome === "stated") return verdict.stated.outcome;
  return verdict.outcome === "not-selected" ? undefined : verdict.outcome;
}

/** The finding that a verdict makes; none for a subject that was not selected. */
export function findingOf(run: Run, rule: CompiledRule, subject: Subject, verdict: Verdict): Finding | undefined {
  switch (verdict.outcome) {
    case "not-selected":
      return undefined;
    case "pass":
      return told(run, rule, subject, { ...verdict, template: rule.pass });
    case "stated":
      return told(run, rule, subject, { outcome: verdict.stated.outcome, variables: verdict.variables, template: verdict.stated.message, remedy: verdict.stated.remedy ?? rule.remedy });
    case "unknown":
      return { ...told(run, rule, subject, verdict), message: unknownMessage(verdict.reasons, run.words), reasons: shownReasons(verdict.reasons) };
    default:
      return verdict satisfies never;
  }
}

interface Telling {
  readonly outcome: Outcome;
  readonly variables: Variables;
  readonly template?: Template | undefined;
  readonly remedy?: CompiledRemedy | undefined;
}

function told(run: Run, rule: CompiledRule, subject: Subject, telling: Telling): Finding {
  const { outcome, variables } = telling;
  const message = telling.template === undefined ? "" : renderText(run, telling.template, variables, subject);
  const remedy = (outcome === "fail" || outcome === "warn") && telling.remedy !== undefined ? renderRemedy(run, telling.remedy, variables, subject) : undefined;
  const finding = { ...bareFinding(run, rule, subject, outcome), message, evidence: evidenceOf(run, rule, variables, subject) };
  return remedy === undefined ? finding : { ...finding, remedy };
}

/** A finding of a rule with nothing said yet. */
export function bareFinding(run: Run, rule: CompiledRule, subject: Pick<Subject, "kind" | "id" | "name">, outcome: Outcome): Finding {
  const { id, title, requirements, severity, references } = rule.document.rule;
  return { rule: id, title, requirements, severity: run.options.severities?.[id] ?? severity, subject: refTo(subject), outcome, message: "", reasons: [], evidence: [], references, disposition: "open" };
}

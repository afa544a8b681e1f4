import { isOptional } from "../expression/cel.ts";
import { plurals } from "../expression/plural.ts";
import { rawText, valueText } from "../expression/value-text.ts";
import { subjectOrMissing, SubjectView } from "../expression/view.ts";
import { factNamed, type KindName } from "../model/kinds.ts";
import type { Fact } from "../model/fact-type.ts";
import type { Evidence } from "../model/finding.ts";
import type { Observation } from "../model/observation.ts";
import type { Subject } from "../model/subject.ts";
import type { CompiledRule, EvidencePath } from "./compiled-rule.ts";
import { factState } from "./fact-state.ts";
import type { Variables } from "./gate.ts";
import { refTo } from "./inventory.ts";
import type { Reasons } from "./reasons.ts";
import type { Run } from "./run-state.ts";

const maxEvidence = 30;
const maxTextLength = 1000;

interface Shown {
  readonly run: Run;
  readonly path: EvidencePath;
  readonly evidence: Map<string, Evidence>;
}

/** What the reader is shown of a check: each fact of the rule's evidence paths once, read or not, at most 30. */
export function evidenceOf(run: Run, rule: CompiledRule, variables: Variables, subject: Subject): readonly Evidence[] {
  const evidence = new Map<string, Evidence>();
  for (const path of rule.evidence) showRoot({ run, path, evidence }, variables, subject);
  const all = [...evidence.values()];
  if (all.length <= maxEvidence) return all;
  return [...all.slice(0, maxEvidence - 1), { subject: refTo(subject), fact: "…", value: `… and ${all.length - maxEvidence + 1} more`, state: "known" }];
}

function add(shown: Shown, item: Evidence): void {
  shown.evidence.set(JSON.stringify([item.subject.kind, item.subject.id, item.fact]), item);
}

function showRoot(shown: Shown, variables: Variables, subject: Subject): void {
  const { path, run } = shown;
  const kind = plurals.get(path.root);
  const unread: Reasons | undefined = variables.unread?.get(path.root);
  for (const reason of [...(unread?.values() ?? []), ...(kind === undefined ? [] : run.gateWorld.inventory.collection(kind).reasons)]) {
    add(shown, { subject: reason.subject, fact: reason.fact, value: `not read: ${reason.reason} ${reason.detail}`, state: "unknown" });
  }
  if (unread !== undefined) return;
  const value = variables.values[path.root];
  if (path.facts.length === 0) add(shown, { subject: refTo(subject), fact: path.text, value: clipped(rootText(value, path.fields)), state: "known" });
  else showValue(shown, value);
}

function rootText(value: unknown, fields: readonly string[]): string {
  if (fields.length === 0) return valueText(value);
  return innerValues(value).map((item) => valueText(fields.reduce((at, field) => (at as Readonly<Record<string, unknown>>)[field], item))).join(", ");
}

function innerValues(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(innerValues);
  return isOptional(value) ? (value.hasValue() ? innerValues(value.value()) : []) : [value];
}

function showValue(shown: Shown, value: unknown): void {
  for (const item of innerValues(value)) if (item instanceof SubjectView) showFact(shown, item.$subject, 0);
}

function showFact(shown: Shown, subject: Subject, depth: number): void {
  const { path } = shown;
  const name = path.facts[depth];
  const fact = name === undefined ? undefined : factNamed(subject.kind, name);
  if (name === undefined || fact === undefined) return;
  const state = factState(subject, name, fact);
  const last = depth === path.facts.length - 1;
  const source = state.source === undefined ? {} : { source: state.source };
  if (state.state === "unknown") add(shown, { subject: refTo(subject), fact: name, value: `not read: ${state.reason} ${state.detail}`, state: "unknown", ...source });
  else if (state.state === "absent") add(shown, { subject: refTo(subject), fact: name, value: "absent", state: "absent", ...source });
  else if (last) add(shown, { subject: refTo(subject), fact: [name, ...path.fields].join("."), value: clipped(factText(shown.run, fact, state, path.fields)), state: "known", ...source });
  else for (const next of referred(shown.run, fact, state.value)) showFact(shown, next, depth + 1);
}

function referred(run: Run, fact: Fact, value: unknown): Subject[] {
  const type = fact.type.type === "list" ? fact.type.of : fact.type;
  if (type.type !== "ref") return [];
  const kind = type.kind as KindName;
  const ids = (Array.isArray(value) ? value : [value]) as readonly string[];
  return ids.map((id) => subjectOrMissing(run.gateWorld.inventory.subjects, kind, id));
}

function factText(run: Run, fact: Fact, state: Extract<Observation, { state: "known" }>, fields: readonly string[]): string {
  const subjects = referred(run, fact, state.value);
  if (subjects.length > 0) return subjects.map(({ name }) => name).join(", ");
  if (fields.length === 0) return rawText(state.value);
  const items = Array.isArray(state.value) ? state.value : [state.value];
  return items.map((item) => rawText(fields.reduce<unknown>((at, field) => (at as Readonly<Record<string, unknown>> | undefined)?.[field], item) ?? "absent")).join(", ");
}

function clipped(text: string): string {
  return text.length > maxTextLength ? `${text.slice(0, maxTextLength)}…` : text;
}

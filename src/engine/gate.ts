import type { CompiledExpression } from "../expression/compile.ts";
import type { Gated } from "../expression/gated.ts";
import { isOptional } from "../expression/cel.ts";
import type { Need } from "../expression/need.ts";
import { plurals } from "../expression/plural.ts";
import { subjectOrMissing, SubjectView } from "../expression/view.ts";
import type { KindName } from "../model/kinds.ts";
import type { FindingReason } from "../model/finding.ts";
import type { Subject } from "../model/subject.ts";
import { factState, reasonFor } from "./fact-state.ts";
import type { Inventory } from "./inventory.ts";
import { addReason, type Reasons } from "./reasons.ts";

/** The variables of one subject's check. One that could not be worked out has its reasons in `unread` and no value. */
export interface Variables {
  readonly values: Record<string, unknown>;
  unread: Map<string, Reasons> | undefined;
}

/** What the gate looks at, for one evaluation. */
export interface GateWorld {
  readonly inventory: Inventory;
  /** What plurals and the deployment lack, by need: it is the same for every subject. */
  readonly shared: WeakMap<Need, Reasons>;
}

/** Either the input of the expression's run, or why it must not run. */
export type GateResult = { readonly open: true; readonly input: Gated } | { readonly open: false; readonly reasons: Reasons };

/** Looks at every fact that an expression reads of the subjects in its variables. Nothing else makes the input of a run, so an expression never meets a fact that was not read. */
export function gate(world: GateWorld, expression: CompiledExpression, variables: Variables): GateResult {
  const look: Look = { inventory: world.inventory, reasons: undefined, seen: undefined };
  for (const { name, need, isShared } of expression.rootNeeds) {
    const unread = variables.unread?.get(name);
    if (unread !== undefined) addAll(look, unread);
    else if (isShared) addAll(look, sharedReasons(world, name, need));
    else if (need.facts.length > 0) lookAt(look, variables.values[name], need);
  }
  return look.reasons === undefined ? { open: true, input: variables.values as Gated } : { open: false, reasons: look.reasons };
}

function addAll(look: Look, from: Reasons): void {
  for (const reason of from.values()) note(look, reason);
}

function note(look: Look, reason: FindingReason): void {
  look.reasons ??= new Map();
  addReason(look.reasons, reason);
}

function sharedReasons(world: GateWorld, name: string, need: Need): Reasons {
  const there = world.shared.get(need);
  if (there !== undefined) return there;
  const kind = plurals.get(name);
  const look: Look = { inventory: world.inventory, reasons: undefined, seen: new Map() };
  if (kind === undefined) {
    lookAtSubject(look, world.inventory.deployment, need);
  } else {
    const collection = world.inventory.collection(kind);
    for (const reason of collection.reasons) note(look, reason);
    for (const member of collection.members) lookAtSubject(look, member, need);
  }
  const reasons: Reasons = look.reasons ?? new Map();
  world.shared.set(need, reasons);
  return reasons;
}

interface Look {
  readonly inventory: Inventory;
  /** Made with the first reason: almost always there is none. */
  reasons: Reasons | undefined;
  /** Subjects that were looked at for a need; kept once a list is met, where the same subject may come again and again. */
  seen: Map<Need, Set<Subject>> | undefined;
}

function lookAt(look: Look, value: unknown, need: Need): void {
  if (value instanceof SubjectView) lookAtSubject(look, value.$subject, need);
  else if (Array.isArray(value)) {
    look.seen ??= new Map();
    for (const item of value) lookAt(look, item, need);
  } else if (isOptional(value) && value.hasValue()) lookAt(look, value.value(), need);
}

function lookAtSubject(look: Look, subject: Subject, need: Need): void {
  if (look.seen !== undefined && isSeen(look.seen, subject, need)) return;
  for (const { name, fact, next } of need.facts) {
    const state = factState(subject, name, fact);
    if (state.state === "unknown") note(look, reasonFor(subject, name, state));
    else if (state.state === "known" && next.kind !== undefined && next.facts.length > 0) lookAtReferred(look, next.kind, state.value, next);
  }
}

function isSeen(seen: Map<Need, Set<Subject>>, subject: Subject, need: Need): boolean {
  const subjects = seen.get(need);
  if (subjects === undefined) seen.set(need, new Set([subject]));
  else if (subjects.has(subject)) return true;
  else subjects.add(subject);
  return false;
}

function lookAtReferred(look: Look, kind: KindName, value: unknown, need: Need): void {
  if (Array.isArray(value)) {
    look.seen ??= new Map();
    for (const id of value) lookAtSubject(look, subjectOrMissing(look.inventory.subjects, kind, id as string), need);
  } else lookAtSubject(look, subjectOrMissing(look.inventory.subjects, kind, value as string), need);
}

/** Reasons for something that went wrong while a rule ran. */
export function crashReasons(subject: Subject, part: string, detail: string): Reasons {
  const reason: FindingReason = { reason: "collector-error", subject: { kind: subject.kind, id: subject.id, name: subject.name }, fact: part, detail };
  const reasons: Reasons = new Map();
  addReason(reasons, reason);
  return reasons;
}

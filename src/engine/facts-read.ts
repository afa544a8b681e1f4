import type { CompiledExpression } from "../expression/compile.ts";
import { isOptional } from "../expression/cel.ts";
import type { Need } from "../expression/need.ts";
import { plurals } from "../expression/plural.ts";
import { subjectOrMissing, SubjectView } from "../expression/view.ts";
import { kindNamed, type KindName } from "../model/kinds.ts";
import type { Subject } from "../model/subject.ts";
import type { Variables } from "./gate.ts";
import type { Inventory } from "./inventory.ts";

/** A fact that a check looks at, of a subject. */
export interface FactRead {
  readonly subject: Subject;
  readonly fact: string;
}

/** The facts that the gate looks at before it lets these expressions run, as far as they can be reached. Each once. */
export function factsRead(inventory: Inventory, expressions: readonly CompiledExpression[], variables: Variables): readonly FactRead[] {
  const read = new Map<string, FactRead>();
  const note = (subject: Subject, fact: string) => {
    const key = JSON.stringify([subject.kind, subject.id, fact]);
    if (!read.has(key)) read.set(key, { subject, fact });
  };
  const seen = new Map<Need, Set<string>>();
  const ofSubject = (subject: Subject, need: Need): void => {
    const subjects = seen.get(need) ?? new Set();
    seen.set(need, subjects);
    if (subjects.has(subject.id)) return;
    subjects.add(subject.id);
    for (const { name, next } of need.facts) {
      note(subject, name);
      for (const other of referred(inventory, subject, name, next)) ofSubject(other, next);
    }
  };
  for (const expression of expressions) {
    for (const [name, need] of expression.needs) {
      const kind = plurals.get(name);
      if (kind !== undefined) for (const owner of listOwners(inventory, kind)) note(owner.subject, owner.fact);
      for (const subject of subjectsIn(kind === undefined ? variables.values[name] : inventory.collection(kind).members)) ofSubject(subject, need);
    }
  }
  return [...read.values()];
}

function referred(inventory: Inventory, subject: Subject, fact: string, next: Need): Subject[] {
  const { kind } = next;
  const observation = subject.facts[fact];
  if (kind === undefined || next.facts.length === 0 || observation?.state !== "known") return [];
  return ([observation.value].flat() as readonly string[]).map((id) => subjectOrMissing(inventory.subjects, kind, id));
}

function listOwners(inventory: Inventory, kind: KindName): FactRead[] {
  return (kindNamed(kind)?.listedBy ?? []).flatMap((list) => {
    const owner = list.kind as KindName;
    return [...listOwners(inventory, owner), ...inventory.collection(owner).members.map((subject) => ({ subject, fact: list.fact }))];
  });
}

function subjectsIn(value: unknown): Subject[] {
  if (value instanceof SubjectView) return [value.$subject];
  if (Array.isArray(value)) return value.flatMap((item: unknown) => (isSubject(item) ? [item] : subjectsIn(item)));
  return isOptional(value) && value.hasValue() ? subjectsIn(value.value()) : [];
}

function isSubject(value: unknown): value is Subject {
  return typeof value === "object" && value !== null && "facts" in value && !(value instanceof SubjectView);
}

import { factOf } from "../model/fact-read.ts";
import type { FactName, FactValue, KindName } from "../model/kinds.ts";
import { unknown, type Observation } from "../model/observation.ts";
import type { Subject, SubjectIndex } from "../model/subject.ts";

/** Subjects to which derived facts are added. What is stated first stands, so an observed fact is never overwritten. */
export interface DerivedWorld extends SubjectIndex {
  /** Reads a fact, observed or derived before. */
  read<K extends KindName, F extends FactName<K>>(kind: K, id: string, fact: F): Observation<FactValue<K, F>>;
  state<K extends KindName, F extends FactName<K>>(kind: K, id: string, fact: F, observation: Observation<FactValue<K, F>>): void;
  /** Adds a subject that only exists by derivation. */
  add(subject: Subject): void;
}

/** A world over observed subjects; those are not changed. */
export function derivedWorld(observed: SubjectIndex, kinds: readonly KindName[]): DerivedWorld {
  const held = new Map(kinds.map((kind) => [kind, new Map(observed.all(kind).map((subject) => [subject.id, { ...subject, facts: { ...subject.facts } }]))]));
  const find = (kind: KindName, id: string): { facts: Record<string, Observation> } | undefined => held.get(kind)?.get(id);
  return {
    all: (kind) => [...(held.get(kind)?.values() ?? [])],
    get: (kind, id) => held.get(kind)?.get(id),
    read(kind, id, fact) {
      const subject = held.get(kind)?.get(id);
      if (subject === undefined) return unknown("not-collected", `${id} was not read`);
      return factOf(subject, kind, fact);
    },
    state(kind, id, fact, observation) {
      const subject = find(kind, id);
      if (subject !== undefined && !Object.hasOwn(subject.facts, fact)) subject.facts[fact] = observation;
    },
    add(subject) {
      const subjects = held.get(subject.kind);
      if (subjects !== undefined && !subjects.has(subject.id)) subjects.set(subject.id, { ...subject, facts: { ...subject.facts } });
    },
  };
}

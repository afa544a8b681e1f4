import { kinds, type KindName } from "../model/kinds.ts";
import type { Observation } from "../model/observation.ts";
import type { Observer, Subject, SubjectIndex, SubjectRef } from "../model/subject.ts";

interface Held {
  readonly ref: SubjectRef;
  readonly facts: Record<string, Observation>;
}

/** Takes one mass subject; resolves when there is room for more. */
export type MassSink = (subject: Subject) => Promise<void>;

/** What a run holds in memory while it collects. */
export interface Store extends Observer, SubjectIndex {
  /** All subjects, kind by kind, in the order in which they were met. */
  entries(): Iterable<Subject>;
}

/**
 * Makes an empty store. An observation replaces what was there only if it knows more: a known or absent fact is never replaced by an unknown one, and of two
 * known ones the first stands (collectors state facts of their own source only).
 */
export function createStore(massSink: MassSink): Store {
  const held = new Map<KindName, Map<string, Held>>();
  const ofKind = (kind: KindName): Map<string, Held> => {
    const there = held.get(kind);
    if (there !== undefined) return there;
    const made = new Map<string, Held>();
    held.set(kind, made);
    return made;
  };
  const view = ({ ref, facts }: Held): Subject => ({ ...ref, facts });
  return {
    subject(ref) {
      const subjects = ofKind(ref.kind);
      if (!subjects.has(ref.id)) subjects.set(ref.id, { ref, facts: {} });
    },
    observe(kind, id, fact, observation) {
      const subject = held.get(kind)?.get(id);
      if (subject === undefined) throw new Error(`observed ${kind}.${fact} of ${id} before the subject was made known`);
      if (!Object.hasOwn(kinds[kind].facts, fact)) throw new Error(`no fact ${kind}.${fact}`);
      const before = Object.hasOwn(subject.facts, fact) ? subject.facts[fact] : undefined;
      if (before === undefined || before.state === "unknown") subject.facts[fact] = observation;
    },
    stream: massSink,
    all: (kind) => [...(held.get(kind)?.values() ?? [])].map(view),
    get(kind, id) {
      const subject = held.get(kind)?.get(id);
      return subject === undefined ? undefined : view(subject);
    },
    *entries() {
      for (const subjects of held.values()) for (const subject of subjects.values()) yield view(subject);
    },
  };
}

/** An index over subjects that are at hand. */
export function indexOf(subjects: Iterable<Subject>): SubjectIndex {
  const byKind = new Map<KindName, Map<string, Subject>>();
  for (const subject of subjects) {
    const there = byKind.get(subject.kind) ?? new Map<string, Subject>();
    there.set(subject.id, subject);
    byKind.set(subject.kind, there);
  }
  return { all: (kind) => [...(byKind.get(kind)?.values() ?? [])], get: (kind, id) => byKind.get(kind)?.get(id) };
}

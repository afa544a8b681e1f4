import type { FactName, FactValue, KindName } from "../../src/model/kinds.ts";
import { absent, known, unknown, type Observation } from "../../src/model/observation.ts";
import type { Subject } from "../../src/model/subject.ts";
import { indexOf } from "../../src/snapshot/store.ts";

/** `undefined` states absence, `missing` that a fact was not read; everything else is known. */
export const missing = Symbol("not read");

type Stated<K extends KindName> = { readonly [F in FactName<K>]?: FactValue<K, F> | undefined | typeof missing };

/** A subject for a test. */
export function subject<K extends KindName>(kind: K, id: string, facts: Stated<K>): Subject {
  const observe = (value: unknown): Observation => (value === missing ? unknown("timeout", "not read in the test") : value === undefined ? absent("test") : known(value, "test"));
  return { kind, id, name: id, facts: Object.fromEntries(Object.entries(facts).map(([fact, value]) => [fact, observe(value)])) };
}

/** An index of subjects for a test. */
export function worldOf(...subjects: readonly Subject[]) {
  return indexOf(subjects);
}

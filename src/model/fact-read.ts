import type { FactName, FactValue, KindName } from "./kinds.ts";
import { unknown, type Observation } from "./observation.ts";
import type { Subject } from "./subject.ts";

/** The observation of a fact; one that nobody made is unknown (not-collected). */
export function factOf<K extends KindName, F extends FactName<K>>(subject: Subject | undefined, _kind: K, fact: F): Observation<FactValue<K, F>> {
  const observation = subject?.facts[fact];
  return (observation as Observation<FactValue<K, F>> | undefined) ?? unknown("not-collected", subject === undefined ? "the object was not read" : "not read in this run");
}

/** The value of a fact where it is known, else undefined. For planning what to read next, never for judging. */
export function valueOf<K extends KindName, F extends FactName<K>>(subject: Subject | undefined, kind: K, fact: F): FactValue<K, F> | undefined {
  const observation = factOf(subject, kind, fact);
  return observation.state === "known" ? observation.value : undefined;
}

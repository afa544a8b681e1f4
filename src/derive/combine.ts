import { absent, known, unknown, type Observation, type Unknown } from "../model/observation.ts";

/** What facts worked out from others are said to come from. */
export const derivedSource = "worked out";

/** A fact worked out from one other; unknown and absent stay what they are. */
export function mapped<A, B>(from: Observation<A>, change: (value: A) => B): Observation<B> {
  return from.state === "known" ? known(change(from.value), from.source) : from;
}

/** A fact worked out from one other by a function that may not know. */
export function chained<A, B>(from: Observation<A>, next: (value: A) => Observation<B>): Observation<B> {
  return from.state === "known" ? next(from.value) : from;
}

/** The first of several observations that is not known, made unknown (an absent mandatory fact is malformed); undefined when all are known. */
export function firstUnknown(observations: Iterable<Observation>): Unknown | undefined {
  for (const observation of observations) {
    if (observation.state === "unknown") return observation;
    if (observation.state === "absent") return unknown("malformed", "a value that every such object has is missing", observation.source);
  }
  return undefined;
}

/** The values of observations that are all known, else the first reason why not. */
export function allOf<T>(observations: readonly Observation<T>[]): Observation<readonly T[]> {
  const missing = firstUnknown(observations);
  return missing ?? known(observations.map((observation) => (observation as { value: T }).value), derivedSource);
}

/** Those members of a known list for which a fact says yes; unknown while the fact of any of them is. */
export function selected<M>(members: Observation<readonly M[]>, test: (member: M) => Observation<boolean>): Observation<readonly M[]> {
  return chained(members, (list) =>
    chained(allOf(list.map(test)), (verdicts) => known(list.filter((_, at) => verdicts[at] === true), derivedSource)),
  );
}

/** A known list joined from several; unknown while any of them is. */
export function joined<T>(lists: readonly Observation<readonly T[]>[]): Observation<readonly T[]> {
  return mapped(allOf(lists), (all) => all.flat());
}

/** An optional fact: the first member of a known list, absent when there is none. */
export function firstOf<T>(members: Observation<readonly T[]>): Observation<T> {
  return chained(members, ([first]) => (first === undefined ? absent(derivedSource) : known(first, derivedSource)));
}

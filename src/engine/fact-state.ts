import { fits } from "../model/fact-fits.ts";
import type { Fact } from "../model/fact-type.ts";
import type { FindingReason } from "../model/finding.ts";
import { unknown, type Observation, type Unknown } from "../model/observation.ts";
import type { Subject } from "../model/subject.ts";

/** What may be made of an observation: one that nobody made is not-collected, absence of what is never absent and values of another type are malformed. */
export function factState(subject: Subject, name: string, fact: Fact): Observation {
  const observation = Object.hasOwn(subject.facts, name) ? subject.facts[name] : undefined;
  if (observation === undefined) return unknown("not-collected", Object.keys(subject.facts).length === 0 ? "the object was not read" : "not read in this run");
  if (observation.state === "absent" && fact.optional !== true) return unknown("malformed", "absent, though it cannot be", observation.source);
  if (observation.state === "known" && !fits(fact.type, observation.value)) return unknown("malformed", "not a value that this fact can have", observation.source);
  return observation;
}

/** The reason that an unknown fact gives to a finding. */
export function reasonFor(subject: Subject, fact: string, state: Unknown): FindingReason {
  return { reason: state.reason, subject: { kind: subject.kind, id: subject.id, name: subject.name }, fact, detail: state.detail };
}

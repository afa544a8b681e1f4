import { fits } from "../model/fact-fits.ts";
import type { Fact } from "../model/fact-type.ts";
import { kindNamed, kinds } from "../model/kinds.ts";
import { unknown, unknownReasons, type Observation } from "../model/observation.ts";
import type { Subject } from "../model/subject.ts";
import { pathFacts } from "../model/path-facts.ts";
import { isRecord } from "../model/record.ts";

function isObservation(value: unknown): value is Observation {
  if (!isRecord(value)) return false;
  if (value["state"] === "known") return "value" in value && typeof value["source"] === "string";
  if (value["state"] === "absent") return typeof value["source"] === "string";
  return value["state"] === "unknown" && unknownReasons.some((reason) => reason === value["reason"]) && typeof value["detail"] === "string" && (value["source"] === undefined || typeof value["source"] === "string");
}

/** An observation as it may be used: a value that is not of the fact's type is unknown. */
function conforming(fact: Fact, observation: Observation): Observation {
  return observation.state === "known" && !fits(fact.type, observation.value) ? unknown("malformed", "the snapshot holds a value of another type here", observation.source) : observation;
}

/**
 * A line of a snapshot as a subject; undefined where it is none. Rules and derived facts rely on types, so that a value that is not what its fact is for, in a
 * damaged or hand-made file, becomes unknown here; facts that this version does not have are left out. No collector states a fact that is worked out from others,
 * and one that stood in the file would keep it from being worked out; a redacted snapshot alone brings what is worked out of the certificates that it lacks.
 */
export function subjectOf(value: unknown, { redacted = false }: { readonly redacted?: boolean | undefined } = {}): Subject | undefined {
  if (!isRecord(value) || typeof value["kind"] !== "string" || typeof value["id"] !== "string" || typeof value["name"] !== "string" || !isRecord(value["facts"])) return undefined;
  const kind = kindNamed(value["kind"]);
  if (kind === undefined) return undefined;
  const facts: Record<string, Observation> = {};
  for (const [name, observation] of Object.entries(value["facts"])) {
    if (!isObservation(observation)) return undefined;
    const fact = Object.hasOwn(kind.facts, name) ? kind.facts[name] : undefined;
    if (fact?.source === "derived" && !(redacted && kind === kinds.endpoint && pathFacts.some((one) => one === name))) return undefined;
    if (fact !== undefined) facts[name] = conforming(fact, observation);
  }
  return { kind: value["kind"] as Subject["kind"], id: value["id"], name: value["name"], facts };
}

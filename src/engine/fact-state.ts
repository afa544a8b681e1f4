import type { Fact, FactType, RecordType } from "../model/fact-type.ts";
import type { FindingReason } from "../model/finding.ts";
import { records } from "../model/kinds/records.ts";
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

function fits(type: FactType, value: unknown): boolean {
  switch (type.type) {
    case "string":
    case "ref":
      return typeof value === "string";
    case "int":
      return Number.isSafeInteger(value);
    case "bool":
      return typeof value === "boolean";
    case "enum":
      return typeof value === "string" && type.values.includes(value);
    case "timestamp":
      return typeof value === "string" && !Number.isNaN(Date.parse(value));
    case "list":
      return Array.isArray(value) && value.every((item) => fits(type.of, item));
    case "record":
      return typeof value === "object" && value !== null && fieldsFit((records as Readonly<Record<string, RecordType>>)[type.record] ?? {}, value as Readonly<Record<string, unknown>>);
    default:
      return type satisfies never;
  }
}

function fieldsFit(fields: RecordType, value: Readonly<Record<string, unknown>>): boolean {
  for (const name in fields) {
    const field = fields[name];
    const present = Object.hasOwn(value, name) && value[name] !== undefined;
    if (field !== undefined && (present ? !fits(field.type, value[name]) : field.optional !== true)) return false;
  }
  return true;
}

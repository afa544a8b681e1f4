import { records } from "../model/kinds/records.ts";
import type { Fact, FactType, RecordType } from "../model/fact-type.ts";
import { factNamed, kindNamed, typeText } from "../model/kinds.ts";
import { absent, known, unknown, unknownReasons, type Observation, type UnknownReason } from "../model/observation.ts";
import { factState } from "./fact-state.ts";

const source = "case";

/** Facts as a case states them, as observations. Problems are added to `problems`. */
export function statedFacts(kind: string, id: string, stated: Readonly<Record<string, unknown>>, problems: string[]): Record<string, Observation> {
  const facts: Record<string, Observation> = {};
  for (const [name, value] of Object.entries(stated)) {
    const fact = factNamed(kind, name);
    if (fact === undefined) problems.push(`${kind}/${id}: ${kind} has no fact ${name}; it has ${Object.keys(kindNamed(kind)?.facts ?? {}).join(", ")}.`);
    else facts[name] = observationOf(fact, value);
    const observation = facts[name];
    if (fact === undefined || observation === undefined || observation.state === "unknown") continue;
    const strange = unknownFields(fact.type, value);
    if (strange.length > 0) {
      problems.push(`${kind}/${id}: ${name} has no field ${strange.join(", ")}; it must be ${typeText(fact.type)}.`);
      continue;
    }
    const state = factState({ kind: "deployment", id, name: id, facts: { [name]: observation } }, name, fact);
    if (state.state === "unknown") problems.push(`${kind}/${id}: ${name} is ${JSON.stringify(value)}; it must be ${typeText(fact.type)}${fact.optional === true ? " or ~" : ""}.`);
  }
  return facts;
}

function observationOf(fact: Fact, value: unknown): Observation {
  if (value === null) return absent(source);
  const reason = unknownReasonOf(value);
  return reason === undefined ? known(completed(fact.type, value), source) : unknown(reason, "stated by the case", source);
}

function unknownReasonOf(value: unknown): UnknownReason | undefined {
  if (typeof value !== "object" || value === null || !("$unknown" in value)) return undefined;
  return unknownReasons.find((reason) => reason === value.$unknown);
}

/** A record of a case states the fields that matter; the others are empty. */
function completed(type: FactType, value: unknown): unknown {
  if (type.type === "list" && Array.isArray(value)) return value.map((item) => completed(type.of, item));
  if (type.type !== "record" || typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const fields = (records as Readonly<Record<string, RecordType>>)[type.record] ?? {};
  const stated = new Map<string, unknown>(Object.entries(value));
  for (const [name, field] of Object.entries(fields)) {
    if (stated.has(name)) stated.set(name, completed(field.type, stated.get(name)));
    else if (field.optional !== true) stated.set(name, emptyValue(field.type));
  }
  return Object.fromEntries(stated);
}

function unknownFields(type: FactType, value: unknown): string[] {
  if (type.type === "list" && Array.isArray(value)) return value.flatMap((item) => unknownFields(type.of, item));
  if (type.type !== "record" || typeof value !== "object" || value === null) return [];
  const fields = (records as Readonly<Record<string, RecordType>>)[type.record] ?? {};
  return Object.entries(value).flatMap(([name, item]) => (Object.hasOwn(fields, name) ? unknownFields(fields[name]?.type ?? type, item) : [name]));
}

function emptyValue(type: FactType): unknown {
  switch (type.type) {
    case "int":
      return 0;
    case "bool":
      return false;
    case "timestamp":
      return "1970-01-01T00:00:00.000Z";
    case "enum":
      return type.values[0];
    case "list":
      return [];
    case "record":
      return completed(type, {});
    default:
      return "";
  }
}

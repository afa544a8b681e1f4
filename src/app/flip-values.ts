import { fits } from "../model/fact-fits.ts";
import type { Fact, FactType, RecordType } from "../model/fact-type.ts";
import { factNamed } from "../model/kinds.ts";
import type { KindName } from "../model/kinds.ts";
import { absent, known, type Observation } from "../model/observation.ts";
import { records } from "../model/kinds/records.ts";
import { isRecord } from "../model/record.ts";
import type { SubjectIndex } from "../model/subject.ts";

/** Where values that a fact could have instead are taken from. */
export interface ValueSources {
  readonly index: SubjectIndex;
  /** Texts and numbers that the rule names, and texts of other facts that the check read. */
  readonly texts: readonly string[];
  readonly numbers: readonly number[];
  readonly now: Date;
}

const maxPerFact = 16;
const source = "what if";
const dayMs = 86_400_000;

/** What could stand in place of an observation: the other names of an enumeration, neighbouring numbers, values that other subjects have, lists with one more or one less. Bounded. */
export function otherValues(kind: KindName, name: string, observation: Observation | undefined, sources: ValueSources): readonly Observation[] {
  const fact = factNamed(kind, name);
  if (fact === undefined) return [];
  const value = observation?.state === "known" ? observation.value : undefined;
  const seen = sources.index.all(kind).flatMap(({ facts }) => {
    const other = Object.hasOwn(facts, name) ? facts[name] : undefined;
    return other?.state === "known" ? [other.value] : [];
  });
  const candidates = distinctBy([...valuesOf(fact.type, value, sources), ...seen].filter((other) => fits(fact.type, other))).filter((other) => JSON.stringify(other) !== JSON.stringify(value));
  return [...candidates.slice(0, maxPerFact).map((other) => known(other, source)), ...absences(fact, observation)];
}

function absences(fact: Fact, observation: Observation | undefined): readonly Observation[] {
  return fact.optional === true && observation?.state === "known" ? [absent(source)] : [];
}

function distinctBy(values: readonly unknown[]): readonly unknown[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

function valuesOf(type: FactType, value: unknown, sources: ValueSources): readonly unknown[] {
  switch (type.type) {
    case "bool":
      return [true, false];
    case "enum":
      return type.values;
    case "int":
      return [...(typeof value === "number" ? [value - 1, value + 1] : []), 0, ...sources.numbers.flatMap((number) => [number, number + 1, number - 1])];
    case "string":
      return sources.texts;
    case "timestamp":
      return [10 * 365, 1, -1, -10 * 365].map((days) => new Date(sources.now.getTime() + days * dayMs).toISOString());
    case "ref":
      return sources.index.all(type.kind as KindName).map(({ id }) => id);
    case "list":
      return listsOf(type.of, value, sources);
    case "record":
      return fieldsOf(type.record, value, sources);
    default:
      return type satisfies never;
  }
}

/** Nothing, one less, one more. Lists of what the check did not read are only emptied. */
function listsOf(type: FactType, value: unknown, sources: ValueSources): readonly unknown[] {
  if (!Array.isArray(value)) return [[]];
  const list: readonly unknown[] = value;
  const less = list.slice(0, maxPerFact).map((_, at) => list.filter((_item, other) => other !== at));
  const more = type.type === "record" ? [] : valuesOf(type, undefined, sources).filter((item) => !list.includes(item));
  return [[], ...less, ...more.slice(0, maxPerFact).map((item) => [...list, item])];
}

/** A record with one field changed: those of few values. */
function fieldsOf(record: string, value: unknown, sources: ValueSources): readonly unknown[] {
  if (!isRecord(value)) return [];
  const fields = Object.entries((records as Readonly<Record<string, RecordType>>)[record] ?? {});
  return fields.flatMap(([field, { type }]) => (type.type === "bool" || type.type === "enum" || type.type === "timestamp" ? valuesOf(type, value[field], sources).map((other) => ({ ...value, [field]: other })) : []));
}

import { factNamed, kindNamed } from "../model/kinds.ts";
import { records } from "../model/kinds/records.ts";
import type { RecordType } from "../model/fact-type.ts";
import { errorAt, plain, type Abstract, type Analysis } from "./analysis.ts";
import { needFact } from "./need.ts";
import { nameHint } from "../model/nearest-name.ts";
import { innermost, staticTypeOf, typeInWords, type StaticType } from "./static-type.ts";

interface Place {
  readonly start: number;
  readonly end: number;
}

/** Reads a fact of a subject or a field of a record, and notes that it is needed wherever the subject may come from. */
export function analyzeField(value: Abstract, name: string, place: Place): Abstract {
  const { type } = value;
  if (type.is === "subject") return analyzeFact(value, type.kind, name, place);
  if (type.is === "record") {
    const fields: RecordType = records[type.record];
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (field === undefined) throw errorAt(place, `${type.record} has no field ${name}.`, nameHint(name, Object.keys(fields)));
    return plain(staticTypeOf(field.type, field.optional));
  }
  if (type.is === "optional") throw errorAt(place, `This may be absent, so .${name} cannot be read of it directly.`, `Write .?${name} (an optional again), or .hasValue() and .value().`);
  if (type.is === "list") throw errorAt(place, `A ${typeInWords(type)} has no facts of its own.`, `Read them of its elements: .map(x, x.${name}).`);
  throw errorAt(place, `A ${typeInWords(type)} has no fields.`);
}

function analyzeFact(value: Abstract, kind: string, name: string, place: Place): Abstract {
  const fact = factNamed(kind, name);
  if (fact === undefined) throw errorAt(place, `${kind} has no fact ${name}.`, nameHint(name, Object.keys(kindNamed(kind)?.facts ?? {})));
  const type = staticTypeOf(fact.type, fact.optional);
  const inner = innermost(type);
  const needs = value.needs.map((need) => needFact(need, name, fact, inner.is === "subject" ? inner.kind : undefined));
  // A subject without a known origin would be read without being looked at first.
  if (needs.length === 0) throw errorAt(place, "It cannot be told which subject this fact is read of.", "Read it of a variable, an element of a list or a reference.");
  return { ...plain(type), needs };
}

/** Reads a field through an optional: the result is an optional again. */
export function analyzeOptionalField(value: Abstract, name: string, place: Place): Abstract {
  if (value.type.is !== "optional") throw errorAt(place, `.?${name} is for optional values; this is a ${typeInWords(value.type)}.`, `Write .${name}.`);
  const field = analyzeField({ ...value, type: value.type.of }, name, place);
  return { ...field, type: { is: "optional", of: field.type } };
}

/** Reads a parameter of the rule. */
export function analyzeParameter(analysis: Analysis, name: string, place: Place): Abstract {
  const type: StaticType | undefined = analysis.names.parameters.get(name);
  if (type === undefined) throw errorAt(place, `The rule has no parameter ${name}.`, nameHint(name, analysis.names.parameters.keys()));
  analysis.parameters.add(name);
  return plain(type);
}

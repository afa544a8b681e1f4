import { fits } from "../model/fact-fits.ts";
import type { FactType, RecordType } from "../model/fact-type.ts";
import { typeText } from "../model/kinds.ts";
import { records } from "../model/kinds/records.ts";
import { nameHint, nearestName } from "../model/nearest-name.ts";
import { isRecord } from "../model/record.ts";
import { shownValue } from "./shown-value.ts";

/** Why a value cannot be that of a fact, with what may help; undefined where it can. Nothing is filled in: a field that is left out is one that nobody planned. */
export function misfit(type: FactType, value: unknown): { readonly message: string; readonly hint?: string } | undefined {
  if (type.type === "list" && Array.isArray(value)) return value.map((item: unknown) => misfit(type.of, item)).find((one) => one !== undefined);
  if (type.type === "record" && isRecord(value)) return recordMisfit(type.record, value);
  if (fits(type, value)) return undefined;
  const message = `${shownValue(value)} is no ${typeText(type)}.`;
  if (type.type !== "enum" || typeof value !== "string") return { message };
  const nearest = nearestName(value, type.values);
  return nearest === undefined ? { message } : { message, hint: `Did you mean ${nearest}?` };
}

function recordMisfit(name: string, value: Readonly<Record<string, unknown>>): ReturnType<typeof misfit> {
  const fields = (records as Readonly<Record<string, RecordType>>)[name] ?? {};
  const strange = Object.keys(value).find((field) => !Object.hasOwn(fields, field));
  if (strange !== undefined) return { message: `${name} has no field ${strange}.`, hint: nameHint(strange, Object.keys(fields)) };
  const missing = Object.entries(fields).filter(([field, { optional }]) => optional !== true && !Object.hasOwn(value, field)).map(([field]) => field);
  if (missing.length > 0) return { message: `${name} lacks ${missing.join(", ")}.`, hint: "A record is planned whole." };
  for (const [field, item] of Object.entries(value)) {
    const wrong = fields[field] === undefined ? undefined : misfit(fields[field].type, item);
    if (wrong !== undefined) return { ...wrong, message: `${field}: ${wrong.message}` };
  }
  return undefined;
}

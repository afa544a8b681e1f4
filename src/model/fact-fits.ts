import type { FactType, RecordType } from "./fact-type.ts";
import { records } from "./kinds/records.ts";

/** Whether a value, of a snapshot or a collector, is one that a fact of this type can have. */
export function fits(type: FactType, value: unknown): boolean {
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

import type { Field } from "./field-types.ts";

/** Whether two answers can both be true. An unknown part agrees with everything; no value, an empty text and an empty list are the same, as exports write them at random. */
export function agree(a: unknown, b: unknown): boolean {
  if (isField(a) || isField(b)) return agreeAsFields(a, b);
  if (isNothing(a) || isNothing(b)) return isNothing(a) && isNothing(b);
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, index) => agree(item, b[index]));
  if (typeof a === "object" && typeof b === "object" && a !== null && b !== null) {
    const other = new Map<string, unknown>(Object.entries(b));
    return Object.entries(a).every(([key, value]) => agree(value, other.get(key)));
  }
  return a === b;
}

function agreeAsFields(a: unknown, b: unknown): boolean {
  if ((isField(a) && a.state === "unknown") || (isField(b) && b.state === "unknown")) return true;
  return agree(isField(a) ? contentOf(a) : a, isField(b) ? contentOf(b) : b);
}

function isField(value: unknown): value is Field<unknown> {
  return typeof value === "object" && value !== null && "state" in value && typeof value.state === "string";
}

function contentOf(field: Field<unknown>): unknown {
  return field.state === "known" ? field.value : null;
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
}

/** A field as plain data for a report: values in place of fields, null for no value, unknown parts left out. */
export function plainValue(value: unknown): unknown {
  if (isField(value)) return value.state === "unknown" ? undefined : plainValue(contentOf(value));
  if (Array.isArray(value)) return value.map(plainValue);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, inner]): [string, unknown] => [key, plainValue(inner)])
      .filter(([, inner]) => inner !== undefined),
  );
}

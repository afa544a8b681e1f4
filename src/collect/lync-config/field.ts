import type { Field, UnknownReason } from "./field-types.ts";

/** A field whose value was read. */
export function known<T>(value: T): Field<T> {
  return { state: "known", value };
}

/** The field of which the file says that it has no value. */
export const absent: Field<never> = { state: "absent" };

/** A field that could not be read. */
export function unknown(reason: UnknownReason, detail: string): Field<never> {
  return { state: "unknown", reason, detail };
}

/** The value of a field, or undefined where it is absent or unknown: for looking things up, never for judging. */
export function valueOf<T>(field: Field<T>): T | undefined {
  return field.state === "known" ? field.value : undefined;
}

/** Text from a file made fit for a message: no control characters, at most 120 characters. */
export function excerpt(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what must go
  const clean = text.slice(0, 400).replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff]+/g, " ").trim();
  return clean.length > 120 ? `${clean.slice(0, 119)}…` : clean;
}

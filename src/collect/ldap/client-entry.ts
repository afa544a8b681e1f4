import type { AttributeValue, Entry, ReadFailure } from "./client-contract.ts";

/** What an attribute of an entry holds. `truncated` carries the part that could be fetched. */
export type Reading<T> =
  | { readonly state: "value"; readonly value: T }
  | { readonly state: "absent" }
  | { readonly state: "malformed"; readonly detail: string }
  | { readonly state: "truncated"; readonly failure: ReadFailure; readonly partial: T | undefined };

const absent = { state: "absent" } as const;

function malformed(name: string, problem: string): { readonly state: "malformed"; readonly detail: string } {
  return { state: "malformed", detail: `${name} ${problem}` };
}

function list<T>(entry: Entry, name: string, convert: (value: AttributeValue) => T | undefined, kind: string): Reading<readonly T[]> {
  const key = name.toLowerCase();
  const failure = entry.truncated.get(key);
  const values = (entry.attributes.get(key) ?? []).map(convert);
  if (!values.every((value) => value !== undefined)) {
    return malformed(name, `holds a value that is ${kind}`);
  }
  if (failure !== undefined) {
    return { state: "truncated", failure, partial: values };
  }
  return values.length === 0 ? absent : { state: "value", value: values };
}

function single<T>(entry: Entry, name: string, reading: Reading<readonly T[]>): Reading<T> {
  if (reading.state === "truncated") {
    return { state: "truncated", failure: reading.failure, partial: undefined };
  }
  if (reading.state !== "value") {
    return reading;
  }
  const [value] = reading.value;
  return reading.value.length === 1 && value !== undefined ? { state: "value", value } : malformed(name, `holds ${reading.value.length} values where one is expected`);
}

function mapped<T, U>(reading: Reading<T>, name: string, problem: string, convert: (value: T) => U | undefined): Reading<U> {
  if (reading.state === "truncated") {
    return { state: "truncated", failure: reading.failure, partial: undefined };
  }
  if (reading.state !== "value") {
    return reading;
  }
  const value = convert(reading.value);
  return value === undefined ? malformed(name, problem) : { state: "value", value };
}

/** All values of an attribute as text. */
export function texts(entry: Entry, name: string): Reading<readonly string[]> {
  return list(entry, name, (value) => (typeof value === "string" ? value : undefined), "not text");
}

/** The only value of an attribute as text; several values are malformed. */
export function text(entry: Entry, name: string): Reading<string> {
  return single(entry, name, texts(entry, name));
}

/** All values of a binary attribute. */
export function bytesList(entry: Entry, name: string): Reading<readonly Buffer[]> {
  return list(entry, name, (value) => (typeof value === "string" ? undefined : value), "text although bytes were expected");
}

/** The only value of a binary attribute; several values are malformed. */
export function bytes(entry: Entry, name: string): Reading<Buffer> {
  return single(entry, name, bytesList(entry, name));
}

/** An attribute of syntax 2.5.5.9: a signed 32-bit integer ([MS-ADTS] 3.1.1.2.2.2). Values written unsigned, up to 4294967295, are taken as the same bits. */
export function integer(entry: Entry, name: string): Reading<number> {
  return mapped(text(entry, name), name, "is no 32-bit integer", (value) => {
    const parsed = /^-?\d{1,10}$/.test(value) ? Number(value) : Number.NaN;
    return parsed >= -0x80000000 && parsed <= 0xffffffff ? parsed | 0 : undefined;
  });
}

/** An attribute of syntax 2.5.5.8: `TRUE` or `FALSE`. */
export function boolean(entry: Entry, name: string): Reading<boolean> {
  return mapped(text(entry, name), name, "is neither TRUE nor FALSE", (value) => {
    const word = value.toUpperCase();
    return word === "TRUE" ? true : word === "FALSE" ? false : undefined;
  });
}

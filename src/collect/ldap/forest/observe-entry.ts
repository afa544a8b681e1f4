import { absent, known, unknown, type Observation, type Unknown } from "../../../model/observation.ts";
import { boolean, bytes, integer, text, texts, type Reading } from "../client-entry.ts";
import type { Entry, ReadFailure } from "../client-contract.ts";
import { decodeGeneralizedTime } from "../decode-time.ts";

/**
 * An entry with what its silence means. Active Directory leaves out attributes that the account may not read exactly as it leaves out those that are not set,
 * so that a missing one is absent only where the permissions let the account read all.
 */
export interface ReadEntry {
  readonly entry: Entry;
  readonly source: string;
  /** Why attributes that are not there may merely be hidden; undefined where the account may read every one. */
  readonly hiding: string | undefined;
  /** Why objects below it may be hidden; undefined where the account may list them. */
  readonly concealing: string | undefined;
}

/** A failure as an observation. */
export function failureOf(failure: ReadFailure, source?: string): Unknown {
  return unknown(failure.reason, failure.detail, source);
}

function silent(read: ReadEntry): Observation<never> {
  return read.hiding === undefined ? absent(read.source) : unknown("denied", read.hiding, read.source);
}

function observed<T>(read: ReadEntry, reading: Reading<T>): Observation<T> {
  switch (reading.state) {
    case "value":
      return known(reading.value, read.source);
    case "absent":
      return silent(read);
    case "malformed":
      return unknown("malformed", `${read.entry.dn}: ${reading.detail}`, read.source);
    case "truncated":
      return unknown("truncated", `${read.entry.dn}: ${reading.failure.detail}`, read.source);
  }
}

/** A value that every such object has: absence is malformed. */
export function required<T>(observation: Observation<T>, read: ReadEntry, what: string): Observation<T> {
  return observation.state === "absent" ? unknown("malformed", `${read.entry.dn} has no ${what}`, read.source) : observation;
}

/** What a value becomes; a value that the function does not know is unknown (malformed). */
export function converted<A, B>(observation: Observation<A>, read: ReadEntry, what: string, convert: (value: A) => B | undefined): Observation<B> {
  if (observation.state !== "known") return observation;
  const value = convert(observation.value);
  return value === undefined ? unknown("malformed", `${read.entry.dn}: ${what} has a value outside the known ones: ${JSON.stringify(observation.value)}`, read.source) : known(value, observation.source);
}

/** A single binary value, converted; one that cannot be converted is unknown (malformed). */
export function bytesOf<T>(read: ReadEntry, name: string, convert: (value: Buffer) => T | undefined): Observation<T> {
  const raw = observed(read, bytes(read.entry, name));
  if (raw.state !== "known") return raw;
  const value = convert(raw.value);
  return value === undefined ? unknown("malformed", `${read.entry.dn}: ${name} cannot be decoded`, read.source) : known(value, read.source);
}

/** A single text. */
export function textOf(read: ReadEntry, name: string): Observation<string> {
  return observed(read, text(read.entry, name));
}

/** A multi-valued text; not set is an empty list. */
export function textsOf(read: ReadEntry, name: string): Observation<readonly string[]> {
  const values = observed(read, texts(read.entry, name));
  return values.state === "absent" ? known([], read.source) : values;
}

/** A 32-bit integer; `fallback` is the product's documented meaning of an attribute that is not set. */
export function integerOf(read: ReadEntry, name: string, fallback?: number): Observation<number> {
  const value = observed(read, integer(read.entry, name));
  return value.state === "absent" && fallback !== undefined ? known(fallback, `${read.source} (not set: the product's default)`) : value;
}

/** TRUE or FALSE; `fallback` as for {@link integerOf}. */
export function booleanOf(read: ReadEntry, name: string, fallback?: boolean): Observation<boolean> {
  const value = observed(read, boolean(read.entry, name));
  return value.state === "absent" && fallback !== undefined ? known(fallback, `${read.source} (not set: the product's default)`) : value;
}

/** Whether bits of a flag attribute are set. */
export function flagOf(read: ReadEntry, name: string, mask: number, fallback?: number): Observation<boolean> {
  const value = integerOf(read, name, fallback);
  return value.state === "known" ? known((value.value & mask) !== 0, value.source) : value;
}

/** An enumeration stored as a number; a number outside the table is unknown. */
export function enumOf<const V extends string>(read: ReadEntry, name: string, table: Readonly<Record<number, V>>, fallback?: number): Observation<V> {
  return converted(integerOf(read, name, fallback), read, name, (value) => table[value]);
}

/** The attribute that says when an object was last changed. Each domain controller has its own: it is not replicated ([MS-ADA3]). */
export const changeTime = "whenChanged";

/** When the object was last changed. */
export function changedAt(read: ReadEntry): Observation<string> {
  return converted(textOf(read, changeTime), read, changeTime, (value) => {
    const epochMs = decodeGeneralizedTime(value);
    return epochMs === undefined ? undefined : new Date(epochMs).toISOString();
  });
}

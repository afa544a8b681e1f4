/** Types of facts. A kind of subject is a record of facts; the same description gives the TypeScript types of collectors, the CEL types of rules and the documentation. */
export type FactType =
  | { readonly type: "string" }
  | { readonly type: "int" }
  | { readonly type: "bool" }
  /** ISO 8601 text in snapshots, a CEL timestamp in rules. */
  | { readonly type: "timestamp" }
  | { readonly type: "enum"; readonly values: readonly string[] }
  /** The id of a subject of `kind`. */
  | { readonly type: "ref"; readonly kind: string }
  | { readonly type: "record"; readonly record: string }
  | { readonly type: "list"; readonly of: FactType };

/** What produces a fact. */
export type FactSource = "configuration" | "directory" | "dns" | "tls" | "sip" | "revocation" | "lync-config" | "attestation" | "derived";

/** One fact of a kind. An `optional` fact may be absent; any other that turns out absent is unknown (malformed). */
export interface Fact {
  readonly type: FactType;
  readonly optional?: true;
  readonly source: FactSource;
  readonly description: string;
}

/** A kind of subject. */
export interface Kind {
  readonly title: string;
  /** Streamed, never held in memory: users. */
  readonly mass?: true;
  /** Reached by reference only: there is no such thing as all of them. */
  readonly lookup?: true;
  /** Which list facts name all subjects of this kind; while one of them is unknown, so is the set. Empty: the set is always complete (it comes from the configuration). */
  readonly listedBy: readonly { readonly kind: string; readonly fact: string }[];
  readonly facts: Readonly<Record<string, Fact>>;
}

/** A record type: fields that are all known together. */
export type RecordType = Readonly<Record<string, { readonly type: FactType; readonly optional?: true; readonly description: string }>>;

/** Text. */
export const text = { type: "string" } as const;
/** A whole number. */
export const int = { type: "int" } as const;
/** True or false. */
export const bool = { type: "bool" } as const;
/** A moment. */
export const timestamp = { type: "timestamp" } as const;

/** One of the given names; anything else read is unknown. */
export function oneOf<const V extends readonly string[]>(...values: V): { readonly type: "enum"; readonly values: V } {
  return { type: "enum", values };
}

/** A subject of another kind. */
export function ref<const K extends string>(kind: K): { readonly type: "ref"; readonly kind: K } {
  return { type: "ref", kind };
}

/** A record of a named type. */
export function record<const R extends string>(name: R): { readonly type: "record"; readonly record: R } {
  return { type: "record", record: name };
}

/** A list. */
export function list<const T extends FactType>(of: T): { readonly type: "list"; readonly of: T } {
  return { type: "list", of };
}

type FactOf<T, S, O> = O extends true ? { readonly type: T; readonly source: S; readonly description: string; readonly optional: true } : { readonly type: T; readonly source: S; readonly description: string };

/** Makes the fact constructors of one source. */
export function factsFrom<const S extends FactSource>(source: S) {
  return {
    /** A fact that every subject of the kind has. */
    fact: <const T extends FactType>(type: T, description: string): FactOf<T, S, false> => ({ type, source, description }),
    /** A fact that may be absent. */
    optional: <const T extends FactType>(type: T, description: string): FactOf<T, S, true> => ({ type, source, description, optional: true }),
  };
}

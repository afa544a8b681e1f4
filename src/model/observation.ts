/** Why a fact could not be read (see docs/unknown.md). */
export const unknownReasons = ["unreachable", "timeout", "denied", "truncated", "malformed", "unsupported", "not-collected", "collector-error"] as const;

/** One of {@link unknownReasons}. */
export type UnknownReason = (typeof unknownReasons)[number];

/** A fact that was read. `source` says where, for people: `directory fabrikam.test (fdc1.fabrikam.test:636)`. */
export interface Known<T> {
  readonly state: "known";
  readonly value: T;
  readonly source: string;
}

/** A fact that is positively not there: the source answered, and the account could have seen it. */
export interface Absent {
  readonly state: "absent";
  readonly source: string;
}

/** A fact that was not read. `detail` is one sentence for people. */
export interface Unknown {
  readonly state: "unknown";
  readonly reason: UnknownReason;
  readonly detail: string;
  readonly source?: string;
}

/** The state of one fact of one subject. An empty list that was really read is `known([])`. */
export type Observation<T = unknown> = Known<T> | Absent | Unknown;

/** A fact that was read at `source`. */
export function known<T>(value: T, source: string): Known<T> {
  return { state: "known", value, source };
}

/** A fact that `source` positively does not hold. */
export function absent(source: string): Absent {
  return { state: "absent", source };
}

/** A fact that was not read, and why. */
export function unknown(reason: UnknownReason, detail: string, source?: string): Unknown {
  return source === undefined ? { state: "unknown", reason, detail } : { state: "unknown", reason, detail, source };
}

/** Why something is not known: the file does not hold it, holds it damaged, holds it in a form that is not read, or holds only a shortened form of it. */
export type UnknownReason = "not-collected" | "malformed" | "unsupported" | "truncated";

/** One property. `absent` means that the file says it has no value (an exported null); a property that the file does not mention is `unknown`. */
export type Field<T> =
  | { readonly state: "known"; readonly value: T }
  | { readonly state: "absent" }
  | { readonly state: "unknown"; readonly reason: UnknownReason; readonly detail: string };

/** Whether the shape that was read is confirmed by documentation or real files, or inferred from a pattern. */
export type Certainty = "confirmed" | "inferred";

/**
 * What a file says about one kind of object. `complete` is true where the file is meant to hold every object of that kind (collector bundle, topology,
 * Export-CsConfiguration) and false where it may hold a selection (Export-Clixml of one cmdlet, one `.Element` file).
 */
export type Section<T> =
  | { readonly state: "read"; readonly items: readonly T[]; readonly certainty: Certainty; readonly complete: boolean }
  | { readonly state: "unknown"; readonly reason: UnknownReason; readonly detail: string };

import type { SourcePosition } from "./errors.ts";
import type { KindName } from "./kinds.ts";
import type { Observation } from "./observation.ts";

/** A subject that an overlay names, by id or by name. */
export interface PlannedReference {
  readonly kind: KindName;
  readonly name: string;
  readonly position: SourcePosition;
}

/** A fact as it is planned. References are still ids or names. */
export interface PlannedFact {
  readonly observation: Observation;
  readonly position: SourcePosition;
}

/** A subject with the facts that it is planned to have. */
export interface PlannedSubject extends PlannedReference {
  readonly facts: Readonly<Record<string, PlannedFact>>;
}

/** PEM certificates that an endpoint will send, or a side will trust. */
export interface PlannedCertificates {
  readonly use: { readonly endpoint: string } | { readonly trustedBy: "lync" | "exchange" };
  readonly file: string;
  readonly position: SourcePosition;
}

/** Planned changes, checked as far as that can be done without the snapshot. */
export interface Overlay {
  readonly file: string;
  readonly title: string;
  readonly change: readonly PlannedSubject[];
  readonly add: readonly PlannedSubject[];
  /** Subjects that are changed where they are there and added where they are not: DNS names. */
  readonly put: readonly PlannedSubject[];
  readonly remove: readonly PlannedReference[];
  readonly certificates: readonly PlannedCertificates[];
}

/** What a report says of a state that is not only seen but planned. */
export interface PlannedNote {
  /** What is planned, in the words of the overlays. */
  readonly titles: readonly string[];
  readonly files: readonly string[];
}

import type { FactName, FactValue, KindName } from "./kinds.ts";
import type { Observation } from "./observation.ts";

/** Names a subject: its kind, its stable id (GUID, SID, FQDN, host:port; never a display name) and the name that people know it by. */
export interface SubjectRef {
  readonly kind: KindName;
  readonly id: string;
  readonly name: string;
}

/** A subject with its facts. A fact that is not there was not collected. */
export interface Subject extends SubjectRef {
  readonly facts: Readonly<Record<string, Observation>>;
}

/** Where collectors put what they observe. Later observations of a fact do not replace a known value by an unknown one. */
export interface Observer {
  /** Makes the subject known, with its name. */
  subject(subject: SubjectRef): void;
  /** States one fact of a subject that was made known. */
  observe<K extends KindName, F extends FactName<K>>(kind: K, id: string, fact: F, observation: Observation<FactValue<K, F>>): void;
  /** Hands over one subject of a mass kind, whole. Resolves when there is room for more. */
  stream(subject: Subject): Promise<void>;
}

/** Subjects held in memory: everything but mass subjects. */
export interface SubjectIndex {
  /** All subjects of a kind, in the order in which they were met. */
  all(kind: KindName): readonly Subject[];
  /** A subject by id. */
  get(kind: KindName, id: string): Subject | undefined;
}

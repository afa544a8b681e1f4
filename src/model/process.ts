import type { Reference } from "./finding.ts";

/** One phase of a process as its file states it. */
export interface PhaseDefinition {
  /** Stable: `certificates`, `sip-dial-plan`. */
  readonly id: string;
  readonly title: string;
  /** What is done in it. */
  readonly summary: string;
  /** Groups and roles that may do it. */
  readonly who: readonly string[];
  /** Keys of the catalogue that belong to it. */
  readonly requirements: readonly string[];
  /** Rules that belong to it without one of these keys. */
  readonly rules: readonly string[];
  /** Where it is documented. */
  readonly references: readonly Reference[];
}

/** A deployment process as the file `rules/process/<profile>.yaml` states it. */
export interface ProcessDefinition {
  /** The profile that it is for. */
  readonly id: string;
  readonly title: string;
  /** In the order of the documents. */
  readonly phases: readonly PhaseDefinition[];
}

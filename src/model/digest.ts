import type { DriftState } from "./drift.ts";
import type { Severity } from "./finding.ts";

/** One change as it is told. All texts are foreign: whoever shows them escapes them. */
export interface DigestEvent {
  readonly state: DriftState;
  readonly rule: string;
  readonly title: string;
  readonly severity: Severity;
  /** `UM dial plan HQ`. */
  readonly subject: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  /** `pass → fail`. */
  readonly outcome: string;
  readonly message: string;
  readonly since?: string;
}

/** What one run has to tell: one message, however many findings changed. */
export interface Digest {
  /** The same however often it is sent, so that receivers know it again. */
  readonly id: string;
  readonly tool: string;
  readonly profile: string;
  readonly startedAt: string;
  readonly complete: boolean;
  readonly counts: Readonly<Record<DriftState, number>>;
  /** How things stand after the run. */
  readonly standing: { readonly fail: number; readonly warn: number; readonly unknown: number; readonly waived: number };
  readonly events: readonly DigestEvent[];
  /** Events that were left out of the list. */
  readonly more: number;
}

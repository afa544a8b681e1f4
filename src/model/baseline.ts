import type { Finding } from "./finding.ts";
import type { PlannedNote } from "./overlay.ts";

/** An earlier run to compare with: a saved report, a judged snapshot, an accepted baseline, or a run of a history. */
export interface Baseline {
  /** File or run number, for people. */
  readonly name: string;
  readonly startedAt: string;
  readonly complete: boolean;
  readonly profile: string;
  /** Ids of the rules that ran; undefined where the file does not say. */
  readonly rules: readonly string[] | undefined;
  /** May be walked more than once. */
  readonly findings: Iterable<Finding>;
  /** What was laid over what was read, where it tells of a planned state. */
  readonly planned?: PlannedNote;
  /** Who accepted it, and why, where it is an accepted baseline. */
  readonly accepted?: Acceptance;
}

/** What is said about an accepted baseline. */
export interface Acceptance {
  readonly acceptedAt: string;
  readonly acceptedBy?: string;
  readonly reason?: string;
  /** Whether it accepts what was unknown, too. */
  readonly acceptsUnknown: boolean;
}

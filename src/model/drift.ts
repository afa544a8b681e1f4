import type { Disposition, Finding, Outcome, Severity } from "./finding.ts";
import type { Observation } from "./observation.ts";
import type { SubjectRef } from "./subject.ts";

/**
 * How a finding stands against an earlier run. `new` a problem that was not there; `still` the same problem; `changed` a problem that became another; `fixed` a problem
 * that is none any more; `unknown-now` decided before, not readable today; `gone` its subject, or its rule, is no more.
 */
export const driftStates = ["new", "changed", "unknown-now", "fixed", "gone", "still"] as const;
/** One of {@link driftStates}. */
export type DriftState = (typeof driftStates)[number];

/** One thing in which two findings of the same rule and subject differ. `from` and `to` are texts for people. */
export interface FindingDifference {
  readonly what: "outcome" | "severity" | "disposition" | "evidence";
  /** For evidence: the fact, with the name of its subject. */
  readonly fact?: string;
  readonly from: string;
  readonly to: string;
}

/** One finding of either run, and how it stands. */
export interface FindingChange {
  readonly state: DriftState;
  readonly rule: string;
  readonly title: string;
  /** As it is called now; as it was called, where it is gone. */
  readonly subject: SubjectRef;
  readonly severity: Severity;
  readonly disposition: Disposition;
  readonly before?: Outcome;
  readonly after?: Outcome;
  readonly message: string;
  readonly differences: readonly FindingDifference[];
  /** Whether things became worse: this is what breaks a run that is compared with a baseline. */
  readonly worse: boolean;
  /** Start of the first run in a row in which the problem stood, where a history knows it. */
  readonly since?: string;
}

/** A subject that is called otherwise than before. */
export interface Renaming {
  readonly subject: SubjectRef;
  readonly from: string;
}

/** About one side of a comparison. */
export interface ComparedRun {
  /** File or run number, for people. */
  readonly name: string;
  readonly startedAt: string;
  readonly complete: boolean;
}

/** What changed between two runs. */
export interface Comparison {
  readonly before: ComparedRun;
  readonly after: ComparedRun;
  /** Worst first, then by rule and subject. */
  readonly changes: readonly FindingChange[];
  readonly renamed: readonly Renaming[];
  readonly counts: Readonly<Record<DriftState, number>>;
  /** Sentences on what makes the comparison less certain: a run that is incomplete, rules that only one run had. */
  readonly notes: readonly string[];
}

/** One fact that differs between two snapshots. */
export interface FactChange {
  readonly subject: SubjectRef;
  /** Undefined: the subject itself came or went. */
  readonly fact?: string;
  readonly kind: "changed" | "added" | "removed" | "no-longer-read" | "read-again";
  readonly from?: Observation;
  readonly to?: Observation;
  /** When the directory says that the object was last changed (`whenChanged`), where that was read. */
  readonly changedAt?: string;
}

/** One run of a history, as far as a trend needs it. */
export interface TrendPoint {
  readonly run: number;
  readonly startedAt: string;
  readonly complete: boolean;
  readonly pass: number;
  readonly warn: number;
  readonly fail: number;
  readonly unknown: number;
  readonly waived: number;
  /** How many changes of each state the run brought. */
  readonly changes: Readonly<Record<DriftState, number>>;
}

/** What a report knows of earlier runs. */
export interface ReportHistory {
  /** Oldest first, with this run last. */
  readonly trend: readonly TrendPoint[];
}

/** What identifies a finding from run to run: its rule and its subject's kind and id, never a name. */
export function findingKey({ rule, subject }: Pick<Finding, "rule" | "subject">): string {
  return JSON.stringify([rule, subject.kind, subject.id]);
}

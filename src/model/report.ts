import type { Comparison, ReportHistory } from "./drift.ts";
import type { Finding, Outcome, Reference, Severity, Summary } from "./finding.ts";
import type { Language } from "./language.ts";
import type { PlannedNote } from "./overlay.ts";
import type { Overview } from "./overview.ts";
import type { Team } from "./rule.ts";

/** One target of a run and whether it was read. */
export interface ReportTarget {
  /** `directory`, `dns`, `endpoints`, `lync-configuration`. */
  readonly kind: string;
  readonly name: string;
  readonly status: "read" | "partly-read" | "not-read";
  /** Sentences about what was not read. */
  readonly problems: readonly string[];
}

/** About the run that a report tells of. */
export interface ReportRun {
  readonly startedAt: string;
  readonly finishedAt: string;
  /** True when nothing was interrupted and the snapshot is whole. */
  readonly complete: boolean;
  readonly profile: string;
  readonly targets: readonly ReportTarget[];
  /** Planned changes that were laid over what was read: the report tells of a state that nobody has seen. */
  readonly planned?: PlannedNote;
  /** Why the run is not complete. */
  readonly reasons: readonly string[];
}

/** One rule as far as reports need it. What is optional is missing in reports of older versions. */
export interface ReportRule {
  readonly id: string;
  readonly title: string;
  /** The title as the rule has it, where {@link title} is a translation: formats for machines name checks by it. */
  readonly originalTitle?: string;
  readonly file: string;
  readonly line: number;
  /** Tells one state of the rule from another: 12 hex digits that change with what it judges, not with its texts. */
  readonly version?: string;
  readonly severity?: Severity;
  readonly team?: Team;
  /** What breaks, in prose. */
  readonly why?: string;
  readonly requirements?: readonly string[];
  readonly references?: readonly Reference[];
}

/** What a reporter renders. Findings may be walked more than once, each time from the start: a million of them are never an array of reports' own. */
export interface Report {
  readonly tool: { readonly name: string; readonly version: string };
  readonly run: ReportRun;
  readonly summary: Summary;
  /** The language of titles, messages and remedies; English where it does not say. */
  readonly language?: Language;
  readonly rules: readonly ReportRule[];
  readonly findings: Iterable<Finding>;
  /** The lowest outcome that makes the exit code 1. */
  readonly failOn: Extract<Outcome, "warn" | "fail">;
  /** What changed since the baseline, where the run was compared with one. */
  readonly comparison?: Comparison;
  /** Earlier runs, where there is a history. */
  readonly history?: ReportHistory;
  /** The process, the gateway matrix, the map and the certificates; missing in reports of older versions. */
  readonly overview?: Overview;
}

/** What a reporter is told beside the report. */
export interface RenderOptions {
  /** Columns of the terminal, undefined for a file or a pipe. */
  readonly columns: number | undefined;
  readonly color: boolean;
  readonly verbosity: "quiet" | "normal" | "verbose";
  /** The language of headings and labels in formats for people; that of the report unless told. */
  readonly language?: Language;
  /** What unknown findings do to the exit code, so that JUnit and Nagios agree with it; `report` unless told. */
  readonly onUnknown?: OnUnknown;
  /** What JUnit shows a warning as; unless told, `failure` where warnings make the exit code 1 and `skipped` where they do not. */
  readonly junitWarn?: JunitWarn;
  /** What a JUnit test case stands for; `subject` (one rule on one subject) unless told. */
  readonly junitGranularity?: JunitGranularity;
}

/** What unknown findings do: exit code 3, exit code 1, or nothing. */
export type OnUnknown = "report" | "fail" | "ignore";
/** What JUnit can show a warning as. */
export const junitWarnings = ["pass", "skipped", "failure"] as const;
/** One of {@link junitWarnings}. */
export type JunitWarn = (typeof junitWarnings)[number];
/** What a JUnit test case can stand for. */
export const junitGranularities = ["rule", "subject"] as const;
/** One of {@link junitGranularities}. */
export type JunitGranularity = (typeof junitGranularities)[number];

/** Renders a report as chunks of text. Pure; writes nothing, decides no exit code. */
export type Reporter = (report: Report, options: RenderOptions) => Iterable<string>;

import type { Baseline } from "./baseline.ts";
import type { Comparison, FindingChange, TrendPoint } from "./drift.ts";
import type { Finding, Outcome, Summary } from "./finding.ts";
import type { SubjectRef } from "./subject.ts";

/** How a run of a history ended. `crashed`: its process is gone and never said how. */
export type RunStatus = "running" | "done" | "failed" | "crashed";

/** One run as a history lists it. */
export interface RunRow extends TrendPoint {
  /** What runs are compared within: the profile. */
  readonly scope: string;
  readonly finishedAt: string | undefined;
  readonly status: RunStatus;
  readonly notApplicable: number;
  readonly exitCode: number | undefined;
  readonly tool: string;
  /** Why it failed. */
  readonly error: string | undefined;
}

/** A problem that stands from run to run, and what was said about it. */
export interface Standing {
  /** Rule, kind and id of the subject (`findingKey`). */
  readonly key: string;
  readonly rule: string;
  readonly subject: SubjectRef;
  /** What it is now; undefined: it is none any more, and the flap guard still watches it. */
  readonly outcome: Extract<Outcome, "warn" | "fail" | "unknown"> | undefined;
  /** What it was when it was last decided. */
  readonly decided: Extract<Outcome, "warn" | "fail"> | undefined;
  /** Start of the first run in a row in which it stood. */
  readonly since: string;
  /** Runs in a row with this outcome. */
  readonly runs: number;
  /** The outcome that was last told to people; undefined: nothing was. */
  readonly told: Extract<Outcome, "warn" | "fail" | "unknown"> | undefined;
}

/** A message that waits to be sent. `key` makes it one however often it is queued. */
export interface QueuedMessage {
  readonly key: string;
  readonly channel: string;
  /** What is to be sent, as the channel made it. */
  readonly payload: string;
  /** Not before this moment (ISO 8601): quiet hours. */
  readonly notBefore: string;
}

/** A message that was taken from the outbox to be sent. */
export interface ClaimedMessage extends QueuedMessage {
  readonly id: number;
  /** How often it was tried, this time included. */
  readonly attempt: number;
}

/** All that a finished run adds to a history, in one transaction. */
export interface RunRecord {
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly complete: boolean;
  readonly tool: string;
  readonly exitCode: number;
  readonly summary: Summary;
  readonly rules: readonly string[];
  /** With those that were not met since not everything was read. */
  readonly findings: Iterable<Finding>;
  readonly counts: Comparison["counts"];
  readonly changes: readonly FindingChange[];
  readonly standings: readonly Standing[];
  readonly messages: readonly QueuedMessage[];
}

/** How long runs are kept: those that are older than `days` go, except for the last `runs`. */
export interface Retention {
  readonly days: number;
  readonly runs: number;
}

/** Runs, findings and messages that outlive the process. One implementation is an embedded database; another may be a server. */
export interface History {
  /** What people should know about it: that it was damaged and begun anew, or that an earlier run crashed. */
  readonly notices: readonly string[];
  /** Notes that a run began. */
  begin(run: { readonly scope: string; readonly startedAt: string; readonly tool: string; readonly pid: number; readonly host: string }): number;
  /** Adds a finished run, if `last` is still the last one of its scope; false if another came in between. */
  finish(run: number, record: RunRecord, last: number | undefined): boolean;
  fail(run: number, error: string): void;
  /** The last finished run of a scope. */
  last(scope: string): { readonly run: number; readonly baseline: Baseline } | undefined;
  standings(scope: string): readonly Standing[];
  /** Latest last. */
  runs(options: { readonly scope?: string; readonly limit: number }): readonly RunRow[];
  run(id: number): { readonly row: RunRow; readonly baseline: Baseline; readonly changes: readonly FindingChange[] } | undefined;
  /** Removes old runs and sent messages; returns how many runs. */
  prune(retention: Retention, now: Date): number;
  /** Takes messages to send; what another process took is left to it for `leaseMs`. */
  claim(now: Date, leaseMs: number, limit: number): readonly ClaimedMessage[];
  sent(message: number, at: Date): void;
  /** Puts a message back until `retryAt`, or gives it up where that is undefined. */
  unsent(message: number, error: string, retryAt: Date | undefined): void;
  outbox(): readonly { readonly id: number; readonly channel: string; readonly state: "waiting" | "sent" | "given-up"; readonly attempts: number; readonly error: string | undefined; readonly notBefore: string }[];
  close(): void;
}

import type { UnknownReason } from "./observation.ts";
import type { SubjectRef } from "./subject.ts";
import type { WaiverNote } from "./waiver.ts";

/** What a check says. */
export const outcomes = ["pass", "warn", "fail", "unknown", "not-applicable"] as const;
/** One of {@link outcomes}. */
export type Outcome = (typeof outcomes)[number];
/** How much a rule's failure hurts: `blocker` calls or set-up fail, `major` works partly or only by luck, `advice`. */
export const severities = ["blocker", "major", "advice"] as const;
/** One of {@link severities}. */
export type Severity = (typeof severities)[number];

/** Why a finding is unknown: which fact of which subject could not be read. */
export interface FindingReason {
  readonly reason: UnknownReason;
  readonly subject: SubjectRef;
  readonly fact: string;
  readonly detail: string;
}

/** One thing that was seen: an observation as shown to people. */
export interface Evidence {
  readonly subject: SubjectRef;
  readonly fact: string;
  /** The value as text, or what is wrong with it (`not read: timeout …`, `absent`). */
  readonly value: string;
  readonly state: "known" | "absent" | "unknown";
  readonly source?: string;
}

/** How to mend it. Commands are complete PowerShell lines with quoted values. */
export interface Remedy {
  readonly text: string;
  readonly commands: readonly string[];
}

/** Where a requirement is documented. */
export interface Reference {
  readonly text: string;
  readonly url?: string;
}

/** The result of one check. */
export interface Finding {
  readonly rule: string;
  readonly title: string;
  readonly requirements: readonly string[];
  readonly severity: Severity;
  readonly subject: SubjectRef;
  readonly outcome: Outcome;
  readonly message: string;
  readonly reasons: readonly FindingReason[];
  readonly evidence: readonly Evidence[];
  readonly remedy?: Remedy;
  readonly references: readonly Reference[];
  /** Where the finding stands beside its outcome. */
  readonly disposition: Disposition;
  /** The waiver that accepts it, where it is waived. */
  readonly waiver?: WaiverNote;
  /** Start of the first run in a row in which the problem stood (ISO 8601), where a history knows it. */
  readonly since?: string;
  /** For mass subjects that pass, and for those beyond the limit of what is listed: how many there were; they are counted, not listed. */
  readonly count?: number;
}

/** `open`, or `waived` by an accepted waiver. */
export type Disposition = "open" | "waived";

/** How many findings there are of each outcome; waived ones are counted here and not in their outcome. */
export interface Summary {
  readonly pass: number;
  readonly warn: number;
  readonly fail: number;
  readonly unknown: number;
  readonly notApplicable: number;
  readonly waived: number;
}

import type { DriftState } from "../../model/drift.ts";
import type { Outcome, Severity } from "../../model/finding.ts";
import type { Team } from "../../model/rule.ts";

/** What the page lists, filters and searches of a finding: texts as they are shown, not escaped. */
export interface CardHead {
  readonly rule: string;
  readonly title: string;
  readonly severity: Severity;
  readonly team: Team | undefined;
  readonly outcome: Outcome;
  readonly waived: boolean;
  /** `UM dial plan HQ`. */
  readonly subject: string;
  readonly message: string;
  /** Id in the page. */
  readonly anchor: string;
  /** How it stands against the baseline, where there is one. */
  readonly state: DriftState | undefined;
  readonly since: string | undefined;
  /** How many checks it stands for, where it is counted. */
  readonly count: number | undefined;
  /** Number of its root cause: findings of one number are mended by one change. */
  readonly cause: number;
}

/** Facts of one side, from one source. */
export interface EvidenceGroup {
  /** `exchange`, `lync`, `shared` (forests, network), `stated` (somebody said so, nothing was seen). */
  readonly side: "exchange" | "lync" | "shared" | "stated";
  /** As it is shown: `from TLS ex1.fabrikam.test:5061`. */
  readonly source: string | undefined;
  readonly rows: readonly { readonly what: string; readonly value: string; readonly state: "known" | "absent" | "unknown" }[];
}

/** What opens with a finding. */
export interface CardDetail {
  /** Undefined where the anchor tells it: ids do not compress, and once is enough. */
  readonly subjectId: string | undefined;
  readonly reasons: readonly string[];
  readonly evidence: readonly EvidenceGroup[];
  readonly remedy: { readonly text: readonly string[]; readonly commands: readonly string[] } | undefined;
  readonly references: readonly { readonly text: string; readonly href: string | undefined }[];
  readonly waiver: string | undefined;
  readonly requirements: readonly string[];
  /** What was left out of all this because it is too much, in words. */
  readonly leftOut: readonly string[];
}

/** A finding as a card shows it. */
export interface Card {
  readonly head: CardHead;
  readonly detail: CardDetail;
}

/** What is known of a rule beside its findings; in the page once. */
export interface RuleNote {
  readonly why: string | undefined;
}

/** Head as it is stored: rules and words once per block, as places in `rules` and in the lists of the model. */
export type HeadRow = readonly [rule: number, outcome: number, waived: 0 | 1, subject: string, message: string, anchorTail: string, state: number, since: string, count: number, cause: number];
/** A block of heads. */
export interface HeadBlock {
  readonly rules: readonly (readonly [rule: string, title: string, severity: number, team: number])[];
  readonly rows: readonly HeadRow[];
}

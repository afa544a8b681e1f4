import type { Finding } from "./finding.ts";

/** An earlier run to compare with: a saved report, a judged snapshot, an accepted baseline, or a run of a history. */
export interface Baseline {
  /** File or run number, for people. */
  readonly name: string;
  readonly startedAt: string;
  readonly complete: boolean;
  readonly profile: string;
  /** Ids of the rules that ran; undefined where the file does not say. */
  readonly rules: readonly string[] | undefined;
  readonly findings: readonly Finding[];
  /** True for an accepted baseline that accepts what was unknown too. */
  readonly acceptsUnknown: boolean;
}

/** First part of a baseline file that `baseline accept` writes. */
export interface BaselineHeader {
  readonly umpreflight: "baseline";
  readonly version: number;
  readonly acceptedAt: string;
  readonly acceptedBy?: string;
  readonly reason?: string;
  readonly acceptsUnknown: boolean;
}

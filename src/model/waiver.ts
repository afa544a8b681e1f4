import type { SourcePosition } from "./errors.ts";

/** Which subjects a waiver is for: one by its stable id, or several by a glob in which `*` stands for anything. */
export type WaiverSubject = { readonly id: string } | { readonly glob: string };

/** One accepted finding of waivers.yaml. */
export interface Waiver {
  readonly id: string;
  readonly rule: string;
  readonly subject: WaiverSubject;
  /** Kind of subject, where ids alone would not tell. */
  readonly kind?: string;
  readonly reason: string;
  readonly owner: string;
  readonly ticket?: string;
  /** RFC 3339 with zone. */
  readonly expires: string;
  /** Whether findings that are unknown are accepted too. */
  readonly unknown: boolean;
  /** How many subjects a glob may match before it counts as over-broad. */
  readonly atMost?: number;
  readonly position: SourcePosition;
}

/** waivers.yaml, checked. */
export interface WaiverFile {
  readonly file: string;
  /** Days before its end from which a waiver is reported as soon expiring. */
  readonly soonDays: number;
  readonly waivers: readonly Waiver[];
}

/** What a waived finding says of its waiver, or of the baseline that accepts it. */
export interface WaiverNote {
  /** Id of the waiver; `baseline` where an accepted baseline stands for it. */
  readonly id: string;
  readonly reason: string;
  readonly owner: string;
  /** RFC 3339; a baseline has no end. */
  readonly expires?: string;
  readonly ticket?: string;
}

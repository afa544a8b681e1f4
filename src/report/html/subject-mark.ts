import type { Outcome } from "../../model/finding.ts";
import type { SubjectRef } from "../../model/subject.ts";

/** How things on the map, in the matrix or on the time line stand, by the findings of their subjects. */
export interface SubjectMark {
  /** The worst outcome of their open findings, `waived` where all that is wrong was accepted, `none` where no rule looked at them. Written as class `is-fail` and so on. */
  readonly outcome: Outcome | "waived" | "none";
  /** `#rule/subject` of the worst finding; undefined where there is none. */
  readonly href: string | undefined;
  /** In words: `2 fail, 1 warn`; for titles and for those who do not see colours. */
  readonly text: string;
}

/** Looks up how some subjects stand. */
export type MarkOf = (subjects: readonly SubjectRef[]) => SubjectMark;

import type { ClientWords } from "../words/page-words.ts";
import type { RuleNote } from "./card.ts";

/** What the script of the page needs beside the packed findings; stands in the page as JSON. */
export interface PageData {
  /** Findings in the page, and in the report. */
  readonly kept: number;
  readonly total: number;
  /** Rows of each packed block, in their order. */
  readonly blocks: readonly number[];
  /** Number of a root cause, and the one that stands for it. */
  readonly joined: readonly (readonly [number, number])[];
  readonly rules: Readonly<Record<string, RuleNote>>;
  readonly compared: boolean;
  /** What the script says, in the language of the page. */
  readonly words: ClientWords;
}

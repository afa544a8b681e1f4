/** A pattern while it is scanned. */
export interface PatternScan {
  readonly text: string;
  at: number;
  /** Groups that are open, outermost first. */
  readonly open: ("capture" | "plain")[];
  /** Captures without a name. */
  captures: number;
  readonly names: Set<string>;
  /** References to groups, looked at when all groups are known. */
  readonly references: string[];
  /** Whether something stands before the cursor that a quantifier can repeat. */
  repeatable: "nothing" | "unit" | "quantified";
}

/** A pattern is wrong: this stops the scan. */
export class PatternError extends Error {}
/** A construct is met that is not looked into: this stops the scan without a verdict. */
export class PatternUndecided extends Error {}

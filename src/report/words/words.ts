import type { DriftState } from "../../model/drift.ts";
import type { Outcome, Severity } from "../../model/finding.ts";
import type { Language } from "../../model/language.ts";
import type { UnknownReason } from "../../model/observation.ts";
import type { ReportTarget } from "../../model/report.ts";
import type { Team } from "../../model/rule.ts";
import type { PageWords } from "./page-words.ts";

/** Counted nouns: the number grouped as the language does it, and the noun. */
export interface CountedWords {
  readonly checks: (count: number) => string;
  readonly rules: (count: number) => string;
  readonly subjects: (count: number) => string;
  readonly failures: (count: number) => string;
  readonly warnings: (count: number) => string;
  readonly problems: (count: number) => string;
  readonly causes: (count: number) => string;
  /** With `and … more`. */
  readonly moreChecks: (count: number) => string;
  readonly moreProblems: (count: number) => string;
  readonly moreCauses: (count: number) => string;
  readonly moreFindings: (count: number) => string;
  readonly moreValues: (count: number) => string;
  readonly moreCommands: (count: number) => string;
  readonly more: (count: number) => string;
  readonly moreTargets: (count: number) => string;
  readonly moreReasons: (count: number) => string;
}

/** Headings and labels. */
export interface Labels {
  readonly seen: string;
  /** What somebody stated and nobody saw. */
  readonly stated: string;
  readonly remedy: string;
  readonly see: string;
  readonly notRead: string;
  readonly summary: string;
  readonly changes: string;
  readonly subject: string;
  readonly message: string;
  readonly rule: string;
  readonly state: string;
  readonly outcome: string;
  readonly cause: string;
  readonly checksItCosts: string;
  readonly run: string;
  readonly empty: string;
  readonly workedOut: string;
  readonly and: string;
}

/** Sentences about the run and its findings. */
export interface Sentences {
  readonly startedBy: (tool: string, profile: string, time: string) => string;
  /** That planned changes are laid over what was read, by their titles. */
  readonly planned: (titles: readonly string[]) => string;
  readonly profileOfRun: (profile: string, time: string, tool: string) => string;
  readonly incompleteAbove: string;
  readonly thisRunIncomplete: string;
  readonly complete: string;
  readonly incomplete: (reason: string) => string;
  readonly incompleteRun: (reason: string) => string;
  readonly noReason: string;
  readonly otherwise: (outcome: string) => string;
  readonly ofThisRule: (more: string, verbose: boolean) => string;
  readonly ofRule: (more: string, rule: string) => string;
  readonly likewise: (count: number) => string;
  /** Of whom the same can be said. */
  readonly alike: (names: string) => string;
  readonly jsonHasAll: (said: string) => string;
  readonly costs: (checks: string) => string;
  readonly otherReasons: (checks: string) => string;
  readonly checksOfRules: (checks: string, rules: string) => string;
  readonly decided: (counts: { readonly decided: number; readonly total: number; readonly percent: number; readonly unknown: number; readonly waived: number }) => string;
  readonly nothingDecided: string;
  readonly counts: (summary: { readonly [Key in Outcome | "waived"]: number }) => string;
  readonly unread: (facts: string, why: string) => string;
  readonly seeCauses: (numbers: string) => string;
  readonly listAndMore: (list: string) => string;
  readonly leftOutOfComment: (rules: number, checks: number) => string;
  readonly since: (name: string) => string;
  readonly nothingWorse: string;
  readonly note: (text: string) => string;
  readonly commandsInScript: (more: number) => string;
  readonly accepted: string;
  readonly acceptedBy: (waiver: string | undefined, details: string, reason: string) => string;
  readonly until: (date: string) => string;
  readonly allThatPass: string;
}

/** Verdicts in one sentence. */
export interface VerdictWords {
  readonly notReady: (failures: readonly string[]) => string;
  readonly checksUndecided: (count: number) => string;
  readonly undecided: (why: string) => string;
  readonly runIncomplete: string;
  readonly nothingChecked: string;
  readonly ready: string;
  readonly readyWith: (warnings: string) => string;
}

/** Words of comparisons. */
export interface ChangeWords {
  /** At most eight columns. */
  readonly marks: Readonly<Record<DriftState | "renamed", string>>;
  readonly states: Readonly<Record<DriftState, string>>;
  readonly nothing: string;
  readonly still: (count: number) => string;
  readonly renamed: (count: number) => string;
  readonly waived: string;
  readonly was: (outcome: string) => string;
  readonly unreadToday: string;
  readonly since: (time: string) => string;
  readonly allWell: (checks: string) => string;
  readonly against: (after: string, before: string) => string;
  readonly isNow: (from: string, to: string) => string;
  readonly formatHasAll: (said: string) => string;
}

/** Words of the deployment process. */
export interface ProcessWords {
  readonly heading: (title: string) => string;
  /** What a phase is that no rule can check; at most eight columns. */
  readonly nothingMark: string;
  readonly nothing: string;
  readonly doesNotApply: string;
  /** `2 fail`. */
  readonly part: (outcome: Outcome | "waived", count: number) => string;
  readonly rulesNotRun: (count: number) => string;
  /** Of a rule; at most eight columns. */
  readonly notRunMark: string;
  readonly found: string;
  readonly noProduct: string;
  readonly versionNotKnown: string;
  /** Labels of at most eight columns. */
  readonly who: string;
  readonly checks: string;
  readonly unseen: string;
  readonly noRuleChecks: (keys: string) => string;
  readonly moreRules: (count: number) => string;
  readonly incomplete: string;
  readonly phase: string;
  readonly whoMayDoIt: string;
  /** Of the phase that holds rules which no phase names. */
  readonly furtherTitle: string;
  readonly furtherSummary: string;
  readonly tally: (counts: { readonly phases: number; readonly failed: number; readonly unknown: number }) => string;
}

/** Labels of a rule that is shown in full, at most thirteen columns. */
export interface RuleLabels {
  readonly requirements: string;
  readonly judges: string;
  readonly each: (kind: string, where: string | undefined) => string;
  readonly profiles: string;
  readonly all: string;
  readonly mendedBy: string;
  readonly file: string;
  readonly parameter: string;
  readonly when: (outcome: string, condition: string) => string;
  readonly otherwise: (outcome: string) => string;
}

/** Words of the gateway matrix. */
export interface MatrixWords {
  readonly heading: string;
  readonly poolHead: string;
  readonly pool: (name: string) => string;
  /** Heads of columns; the last two at most eight columns, the one before ten. */
  readonly heads: { readonly dialPlan: string; readonly gateway: string; readonly huntGroups: string; readonly status: string; readonly outcalls: string; readonly messageWaiting: string };
  readonly yes: string;
  readonly no: string;
  readonly none: string;
  readonly noPilot: string;
  readonly notRead: string;
  readonly othersNotRead: string;
  /** There is no row, as far as was read. */
  readonly nothing: string;
}

/** Everything that reports for people say beside the texts of rules. A language that lacks a word does not compile. */
export interface Words {
  readonly language: Language;
  /** Short words in capitals, at most eight columns: the labels of a table. */
  readonly marks: Readonly<Record<Outcome | "waived", string>>;
  readonly outcomes: Readonly<Record<Outcome | "waived", string>>;
  readonly severities: Readonly<Record<Severity, string>>;
  readonly teams: Readonly<Record<Team, string>>;
  readonly reasons: Readonly<Record<UnknownReason, string>>;
  readonly targetStates: Readonly<Record<ReportTarget["status"], string>>;
  /** A whole number with its thousands apart, the same in every locale. */
  readonly grouped: (count: number) => string;
  /** A part of something: `voipSecurity of UM dial plan HQ`. */
  readonly of: (part: string, whole: string) => string;
  /** `from TLS ex1.fabrikam.test:5061`. */
  readonly from: (source: string) => string;
  /** Two parts with a colon between them, spaced as the language does it. */
  readonly colon: (label: string, text: string) => string;
  /** Text of a snapshot: one of the program's own sentences in the language, anything else as it is. */
  readonly text: (text: string) => string;
  /** What was seen, where it is one of the program's own words and no value: `absent`, `none`, `not read: …`. */
  readonly absent: string;
  readonly none: string;
  readonly notRead: (why: string) => string;
  readonly label: Labels;
  readonly count: CountedWords;
  readonly say: Sentences;
  readonly verdict: VerdictWords;
  readonly change: ChangeWords;
  readonly process: ProcessWords;
  readonly ruleLabel: RuleLabels;
  readonly matrix: MatrixWords;
  /** Of the HTML page. */
  readonly page: PageWords;
}

import type { DriftState } from "../../model/drift.ts";
import type { Outcome, Severity } from "../../model/finding.ts";
import type { MapNodeKind, MetCertificate } from "../../model/overview.ts";
import type { Team } from "../../model/rule.ts";

/** A text that counts, with `{n}` in place of the number. */
export interface Counting {
  readonly one: string;
  readonly many: string;
}

/** Words of the page that its script says, too: plain data, which the page carries. `{n}`, `{title}` and the like stand for what is put in. */
export interface ClientWords {
  /** Between thousands. */
  readonly thousands: string;
  /** Whether none counts as one does. */
  readonly noneIsOne: boolean;
  readonly outcomes: Readonly<Record<Outcome | "waived" | "none", string>>;
  readonly severities: Readonly<Record<Severity, string>>;
  readonly teams: Readonly<Record<Team, string>>;
  readonly states: Readonly<Record<DriftState, string>>;
  /** Areas of rules whose heading does not come from their id. */
  readonly areas: Readonly<Record<string, string>>;
  readonly finding: {
    readonly standsFor: Counting;
    readonly since: string;
    readonly notRead: string;
    readonly documentedIn: string;
    readonly leftOut: string;
    readonly rule: string;
    readonly subject: string;
    readonly requirement: string;
    readonly link: string;
    readonly sides: Readonly<Record<"exchange" | "lync" | "shared" | "stated", string>>;
    readonly remedy: string;
    readonly commands: string;
    readonly copyOne: string;
    readonly copyAll: Counting;
  };
  readonly controls: {
    readonly title: string;
    readonly search: string;
    readonly placeholder: string;
    readonly outcome: string;
    readonly area: string;
    readonly allAreas: string;
    readonly severity: string;
    readonly allSeverities: string;
    readonly team: string;
    readonly allTeams: string;
    readonly change: string;
    readonly allChanges: string;
    readonly groupBy: string;
    readonly groups: Readonly<Record<"area" | "cause" | "subject" | "team", string>>;
    readonly only: string;
    readonly reset: string;
  };
  readonly found: Counting;
  readonly showFindings: Counting;
  readonly showGroups: Counting;
  readonly linkedFinding: string;
  readonly noTeam: string;
  readonly copied: string;
  readonly pressKey: string;
  readonly themes: Readonly<Record<"dark" | "light", { readonly label: string; readonly switchTo: string }>>;
  readonly failed: string;
}

/** Words of the head of the page. */
export interface PageHeadWords {
  readonly skip: string;
  readonly sections: string;
  readonly foot: (program: string) => string;
  readonly over: (tool: string, profile: string) => string;
  readonly stops: (failures: number) => string;
  readonly failuresIn: (failures: number, warnings: number, checks: number) => string;
  readonly warningsIn: (warnings: number, checks: number) => string;
  readonly comeDownTo: (causes: number) => string;
  readonly nothingChecked: string;
  readonly decided: (percent: number, unknown: number) => string;
  readonly accepted: (findings: number) => string;
  readonly targetsNotRead: (targets: number) => string;
  readonly why: string;
}

/** Words of drawings: the map and the time line. */
export interface DrawingWords {
  readonly kinds: Readonly<Record<MapNodeKind, string>>;
  readonly map: string;
  readonly mapScrolls: string;
  readonly mapAbout: (nodes: number, relations: number, leftOut: number, undrawn: number) => string;
  readonly forest: (name: string) => string;
  readonly several: string;
  readonly eachWithEach: (label: string, from: number, to: number) => string;
  /** What the map writes beside a line or below a name, where it is the program's own words. */
  readonly labels: Readonly<Record<string, string>>;
  readonly fit: string;
  readonly timeLine: string;
  readonly timeLineScrolls: string;
  readonly timeLineAbout: (certificates: number, date: string, expired: number, soon: number, days: number) => string;
  readonly today: (date: string) => string;
  readonly expireLater: (certificates: number) => string;
  readonly when: (days: number) => string;
  readonly sentBy: (names: string, more: number) => string;
  readonly rootOf: (names: readonly string[]) => string;
  readonly expires: (when: string) => string;
  readonly expired: (when: string) => string;
  readonly revoked: string;
}

/** A section of the page: what it is called, and what it says first. */
export interface SectionWords {
  readonly title: string;
  readonly intro: string;
}

/** Words of the sections of the page. */
export interface SectionsWords {
  readonly incompleteNote: string;
  readonly moreSentences: (count: number) => string;
  readonly causes: SectionWords & { readonly more: (count: number) => string; readonly costs: (checks: number, rules: number) => string };
  readonly changes: { readonly title: string; readonly against: (name: string) => string; readonly renamed: (count: number) => string };
  readonly process: SectionWords & {
    readonly nothing: string;
    readonly worst: string;
    readonly allOfStep: string;
    readonly notRun: (rules: number) => string;
    readonly doneBy: (names: string) => string;
    readonly unseen: (requirements: number) => string;
    readonly found: (products: number) => string;
    readonly moreProducts: (count: number) => string;
    readonly passed: (checks: number) => string;
    readonly notLookedAt: string;
  };
  readonly findings: { readonly title: string; readonly kept: (kept: number, total: number) => string; readonly none: string; readonly more: (count: number) => string };
  readonly map: SectionWords;
  readonly gateways: SectionWords & { readonly heads: readonly string[]; readonly dialPlan: (name: string) => string; readonly moreRows: (count: number) => string; readonly moreGateways: (count: number) => string; readonly perhapsMore: string; readonly pilot: string; readonly allowed: string; readonly notAllowed: string };
  readonly certificates: {
    readonly title: string;
    /** Before the moment from which the thirty days are counted. */
    readonly intro: (met: number, soon: number) => string;
    readonly all: string;
    readonly caption: string;
    readonly heads: readonly string[];
    readonly more: (count: number) => string;
    readonly trustedBy: (names: string) => string;
    readonly statuses: Readonly<Record<MetCertificate["status"], string>>;
    readonly expired: (days: number) => string;
    readonly left: (days: number) => string;
  };
  readonly trend: {
    readonly title: string;
    readonly intro: (runs: number, all: number) => string;
    readonly inNumbers: (runs: number) => string;
    readonly caption: string;
    readonly heads: readonly string[];
    readonly run: (run: number, started: string, counts: string) => string;
    readonly incomplete: string;
    readonly about: (runs: number, last: { readonly fail: number; readonly unknown: number; readonly warn: number }) => string;
  };
  readonly notRead: { readonly title: string; readonly nothing: string; readonly run: string; readonly why: string; readonly heads: readonly string[]; readonly otherReasons: (checks: number) => string };
  readonly waivers: SectionWords;
  readonly stated: SectionWords & { readonly nobody: string };
  readonly provenance: {
    readonly title: string;
    readonly started: string;
    readonly finished: string;
    readonly profile: string;
    readonly program: string;
    readonly rules: string;
    readonly notReadyFrom: string;
    readonly fromWarnings: string;
    readonly fromFailures: string;
    readonly run: string;
    readonly complete: string;
    readonly incomplete: string;
    readonly version: string;
    readonly targets: string;
    readonly heads: readonly string[];
    readonly ofThisRun: (rules: number) => string;
    readonly moreRules: (count: number) => string;
  };
}

/** What the HTML page says beside the words that all reports share. */
export interface PageWords {
  readonly client: ClientWords;
  readonly head: PageHeadWords;
  readonly drawing: DrawingWords;
  readonly section: SectionsWords;
  /** What was left out of a finding, as a list without `and`. */
  readonly leftOut: { readonly reasons: (count: number) => string; readonly values: (count: number) => string; readonly commands: (count: number) => string; readonly references: (count: number) => string };
}

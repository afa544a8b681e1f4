import type { Reference, Severity } from "./finding.ts";
import type { KindName } from "./kinds.ts";

/** Who mends what a rule finds. */
export const teams = ["exchange", "lync", "directory", "network"] as const;
/** One of {@link teams}. */
export type Team = (typeof teams)[number];

/** What is checked in one run. */
export const profiles = ["on-premises", "hosted", "cloud-voicemail"] as const;
/** One of {@link profiles}. */
export type ProfileName = (typeof profiles)[number];

/** An outcome that a rule may state; `pass` is what remains when none matched. */
export type StatedOutcome = "fail" | "warn" | "not-applicable";

/** A value of a rule's parameter. */
export type ParameterValue = number | string | boolean | readonly string[];

/** A parameter of a rule, with the value it has unless the profile or the configuration says otherwise. */
export interface RuleParameter {
  readonly type: "int" | "string" | "bool" | "list<string>";
  readonly default: ParameterValue;
  readonly description: string;
}

/** How to mend it: text and PowerShell commands with `{expression}` placeholders. */
export interface RuleRemedy {
  readonly text: string;
  readonly commands?: readonly string[];
}

/** One stated outcome: the first whose condition holds wins. */
export interface RuleOutcome {
  readonly outcome: StatedOutcome;
  readonly condition: string;
  readonly message: string;
  readonly remedy?: RuleRemedy;
}

/** A rule as its YAML file states it (docs/rules.md). */
export interface RuleDefinition {
  readonly id: string;
  readonly title: string;
  readonly requirements: readonly string[];
  readonly severity: Severity;
  readonly team: Team;
  readonly why: string;
  /** Profiles in which the rule runs; undefined: all. */
  readonly profiles?: readonly ProfileName[];
  readonly parameters?: Readonly<Record<string, RuleParameter>>;
  readonly subject: {
    readonly each: KindName;
    readonly as: string;
    readonly where?: string;
    /** What it means that nothing is left to check. */
    readonly none?: { readonly outcome: StatedOutcome; readonly message: string };
  };
  readonly with?: Readonly<Record<string, string>>;
  readonly outcomes: readonly RuleOutcome[];
  readonly pass: string;
  readonly evidence: readonly string[];
  readonly remedy?: RuleRemedy;
  readonly references: readonly Reference[];
}

/** The translated text for one in English, and where it stands. */
export interface FoundTranslation {
  readonly text: string;
  readonly source: Pick<RuleDocument, "file" | "positions">;
  readonly pointer: string;
}

/** A rule with where it came from. `positions` maps a JSON pointer of the YAML document (`/outcomes/0/fail`) to line and column of its value. */
export interface RuleDocument {
  readonly file: string;
  readonly rule: RuleDefinition;
  readonly positions: Readonly<Record<string, { readonly line: number; readonly column: number }>>;
  /** Texts that come from a catalogue, by their pointer in the rule. */
  readonly translated?: Readonly<Record<string, FoundTranslation>>;
  /** The title as the rule has it, where the rule was translated. */
  readonly originalTitle?: string;
}

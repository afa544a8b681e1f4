import { RuleError } from "../model/errors.ts";
import type { Outcome } from "../model/finding.ts";
import type { ParameterValue, ProfileName } from "../model/rule.ts";
import schema from "../../reports/schemas/rule-cases.schema.json" with { type: "json" };
import { readYaml, type Positions, type YamlProblem } from "./yaml-document.ts";
import { compileSchema, validateYaml } from "./yaml-validate.ts";

/** Facts of a subject as a case states them: a value, null for absent, `{ $unknown: reason }`. */
export type StatedFacts = Readonly<Record<string, unknown>>;

/** One case of a rule. */
export interface RuleCase {
  readonly name: string;
  readonly now?: string;
  readonly profile?: ProfileName;
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  /** By `kind/id`: facts over those of the world, or null for a subject that is not there. */
  readonly patch?: Readonly<Record<string, StatedFacts | null>>;
  /** By outcome: `kind/id` of every finding. */
  readonly expect: { readonly [Key in Outcome]?: readonly string[] };
  /** A part of the message of one of the findings. */
  readonly message?: string;
}

/** The cases of a rule as their file states them. */
export interface RuleCases {
  readonly file: string;
  readonly rule: string;
  readonly now: string;
  readonly profile?: ProfileName;
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  /** The good base: kind, id, facts. */
  readonly world: Readonly<Record<string, Readonly<Record<string, StatedFacts>>>>;
  readonly cases: readonly RuleCase[];
  readonly positions: Positions;
}

/** Turns the text of a case file into cases, or says all that is wrong with it. */
export type CasesFileLoader = (file: string, text: string) => RuleCases | readonly RuleError[];

/** Makes a loader; the schema is compiled once. */
export function createCasesFileLoader(): CasesFileLoader {
  const validate = compileSchema(schema);
  return (file, text) => {
    const document = readYaml(file, text);
    if (!("positions" in document)) return document.map(errorOf);
    const problems = validateYaml(file, document, validate);
    if (problems.length > 0) return problems.map(errorOf);
    return { ...(document.value as Omit<RuleCases, "file" | "positions">), file, positions: document.positions };
  };
}

function errorOf({ message, hint, position }: YamlProblem): RuleError {
  return new RuleError("cases-file", message, hint === undefined ? { position } : { position, hint });
}

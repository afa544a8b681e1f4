import { RuleError } from "../model/errors.ts";
import type { RuleDefinition, RuleDocument, RuleOutcome, RuleParameter, RuleRemedy, StatedOutcome } from "../model/rule.ts";
import schema from "../../reports/schemas/rule.schema.json" with { type: "json" };
import { readYaml, type YamlProblem } from "./yaml-document.ts";
import { compileSchema, positionOf, validateYaml } from "./yaml-validate.ts";

/** Turns the text of a rule file into a rule, or says all that is wrong with it. */
export type RuleFileLoader = (file: string, text: string) => RuleDocument | readonly RuleError[];

type StatedKeys = { readonly [Key in StatedOutcome]?: string };
type RawOutcome = StatedKeys & { readonly message: string; readonly remedy?: RuleRemedy };
type RawRule = Omit<RuleDefinition, "outcomes" | "subject" | "evidence" | "references"> & {
  readonly outcomes: readonly RawOutcome[];
  readonly subject: Omit<RuleDefinition["subject"], "none"> & { readonly none?: StatedKeys };
  readonly evidence?: readonly string[];
  readonly references?: RuleDefinition["references"];
};

const stated: readonly StatedOutcome[] = ["fail", "warn", "not-applicable"];

/** Makes a loader; the schema is compiled once. */
export function createRuleFileLoader(): RuleFileLoader {
  const validate = compileSchema(schema);
  return (file, text) => {
    const document = readYaml(file, text);
    if (!("positions" in document)) return document.map(errorOf);
    const problems = [...validateYaml(file, document, validate)];
    if (problems.length > 0) return problems.map(errorOf);
    const rule = definitionOf(document.value as RawRule);
    const at = (pointer: string) => positionOf(file, document, pointer);
    const id = idOfPath(file);
    if (rule.id !== id) problems.push({ message: `id: the rule is ${rule.id}, but its path says ${id}.`, hint: "The id is <area>/<name>, and the file <area>/<name>.yaml.", position: at("/id") });
    for (const [name, parameter] of Object.entries(rule.parameters ?? {})) {
      if (!hasType(parameter)) problems.push({ message: `parameters.${name}.default: ${JSON.stringify(parameter.default)} is not of the type ${parameter.type}.`, position: at(`/parameters/${name}/default`) });
    }
    return problems.length > 0 ? problems.map(errorOf) : { file, rule, positions: document.positions };
  };
}

function errorOf({ message, hint, position }: YamlProblem): RuleError {
  return new RuleError("rule-file", message, hint === undefined ? { position } : { position, hint });
}

function idOfPath(file: string): string {
  return file.split(/[/\\]/u).slice(-2).join("/").replace(/\.ya?ml$/u, "");
}

function hasType({ type, default: value }: RuleParameter): boolean {
  if (type === "list<string>") return Array.isArray(value);
  return type === "int" ? Number.isSafeInteger(value) : typeof value === (type === "bool" ? "boolean" : "string");
}

function definitionOf(raw: RawRule): RuleDefinition {
  const { none, ...subject } = raw.subject;
  const outcome = none && stated.find((key) => none[key] !== undefined);
  const message = none && outcome && none[outcome];
  return {
    ...raw,
    subject: outcome === undefined || message === undefined ? subject : { ...subject, none: { outcome, message } },
    outcomes: raw.outcomes.flatMap(outcomeOf),
    evidence: raw.evidence ?? [],
    references: raw.references ?? [],
  };
}

function outcomeOf(raw: RawOutcome): RuleOutcome[] {
  const { message, remedy } = raw;
  const outcome = stated.find((key) => raw[key] !== undefined);
  const condition = outcome && raw[outcome];
  if (outcome === undefined || condition === undefined) return [];
  return [remedy === undefined ? { outcome, condition, message } : { outcome, condition, message, remedy }];
}

import type { CompiledExpression } from "../expression/compile.ts";
import type { Need } from "../expression/need.ts";
import type { Template } from "../expression/template.ts";
import type { RecordViewClass } from "../expression/view.ts";
import type { RuleDocument, StatedOutcome } from "../model/rule.ts";

/** A remedy with its placeholders compiled. */
export interface CompiledRemedy {
  readonly text: Template;
  readonly commands: readonly Template[];
}

/** A stated outcome, compiled. */
export interface CompiledOutcome {
  readonly outcome: StatedOutcome;
  /** How the condition is called when it crashes: `outcome 2`. */
  readonly part: string;
  readonly condition: CompiledExpression;
  readonly message: Template;
  readonly remedy: CompiledRemedy | undefined;
}

/** A path of facts that the reader is shown: from a variable through references, then, for a record, its fields. */
export interface EvidencePath {
  readonly text: string;
  readonly root: string;
  readonly facts: readonly string[];
  readonly fields: readonly string[];
  /** The same as a need, for planning what to read. */
  readonly need: Need;
}

/** A rule that can be evaluated. */
export interface CompiledRule {
  readonly document: RuleDocument;
  readonly id: string;
  /** Line of the rule in its file. */
  readonly line: number;
  readonly where: CompiledExpression | undefined;
  readonly with: readonly { readonly name: string; readonly expression: CompiledExpression }[];
  readonly outcomes: readonly CompiledOutcome[];
  readonly pass: Template;
  readonly none: { readonly outcome: StatedOutcome; readonly message: Template } | undefined;
  readonly evidence: readonly EvidencePath[];
  readonly remedy: CompiledRemedy | undefined;
  readonly parametersClass: RecordViewClass | undefined;
  /** Plural variables that it names. */
  readonly plurals: readonly string[];
}

/** Every expression of a rule with where it stands (a JSON pointer). */
export function expressionsOf(rule: CompiledRule): { readonly pointer: string; readonly expression: CompiledExpression }[] {
  const all: { pointer: string; expression: CompiledExpression }[] = [];
  const template = (pointer: string, { parts }: Template) => {
    for (const part of parts) if (typeof part !== "string") all.push({ pointer, expression: part });
  };
  const remedy = (pointer: string, compiled: CompiledRemedy | undefined) => {
    if (compiled === undefined) return;
    template(`${pointer}/text`, compiled.text);
    for (const [index, command] of compiled.commands.entries()) template(`${pointer}/commands/${index}`, command);
  };
  if (rule.none !== undefined) template(`/subject/none/${rule.none.outcome}`, rule.none.message);
  if (rule.where !== undefined) all.push({ pointer: "/subject/where", expression: rule.where });
  for (const { name, expression } of rule.with) all.push({ pointer: `/with/${name}`, expression });
  for (const [index, outcome] of rule.outcomes.entries()) {
    all.push({ pointer: `/outcomes/${index}/${outcome.outcome}`, expression: outcome.condition });
    template(`/outcomes/${index}/message`, outcome.message);
    remedy(`/outcomes/${index}/remedy`, outcome.remedy);
  }
  template("/pass", rule.pass);
  remedy("/remedy", rule.remedy);
  return all;
}

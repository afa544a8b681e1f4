import { compileExpression, createScope, declare, type CompiledExpression, type Scope } from "../expression/compile.ts";
import { createCompiler, type Compiler } from "../expression/environment.ts";
import { ExpressionError } from "../expression/expression-error.ts";
import { nameHint } from "../model/nearest-name.ts";
import { plurals } from "../expression/plural.ts";
import { typeInWords } from "../expression/static-type.ts";
import { compileTemplate, type Template } from "../expression/template.ts";
import type { ViewClasses } from "../expression/view.ts";
import { RuleError } from "../model/errors.ts";
import { kindNamed, kinds } from "../model/kinds.ts";
import type { RuleDocument, RuleRemedy } from "../model/rule.ts";
import { compileEvidence } from "./compile-evidence.ts";
import { expressionsOf, type CompiledOutcome, type CompiledRemedy, type CompiledRule } from "./compiled-rule.ts";
import { checkCommand } from "./powershell.ts";
import { positionInRule } from "./rule-position.ts";

/** The rules that compiled, in the order of their ids, and what is wrong with the others. */
export interface CompiledRules {
  readonly rules: readonly CompiledRule[];
  readonly errors: readonly RuleError[];
  /** Classes of the values that the rules' expressions know. */
  readonly classes: ViewClasses;
}

/** Compiles rules: every expression, message and path is checked against the facts. All errors of all rules are reported together. */
export function compileRules(documents: readonly RuleDocument[]): CompiledRules {
  const compiler = createCompiler();
  const errors: RuleError[] = [];
  const rules = new Map<string, CompiledRule>();
  for (const document of documents) {
    const { rule, errors: found } = compileRule(compiler, document);
    errors.push(...found);
    const other = rules.get(document.rule.id);
    if (other !== undefined) errors.push(new RuleError("rule-duplicate", `${document.rule.id}: there is another rule of this id in ${other.document.file}.`, { position: positionInRule(document, "/id") }));
    else if (rule !== undefined) rules.set(rule.id, rule);
  }
  return { rules: [...rules.values()].sort((a, b) => (a.id < b.id ? -1 : 1)), errors, classes: compiler.classes };
}

interface Work {
  readonly document: RuleDocument;
  readonly scope: Scope;
  readonly errors: RuleError[];
  /** Names that are not known because what they stand for does not compile: one error is enough. */
  readonly broken: Set<string>;
}

function compileRule(compiler: Compiler, document: RuleDocument): { readonly rule: CompiledRule | undefined; readonly errors: readonly RuleError[] } {
  const { rule: definition } = document;
  const work: Work = { document, scope: createScope(compiler, definition.parameters), errors: [], broken: new Set() };
  const { subject } = definition;
  const { none } = subject;
  const noneMessage = none && attempt(work, `/subject/none/${none.outcome}`, () => compileTemplate(work.scope, none.message));
  attempt(work, "/subject/each", () => checkKind(subject.each));
  attempt(work, "/subject/as", () => {
    work.broken.add(subject.as);
    if (kindNamed(subject.each) === undefined) return;
    declare(work.scope, subject.as, { is: "subject", kind: subject.each });
  });
  const where = subject.where === undefined ? undefined : compileCondition(work, "/subject/where", subject.where);
  const named = Object.entries(definition.with ?? {}).map(([name, text]) => ({ name, expression: compileNamed(work, name, text) }));
  const outcomes = definition.outcomes.map((_, index) => compileOutcome(work, index));
  const pass = attempt(work, "/pass", () => compileTemplate(work.scope, definition.pass));
  const evidence = definition.evidence.map((text, index) => attempt(work, `/evidence/${index}`, () => compileEvidence(work.scope, text)));
  const remedy = compileRemedy(work, "/remedy", definition.remedy);
  if (work.errors.length > 0 || pass === undefined) return { rule: undefined, errors: work.errors };
  const compiled: CompiledRule = {
    document,
    id: definition.id,
    line: document.positions["/id"]?.line ?? 1,
    where,
    with: named.flatMap(({ name, expression }) => (expression === undefined ? [] : [{ name, expression }])),
    outcomes: outcomes.flatMap((outcome) => outcome ?? []),
    pass,
    none: none && noneMessage && { outcome: none.outcome, message: noneMessage },
    evidence: evidence.flatMap((path) => path ?? []),
    remedy,
    parametersClass: work.scope.parametersClass,
    plurals: [],
  };
  return { rule: { ...compiled, plurals: pluralsOf(compiled) }, errors: [] };
}

function pluralsOf(rule: CompiledRule): readonly string[] {
  const roots = [...expressionsOf(rule).flatMap(({ expression }) => [...expression.needs.keys()]), ...rule.evidence.map(({ root }) => root)];
  return [...new Set(roots)].filter((root) => plurals.has(root));
}

function checkKind(kind: string): void {
  if (kindNamed(kind) === undefined) throw new ExpressionError(`There is no kind ${kind}.`, { start: 0, end: 0 }, nameHint(kind, Object.keys(kinds)));
  if (kindNamed(kind)?.lookup === true) throw new ExpressionError(`${kind} is reached by reference only: nobody knows all of them.`, { start: 0, end: 0 }, "Judge the kind that refers to it.");
}

function compileNamed(work: Work, name: string, text: string): CompiledExpression | undefined {
  return attempt(work, `/with/${name}`, () => {
    work.broken.add(name);
    const expression = compileExpression(work.scope, text);
    declare(work.scope, name, expression.type);
    return expression;
  });
}

function compileCondition(work: Work, pointer: string, text: string): CompiledExpression | undefined {
  return attempt(work, pointer, () => {
    const expression = compileExpression(work.scope, text);
    if (expression.type.is !== "bool") throw new ExpressionError(`A condition is true or false; this is a ${typeInWords(expression.type)}.`, { start: 0, end: text.length });
    return expression;
  });
}

function compileOutcome(work: Work, index: number): CompiledOutcome | undefined {
  const stated = work.document.rule.outcomes[index];
  if (stated === undefined) return undefined;
  const pointer = `/outcomes/${index}`;
  const condition = compileCondition(work, `${pointer}/${stated.outcome}`, stated.condition);
  const message = attempt(work, `${pointer}/message`, () => compileTemplate(work.scope, stated.message));
  const remedy = compileRemedy(work, `${pointer}/remedy`, stated.remedy);
  return condition === undefined || message === undefined ? undefined : { outcome: stated.outcome, part: `outcome ${index + 1}`, condition, message, remedy };
}

function compileRemedy(work: Work, pointer: string, remedy: RuleRemedy | undefined): CompiledRemedy | undefined {
  if (remedy === undefined) return undefined;
  const text = attempt(work, `${pointer}/text`, () => compileTemplate(work.scope, remedy.text));
  const commands = (remedy.commands ?? []).map((command, index) => attempt(work, `${pointer}/commands/${index}`, () => compileCommand(work.scope, command)));
  return text === undefined ? undefined : { text, commands: commands.flatMap((command) => command ?? []) };
}

function compileCommand(scope: Scope, text: string): Template {
  const command = compileTemplate(scope, text);
  checkCommand(command);
  return command;
}

function attempt<T>(work: Work, pointer: string, compile: () => T): T | undefined {
  try {
    return compile();
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    if (error.unknownName !== undefined && work.broken.has(error.unknownName) && work.errors.length > 0) return undefined;
    const details = { position: positionInRule(work.document, pointer, error.start), cause: error };
    work.errors.push(new RuleError("rule-expression", `${work.document.rule.id}: ${error.message}`, error.hint === undefined ? details : { ...details, hint: error.hint }));
    return undefined;
  }
}

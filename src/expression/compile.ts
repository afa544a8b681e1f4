import { ParseError, TypeError as CelTypeError, type ASTNode, type Environment } from "@marcbachmann/cel-js";
import { RE2JS } from "re2js";
import { bool, int, list, text, type FactType, type RecordType } from "../model/fact-type.ts";
import type { RuleParameter } from "../model/rule.ts";
import { analyze } from "./analyze.ts";
import type { Analysis, Names } from "./analysis.ts";
import { clausesOf, type Clause } from "./clauses.ts";
import type { Compiler } from "./environment.ts";
import { ExpressionError } from "./expression-error.ts";
import type { Gated } from "./gated.ts";
import { settledNeed, type Need } from "./need.ts";
import { partTexts } from "./part-texts.ts";
import { plurals } from "./plural.ts";
import { celTypeName, isUndetermined, staticTypeOf, typeInWords, type StaticType } from "./static-type.ts";
import { recordViewClass, type RecordViewClass } from "./view.ts";

/** An expression that was checked. */
export interface CompiledExpression {
  readonly text: string;
  readonly type: StaticType;
  /** Each variable that it names, with the facts that it reads of the subjects in it. */
  readonly needs: ReadonlyMap<string, Need>;
  /** The same as a list; `isShared` for plurals and the deployment, which are the same for every subject. */
  readonly rootNeeds: readonly { readonly name: string; readonly need: Need; readonly isShared: boolean }[];
  /** Parameters that it reads. */
  readonly parameters: ReadonlySet<string>;
  /** Lists, as written, that `all` walks, and lists whose size is looked at. */
  readonly alls: readonly string[];
  readonly sized: readonly string[];
  /** Parts of it that have a value of their own, compiled when they are asked for: operands, and the elements for which a list's condition holds. */
  readonly parts: () => readonly CompiledExpression[];
  /** It as alternatives of conditions that must hold together. */
  readonly clauses: () => readonly Clause[];
  /** Runs it. Throws what went wrong, such as an index beyond the end. */
  readonly run: (variables: Gated) => unknown;
}

/** The names that the expressions of one rule may use; grows as `with` is worked out. */
export interface Scope {
  readonly compiler: Compiler;
  readonly environment: Environment;
  readonly variables: Map<string, StaticType>;
  readonly parameters: ReadonlyMap<string, StaticType>;
  /** Class of the variable `parameters`, made from the parameters' values; undefined for a rule without any. */
  readonly parametersClass: RecordViewClass | undefined;
}

const maxLength = 2000;
const reserved: ReadonlySet<string> = new Set(["as", "break", "const", "continue", "else", "false", "for", "function", "if", "import", "in", "let", "loop", "namespace", "null", "package", "return", "true", "var", "void", "while", "cel", "optional", "google", "parameters", "deployment", "now", "dyn", "type", "has", "string", "int", "bool", "uint", "double", "list", "map", "bytes", "size"]);

const parameterTypes: Readonly<Record<RuleParameter["type"], FactType>> = { int, string: text, bool, "list<string>": list(text) };

/** The names that every expression of a rule may use, with the rule's parameters. */
export function createScope(compiler: Compiler, parameters: Readonly<Record<string, RuleParameter>> = {}): Scope {
  const environment = compiler.environment.clone();
  const fields: RecordType = Object.fromEntries(Object.entries(parameters).map(([name, { type, description }]) => [name, { type: parameterTypes[type], description }]));
  const types = new Map(Object.entries(fields).map(([name, { type }]) => [name, staticTypeOf(type)]));
  if (types.size === 0) return { compiler, environment, variables: new Map(), parameters: types, parametersClass: undefined };
  const parametersClass = recordViewClass(fields);
  environment.registerType("Parameters", { ctor: parametersClass, fields: Object.fromEntries([...types].map(([name, type]) => [name, celTypeName(type)])) });
  environment.registerVariable("parameters", "Parameters");
  return { compiler, environment, variables: new Map(), parameters: types, parametersClass };
}

/** Adds a variable. Throws an ExpressionError where the name cannot be used. */
export function declare(scope: Scope, name: string, type: StaticType): void {
  const nowhere = { start: 0, end: 0 };
  if (!/^[a-z][A-Za-z0-9]*$/u.test(name)) throw new ExpressionError(`${name} cannot be a name in expressions.`, nowhere, "A name starts with a small letter and goes on with letters and digits.");
  if (reserved.has(name) || plurals.has(name) || scope.variables.has(name)) throw new ExpressionError(`${name} already means something in expressions.`, nowhere, "Choose another name.");
  if (isUndetermined(type)) throw new ExpressionError("It cannot be told what this is a list of.", nowhere);
  scope.environment.registerVariable(name, celTypeName(type));
  scope.variables.set(name, type);
}

function namesOf(scope: Scope): Names {
  return {
    typeOf: (name) => scope.variables.get(name) ?? builtinType(name),
    parameters: scope.parameters,
    all: () => [...scope.variables.keys(), "deployment", "now", ...(scope.parameters.size > 0 ? ["parameters"] : []), ...plurals.keys()],
  };
}

function builtinType(name: string): StaticType | undefined {
  if (name === "deployment") return { is: "subject", kind: "deployment" };
  if (name === "now") return { is: "timestamp" };
  const kind = plurals.get(name);
  return kind === undefined ? undefined : { is: "list", of: { is: "subject", kind } };
}

/** Parses, checks and analyses an expression. Throws an ExpressionError. */
export function compileExpression(scope: Scope, text: string): CompiledExpression {
  if (text.length > maxLength) throw new ExpressionError(`The expression is longer than ${maxLength} characters.`, { start: maxLength, end: text.length }, "Name parts of it under `with`.");
  const parsed = parse(scope.environment, text);
  const walk: Analysis["walk"] = (node, locals) => analyze(analysis, node, locals);
  const analysis: Analysis = { text, names: namesOf(scope), roots: new Map(), parameters: new Set(), patterns: new Map(), alls: [], sized: [], depth: 0, walk };
  const { type } = walk(parsed.ast, undefined);
  check(parsed, type, text);
  for (const pattern of analysis.patterns.keys()) if (!scope.compiler.patterns.has(pattern)) scope.compiler.patterns.set(pattern, RE2JS.compile(pattern));
  const needs = new Map([...analysis.roots].map(([name, need]) => [name, settledNeed(need)]));
  return { text, type, needs, rootNeeds: [...needs].map(([name, need]) => ({ name, need, isShared: isShared(name) })), parameters: analysis.parameters, alls: analysis.alls, sized: analysis.sized, parts: () => compileParts(scope, text, parsed.ast), clauses: () => clausesOf(text, parsed.ast), run: parsed.run };
}

/** What cannot be compiled by itself, such as a part that uses the element of a list around it, is left out. */
function compileParts(scope: Scope, text: string, ast: ASTNode): readonly CompiledExpression[] {
  return partTexts(text, ast).flatMap((part) => {
    try {
      return [compileExpression(scope, part)];
    } catch (error) {
      if (error instanceof ExpressionError) return [];
      throw error;
    }
  });
}

function isShared(name: string): boolean {
  return name === "deployment" || plurals.has(name);
}

interface Parsed {
  readonly ast: ASTNode;
  readonly check: () => { readonly valid: boolean; readonly type?: string; readonly error?: unknown };
  readonly run: (variables: Gated) => unknown;
}

function parse(environment: Environment, text: string): Parsed {
  try {
    const parsed = environment.parse(text);
    return { ast: parsed.ast, check: () => parsed.check(), run: (variables) => parsed(variables) as unknown };
  } catch (error) {
    throw expressionErrorOf(error, text);
  }
}

function check(parsed: Parsed, type: StaticType, text: string): void {
  const result = parsed.check();
  if (!result.valid) throw expressionErrorOf(result.error, text);
  const ours = celTypeName(type);
  // Two type checkers look at each expression; should they ever disagree, the list of facts that it reads cannot be trusted.
  if (result.type !== undefined && result.type !== ours && !/\bT\b|\bdyn\b|^list$/u.test(result.type)) throw new ExpressionError(`It cannot be told what this reads: its type is ${typeInWords(type)} or ${result.type}.`, { start: 0, end: text.length });
}

/** cel-js's errors carry a summary and a range; anything else is passed on as it is. */
function expressionErrorOf(error: unknown, text: string): unknown {
  if (!(error instanceof ParseError) && !(error instanceof CelTypeError)) return error;
  const { summary, range } = error as { readonly summary?: string; readonly range?: { readonly start: number; readonly end: number } };
  return new ExpressionError(`${(summary ?? error.message).replaceAll("google.protobuf.", "")}.`, range ?? { start: 0, end: text.length });
}

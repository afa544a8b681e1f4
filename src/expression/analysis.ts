import type { ASTNode } from "@marcbachmann/cel-js";
import { ExpressionError } from "./expression-error.ts";
import { emptyNeed, type GatheredNeed } from "./need.ts";
import { innermost, typeInWords, unify, type StaticType } from "./static-type.ts";

/** A string literal with its place in the expression. */
export interface Literal {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** What is known of the value of a part of an expression before it runs. */
export interface Abstract {
  readonly type: StaticType;
  /** The needs of every place that the subjects in the value may come from. */
  readonly needs: readonly GatheredNeed[];
  /** String literals that the value may be. */
  readonly literals: readonly Literal[];
  /** Every string in the value is one of the literals. */
  readonly literal: boolean;
}

/** Variables of macros, innermost first. */
export interface Locals {
  readonly name: string;
  readonly value: Abstract;
  readonly outer: Locals | undefined;
}

/** What an expression may name. */
export interface Names {
  /** Type of a variable, or undefined where there is none. */
  readonly typeOf: (name: string) => StaticType | undefined;
  /** Types of the rule's parameters. */
  readonly parameters: ReadonlyMap<string, StaticType>;
  /** All variables, for suggestions. */
  readonly all: () => Iterable<string>;
}

/** Gathered while walking an expression. */
export interface Analysis {
  readonly text: string;
  readonly names: Names;
  /** By variable: what is read of the subjects in it. A variable that is only named has an empty need. */
  readonly roots: Map<string, GatheredNeed>;
  readonly parameters: Set<string>;
  readonly patterns: Map<string, Literal>;
  /** Sources of the lists under `all`, and of those whose size is looked at. */
  readonly alls: string[];
  readonly sized: string[];
  /** Macros around the part that is walked. */
  depth: number;
  /** Analyses a part of the expression. */
  readonly walk: (node: ASTNode, locals: Locals | undefined) => Abstract;
}

/** A value that comes from nowhere but the expression itself. */
export function plain(type: StaticType): Abstract {
  return { type, needs: [], literals: [], literal: false };
}

/** The same value as another type: its element, its list. */
export function retyped(value: Abstract, type: StaticType): Abstract {
  return { ...value, type };
}

/** The need of a root variable, made when it is first named. */
export function rootNeed(analysis: Analysis, name: string, type: StaticType): GatheredNeed {
  const there = analysis.roots.get(name);
  if (there !== undefined) return there;
  const inner = innermost(type);
  const made = emptyNeed(inner.is === "subject" ? inner.kind : undefined);
  analysis.roots.set(name, made);
  return made;
}

/** The text of a part of the expression without its spaces. */
export function sourceOf(analysis: Analysis, node: ASTNode): string {
  return analysis.text.slice(node.start, node.end).replaceAll(/\s+/gu, "");
}

/** The error for a part of an expression. */
export function errorAt(node: { readonly start: number; readonly end: number }, message: string, hint?: string): ExpressionError {
  return new ExpressionError(message, { start: node.start, end: node.end }, hint);
}

/** A value that is one of two. */
export function either(node: ASTNode, a: Abstract, b: Abstract): Abstract {
  const type = unify(a.type, b.type);
  if (type === undefined) throw errorAt(node, `Both must have the same type; they are ${typeInWords(a.type)} and ${typeInWords(b.type)}.`);
  return { type, needs: [...a.needs, ...b.needs], literals: [...a.literals, ...b.literals], literal: onlyLiterals(a) && onlyLiterals(b) };
}

function onlyLiterals(value: Abstract): boolean {
  return value.literal || (value.type.is === "list" && value.type.of.is === "never");
}

/** The value of a macro's variable by name. */
export function localNamed(locals: Locals | undefined, name: string): Abstract | undefined {
  for (let scope = locals; scope !== undefined; scope = scope.outer) if (scope.name === name) return scope.value;
  return undefined;
}

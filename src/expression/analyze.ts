import type { ASTNode } from "@marcbachmann/cel-js";
import { analyzeField, analyzeOptionalField, analyzeParameter } from "./analyze-access.ts";
import { analyzeCall, analyzeMethod } from "./analyze-call.ts";
import { either, errorAt, localNamed, plain, rootNeed, type Abstract, type Analysis, type Locals } from "./analysis.ts";
import { checkEnumNames } from "./enum-check.ts";
import { ExpressionError } from "./expression-error.ts";
import { nameHint } from "../model/nearest-name.ts";
import { typeInWords, unify, type StaticType } from "./static-type.ts";

/** Walks an expression that parsed: refuses what rules may not use, finds the type of each part, and gathers which facts are read of which subjects. Throws an ExpressionError. */
export function analyze(analysis: Analysis, node: ASTNode, locals: Locals | undefined): Abstract {
  const walk = (part: ASTNode) => analyze(analysis, part, locals);
  switch (node.op) {
    case "value":
      return analyzeLiteral(node, node.args);
    case "id":
      return analyzeName(analysis, node, node.args, locals);
    case ".": {
      const [object, name] = node.args;
      const place = { start: node.pos, end: node.end };
      if (object.op === "id" && object.args === "parameters" && localNamed(locals, "parameters") === undefined) return analyzeParameter(analysis, name, place);
      return analyzeField(walk(object), name, place);
    }
    case ".?":
      return analyzeOptionalField(walk(node.args[0]), node.args[1], { start: node.pos, end: node.end });
    case "[]":
    case "[?]":
      return analyzeIndex(node, walk(node.args[0]), walk(node.args[1]), node.op === "[?]");
    case "call":
      return analyzeCall(analysis, node, node.args, locals);
    case "rcall":
      return analyzeMethod(analysis, node, node.args, locals);
    case "list":
      return analyzeList(node, node.args.map(walk));
    case "map":
      throw errorAt(node, "Maps are not used in rules.");
    case "?:": {
      const [condition, yes, no] = node.args;
      walk(condition);
      return either(node, walk(yes), walk(no));
    }
    case "!_":
    case "-_":
      return plain(walk(node.args).type);
    default:
      return analyzeOperator(node, walk(node.args[0]), walk(node.args[1]));
  }
}

function analyzeLiteral(node: ASTNode, value: unknown): Abstract {
  if (typeof value === "string") return { type: { is: "string", values: [value] }, needs: [], literals: [{ value, start: node.start, end: node.end }], literal: true };
  if (typeof value === "bigint") return plain({ is: "int" });
  if (typeof value === "boolean") return plain({ is: "bool" });
  if (value === null) throw errorAt(node, "null is not used in rules.", "An optional fact has .hasValue().");
  throw errorAt(node, "Only text, whole numbers, true and false can be written here.");
}

function analyzeName(analysis: Analysis, node: ASTNode, name: string, locals: Locals | undefined): Abstract {
  const local = localNamed(locals, name);
  if (local !== undefined) return local;
  if (name === "parameters" && analysis.names.parameters.size > 0) throw errorAt(node, "Name one of the parameters.", nameHint("", analysis.names.parameters.keys()));
  const type = analysis.names.typeOf(name);
  if (type !== undefined) return { ...plain(type), needs: [rootNeed(analysis, name, type)] };
  const known = [...analysis.names.all()];
  for (let scope = locals; scope !== undefined; scope = scope.outer) known.push(scope.name);
  throw new ExpressionError(`There is no ${name} here.`, node, nameHint(name, known), name);
}

function analyzeIndex(node: ASTNode, list: Abstract, index: Abstract, optional: boolean): Abstract {
  if (list.type.is !== "list") throw errorAt(node, `Only a list has elements by number; this is a ${typeInWords(list.type)}.`);
  if (index.type.is !== "int") throw errorAt(node, "The number of an element is a whole number.");
  return { ...list, type: optional ? { is: "optional", of: list.type.of } : list.type.of };
}

function analyzeList(node: ASTNode, items: readonly Abstract[]): Abstract {
  const start: Abstract = { type: { is: "never" }, needs: [], literals: [], literal: true };
  const all = items.reduce((a, b) => ({ ...either(node, a, b), literal: a.literal && b.literal }), start);
  return { ...all, type: { is: "list", of: all.type } };
}

const moments: ReadonlySet<StaticType["is"]> = new Set(["timestamp", "duration"]);

function analyzeOperator(node: ASTNode, a: Abstract, b: Abstract): Abstract {
  switch (node.op) {
    case "==":
    case "!=":
      if (unify(a.type, b.type) === undefined) throw errorAt(node, `These can never be equal: ${typeInWords(a.type)} and ${typeInWords(b.type)}.`);
      checkEnumNames(a, b, node);
      return plain({ is: "bool" });
    case "in":
      if (b.type.is !== "list" || unify(a.type, b.type.of) === undefined) throw errorAt(node, `This can never hold: ${typeInWords(a.type)} in ${typeInWords(b.type)}.`);
      checkEnumNames(a, b, node);
      return plain({ is: "bool" });
    case "&&":
    case "||":
    case "<":
    case "<=":
    case ">":
    case ">=":
      return plain({ is: "bool" });
    case "+":
    case "-":
      if (moments.has(a.type.is) || moments.has(b.type.is)) return plain({ is: (a.type.is === "timestamp") === (b.type.is === "timestamp") ? "duration" : "timestamp" });
      if (a.type.is === "list" && node.op === "+") return either(node, a, b);
      return plain(a.type.is === "string" ? { is: "string" } : a.type);
    default:
      return plain(a.type);
  }
}

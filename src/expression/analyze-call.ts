import type { ASTNode } from "@marcbachmann/cel-js";
import { RE2JS } from "re2js";
import { either, errorAt, localNamed, plain, retyped, sourceOf, type Abstract, type Analysis, type Locals } from "./analysis.ts";
import { checkEnumNames } from "./enum-check.ts";
import { nameHint } from "../model/nearest-name.ts";
import { functions, macros, methods, refusals, type Signature } from "./signatures.ts";
import { typeInWords } from "./static-type.ts";

const maxMacroDepth = 3;
const maxPatternLength = 500;

/** A function by name. */
export function analyzeCall(analysis: Analysis, node: ASTNode, [name, args]: readonly [string, readonly ASTNode[]], locals: Locals | undefined): Abstract {
  const signature = signatureOf(node, functions, name, args.length);
  const values = args.map((arg) => analysis.walk(arg, locals));
  const [first, second] = values;
  const [firstArg, secondArg] = args;
  if (name === "without" && first !== undefined && second !== undefined) checkEnumNames(first, second, node);
  if (name === "matchesRe" && secondArg !== undefined) notePattern(analysis, secondArg);
  if (name === "size" && firstArg !== undefined) analysis.sized.push(sourceOf(analysis, firstArg));
  return plain(signature.result);
}

/** A method, a macro, or a member of the namespaces `optional` and `cel`. */
export function analyzeMethod(analysis: Analysis, node: ASTNode, [name, receiver, args]: readonly [string, ASTNode, readonly ASTNode[]], locals: Locals | undefined): Abstract {
  if (receiver.op === "id" && (receiver.args === "optional" || receiver.args === "cel") && localNamed(locals, receiver.args) === undefined) return analyzeNamespace(analysis, node, `${receiver.args}.${name}`, args, locals);
  const value = analysis.walk(receiver, locals);
  if (Object.hasOwn(macros, name)) return analyzeMacro(analysis, node, { name, receiver, args, value }, locals);
  const values = args.map((arg) => analysis.walk(arg, locals));
  const optional = analyzeOptionalMethod(node, name, value, values);
  if (optional !== undefined) return optional;
  if (name === "flatten") {
    if (values.length > 0 || value.type.is !== "list" || (value.type.of.is !== "list" && value.type.of.is !== "never")) throw errorAt(node, `flatten() is for a list of lists; this is a ${typeInWords(value.type)}.`);
    return retyped(value, value.type.of.is === "never" ? value.type : value.type.of);
  }
  if (name === "size") analysis.sized.push(sourceOf(analysis, receiver));
  return plain(signatureOf(node, methods, name, args.length).result);
}

function signatureOf(node: ASTNode, table: Readonly<Record<string, Signature>>, name: string, count: number): Signature {
  const refusal = Object.hasOwn(refusals, name) ? refusals[name] : undefined;
  if (refusal !== undefined) throw errorAt(node, refusal);
  const signature = Object.hasOwn(table, name) ? table[name] : undefined;
  if (signature === undefined) throw errorAt(node, `There is no function ${name}() here.`, nameHint(name, [...Object.keys(table), ...(table === methods ? [...Object.keys(macros), "flatten", "hasValue", "value", "orValue", "or"] : [])]));
  if (!signature.arguments.includes(count)) throw errorAt(node, `${name}() takes ${signature.arguments.join(" or ")} arguments, not ${count}.`);
  return signature;
}

function notePattern(analysis: Analysis, node: ASTNode): void {
  if (node.op !== "value" || typeof node.args !== "string") throw errorAt(node, "The pattern of matchesRe() is a literal text.");
  if (node.args.length > maxPatternLength) throw errorAt(node, `The pattern is longer than ${maxPatternLength} characters.`);
  try {
    RE2JS.compile(node.args);
  } catch (cause) {
    throw errorAt(node, `This is not a regular expression in RE2's syntax: ${cause instanceof Error ? cause.message : String(cause)}.`);
  }
  analysis.patterns.set(node.args, { value: node.args, start: node.start, end: node.end });
}

function analyzeNamespace(analysis: Analysis, node: ASTNode, name: string, args: readonly ASTNode[], locals: Locals | undefined): Abstract {
  const [first, second, third] = args;
  if (name === "optional.none" && args.length === 0) return { ...plain({ is: "optional", of: { is: "never" } }), literal: true };
  if (name === "optional.of" && args.length === 1 && first !== undefined) {
    const value = analysis.walk(first, locals);
    return retyped(value, { is: "optional", of: value.type });
  }
  if (name === "cel.bind" && args.length === 3 && first !== undefined && second !== undefined && third !== undefined) {
    const inner = { name: variableName(analysis, first, locals), value: analysis.walk(second, locals), outer: locals };
    return analysis.walk(third, inner);
  }
  throw errorAt(node, `There is no ${name}() with ${args.length} arguments here.`, "There are optional.of(value), optional.none() and cel.bind(name, value, expression).");
}

function analyzeOptionalMethod(node: ASTNode, name: string, value: Abstract, args: readonly Abstract[]): Abstract | undefined {
  if (name !== "hasValue" && name !== "value" && name !== "orValue" && name !== "or") return undefined;
  if (value.type.is !== "optional") throw errorAt(node, `.${name}() is for optional facts; this is a ${typeInWords(value.type)} and always there.`);
  const [other] = args;
  if (args.length !== (name === "hasValue" || name === "value" ? 0 : 1)) throw errorAt(node, `.${name}() has the wrong number of arguments.`);
  if (name === "hasValue") return plain({ is: "bool" });
  if (name === "value") return retyped(value, value.type.of);
  if (other === undefined) return undefined;
  return either(node, name === "or" ? value : retyped(value, value.type.of), other);
}

function analyzeMacro(analysis: Analysis, node: ASTNode, macro: { readonly name: string; readonly receiver: ASTNode; readonly args: readonly ASTNode[]; readonly value: Abstract }, locals: Locals | undefined): Abstract {
  const { name, args, value } = macro;
  if (!macros[name]?.includes(args.length)) throw errorAt(node, `${name}() takes the name of the element and ${name === "map" ? "one or two expressions" : "a condition"}.`);
  if (value.type.is !== "list") throw errorAt(node, `${name}() is for lists; this is a ${typeInWords(value.type)}.`);
  if (name === "all") analysis.alls.push(sourceOf(analysis, macro.receiver));
  const [variable, ...bodies] = args;
  if (variable === undefined) throw errorAt(node, `${name}() needs the name of the element.`);
  const inner: Locals = { name: variableName(analysis, variable, locals), value: retyped(value, value.type.of), outer: locals };
  if (analysis.depth >= maxMacroDepth) throw errorAt(node, `Lists are walked within lists more than ${maxMacroDepth} deep here.`, "Name a part of it under `with`.");
  analysis.depth += 1;
  const results = bodies.map((body) => analysis.walk(body, inner));
  analysis.depth -= 1;
  const last = results.at(-1) ?? plain({ is: "never" });
  if (name === "map") return retyped(last, { is: "list", of: last.type });
  return name === "filter" ? value : plain({ is: "bool" });
}

/** The name that a macro gives to its element. It may not hide another one: an expression that means two things by one name misleads its reader. */
function variableName(analysis: Analysis, node: ASTNode, locals: Locals | undefined): string {
  if (node.op !== "id") throw errorAt(node, "Here stands the name of the element.");
  const name = node.args;
  if (localNamed(locals, name) !== undefined || analysis.names.typeOf(name) !== undefined || name === "cel" || name === "optional" || name === "parameters") throw errorAt(node, `${name} already means something else here.`, "Choose another name for the element.");
  return name;
}

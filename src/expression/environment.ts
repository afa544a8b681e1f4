import { Environment } from "@marcbachmann/cel-js";
import type { RE2JS } from "re2js";
import { kinds, type KindName } from "../model/kinds.ts";
import { records, type RecordName } from "../model/kinds/records.ts";
import type { Kind, RecordType } from "../model/fact-type.ts";
import { addDays, coversByWildcard, coversName, distinct, domainOf, duplicates, firstLabel, inDomain, sameName, without } from "./name-functions.ts";
import { plurals } from "./plural.ts";
import { celTypeName, staticTypeOf } from "./static-type.ts";
import { createViewClasses, type RecordView, type SubjectView, type ViewClasses } from "./view.ts";

/** What every rule is compiled with: the typed CEL environment, built once, and the classes of the values it knows. */
export interface Compiler {
  readonly environment: Environment;
  readonly classes: ViewClasses;
  /** Compiled regular expressions by pattern; only literals get here, so it is as large as the rules are. */
  readonly patterns: Map<string, RE2JS>;
}

const limits = { maxAstNodes: 600, maxDepth: 40, maxListElements: 100, maxMapEntries: 0, maxCallArguments: 6 };

/** Builds the environment: a type for every kind and record, the plural variables, `deployment`, `now` and our own functions. Takes a few milliseconds. */
export function createCompiler(): Compiler {
  const environment = new Environment({ enableOptionalTypes: true, limits });
  const classes = createViewClasses();
  const patterns = new Map<string, RE2JS>();
  for (const [name, kind] of Object.entries(kinds) as [KindName, Kind][]) registerKind(environment, classes, name, kind);
  for (const [name, fields] of Object.entries(records) as [RecordName, RecordType][]) registerRecord(environment, classes, name, fields);
  registerFunctions(environment, patterns);
  for (const [name, kind] of plurals) environment.registerVariable(name, `list<${kind}>`);
  environment.registerVariable("deployment", "deployment");
  environment.registerVariable("now", "google.protobuf.Timestamp");
  return { environment, classes, patterns };
}

function registerKind(environment: Environment, classes: ViewClasses, name: KindName, kind: Kind): void {
  const ctor = classes.subjects.get(name);
  if (ctor === undefined) throw new TypeError(`No such kind: ${name}`);
  const fields = Object.fromEntries(Object.entries(kind.facts).map(([fact, { type, optional }]) => [fact, celTypeName(staticTypeOf(type, optional))]));
  environment.registerType(name, { ctor, fields });
  environment.registerOperator(`${name} == ${name}`, (a: SubjectView, b: SubjectView) => a.$subject.id === b.$subject.id);
}

function registerRecord(environment: Environment, classes: ViewClasses, name: RecordName, types: RecordType): void {
  const ctor = classes.records.get(name);
  if (ctor === undefined) throw new TypeError(`No such record: ${name}`);
  const fields = Object.fromEntries(Object.entries(types).map(([field, { type, optional }]) => [field, celTypeName(staticTypeOf(type, optional))]));
  environment.registerType(name, { ctor, fields });
  environment.registerOperator(`${name} == ${name}`, (a: RecordView, b: RecordView) => sameRaw(a.$raw, b.$raw));
}

function sameRaw(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameRaw((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]));
}

function registerFunctions(environment: Environment, patterns: ReadonlyMap<string, RE2JS>): void {
  const register = (signature: string, handler: (...values: never[]) => unknown) => environment.registerFunction(signature, handler as (...values: unknown[]) => unknown, { async: false });
  register("sameName(string, string): bool", sameName);
  register("inDomain(string, string): bool", inDomain);
  register("domainOf(string): string", domainOf);
  register("firstLabel(string): string", firstLabel);
  register("coversName(list<string>, string): bool", coversName);
  register("coversByWildcard(list<string>, string): bool", coversByWildcard);
  register("distinct(list<string>): list<string>", distinct);
  register("duplicates(list<string>): list<string>", duplicates);
  register("without(list<string>, list<string>): list<string>", without);
  register("list<list<A>>.flatten(): list<A>", (lists: readonly unknown[][]) => lists.flat());
  register("addDays(google.protobuf.Timestamp, int): google.protobuf.Timestamp", addDays);
  register("matchesRe(string, string): bool", (text: string, pattern: string) => {
    const compiled = patterns.get(pattern);
    if (compiled === undefined) throw new TypeError("matchesRe: the pattern was not compiled");
    return compiled.test(text);
  });
}

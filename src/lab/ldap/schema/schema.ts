import type { Entry } from "../../types.ts";
import { guidBytes, guidFor, guidText } from "../identifiers.ts";
import { baseSchema } from "./base.ts";
import { exchangeSchema } from "./exchange.ts";
import { lyncSchema } from "./lync.ts";
import { type SchemaTable, type Syntax, isSyntax } from "./table.ts";

/** What the server knows about an attribute; GUIDs are lower-case text. */
export interface AttributeType {
  readonly name: string;
  readonly syntax: Syntax;
  readonly single: boolean;
  readonly inGlobalCatalog: boolean;
  readonly guid: string;
  readonly propertySet: string | undefined;
  /** Name of the attribute at the other end, on the forward and on the back link. */
  readonly backLink: string | undefined;
  readonly forwardLink: string | undefined;
}

/** The schema of a forest; keys of the maps are lower case. */
export interface Schema {
  readonly attributes: ReadonlyMap<string, AttributeType>;
  /** Class name as the product spells it, its superior and its schemaIDGUID. */
  readonly classes: ReadonlyMap<string, { readonly name: string; readonly superior: string | undefined; readonly guid: string }>;
  readonly propertySets: ReadonlyMap<string, { readonly name: string; readonly guid: string }>;
}

type GuidOf = (kind: "attr" | "class" | "pset", name: string) => string;
const tables = [baseSchema, exchangeSchema, lyncSchema];

function attributeTypes(table: SchemaTable, guidOf: GuidOf): readonly AttributeType[] {
  return table.attributes.flatMap(([traits, names]) => {
    const [syntax, arity, ...marks] = traits.split(" ");
    const set = marks.find((mark) => mark !== "gc" && mark !== "link");
    const common = {
      syntax: isSyntax(syntax) ? syntax : "string",
      single: arity === "S",
      inGlobalCatalog: marks.includes("gc"),
      propertySet: set === undefined ? undefined : guidOf("pset", set),
    } as const;
    return names.split(" ").flatMap((name): readonly AttributeType[] => {
      const [forward = name, back] = name.split(">");
      const type = { ...common, name: forward, guid: guidOf("attr", forward), backLink: back, forwardLink: undefined };
      if (back === undefined) return [type];
      return [type, { ...common, single: false, name: back, guid: guidOf("attr", back), backLink: undefined, forwardLink: forward }];
    });
  });
}

/** schemaIDGUID and rightsGuid of what the data define themselves; they win over the tables. */
function ownGuids(entries: readonly Entry[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const textOf = (value: string | Uint8Array) => (typeof value !== "string" ? guidText(value) : guidBytes(value) === undefined ? undefined : value.toLowerCase());
  for (const { objectClass, attributes, dn } of entries) {
    const kind = objectClass.includes("attributeSchema") ? "attr" : objectClass.includes("classSchema") ? "class" : objectClass.includes("controlAccessRight") ? "pset" : undefined;
    if (kind === undefined) continue;
    const value = (kind === "pset" ? attributes["rightsGuid"] : attributes["schemaIDGUID"])?.[0];
    const name = kind === "pset" ? dn.slice(3, dn.indexOf(",")) : attributes["lDAPDisplayName"]?.[0];
    const guid = value === undefined ? undefined : textOf(value);
    if (guid !== undefined && typeof name === "string") found.set(`${kind}:${name.toLowerCase()}`, guid);
  }
  return found;
}

function addUnknown(attributes: Map<string, AttributeType>, entries: readonly Entry[], guidOf: GuidOf): void {
  for (const entry of entries) {
    for (const name of Object.keys(entry.attributes)) {
      if (attributes.has(name.toLowerCase())) continue;
      const syntax = typeof entry.attributes[name]?.[0] === "string" ? "string" : "octet";
      attributes.set(name.toLowerCase(), { name, syntax, single: false, inGlobalCatalog: false, guid: guidOf("attr", name), propertySet: undefined, backLink: undefined, forwardLink: undefined });
    }
  }
}

/** The schema that serves these entries: the tables, and what the entries use beyond them. */
export function schemaFor(entries: readonly Entry[]): Schema {
  const own = ownGuids(entries);
  const fixed = new Map(tables.flatMap((table) => Object.entries(table.guids).map(([key, guid]) => [key.toLowerCase(), guid] as const)));
  const guidOf: GuidOf = (kind, name) => {
    const key = `${kind}:${name.toLowerCase()}`;
    return own.get(key) ?? fixed.get(key) ?? guidFor(key);
  };
  const attributes = new Map(tables.flatMap((table) => attributeTypes(table, guidOf)).map((type) => [type.name.toLowerCase(), type] as const));
  addUnknown(attributes, entries, guidOf);
  const pairs = tables.flatMap((table) => table.classes.join(" ").split(" ")).filter((pair) => pair !== "");
  const named = [["top", undefined] as const, ...pairs.map((pair) => pair.split(":") as [string, string])];
  const used = entries.flatMap((entry) => entry.objectClass.map((name) => [name, "top"] as const));
  const classes = new Map<string, { name: string; superior: string | undefined; guid: string }>();
  for (const [name, superior] of [...named, ...used]) {
    if (!classes.has(name.toLowerCase())) classes.set(name.toLowerCase(), { name, superior, guid: guidOf("class", name) });
  }
  const setNames = tables.flatMap((table) => table.attributes.map(([traits]) => traits.split(" ").slice(2).find((mark) => mark !== "gc" && mark !== "link")));
  const fixedSets = [...fixed.keys(), ...own.keys()].filter((key) => key.startsWith("pset:")).map((key) => key.slice(5));
  const propertySets = new Map<string, { name: string; guid: string }>();
  for (const name of [...setNames, ...Object.keys(baseSchema.guids).filter((key) => key.startsWith("pset:")).map((key) => key.slice(5)), ...fixedSets]) {
    if (name !== undefined && !propertySets.has(name.toLowerCase())) propertySets.set(name.toLowerCase(), { name, guid: guidOf("pset", name) });
  }
  return { attributes, classes, propertySets };
}

/** The chain from `top` to the most derived of these classes, which comes last. */
export function completeClasses(schema: Schema, given: readonly string[]): readonly string[] {
  const chainOf = (name: string): readonly string[] => {
    const chain: string[] = [];
    for (let at = schema.classes.get(name.toLowerCase()); at !== undefined && chain.length < 30; at = schema.classes.get((at.superior ?? "").toLowerCase())) chain.unshift(at.name);
    return chain;
  };
  const all = new Map<string, string>();
  const chains = given.map((name, index) => ({ chain: chainOf(name), depth: Math.max(chainOf(name).length, index + 1) })).sort((a, b) => a.depth - b.depth);
  for (const name of chains.flatMap(({ chain }) => chain)) all.set(name.toLowerCase(), name);
  return [...all.values()];
}

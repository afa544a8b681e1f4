import type { Entry, Forest } from "../types.ts";
import { type Ace, canonicalOrder, inheritAces, parseAce } from "./access-control.ts";
import { accountSids } from "./accounts.ts";
import { dnKey, parseDn, textKey } from "./distinguished-name.ts";
import { guidText, sidText } from "./identifiers.ts";
import { nodeAttributes } from "./node-attributes.ts";
import type { Directory, Node, Value } from "./node.ts";
import { type Placeholders, fillPlaceholders } from "./placeholders.ts";
import { type Schema, completeClasses, schemaFor } from "./schema/schema.ts";
import { completeForest, namingContexts } from "./standard-entries.ts";
import { valueKey } from "./values.ts";

/** Everybody's defaults: administrators and the system on each object, reading for all who logged on from the head of a naming context down. */
const classDefaults = ["(A;;GA;;;DA)", "(A;;GA;;;SY)"];
const headDefault = "(A;CI;RPLCLORC;;;AU)";

function generalizedTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replaceAll(/[-:T]/gu, "")}.0Z`;
}

function buildNodes(forest: Forest, entries: readonly Entry[], schema: Schema, placeholders: Placeholders, createdAt: number): ReadonlyMap<string, Node> {
  const contexts = namingContexts(forest.realm);
  const heads: ReadonlySet<string> = new Set(Object.values(contexts).map(textKey));
  const context = { forest, schema, contexts, heads, placeholders, sidOf: accountSids(forest), created: generalizedTime(createdAt), common: new Map() };
  const classesOf = new Map<string, readonly string[]>();
  const named = [...completeForest(forest, entries, schema)].map(([key, entry]) => ({ key, entry, rdns: parseDn(entry.dn) ?? [] }));
  const nodes = new Map<string, Node>();
  for (const [ordinal, { key, entry, rdns }] of named.sort((a, b) => a.rdns.length - b.rdns.length).entries()) {
    const parent = nodes.get(dnKey(rdns.slice(1)));
    const classKey = entry.objectClass.join(" ");
    const classes = classesOf.get(classKey) ?? completeClasses(schema, entry.objectClass);
    classesOf.set(classKey, classes);
    const node: Node = {
      dn: entry.dn,
      key,
      ordinal,
      parent,
      children: [],
      attributes: nodeAttributes({ entry, key, rdns, classes, ordinal }, context),
      classes: new Set(classes.map((name) => name.toLowerCase())),
      classGuid: schema.classes.get((classes.at(-1) ?? "top").toLowerCase())?.guid ?? "",
      source: entry,
    };
    parent?.children.push(node);
    nodes.set(key, node);
  }
  return nodes;
}

/** Writes names as their objects spell them, and back links on the targets of forward links. */
function link(nodes: ReadonlyMap<string, Node>, schema: Schema): void {
  const keys = new Map<string, string>();
  const keyOf = (dn: string) => {
    const key = keys.get(dn) ?? textKey(dn);
    keys.set(dn, key);
    return key;
  };
  const back = new Map<Node, Map<string, Value[]>>();
  for (const node of nodes.values()) {
    for (const [name, { type, values }] of node.attributes) {
      if (type.syntax !== "dn") continue;
      const targets = values.map((value) => (typeof value === "string" ? nodes.get(keyOf(value)) : undefined));
      if (targets.some((target, index) => target !== undefined && target.dn !== values[index])) {
        node.attributes.set(name, { type, values: values.map((value, index) => targets[index]?.dn ?? value) });
      }
      if (type.backLink === undefined) continue;
      for (const target of targets) {
        if (target === undefined) continue;
        const links = back.get(target) ?? new Map<string, Value[]>();
        back.set(target, links);
        const list = links.get(type.backLink) ?? [];
        links.set(type.backLink, list);
        list.push(node.dn);
      }
    }
  }
  for (const [target, links] of back) {
    for (const [name, values] of links) {
      const type = schema.attributes.get(name.toLowerCase());
      if (type !== undefined) target.attributes.set(name.toLowerCase(), { type, values });
    }
  }
}

function accessLists(forest: Forest, schema: Schema, placeholders: Placeholders): (node: Node) => readonly Ace[] {
  const context = { forest: forest.name, domainSid: forest.domainSid, schema, placeholders };
  const heads: ReadonlySet<string> = new Set(Object.values(namingContexts(forest.realm)).map(textKey));
  const own = new Map<Node, readonly Ace[]>();
  const shared = new Map<readonly Ace[], Map<string, readonly Ace[]>>();
  const defaults = canonicalOrder(classDefaults.map((text) => parseAce(text, context)));
  const fromParent = (parent: readonly Ace[], classGuid: string): readonly Ace[] => {
    const byClass = shared.get(parent) ?? new Map<string, readonly Ace[]>();
    shared.set(parent, byClass);
    const list = byClass.get(classGuid) ?? [...defaults, ...inheritAces(parent, classGuid)];
    byClass.set(classGuid, list);
    return list;
  };
  const acesOf = (node: Node): readonly Ace[] => {
    const known = own.get(node);
    if (known !== undefined) return known;
    const { aces = [], blocksInheritance = false } = node.source;
    const isHead = heads.has(node.key);
    // siblings of one class without entries of their own share one list, so that 10,000 users cost one decision each time
    const parent = node.parent === undefined || isHead || blocksInheritance ? [] : acesOf(node.parent);
    const texts = [...aces, ...(isHead && !blocksInheritance && !aces.includes(headDefault) ? [headDefault] : [])];
    const inherited = fromParent(parent, node.classGuid);
    const list = texts.length === 0 ? inherited : [...canonicalOrder([...texts.map((text) => parseAce(text, context)), ...defaults]), ...inherited.slice(defaults.length)];
    own.set(node, list);
    return list;
  };
  return acesOf;
}

function indexes(nodes: readonly Node[]): Directory["index"] {
  const made = new Map<string, ReadonlyMap<string, ReadonlySet<Node>>>();
  return (attribute) => {
    const known = made.get(attribute);
    if (known !== undefined) return known;
    const index = new Map<string, Set<Node>>();
    for (const node of nodes) {
      const { type, values = [] } = node.attributes.get(attribute) ?? {};
      if (type === undefined) continue;
      for (const value of values) {
        const key = valueKey(type, value);
        const holders = index.get(key) ?? new Set();
        index.set(key, holders.add(node));
      }
    }
    made.set(attribute, index);
    return index;
  };
}

function byBinary(nodes: readonly Node[], attribute: string, textOf: (bytes: Uint8Array) => string | undefined): ReadonlyMap<string, Node> {
  const found = new Map<string, Node>();
  for (const node of nodes) {
    const value = node.attributes.get(attribute)?.values[0];
    const text = value === undefined || typeof value === "string" ? undefined : textOf(value);
    if (text !== undefined) found.set(text, node);
  }
  return found;
}

/** Builds the directory of a forest. `createdAt` is when its objects were made (milliseconds since 1970). @throws Error where the data are wrong. */
export function buildDirectory(forest: Forest, placeholders: Placeholders, createdAt: number): Directory {
  const entries = forest.entries.map((entry) => (entry.dn.includes("{") ? { ...entry, dn: fillPlaceholders(entry.dn, placeholders) } : entry));
  const schema = schemaFor(entries);
  const byKey = buildNodes({ ...forest, entries }, entries, schema, placeholders, createdAt);
  link(byKey, schema);
  const nodes = [...byKey.values()];
  const aces = accessLists(forest, schema, placeholders);
  for (const node of nodes) if (node.source.aces !== undefined) aces(node); // wrong data are told now, not on the first search
  return {
    realm: forest.realm,
    netbios: forest.netbios,
    domainSid: forest.domainSid,
    domainController: forest.domainController,
    contexts: namingContexts(forest.realm),
    schema,
    nodes,
    byKey,
    bySid: byBinary(nodes, "objectsid", sidText),
    byGuid: byBinary(nodes, "objectguid", guidText),
    passwords: new Map(forest.accounts.map(({ sAMAccountName, password }) => [sAMAccountName.toLowerCase(), password])),
    index: indexes(nodes),
    aces,
  };
}

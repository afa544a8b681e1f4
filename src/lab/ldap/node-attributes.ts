import type { Entry, Forest } from "../types.ts";
import { type Placeholders, fillPlaceholders } from "./placeholders.ts";
import { guidBytes, guidFor, sidBytes } from "./identifiers.ts";
import type { Attribute, NamingContexts, Value } from "./node.ts";
import type { Rdn } from "./distinguished-name.ts";
import type { AttributeType, Schema } from "./schema/schema.ts";
import { categoryName } from "./values.ts";

/** What completing an entry needs to know about its forest. */
export interface NodeContext {
  readonly forest: Forest;
  readonly schema: Schema;
  readonly contexts: NamingContexts;
  readonly placeholders: Placeholders;
  readonly sidOf: (account: string) => string;
  /** When the lab's objects were created, as generalized time. */
  readonly created: string;
  /** Keys of the heads of the naming contexts. */
  readonly heads: ReadonlySet<string>;
  /** Attributes that many objects have alike, shared to save memory; filled on the way. */
  readonly common: Map<string, Attribute>;
}

/** An entry and what was found out about it. */
export interface NamedEntry {
  readonly entry: Entry;
  readonly key: string;
  readonly rdns: readonly Rdn[];
  readonly classes: readonly string[];
  readonly ordinal: number;
}

const guidAttributes: ReadonlySet<string> = new Set(["objectguid", "schemaidguid", "attributesecurityguid", "msexchmailboxguid"]);

function stored(type: AttributeType, value: Value, placeholders: Placeholders): Value {
  if (typeof value !== "string") return value;
  const text = fillPlaceholders(value, placeholders);
  if (type.syntax === "sid") return sidBytes(text) ?? text;
  return guidAttributes.has(type.name.toLowerCase()) ? (guidBytes(text) ?? text) : text;
}

function groupKind(groupType: number): string {
  return (groupType & 0x4) === 0 ? "268435456" : "536870912";
}

/** sAMAccountType, primaryGroupID and what else the directory gives to accounts by their class. */
function accountDefaults(classes: ReadonlySet<string>, given: (name: string) => Value | undefined): Readonly<Record<string, string>> {
  if (classes.has("group")) {
    const groupType = String(given("groupType") ?? -2147483646);
    return { groupType, sAMAccountType: groupKind(Number(groupType)) };
  }
  if (!classes.has("user")) return {};
  const computer = classes.has("computer");
  const control = String(given("userAccountControl") ?? (computer ? 4096 : 512));
  const controller = (Number(control) & 0x2000) !== 0;
  return {
    userAccountControl: control,
    sAMAccountType: computer ? "805306369" : "805306368",
    primaryGroupID: controller ? "516" : computer ? "515" : "513",
  };
}

function ownSid(entry: Entry, rdn: Rdn | undefined, classes: ReadonlySet<string>, context: NodeContext, given: (name: string) => Value | undefined): Value | undefined {
  const account = given("sAMAccountName");
  if (typeof account === "string") return sidBytes(context.sidOf(account));
  if (classes.has("foreignsecurityprincipal")) return sidBytes(rdn?.value ?? "");
  return entry.dn.toLowerCase() === context.contexts.domain.toLowerCase() ? sidBytes(context.forest.domainSid) : undefined;
}

function givenAttributes(entry: Entry, { schema, placeholders }: NodeContext): Map<string, Attribute> {
  const found = new Map<string, Attribute>();
  for (const name of Object.keys(entry.attributes)) {
    const key = name.toLowerCase();
    const type = schema.attributes.get(key);
    const values = entry.attributes[name] ?? [];
    if (type === undefined || type.forwardLink !== undefined || values.length === 0) continue;
    found.set(key, { type, values: values.map((value) => stored(type, value, placeholders)) });
  }
  return found;
}

/** All attributes of an entry but its back links, by lower-case name: what the data give, and what the directory adds by itself. */
export function nodeAttributes({ entry, key, rdns, classes, ordinal }: NamedEntry, context: NodeContext): Map<string, Attribute> {
  const { schema, contexts, common } = context;
  const found = givenAttributes(entry, context);
  const add = (name: string, value: Value | undefined) => {
    const type = schema.attributes.get(name.toLowerCase());
    if (type !== undefined && value !== undefined && !found.has(name.toLowerCase())) found.set(name.toLowerCase(), { type, values: [value] });
  };
  const addCommon = (name: string, values: readonly string[]) => {
    const type = schema.attributes.get(name.toLowerCase());
    if (type === undefined || found.has(name.toLowerCase())) return;
    const shared = common.get(`${name}=${values.join(",")}`) ?? { type, values };
    common.set(`${name}=${values.join(",")}`, shared);
    found.set(name.toLowerCase(), shared);
  };
  const lower: ReadonlySet<string> = new Set(classes.map((name) => name.toLowerCase()));
  const given = (name: string) => found.get(name.toLowerCase())?.values[0];
  const [rdn] = rdns;
  found.delete("objectclass");
  addCommon("objectClass", classes);
  add(rdn?.type.toLowerCase() ?? "cn", rdn?.value);
  add("name", rdn?.value);
  add("distinguishedName", entry.dn);
  add("objectGUID", guidBytes(guidFor(`object:${key}`)));
  add("objectSid", ownSid(entry, rdn, lower, context, given));
  addCommon("objectCategory", [`CN=${categoryName(classes.at(-1) ?? "top")},${contexts.schema}`]);
  for (const [name, value] of Object.entries(accountDefaults(lower, given))) addCommon(name, [value]);
  addCommon("instanceType", [context.heads.has(key) ? "5" : "4"]);
  addCommon("whenCreated", [context.created]);
  addCommon("whenChanged", [context.created]);
  add("uSNCreated", String(8000 + ordinal));
  add("uSNChanged", String(8000 + ordinal));
  return found;
}

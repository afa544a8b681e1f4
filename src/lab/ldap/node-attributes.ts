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
function accountDefaults(classes: ReadonlySet<string>, given: (name: string) => Value | undefined): Readonly<Record<string, Value>> {
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

/** All attributes of an entry but its back links, by lower-case name: what the data give, and what the directory adds by itself. */
export function nodeAttributes(entry: Entry, rdns: readonly Rdn[], classes: readonly string[], ordinal: number, context: NodeContext): Map<string, Attribute> {
  const { schema, contexts, placeholders } = context;
  const found = new Map<string, Attribute>();
  const add = (name: string, values: readonly (Value | undefined)[]) => {
    const type = schema.attributes.get(name.toLowerCase());
    const present = values.filter((value) => value !== undefined);
    if (type === undefined || type.forwardLink !== undefined || present.length === 0 || found.has(name.toLowerCase())) return;
    found.set(name.toLowerCase(), { type, values: present.map((value) => stored(type, value, placeholders)) });
  };
  const lower: ReadonlySet<string> = new Set(classes.map((name) => name.toLowerCase()));
  const given = (name: string) => found.get(name.toLowerCase())?.values[0];
  for (const [name, values] of Object.entries(entry.attributes)) add(name, values);
  const [rdn] = rdns;
  const head = Object.values(contexts).some((dn: string) => dn.toLowerCase() === entry.dn.toLowerCase());
  found.delete("objectclass");
  add("objectClass", classes);
  add(rdn?.type.toLowerCase() ?? "cn", [rdn?.value]);
  add("name", [rdn?.value]);
  add("distinguishedName", [entry.dn]);
  add("objectGUID", [guidFor(`object:${entry.dn.toLowerCase()}`)]);
  add("objectSid", [ownSid(entry, rdn, lower, context, given)]);
  add("objectCategory", [`CN=${categoryName(classes.at(-1) ?? "top")},${contexts.schema}`]);
  for (const [name, value] of Object.entries(accountDefaults(lower, given))) add(name, [value]);
  add("instanceType", [head ? "5" : "4"]);
  add("whenCreated", [context.created]);
  add("whenChanged", [context.created]);
  add("uSNCreated", [String(8000 + ordinal)]);
  add("uSNChanged", [String(8000 + ordinal)]);
  return found;
}

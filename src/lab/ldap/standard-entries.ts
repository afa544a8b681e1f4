import type { Entry, Forest } from "../types.ts";
import { firstValue } from "./accounts.ts";
import { dnKey, domainDn, parseDn, textKey } from "./distinguished-name.ts";
import { guidBytes } from "./identifiers.ts";
import type { NamingContexts } from "./node.ts";
import type { Schema } from "./schema/schema.ts";
import { syntaxNumbers } from "./schema/table.ts";
import { schemaName } from "./values.ts";

/** Names of the naming contexts of a forest whose root domain is its only one. */
export function namingContexts(realm: string): NamingContexts {
  const domain = domainDn(realm);
  return { domain, configuration: `CN=Configuration,${domain}`, schema: `CN=Schema,CN=Configuration,${domain}` };
}

function made(dn: string, objectClass: readonly string[], attributes: Entry["attributes"] = {}): Entry {
  return { dn, objectClass, attributes };
}

function heads({ domain, configuration, schema }: NamingContexts): readonly Entry[] {
  return [made(domain, ["domainDNS"]), made(configuration, ["configuration"]), made(schema, ["dMD"])];
}

function group(contexts: NamingContexts, name: string, groupType: string): Entry {
  return made(`CN=${name},CN=Users,${contexts.domain}`, ["group"], { sAMAccountName: [name], groupType: [groupType] });
}

function groups(contexts: NamingContexts): readonly Entry[] {
  return ["Domain Admins", "Domain Users", "Domain Computers", "Domain Controllers"].map((name) => group(contexts, name, "-2147483646"));
}

function accounts(forest: Forest, contexts: NamingContexts): readonly Entry[] {
  const present = new Set(forest.entries.map((entry) => firstValue(entry, "sAMAccountName")).map((name) => (typeof name === "string" ? name.toLowerCase() : "")));
  return forest.accounts
    .filter(({ sAMAccountName }) => !present.has(sAMAccountName.toLowerCase()))
    .map(({ sAMAccountName }) => made(`CN=${sAMAccountName},CN=Users,${contexts.domain}`, ["user"], { sAMAccountName: [sAMAccountName], userAccountControl: ["66048"] }));
}

function schemaEntries(schema: Schema, contexts: NamingContexts): readonly Entry[] {
  const guid = (text: string) => guidBytes(text) ?? Buffer.alloc(16);
  const attributes = [...schema.attributes.values()].map((type) => {
    const [attributeSyntax, oMSyntax] = syntaxNumbers[type.syntax];
    return made(`CN=${schemaName(type.name)},${contexts.schema}`, ["attributeSchema"], {
      lDAPDisplayName: [type.name],
      attributeSyntax: [attributeSyntax],
      oMSyntax: [String(oMSyntax)],
      isSingleValued: [type.single ? "TRUE" : "FALSE"],
      schemaIDGUID: [guid(type.guid)],
      ...(type.propertySet === undefined ? {} : { attributeSecurityGUID: [guid(type.propertySet)] }),
      ...(type.inGlobalCatalog ? { isMemberOfPartialAttributeSet: ["TRUE"] } : {}),
    });
  });
  const classes = [...schema.classes.values()].map(({ name, superior, guid: id }) =>
    made(`CN=${schemaName(name)},${contexts.schema}`, ["classSchema"], {
      lDAPDisplayName: [name],
      subClassOf: [superior ?? "top"],
      schemaIDGUID: [guid(id)],
    }),
  );
  const sets = [...schema.propertySets.values()].map(({ name, guid: id }) =>
    made(`CN=${name},CN=Extended-Rights,${contexts.configuration}`, ["controlAccessRight"], { displayName: [name], rightsGuid: [id], validAccesses: ["48"] }),
  );
  return [...attributes, ...classes, ...sets];
}

/** Key of an entry's distinguished name. @throws Error where it is none, or lies outside the forest. */
function entryKey(entry: Entry, rootKey: string): string {
  const rdns = parseDn(entry.dn);
  const key = rdns === undefined ? "" : dnKey(rdns);
  if (key !== rootKey && !key.endsWith(`,${rootKey}`)) throw new Error(`lab data: ${entry.dn} is not in the forest`);
  return key;
}

function missingParents(known: Map<string, Entry>): void {
  for (const entry of known.values()) {
    for (let rdns = parseDn(entry.dn)?.slice(1) ?? [], at = entry.dn; rdns.length > 0; rdns = rdns.slice(1)) {
      const key = dnKey(rdns);
      if (known.has(key) || rdns[0]?.type.toLowerCase() === "dc") break;
      at = at.slice(/(?<!\\),/u.exec(at)?.index ?? 0).replace(/^,/u, "");
      known.set(key, made(at, [rdns[0]?.type.toLowerCase() === "ou" ? "organizationalUnit" : "container"]));
    }
  }
}

/**
 * The entries of a forest by key, with those a domain controller has by itself and the data leave out: heads of the naming contexts, built-in groups,
 * the accounts that may bind, schema and property sets, and containers on the way to an entry.
 */
export function completeForest(forest: Forest, entries: readonly Entry[], schema: Schema): ReadonlyMap<string, Entry> {
  const contexts = namingContexts(forest.realm);
  const rootKey = textKey(contexts.domain);
  const known = new Map<string, Entry>();
  for (const entry of entries) {
    const key = entryKey(entry, rootKey);
    if (known.has(key)) throw new Error(`lab data: ${entry.dn} is there twice`);
    known.set(key, entry);
  }
  const taken = new Set(entries.map((entry) => firstValue(entry, "lDAPDisplayName")).filter((name) => name !== undefined));
  for (const entry of [...heads(contexts), ...groups(contexts), ...accounts(forest, contexts), ...schemaEntries(schema, contexts)]) {
    const key = entryKey(entry, rootKey);
    if (!known.has(key) && !taken.has(entry.attributes["lDAPDisplayName"]?.[0] ?? "")) known.set(key, entry);
  }
  missingParents(known);
  return known;
}

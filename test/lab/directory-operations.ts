import type { Deployment, Entry, Forest } from "../../src/lab/types.ts";
import { sidText } from "../../src/lab/deployment/binary-values.ts";
import { isWithin } from "../../src/lab/deployment/directory-changes.ts";
import { linkPairs } from "../../src/lab/deployment/link-pairs.ts";
import { madeByController, toLdif } from "../../src/lab/deployment/ldif.ts";
import { insideZones, isControllersOwn, recordSets, zoneOf } from "./dns-configuration.ts";

/** One step that directory.py carries out on the database of a domain controller. */
export type DirectoryOperation =
  | { readonly op: "delete"; readonly dn: string }
  | { readonly op: "ldif"; readonly text: string }
  | { readonly op: "set"; readonly dn: string; readonly name: string; readonly values: readonly ({ readonly text: string } | { readonly base64: string })[] }
  | { readonly op: "aces"; readonly dn: string; readonly remove: readonly string[]; readonly add: readonly string[]; readonly blocksInheritance: boolean }
  | { readonly op: "dns"; readonly zone: string; readonly name: string; readonly type: string; readonly data: readonly (readonly string[])[] };

/** Thumbprints by certificate id. */
export type Thumbprints = Readonly<Record<string, { readonly thumbprint: string }>>;

/** Replaces `{thumbprint:<id>}` by the thumbprint. */
export function withThumbprints(text: string, certificates: Thumbprints): string {
  return text.replaceAll(/\{thumbprint:([^}]+)\}/g, (whole, id: string) => certificates[id]?.thumbprint ?? whole);
}

/** Replaces `{group}` and `{FOREST:group}` by SIDs; schema names are left to directory.py, which reads the live schema. */
function withSids(deployment: Deployment, forest: string, ace: string): string {
  return ace.replaceAll(/\{(?:([^:}]+):)?([^}]+)\}/g, (whole, prefix: string | undefined, name: string) => {
    if (prefix !== undefined && ["attr", "class", "pset"].includes(prefix)) return whole;
    const entries = deployment.forests.find((item) => item.name === (prefix ?? forest))?.entries ?? [];
    const sid = entries.find((entry) => entry.attributes["sAMAccountName"]?.includes(name))?.attributes["objectSid"]?.[0];
    if (!(sid instanceof Uint8Array)) throw new Error(`no account for ${whole} in an access control entry`);
    return sidText(sid);
  });
}

/** `before` knows the accounts of the entries that go: they may be gone with them. */
function acesOperation(before: Deployment, deployment: Deployment, forest: string, entry: Entry, removed: readonly string[]): DirectoryOperation {
  const resolve = (from: Deployment) => (ace: string): string => withSids(from, forest, ace);
  return { op: "aces", dn: entry.dn, remove: removed.map(resolve(before)), add: (entry.aces ?? []).map(resolve(deployment)), blocksInheritance: entry.blocksInheritance === true };
}

/** A side of a comparison: a deployment and the thumbprints that its placeholders stand for. */
export interface State {
  readonly deployment: Deployment;
  readonly certificates: Thumbprints;
}

function byDn(forest: Forest | undefined): ReadonlyMap<string, Entry> {
  return new Map((forest?.entries ?? []).map((entry) => [entry.dn.toLowerCase(), entry]));
}

/** Whether all that an attribute lost are links to removed entries: the directory has dropped those by itself, mandatory or not. */
function isDroppedByItself(name: string, before: Entry, after: Entry, removed: readonly string[]): boolean {
  if (!(name in linkPairs)) return false;
  const left = (before.attributes[name] ?? []).filter((value) => typeof value !== "string" || !removed.some((dn) => isWithin(value, dn)));
  return JSON.stringify(left) === JSON.stringify(after.attributes[name] ?? []);
}

function attributeOperations(before: Entry, after: Entry, from: State, to: State, removed: readonly string[]): readonly DirectoryOperation[] {
  const encode = (value: string | Uint8Array, state: State) => (typeof value === "string" ? { text: withThumbprints(value, state.certificates) } : { base64: Buffer.from(value).toString("base64") });
  return [...new Set([...Object.keys(before.attributes), ...Object.keys(after.attributes)])].flatMap((name): readonly DirectoryOperation[] => {
    const old = (before.attributes[name] ?? []).map((value) => encode(value, from));
    const values = (after.attributes[name] ?? []).map((value) => encode(value, to));
    if (JSON.stringify(old) === JSON.stringify(values) || isDroppedByItself(name, before, after, removed)) return [];
    return [{ op: "set", dn: after.dn, name, values }];
  });
}

function sameRights(one: Entry | undefined, other: Entry): boolean {
  return JSON.stringify(one?.aces ?? []) === JSON.stringify(other.aces ?? []) && (one?.blocksInheritance ?? false) === (other.blocksInheritance ?? false);
}

/** What leads the directory of a forest from one state to another: removals, additions, attributes, rights. */
export function entryOperations(from: State, to: State, forestName: string): readonly DirectoryOperation[] {
  const [before, after] = [from, to].map((state) => state.deployment.forests.find((item) => item.name === forestName));
  if (after === undefined) throw new Error(`no forest ${forestName}`);
  const [old, now] = [byDn(before), byDn(after)];
  const removed = [...old].filter(([dn]) => !now.has(dn)).map(([, entry]) => entry.dn);
  const roots = removed.filter((dn) => !removed.some((other) => other !== dn && isWithin(dn, other)));
  const added = after.entries.filter((entry) => !old.has(entry.dn.toLowerCase()));
  const kept = after.entries.flatMap((entry) => {
    const earlier = old.get(entry.dn.toLowerCase());
    return earlier === undefined ? [] : attributeOperations(earlier, entry, from, to, roots);
  });
  const rights = after.entries
    .filter((entry) => !sameRights(old.get(entry.dn.toLowerCase()), entry))
    .map((entry) => {
      const earlier = old.get(entry.dn.toLowerCase())?.aces ?? [];
      return acesOperation(from.deployment, to.deployment, forestName, entry, earlier);
    });
  const ldif = added.length === 0 ? [] : [{ op: "ldif" as const, text: toLdif({ ...after, entries: added }, { resolve: (text) => withThumbprints(text, to.certificates), withControllers: true }) }];
  return [...roots.map((dn) => ({ op: "delete" as const, dn })), ...ldif, ...kept, ...rights];
}

/** The records of the inside view that a domain controller does not make itself, as they differ between two deployments. */
export function dnsOperations(from: Deployment | undefined, to: Deployment, forestName: string): readonly DirectoryOperation[] {
  const controllers = to.forests.map((forest) => forest.domainController);
  const [old, now] = [from === undefined ? new Map<string, readonly (readonly string[])[]>() : recordSets(from, "inside"), recordSets(to, "inside")];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key): readonly DirectoryOperation[] => {
    const [name = "", type = ""] = key.split(" ");
    const zone = zoneOf(name);
    const data = now.get(key) ?? [];
    if (zone === undefined || insideZones[zone] !== forestName || JSON.stringify(old.get(key) ?? []) === JSON.stringify(data)) return [];
    const record = { name, type: type as Deployment["dns"][number]["type"] };
    if (from === undefined && isControllersOwn(record, controllers)) return [];
    return [{ op: "dns", zone, name, type, data }];
  });
}

/** What makes a new domain controller serve a deployment: its entries, and the rights on all entries, its own included. */
export function initialOperations(state: State, forestName: string): readonly DirectoryOperation[] {
  const { deployment, certificates } = state;
  const forest = deployment.forests.find((item) => item.name === forestName);
  if (forest === undefined) throw new Error(`no forest ${forestName}`);
  const isOfController = madeByController(forest);
  const secured = forest.entries.filter((entry) => (entry.aces?.length ?? 0) > 0 || entry.blocksInheritance === true);
  return [
    { op: "ldif", text: toLdif(forest, { resolve: (text) => withThumbprints(text, certificates) }) },
    // the naming contexts of a real controller have rights of their own; only what a preparation adds to the domain is wanted
    ...secured.filter((entry) => !isOfController(entry) || entry.dn.startsWith("DC=")).map((entry) => acesOperation(deployment, deployment, forestName, entry, [])),
  ];
}

import { known, unknown, type Observation } from "../../../model/observation.ts";
import { dnKey } from "../decode-dn.ts";
import { sidToText } from "../decode-sid.ts";
import { readEntryOf, readObject } from "./container.ts";
import { readerHolding, rootText } from "./domains.ts";
import { bytesOf, changeTime, failureOf, integerOf, required, textOf, textsOf, type ReadEntry } from "./observe-entry.ts";
import type { Reader } from "./reader.ts";
import type { ForestSession } from "./session.ts";

/** Matching rule that follows links through nested groups ([MS-ADTS] 3.1.1.3.4.4.3). */
export const inChain = "1.2.840.113556.1.4.1941";
const maxMembers = 100_000;
const maxGroups = 2_000;

/** What is read of a group. */
export const groupAttributes = ["objectClass", "objectGUID", "nTSecurityDescriptor", "objectSid", "sAMAccountName", "groupType", "member", changeTime] as const;

/** Scope of a group by groupType ([MS-ADTS] 2.2.12). */
export function scopeOf(groupType: number): "universal" | "global" | "domainLocal" | undefined {
  if ((groupType & 0x8) !== 0) return "universal";
  if ((groupType & 0x2) !== 0) return "global";
  return (groupType & 0x4) !== 0 ? "domainLocal" : undefined;
}

/** Bit of groupType that makes a security group; the SIDs of others are in nobody's token. */
const securityFlag = 0x80000000;

/** Whether groupType is that of a security group. */
export function isSecurityType(groupType: number): boolean {
  return (groupType & securityFlag) !== 0;
}

/** The SID of an entry that was read with objectSid. */
export function sidOf(read: ReadEntry): Observation<string> {
  return required(bytesOf(read, "objectSid", sidToText), read, "SID");
}

async function nestedIn(reader: Reader, base: string, group: ReadEntry): Promise<Observation<readonly ReadEntry[]>> {
  const filter = { and: ["(objectCategory=group)", { matches: { attribute: "memberOf", rule: inChain, value: group.entry.dn } }] };
  const found = await reader.client.searchAll({ base, scope: "sub", filter, attributes: groupAttributes, sdFlags: true }, { maxEntries: maxGroups });
  return found.complete ? known(found.entries.map((entry) => readEntryOf(reader, entry)), reader.source) : failureOf(found.failure, reader.source);
}

interface Expanded {
  readonly members: readonly string[];
  readonly nested: readonly ReadEntry[];
}

/** Direct members, and groups nested below. A global catalog holds the members of universal groups only: others are asked of their own domain. */
async function expand(session: ForestSession, catalog: Reader, group: ReadEntry): Promise<Observation<Expanded>> {
  const type = required(integerOf(group, "groupType"), group, "groupType");
  if (type.state !== "known") return type;
  const universal = scopeOf(type.value) === "universal";
  const home = universal ? ({ ok: true, value: catalog } as const) : await readerHolding(session, group.entry.dn);
  if (!home.ok) return unknown(home.failure.reason, `the members of ${group.entry.dn}: ${home.failure.detail}`, group.source);
  const own = universal ? ({ ok: true, value: group } as const) : await readObject(home.value, group.entry.dn, ["member"]);
  if (!own.ok) return failureOf(own.failure, home.value.source);
  const members = textsOf(own.value, "member");
  if (members.state !== "known") return members;
  const nested = await nestedIn(home.value, universal ? "" : (rootText(home.value, "defaultNamingContext") ?? ""), group);
  return nested.state === "known" ? known({ members: members.value, nested: nested.value }, group.source) : (nested);
}

/** DNs of accounts that have one of the groups as primary group, which `member` does not list. */
async function primaryMembers(catalog: Reader, groups: readonly ReadEntry[]): Promise<Observation<readonly string[]>> {
  const sids = new Set<string>();
  for (const group of groups) {
    const sid = sidOf(group);
    if (sid.state !== "known") return sid;
    sids.add(sid.value);
  }
  const rids = new Set([...sids].map((sid) => sid.slice(sid.lastIndexOf("-") + 1)));
  const filter = { or: [...rids].map((value) => ({ equals: { attribute: "primaryGroupID", value } })) };
  const found = await catalog.client.searchAll({ base: "", scope: "sub", filter, attributes: ["objectClass", "objectSid", "primaryGroupID"] }, { maxEntries: maxMembers });
  if (!found.complete) return failureOf(found.failure, catalog.source);
  const names: string[] = [];
  for (const entry of found.entries) {
    const read: ReadEntry = { entry, source: catalog.source, hiding: `the account may read only a part of ${entry.dn}`, concealing: undefined };
    const own = bytesOf(read, "objectSid", sidToText);
    const rid = textOf(read, "primaryGroupID");
    if (own.state !== "known" || rid.state !== "known") return (own.state === "known" ? rid : own) as Observation<never>;
    if (sids.has(`${own.value.slice(0, own.value.lastIndexOf("-"))}-${rid.value}`)) names.push(entry.dn);
  }
  return known(names, catalog.source);
}

/** What a group holds, through all groups nested in it. */
export interface Nested {
  /** The group itself and those nested in it. */
  readonly groups: readonly ReadEntry[];
  /** DNs of what is listed as member and is none of these groups. */
  readonly others: readonly string[];
}

/** A group with all groups nested in it, and their members. */
export async function nestedMembers(session: ForestSession, catalog: Reader, group: ReadEntry): Promise<Observation<Nested>> {
  const groups = new Map([[dnKey(group.entry.dn), group]]);
  const accounts = new Map<string, string>();
  const waiting = [group];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const expanded = await expand(session, catalog, at);
    if (expanded.state !== "known") return expanded;
    for (const dn of expanded.value.members) accounts.set(dnKey(dn), dn);
    for (const nested of expanded.value.nested) {
      const key = dnKey(nested.entry.dn);
      if (groups.has(key)) continue;
      groups.set(key, nested);
      waiting.push(nested);
    }
    if (groups.size > maxGroups) return unknown("truncated", `more than ${maxGroups} groups are nested in ${group.entry.dn}`, group.source);
  }
  return known({ groups: [...groups.values()], others: [...accounts].filter(([key]) => !groups.has(key)).map(([, dn]) => dn) }, group.source);
}

/** DNs of the accounts in a group, sorted: its members, those of all groups nested in it, and accounts whose primary group one of these is. */
export async function effectiveMembers(session: ForestSession, catalog: Reader, group: ReadEntry): Promise<Observation<readonly string[]>> {
  const nested = await nestedMembers(session, catalog, group);
  if (nested.state !== "known") return nested;
  const primary = await primaryMembers(catalog, nested.value.groups);
  if (primary.state !== "known") return primary;
  const accounts = new Map([...nested.value.others, ...primary.value].map((dn) => [dnKey(dn), dn]));
  return known([...accounts.values()].sort(), group.source);
}

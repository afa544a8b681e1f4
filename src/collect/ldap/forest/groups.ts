import { absent, known, unknown, type Observation } from "../../../model/observation.ts";
import type { Observer } from "../../../model/subject.ts";
import type { DirectoryClient, Entry } from "../client-contract.ts";
import { bytes } from "../client-entry.ts";
import { dnKey } from "../decode-dn.ts";
import { sidToText } from "../decode-sid.ts";
import { converted, failureOf, integerOf, readEntryOf, required, textOf, textsOf, type ReadEntry } from "./observe-entry.ts";
import type { ForestSession } from "./session.ts";
import { subjectState } from "./state.ts";

/** Groups that forest preparation creates (directory.md, section 6); found by sAMAccountName, since they may have been moved. */
export const lyncGroupNames = [
  "RTCUniversalServerAdmins", "RTCUniversalUserAdmins", "RTCUniversalReadOnlyAdmins", "RTCHSUniversalServices", "RTCComponentUniversalServices", "RTCProxyUniversalServices", "RTCUniversalConfigReplicator", "RTCSBAUniversalServices",
  "RTCUniversalGlobalWriteGroup", "RTCUniversalGlobalReadOnlyGroup", "RTCUniversalUserReadOnlyGroup", "RTCUniversalServerReadOnlyGroup", "RTCUniversalSBATechnicians",
  "CSAdministrator", "CSArchivingAdministrator", "CSHelpDesk", "CSLocationAdministrator", "CSResponseGroupAdministrator", "CSServerAdministrator", "CSUserAdministrator", "CSViewOnlyAdministrator", "CSVoiceAdministrator", "CsPersistentChatAdministrator", "CsResponseGroupManager",
];

const inChain = "1.2.840.113556.1.4.1941";
const attributes = ["objectClass", "objectSid", "sAMAccountName", "groupType", "member"];
const maxMembers = 100_000;
const securityFlag = 0x80000000;

function scopeOf(groupType: number): "universal" | "global" | "domainLocal" | undefined {
  if ((groupType & 0x8) !== 0) return "universal";
  if ((groupType & 0x2) !== 0) return "global";
  return (groupType & 0x4) !== 0 ? "domainLocal" : undefined;
}

/** The SID of an entry that was read with objectSid. */
export function sidOf(read: ReadEntry): Observation<string> {
  const raw = bytes(read.entry, "objectSid");
  if (raw.state === "absent") return read.whole ? absent(read.source) : unknown("denied", `the account may not read the SID of ${read.entry.dn}`, read.source);
  const sid = raw.state === "value" ? sidToText(raw.value) : undefined;
  return sid === undefined ? unknown("malformed", `${read.entry.dn}: objectSid is no SID`, read.source) : known(sid, read.source);
}

/** DNs of the accounts in a group: its members, those of all groups nested in it, and accounts that have one of these as primary group, which `member` does not list. */
async function effectiveMembers(catalog: DirectoryClient, group: ReadEntry): Promise<Observation<readonly string[]>> {
  const nested = await catalog.searchAll({ base: "", scope: "sub", filter: { and: ["(objectCategory=group)", { matches: { attribute: "memberOf", rule: inChain, value: group.entry.dn } }] }, attributes }, { maxEntries: maxMembers });
  if (!nested.complete) return failureOf(nested.failure, group.source);
  const groups = [group, ...nested.entries.map((entry) => readEntryOf(entry, group.source))];
  const names = new Map(groups.map(({ entry }) => [dnKey(entry.dn), ""]));
  for (const read of groups) {
    const direct = textsOf(read, "member");
    if (direct.state !== "known") return direct;
    for (const dn of direct.value) if (!names.has(dnKey(dn))) names.set(dnKey(dn), dn);
    const sid = sidOf(read);
    if (sid.state !== "known") return required(sid, read, "SID");
    const rid = sid.value.slice(sid.value.lastIndexOf("-") + 1);
    const primary = await catalog.searchAll({ base: "", scope: "sub", filter: { equals: { attribute: "primaryGroupID", value: rid } }, attributes: ["objectSid"] }, { maxEntries: maxMembers });
    if (!primary.complete) return failureOf(primary.failure, group.source);
    const domain = sid.value.slice(0, sid.value.lastIndexOf("-") + 1);
    for (const entry of primary.entries) {
      const own = sidOf(readEntryOf(entry, group.source, []));
      if (own.state === "known" && own.value.startsWith(domain) && !names.has(dnKey(entry.dn))) names.set(dnKey(entry.dn), entry.dn);
    }
  }
  return known([...names.values()].filter((dn) => dn !== "").sort(), group.source);
}

async function groupFacts(session: ForestSession, catalog: DirectoryClient, observer: Observer, entry: Entry): Promise<{ readonly id: string; readonly sid: string | undefined; readonly name: string }> {
  const { forest, source } = session;
  const read = readEntryOf(entry, source, ["objectClass", "sAMAccountName"]);
  const name = textOf(read, "sAMAccountName");
  const label = name.state === "known" ? name.value : entry.dn;
  const sid = sidOf(read);
  const id = sid.state === "known" ? sid.value : dnKey(entry.dn);
  const type = required(integerOf(read, "groupType"), read, "groupType");
  const state = subjectState(observer, "securityGroup", id, label);
  state("forest", known(forest.name, source));
  state("name", required(name, read, "sAMAccountName"));
  state("dn", known(entry.dn, source));
  state("sid", required(sid, read, "SID"));
  state("scope", converted(type, read, "groupType", scopeOf));
  state("security", type.state === "known" ? known((type.value & securityFlag) !== 0, type.source) : type);
  state("effectiveMembers", await effectiveMembers(catalog, read));
  return { id, sid: sid.state === "known" ? sid.value : undefined, name: label };
}

/**
 * Reads the RTC and CS groups through the global catalog.
 * @returns group names by SID, for naming the groups of an account
 */
export async function readGroups(session: ForestSession, observer: Observer): Promise<ReadonlyMap<string, string>> {
  const { catalog, forest, source } = session;
  const state = (observation: Observation<readonly string[]>): void => observer.observe("forest", forest.name, "groups", observation);
  if (!catalog.ok) {
    state(failureOf(catalog.failure, source));
    return new Map();
  }
  const client = catalog.value;
  const filter = { and: ["(objectCategory=group)", { or: lyncGroupNames.map((value) => ({ equals: { attribute: "sAMAccountName", value } })) }] };
  const found = await client.searchAll({ base: "", scope: "sub", filter, attributes }, { maxEntries: 1_000 });
  const groups = [];
  for (const entry of found.entries) groups.push(await groupFacts(session, client, observer, entry));
  state(found.complete ? known(groups.map(({ id }) => id), source) : failureOf(found.failure, source));
  return new Map(groups.flatMap(({ sid, name }) => (sid === undefined ? [] : [[sid, name] as const])));
}

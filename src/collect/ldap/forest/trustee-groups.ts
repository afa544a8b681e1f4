import type { RecordValue } from "../../../model/kinds.ts";
import { known, unknown, type Observation } from "../../../model/observation.ts";
import { dnKey, parentDn, rdnValue } from "../decode-dn.ts";
import { canonicalSid, sidFromText } from "../decode-sid.ts";
import { readEntryOf } from "./container.ts";
import { domainHolding } from "./domains.ts";
import { groupAttributes, inChain, isSecurityType, nestedMembers, scopeOf, sidOf } from "./group-members.ts";
import { groupsVisible } from "./group-visibility.ts";
import { failureOf, integerOf, required, type ReadEntry } from "./observe-entry.ts";
import type { Reader } from "./reader.ts";
import type { ForestSession } from "./session.ts";

type TrusteeGroup = RecordValue<"TrusteeGroup">;
type Members = Observation<readonly string[]>;

/** Trustees of one organisation that are looked up; Exchange itself names about twenty. */
const maxTrustees = 100;
const maxGroups = 1_000;

function typeOf(group: ReadEntry): Observation<number> {
  return required(integerOf(group, "groupType"), group, "groupType");
}

function sidsOf(groups: readonly ReadEntry[], source: string): Members {
  const sids: string[] = [];
  for (const group of groups) {
    const sid = sidOf(group);
    if (sid.state !== "known") return sid;
    sids.push(sid.value);
  }
  return known(sids, source);
}

/** The SID of an account of another forest, which the object standing for it bears as its name ([MS-ADTS] 6.1.1.4.10). */
function foreignSid(dn: string, domainDn: string): string | undefined {
  return dnKey(parentDn(dn) ?? "") === dnKey(`CN=ForeignSecurityPrincipals,${domainDn}`) ? canonicalSid(rdnValue(dn)) : undefined;
}

/** SIDs of groups and of accounts of other forests in a group. */
async function memberSids(session: ForestSession, catalog: Reader, group: ReadEntry): Promise<Members> {
  const { dn } = group.entry;
  const type = typeOf(group);
  if (type.state !== "known") return type;
  if (!isSecurityType(type.value)) return known([], group.source); // nobody's token holds it
  const nested = await nestedMembers(session, catalog, group);
  if (nested.state !== "known") return nested;
  const below = nested.value.groups.filter(({ entry }) => dnKey(entry.dn) !== dnKey(dn));
  const types = below.map(typeOf);
  const unread = types.find(({ state }) => state !== "known");
  if (unread !== undefined) return unread as Observation<never>;
  if (types.some((one) => one.state === "known" && !isSecurityType(one.value))) return unknown("unsupported", `a distribution group is nested in ${dn}, and whose rights pass through it was not told apart`, group.source);
  const domains = session.domains.state === "known" ? session.domains.value : [];
  const own = domainHolding(domains, dn)?.dn ?? "";
  const elsewhere = scopeOf(type.value) === "universal" ? undefined : nested.value.others.find((other) => domainHolding(domains, other)?.dn !== own);
  if (elsewhere !== undefined) return unknown("unsupported", `${dn} has members of other domains of the forest, such as ${elsewhere}, which were not looked into`, group.source);
  const sids = sidsOf(below, group.source);
  return sids.state === "known" ? known([...sids.value, ...nested.value.others.flatMap((other) => foreignSid(other, own) ?? [])].sort(), group.source) : sids;
}

async function findGroups(catalog: Reader, sids: readonly string[]): Promise<Observation<ReadonlyMap<string, ReadEntry>>> {
  const { client, source } = catalog;
  const wanted = sids.flatMap((sid) => sidFromText(sid) ?? []).map((value) => ({ equals: { attribute: "objectSid", value } }));
  const found = await client.searchAll({ base: "", scope: "sub", filter: { and: ["(objectCategory=group)", { or: wanted }] }, attributes: groupAttributes, sdFlags: true }, { maxEntries: sids.length });
  if (!found.complete) return failureOf(found.failure, source);
  const groups = found.entries.map((entry) => readEntryOf(catalog, entry));
  const named = sidsOf(groups, source);
  return named.state === "known" ? known(new Map(named.value.map((sid, at) => [sid, groups[at] as ReadEntry])), source) : named;
}

function recordOf(sid: string, members: Members): TrusteeGroup {
  if (members.state === "known") return { sid, members: members.value };
  return members.state === "unknown" ? { sid, members: [], reason: members.reason, detail: members.detail } : { sid, members: [], reason: "malformed", detail: `what ${sid} holds is not there` };
}

/** What the groups among some trustees hold: those of the domains of this forest. Others, such as accounts and groups of other forests, hold nobody here. */
export async function trusteeGroups(session: ForestSession, trustees: readonly string[]): Promise<readonly TrusteeGroup[]> {
  const sids = [...new Set(trustees)].filter((sid) => sid.startsWith("S-1-5-21-")).sort();
  const [asked, rest] = [sids.slice(0, maxTrustees), sids.slice(maxTrustees)];
  if (asked.length === 0) return [];
  const { catalog, source } = session;
  const unasked = rest.map((sid) => recordOf(sid, unknown("truncated", `more than ${maxTrustees} trustees have rights on the containers of Exchange`, source)));
  const complete = catalog.ok ? await groupsVisible(session) : failureOf(catalog.failure, source);
  const found = catalog.ok && complete.state === "known" ? await findGroups(catalog.value, asked) : (complete as Observation<never>);
  const records: TrusteeGroup[] = [];
  for (const sid of asked) {
    const group = found.state === "known" ? found.value.get(sid) : undefined;
    if (!catalog.ok || found.state !== "known") records.push(recordOf(sid, found as Observation<never>));
    else records.push(recordOf(sid, group === undefined ? known([], source) : await memberSids(session, catalog.value, group)));
  }
  return [...records, ...unasked];
}

/** SIDs of the universal security groups that a group is in, nested ones too: of its forest's groups those that count in other forests as well. */
export async function universalGroupsOf(catalog: Reader, group: ReadEntry): Promise<Members> {
  const { client, source } = catalog;
  const filter = { and: ["(objectCategory=group)", { matches: { attribute: "member", rule: inChain, value: group.entry.dn } }] };
  const found = await client.searchAll({ base: "", scope: "sub", filter, attributes: groupAttributes.filter((name) => name !== "member"), sdFlags: true }, { maxEntries: maxGroups });
  if (!found.complete) return failureOf(found.failure, source);
  const universal: ReadEntry[] = [];
  let distribution = false;
  for (const entry of found.entries) {
    const read = readEntryOf(catalog, entry);
    const type = typeOf(read);
    if (type.state !== "known") return type;
    if (!isSecurityType(type.value)) distribution = true;
    else if (scopeOf(type.value) === "universal") universal.push(read);
  }
  if (distribution && universal.length > 0) return unknown("unsupported", `${group.entry.dn} is in distribution groups, and which of its other groups it is in through them was not told apart`, source);
  const sids = sidsOf(universal, source);
  return sids.state === "known" ? known([...sids.value].sort(), source) : sids;
}

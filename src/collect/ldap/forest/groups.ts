import { known, type Observation } from "../../../model/observation.ts";
import type { Observer } from "../../../model/subject.ts";
import { dnKey } from "../decode-dn.ts";
import { readEntryOf } from "./container.ts";
import { effectiveMembers, groupAttributes, isSecurityType, scopeOf, sidOf } from "./group-members.ts";
import { universalGroupsOf } from "./trustee-groups.ts";
import { groupsVisible } from "./group-visibility.ts";
import { changedAt, converted, failureOf, integerOf, required, textOf, type ReadEntry } from "./observe-entry.ts";
import type { Reader } from "./reader.ts";
import type { ForestSession } from "./session.ts";
import { subjectState } from "./state.ts";

/** Groups that forest preparation creates; found by sAMAccountName, since they may have been moved. */
const lyncGroupNames = [
  "RTCUniversalServerAdmins", "RTCUniversalUserAdmins", "RTCUniversalReadOnlyAdmins", "RTCHSUniversalServices", "RTCComponentUniversalServices", "RTCProxyUniversalServices", "RTCUniversalConfigReplicator", "RTCSBAUniversalServices",
  "RTCUniversalGlobalWriteGroup", "RTCUniversalGlobalReadOnlyGroup", "RTCUniversalUserReadOnlyGroup", "RTCUniversalServerReadOnlyGroup", "RTCUniversalSBATechnicians",
  "CSAdministrator", "CSArchivingAdministrator", "CSHelpDesk", "CSLocationAdministrator", "CSResponseGroupAdministrator", "CSServerAdministrator", "CSUserAdministrator", "CSViewOnlyAdministrator", "CSVoiceAdministrator", "CsPersistentChatAdministrator", "CsResponseGroupManager",
] as const;

/** Role groups of Exchange 2010 and later, and what they were before; only in forests with Exchange, since the names are no reserved ones. */
const exchangeGroupNames = ["Organization Management", "Recipient Management", "Exchange Organization Administrators", "Exchange Recipient Administrators"] as const;

async function groupFacts(session: ForestSession, catalog: Reader, observer: Observer, read: ReadEntry, complete: Observation<true>): Promise<string> {
  const { forest, source } = session;
  const { entry } = read;
  const name = required(textOf(read, "sAMAccountName"), read, "sAMAccountName");
  const sid = sidOf(read);
  const id = sid.state === "known" ? sid.value : dnKey(entry.dn);
  const type = required(integerOf(read, "groupType"), read, "groupType");
  const state = subjectState(observer, "securityGroup", id, name.state === "known" ? name.value : entry.dn);
  state("forest", known(forest.name, source));
  state("name", name);
  state("dn", known(entry.dn, source));
  state("changedAt", changedAt(read));
  state("sid", sid);
  state("scope", converted(type, read, "groupType", scopeOf));
  state("security", type.state === "known" ? known(isSecurityType(type.value), type.source) : type);
  const [members, universal] = await Promise.all([effectiveMembers(session, catalog, read), universalGroupsOf(catalog, read)]);
  state("effectiveMembers", members.state === "known" && complete.state !== "known" ? complete : members); // a hidden group would look like an account, and hide its members
  state("universalGroups", complete.state === "known" ? universal : complete);
  return id;
}

/** Reads the RTC and CS groups, and those that manage Exchange, through the global catalog. */
export async function readGroups(session: ForestSession, observer: Observer): Promise<void> {
  const { catalog, forest, source } = session;
  const state = (observation: Observation<readonly string[]>): void => observer.observe("forest", forest.name, "groups", observation);
  if (!catalog.ok) return state(failureOf(catalog.failure, source));
  const names = forest.roles.includes("exchange") ? [...lyncGroupNames, ...exchangeGroupNames] : lyncGroupNames;
  const filter = { and: ["(objectCategory=group)", { or: names.map((value) => ({ equals: { attribute: "sAMAccountName", value } })) }] };
  const [found, complete] = await Promise.all([catalog.value.client.searchAll({ base: "", scope: "sub", filter, attributes: groupAttributes, sdFlags: true }, { maxEntries: 1_000 }), groupsVisible(session)]);
  const ids: string[] = [];
  for (const entry of found.entries) ids.push(await groupFacts(session, catalog.value, observer, readEntryOf(catalog.value, entry), complete));
  if (!found.complete) state(failureOf(found.failure, source));
  else state(complete.state === "known" ? known(ids, source) : complete);
}

import type { OperatorConfig } from "../../../model/config.ts";
import type { RecordValue } from "../../../model/kinds.ts";
import { known, unknown, type Observation } from "../../../model/observation.ts";
import type { Observer } from "../../../model/subject.ts";
import type { DirectoryFilter, Entry } from "../client-contract.ts";
import { bytesList } from "../client-entry.ts";
import { isNoSuchObject } from "../client-failure.ts";
import { sidToText } from "../decode-sid.ts";
import { checkAccess, directoryRights } from "../security-descriptor-access.ts";
import { descriptorOf } from "./descriptor.ts";
import { sidOf } from "./groups.ts";
import { failureOf, flagOf, readEntryOf } from "./observe-entry.ts";
import type { ForestSession } from "./session.ts";
import { subjectState } from "./state.ts";

const contactClass = "5cb41ed0-0e4c-11d0-a286-00aa003049e2"; // schemaIDGUID of contact, [MS-ADSC]
const disabledFlag = 0x2;
/** SIDs that every account carries when it has authenticated: Everyone, Authenticated Users. */
const everybody = ["S-1-1-0", "S-1-5-11"];

function filterFor(account: string): DirectoryFilter {
  if (account.includes("@")) return { and: ["(objectCategory=person)", { equals: { attribute: "userPrincipalName", value: account } }] };
  const name = account.slice(account.indexOf("\\") + 1);
  return { and: ["(objectCategory=person)", { equals: { attribute: "sAMAccountName", value: name } }] };
}

async function find(session: ForestSession, account: string): Promise<Observation<Entry> | "missing"> {
  const { client, source, rootDn } = session;
  const attributes = ["objectClass", "userAccountControl", "objectSid"];
  if (/^(cn|ou)=.*,dc=/i.test(account)) {
    const read = await client.readEntry(account, attributes);
    if (read.ok) return known(read.value, source);
    return isNoSuchObject(read.failure) ? "missing" : failureOf(read.failure, source);
  }
  const found = await client.searchAll({ base: rootDn, scope: "sub", filter: filterFor(account), attributes }, { maxEntries: 10 });
  const [entry, second] = found.entries;
  if (second !== undefined) return unknown("malformed", `more than one account ${account}`, source);
  if (entry !== undefined) return known(entry, source);
  return found.complete ? "missing" : failureOf(found.failure, source);
}

async function tokenOf(session: ForestSession, entry: Entry): Promise<Observation<readonly string[]>> {
  const { client, source } = session;
  const read = await client.readEntry(entry.dn, ["objectSid", "tokenGroups"]);
  if (!read.ok) return failureOf(read.failure, source);
  const groups = bytesList(read.value, "tokenGroups");
  if (groups.state !== "value") return unknown("denied", `the server does not tell the effective groups of ${entry.dn} (tokenGroups)`, source);
  const sids = groups.value.map(sidToText);
  const own = sidOf(readEntryOf(read.value, source, []));
  return sids.includes(undefined) || own.state !== "known" ? unknown("malformed", `tokenGroups of ${entry.dn} holds a malformed SID`, source) : known([own.value, ...sids.flatMap((sid) => sid ?? [])], source);
}

async function contactRight(session: ForestSession, container: string, sids: ReadonlySet<string>): Promise<RecordValue<"ContactRight">> {
  const read = await session.client.readEntry(container, ["objectClass", "nTSecurityDescriptor"], { sdFlags: true });
  if (!read.ok) return { container, create: "unknown", detail: read.failure.detail };
  const descriptor = descriptorOf(read.value);
  if (descriptor === undefined) return { container, create: "unknown", detail: "the scanning account may not read its permissions" };
  const create = checkAccess(descriptor, { sids, rights: directoryRights.createChild, objectTypes: [contactClass] });
  return { container, create, detail: "evaluated from the permissions of the container and all groups of the account" };
}

/** Reads one account that will run ocsumutil: its effective groups, and whether it may create contacts (keys perm.ocsumutil-groups, perm.contact-ou). */
export async function readOperator(session: ForestSession, observer: Observer, operator: OperatorConfig, groupNames: ReadonlyMap<string, string>): Promise<void> {
  const { source } = session;
  const id = operatorId(operator);
  const state = subjectState(observer, "operator", id, operator.account);
  const entry = await find(session, operator.account);
  if (entry === "missing") {
    state("exists", known(false, source));
    return;
  }
  if (entry.state !== "known") {
    for (const fact of ["exists", "dn", "enabled", "effectiveGroups", "contactRights"] as const) state(fact, entry as Observation<never>);
    return;
  }
  const disabled = flagOf(readEntryOf(entry.value, source, ["objectClass", "userAccountControl"]), "userAccountControl", disabledFlag);
  const token = await tokenOf(session, entry.value);
  state("exists", known(true, source));
  state("dn", known(entry.value.dn, source));
  state("enabled", disabled.state === "known" ? known(!disabled.value, source) : disabled);
  if (token.state !== "known") {
    state("effectiveGroups", token as Observation<never>);
    state("contactRights", token as Observation<never>);
    return;
  }
  const sids = new Set([...token.value, ...everybody]);
  state("effectiveGroups", known([...groupNames].filter(([sid]) => sids.has(sid)).map(([, name]) => name).sort(), source));
  state("contactRights", known(await Promise.all(operator.contactContainers.map((container) => contactRight(session, container, sids))), source));
}

/** Id of an operator subject. */
export function operatorId(operator: OperatorConfig): string {
  return `${operator.forest}/${operator.account.toLowerCase()}`;
}

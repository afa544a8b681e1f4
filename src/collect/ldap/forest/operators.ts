import type { OperatorConfig } from "../../../model/config.ts";
import type { RecordValue } from "../../../model/kinds.ts";
import { known, unknown, type Observation } from "../../../model/observation.ts";
import type { Observer, SubjectIndex } from "../../../model/subject.ts";
import { bytesList } from "../client-entry.ts";
import { sidToText } from "../decode-sid.ts";
import { checkAccess, directoryRights } from "../security-descriptor-access.ts";
import { descriptorOf } from "./descriptor.ts";
import { readerHolding } from "./domains.ts";
import { findAccount } from "./find-account.ts";
import { failureOf, flagOf, required, type ReadEntry } from "./observe-entry.ts";
import { everybody } from "./reader.ts";
import type { ForestSession } from "./session.ts";
import { subjectState } from "./state.ts";

const contactClass = "5cb41ed0-0e4c-11d0-a286-00aa003049e2"; // schemaIDGUID of contact, [MS-ADSC]
const disabledFlag = 0x2;

/** SIDs of the account and of all groups that it is in, as its own domain controller works them out ([MS-ADTS] 3.1.1.4.5.19). */
async function tokenOf(session: ForestSession, dn: string): Promise<Observation<readonly string[]>> {
  const reader = await readerHolding(session, dn);
  if (!reader.ok) return failureOf(reader.failure, session.source);
  const { client, source } = reader.value;
  const read = await client.readEntry(dn, ["objectSid", "tokenGroups"]);
  if (!read.ok) return failureOf(read.failure, source);
  const [own, groups] = [bytesList(read.value, "objectSid"), bytesList(read.value, "tokenGroups")];
  if (groups.state === "truncated") return failureOf(groups.failure, source);
  if (groups.state !== "value" || own.state !== "value") return unknown("denied", `the server does not tell the effective groups of ${dn} (tokenGroups)`, source);
  const sids = [...own.value, ...groups.value].map(sidToText);
  return sids.includes(undefined) ? unknown("malformed", `tokenGroups of ${dn} holds a malformed SID`, source) : known(sids.flatMap((sid) => sid ?? []), source);
}

async function contactRight(session: ForestSession, container: string, sids: ReadonlySet<string>): Promise<RecordValue<"ContactRight">> {
  const reader = await readerHolding(session, container);
  if (!reader.ok) return { container, create: "unknown", detail: reader.failure.detail };
  const read = await reader.value.client.readEntry(container, ["objectClass", "nTSecurityDescriptor"], { sdFlags: true });
  if (!read.ok) return { container, create: "unknown", detail: read.failure.detail };
  const descriptor = descriptorOf(read.value);
  if (descriptor === undefined) return { container, create: "unknown", detail: "the scanning account may not read its permissions" };
  const create = checkAccess(descriptor, { sids, rights: directoryRights.createChild, objectTypes: [contactClass] });
  return { container, create, detail: "evaluated from the permissions of the container and all groups of the account" };
}

/** Names of the RTC and CS groups by SID; not known while one of them may be missing. */
function groupNames(session: ForestSession, subjects: SubjectIndex): Observation<ReadonlyMap<string, string>> {
  const groups = subjects.get("forest", session.forest.name)?.facts["groups"];
  if (groups === undefined) return unknown("not-collected", "the groups of the forest were not read", session.source);
  if (groups.state !== "known") return groups;
  const names = new Map<string, string>();
  for (const { facts } of subjects.all("securityGroup")) {
    const [forest, sid, name] = [facts["forest"], facts["sid"], facts["name"]];
    if (forest?.state !== "known" || forest.value !== session.forest.name) continue;
    if (sid?.state !== "known" || name?.state !== "known") return unknown("denied", "the SID of a group could not be read", session.source);
    names.set(String(sid.value), String(name.value));
  }
  return known(names, session.source);
}

async function accountFacts(session: ForestSession, observer: Observer, subjects: SubjectIndex, operator: OperatorConfig, read: ReadEntry): Promise<void> {
  const { source } = session;
  const state = subjectState(observer, "operator", operatorId(operator), operator.account);
  const disabled = required(flagOf(read, "userAccountControl", disabledFlag), read, "userAccountControl");
  state("exists", known(true, source));
  state("dn", known(read.entry.dn, source));
  state("enabled", disabled.state === "known" ? known(!disabled.value, source) : disabled);
  const token = await tokenOf(session, read.entry.dn);
  if (token.state !== "known") {
    state("effectiveGroups", token as Observation<never>);
    state("contactRights", token as Observation<never>);
    return;
  }
  const sids = new Set([...token.value, ...everybody]);
  const names = groupNames(session, subjects);
  state("effectiveGroups", names.state === "known" ? known([...names.value].filter(([sid]) => sids.has(sid)).map(([, name]) => name).sort(), source) : (names as Observation<never>));
  state("contactRights", known(await Promise.all(operator.contactContainers.map((container) => contactRight(session, container, sids))), source));
}

/** Reads one account that will run ocsumutil: its effective groups, and whether it may create contacts (keys perm.ocsumutil-groups, perm.contact-ou). Groups are read before. */
export async function readOperator(session: ForestSession, observer: Observer, subjects: SubjectIndex, operator: OperatorConfig): Promise<void> {
  const state = subjectState(observer, "operator", operatorId(operator), operator.account);
  const found = await findAccount(session, operator.account);
  if (found.state === "known") return accountFacts(session, observer, subjects, operator, found.value);
  if (found.state === "absent") return state("exists", known(false, session.source));
  for (const fact of operatorFacts) state(fact, found);
}

/** Facts that are read of an operator. */
export const operatorFacts = ["exists", "dn", "enabled", "effectiveGroups", "contactRights"] as const;

/** Id of an operator subject. */
export function operatorId(operator: OperatorConfig): string {
  return `${operator.forest}/${operator.account.toLowerCase()}`;
}

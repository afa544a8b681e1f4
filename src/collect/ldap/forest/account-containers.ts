import type { RecordValue } from "../../../model/kinds.ts";
import { known, unknown, type Observation } from "../../../model/observation.ts";
import type { Observer, Subject, SubjectIndex } from "../../../model/subject.ts";
import { bytesList } from "../client-entry.ts";
import { dnKey, parentDn } from "../decode-dn.ts";
import { sidToText } from "../decode-sid.ts";
import { checkAccess, directoryRights } from "../security-descriptor-access.ts";
import type { SecurityDescriptor } from "../security-descriptor.ts";
import { descriptorOf } from "./descriptor.ts";
import { readerHolding } from "./domains.ts";
import { inChain } from "./group-members.ts";
import { failureOf } from "./observe-entry.ts";
import { everybody } from "./reader.ts";
import type { ForestSession } from "./session.ts";
import { subjectState } from "./state.ts";
import { contactOnly, writeTargets, type WriteTarget } from "./write-targets.ts";

type WriteRight = RecordValue<"WriteRight">;
type Held = "contacts" | "users";

const classes = { contacts: "5cb41ed0-0e4c-11d0-a286-00aa003049e2", users: "bf967aba-0de6-11d0-a285-00aa003049e2" } as const; // schemaIDGUID of contact and user, [MS-ADSC]
const trustee = "RTCUniversalUserAdmins";
const maxContainers = 500;
const maxGroups = 1_000;

/** Containers by key, with what they hold. */
export interface ContainerList {
  add(dn: string, what: Held): void;
  /** Takes a user of Lync to its container. */
  addUser(user: Subject): void;
  readonly all: readonly { readonly dn: string; readonly holds: readonly Held[] }[];
  /** There were more than are kept. */
  readonly more: boolean;
}

/** An empty list of containers. A million users stand in few containers, so that the text of a parent is taken apart once. */
export function listContainers(): ContainerList {
  const byKey = new Map<string, { readonly dn: string; readonly holds: Set<Held> }>();
  const seen = new Set<string>();
  let more = false;
  const add = (dn: string, what: Held): void => {
    const spelling = `${what} ${dn}`;
    if (seen.has(spelling)) return;
    const key = dnKey(dn);
    const there = byKey.get(key);
    if (there === undefined && byKey.size >= maxContainers) {
      more = true;
      return;
    }
    seen.add(spelling);
    if (there === undefined) byKey.set(key, { dn, holds: new Set([what]) });
    else there.holds.add(what);
  };
  return {
    add,
    addUser({ facts }) {
      const [dn, address] = [facts["dn"], facts["sipAddress"]];
      if (dn?.state === "known" && address?.state === "known") add(containerOf(String(dn.value)), "users");
    },
    get all() {
      return [...byKey.values()].map(({ dn, holds }) => ({ dn, holds: [...holds].sort() }));
    },
    get more() {
      return more;
    },
  };
}

/** The text behind the first RDN. */
function containerOf(dn: string): string {
  const rdn = /^(?:[^\\,"]|\\.)*,/s.exec(dn)?.[0];
  return rdn === undefined ? (parentDn(dn) ?? "") : dn.slice(rdn.length);
}

/** Who asks: the group, all groups that it is in, and everybody. */
async function sidsOfGroup(session: ForestSession, subjects: SubjectIndex, container: string): Promise<Observation<ReadonlySet<string>>> {
  const { forest, source } = session;
  const groups = subjects.get("forest", forest.name)?.facts["groups"];
  if (groups?.state !== "known") return groups?.state === "unknown" ? groups : unknown("not-collected", "the groups of the forest were not read", source);
  const own = subjects.all("securityGroup").find(({ name, facts }) => name.toLowerCase() === trustee.toLowerCase() && facts["forest"]?.state === "known" && facts["forest"].value === forest.name)?.facts;
  if (own === undefined) return known(new Set(), source);
  if (own["sid"]?.state !== "known" || own["dn"]?.state !== "known") return unknown("denied", `the SID of ${trustee} could not be read`, source);
  const reader = await readerHolding(session, container);
  if (!reader.ok) return failureOf(reader.failure, source);
  const filter = { and: ["(objectCategory=group)", { matches: { attribute: "member", rule: inChain, value: String(own["dn"].value) } }] };
  const base = reader.value.rootDse.attributes.get("defaultnamingcontext")?.[0];
  const found = await reader.value.client.searchAll({ base: typeof base === "string" ? base : "", scope: "sub", filter, attributes: ["objectSid"] }, { maxEntries: maxGroups });
  if (!found.complete) return failureOf(found.failure, reader.value.source);
  const nested = found.entries.flatMap((entry) => {
    const sids = bytesList(entry, "objectSid");
    return sids.state === "value" ? sids.value.flatMap((sid) => sidToText(sid) ?? []) : [];
  });
  return known(new Set([String(own["sid"].value), ...nested, ...everybody]), reader.value.source);
}

/** Whether a target may be written on all objects of a class below; a property set only with each of its attributes that a denial singles out. */
function rightOn(descriptor: SecurityDescriptor, sids: ReadonlySet<string>, classGuid: string, target: WriteTarget): WriteRight {
  const ask = (objectTypes: readonly string[]) => checkAccess(descriptor, { sids, rights: directoryRights.writeProperty, objectTypes, inheritedBy: { class: classGuid } });
  const whole = ask(target.guids);
  if (whole !== "granted") return { what: target.name, verdict: whole, detail: whole === "unknown" ? "entries with conditions, or of unknown types, could decide it" : "no entry grants it, or one denies it before" };
  const singled = target.members.map(({ name, guids }) => ({ name, verdict: ask(guids) })).find(({ verdict }) => verdict !== "granted");
  if (singled !== undefined) return { what: target.name, verdict: singled.verdict, detail: `all but ${singled.name}, which an entry of its own takes away` };
  return { what: target.name, verdict: "granted", detail: "evaluated from the permissions that objects in it inherit" };
}

interface Judging {
  readonly session: ForestSession;
  readonly targets: Observation<readonly WriteTarget[]>;
  readonly sids: Observation<ReadonlySet<string>>;
}

function writesOf({ targets, sids, session }: Judging, descriptor: Observation<SecurityDescriptor>, what: Held, holds: boolean): Observation<readonly WriteRight[]> {
  const { source } = session;
  if (!holds) return known([], source);
  if (descriptor.state !== "known") return descriptor;
  if (sids.state !== "known") return sids;
  if (targets.state !== "known") return targets;
  const wanted = targets.value.filter(({ name }) => what === "contacts" || !contactOnly.has(name));
  if (sids.value.size === 0) return known(wanted.map(({ name }) => ({ what: name, verdict: "denied" as const, detail: `the forest has no group ${trustee}` })), source);
  return known(wanted.map((target) => rightOn(descriptor.value, sids.value, classes[what], target)), descriptor.source);
}

async function containerFacts(session: ForestSession, observer: Observer, judging: Judging, { dn, holds }: ContainerList["all"][number]): Promise<string> {
  const id = `${session.forest.name}/${dnKey(dn)}`;
  const state = subjectState(observer, "accountContainer", id, dn);
  const reader = await readerHolding(session, dn);
  const read = reader.ok ? await reader.value.client.readEntry(dn, ["objectClass", "nTSecurityDescriptor"], { sdFlags: true }) : reader;
  const source = reader.ok ? reader.value.source : session.source;
  const parsed = read.ok ? descriptorOf(read.value) : undefined;
  const descriptor: Observation<SecurityDescriptor> = read.ok ? (parsed === undefined ? unknown("denied", `the account may not read the permissions of ${dn}`, source) : known(parsed, source)) : failureOf(read.failure, source);
  state("forest", known(session.forest.name, session.source));
  state("dn", known(dn, session.source));
  state("holds", known(holds, session.source));
  state("inheritanceBlocked", descriptor.state === "known" ? known(descriptor.value.isProtected, source) : (descriptor as Observation<never>));
  state("contactWrites", writesOf(judging, descriptor, "contacts", holds.includes("contacts")));
  state("userWrites", writesOf(judging, descriptor, "users", holds.includes("users")));
  return id;
}

/** Reads the permissions of the containers that hold contacts and users of Lync (keys perm.ou-contact-aces, perm.ou-user-aces). `complete` says whether all are known. */
export async function readAccountContainers(session: ForestSession, observer: Observer, subjects: SubjectIndex, containers: ContainerList, complete: Observation): Promise<void> {
  const state = (observation: Observation<readonly string[]>): void => observer.observe("forest", session.forest.name, "accountContainers", observation);
  const { all, more } = containers;
  const targets: Observation<readonly WriteTarget[]> = all.length === 0 ? known([], session.source) : await writeTargets(session);
  const byDomain = new Map<string, Promise<Observation<ReadonlySet<string>>>>();
  const sidsFor = (dn: string): Promise<Observation<ReadonlySet<string>>> => {
    const domain = /(?:^|,)dc=.*$/is.exec(dn)?.[0].toLowerCase() ?? "";
    const there = byDomain.get(domain) ?? sidsOfGroup(session, subjects, dn);
    byDomain.set(domain, there);
    return there;
  };
  const ids = await Promise.all(all.map(async (container) => containerFacts(session, observer, { session, targets, sids: await sidsFor(container.dn) }, container)));
  if (complete.state === "unknown") state(complete);
  else state(more ? unknown("truncated", `contacts and users of Lync stand in more than ${maxContainers} containers`, session.source) : known(ids, session.source));
}

import { absent, known, unknown, type Observation } from "../../../model/observation.ts";
import type { Observer } from "../../../model/subject.ts";
import { rdnValue } from "../decode-dn.ts";
import { childNamed, idList, listBelow, ofClass, type Listing } from "./container.ts";
import { acesOf } from "./descriptor.ts";
import { readCallRoutersAndServers } from "./exchange-servers.ts";
import { readAutoAttendants, readDialPlans, readGateways, readMailboxPolicies } from "./exchange-plans.ts";
import { idOf, type Links } from "./links.ts";
import { changedAt, integerOf, type ReadEntry } from "./observe-entry.ts";
import type { OrganizationReading } from "./organization.ts";
import type { ForestSession } from "./session.ts";
import { subjectState } from "./state.ts";
import { trusteeGroups } from "./trustee-groups.ts";

const grantContainers = [
  ["UM DialPlan Container", "dialPlans"],
  ["UM AutoAttendant Container", "autoAttendants"],
  ["Administrative Groups", "administrativeGroups"],
] as const;

async function readContainers(reading: OrganizationReading, organizationDn: string): Promise<void> {
  const { session, observer, organization, children } = reading;
  const found = grantContainers.flatMap(([cn, role]) => {
    const container = childNamed(children, cn);
    return container === undefined ? [] : [[role, container.entry.dn] as const];
  });
  const wanted = [["organization", organizationDn] as const, ...found];
  const read = await Promise.all(wanted.map(async ([role, dn]) => ({ role, dn, aces: await acesOf(session.root, dn) })));
  const groups = await trusteeGroups(session, read.flatMap(({ aces }) => (aces.state === "known" ? aces.value.map(({ trusteeSid }) => trusteeSid) : [])));
  const ids = read.map(({ role, dn, aces }) => {
    const id = `${organization}/${role}`;
    const state = subjectState(observer, "exchangeContainer", id, rdnValue(dn));
    state("organization", known(organization, session.source));
    state("role", known(role, session.source));
    state("dn", known(dn, session.source));
    state("aces", aces);
    const named = aces.state === "known" ? new Set(aces.value.map(({ trusteeSid }) => trusteeSid)) : undefined;
    state("trusteeGroups", named === undefined ? (aces as Observation<never>) : known(groups.filter(({ sid }) => named.has(sid)), session.source));
    return id;
  });
  const complete = ids.length === grantContainers.length + 1 ? known(true as const, session.source) : children.complete;
  observer.observe("exchangeOrganization", organization, "containers", idList(complete, ids));
}

async function readOrganization(session: ForestSession, observer: Observer, links: Links, read: ReadEntry): Promise<string> {
  const { source, forest, root } = session;
  const { entry } = read;
  const organization = idOf(entry);
  const name = rdnValue(entry.dn);
  const state = subjectState(observer, "exchangeOrganization", organization, name);
  state("forest", known(forest.name, source));
  state("name", known(name, source));
  state("dn", known(entry.dn, source));
  state("changedAt", changedAt(read));
  state("objectVersion", integerOf(read, "objectVersion"));
  const children = await listBelow(root, entry.dn, "one", []);
  const reading: OrganizationReading = { session, observer, links, organization, children };
  await readDialPlans(reading); // first: the others link to dial plans by DN
  await Promise.all([readGateways(reading), readAutoAttendants(reading), readMailboxPolicies(reading), readCallRoutersAndServers(reading), readContainers(reading, entry.dn)]);
  return organization;
}

/** Reads the Exchange organisation of a forest. `services` is what CN=Services of the configuration holds. */
export async function readExchange(session: ForestSession, observer: Observer, links: Links, services: Listing): Promise<void> {
  const { source, forest } = session;
  const state = (observation: Observation<string>): void => observer.observe("forest", forest.name, "exchangeOrganization", observation);
  const root = childNamed(services, "Microsoft Exchange");
  if (root === undefined) {
    state(services.complete.state === "known" ? absent(source) : services.complete);
    return;
  }
  const { entries, complete } = ofClass(await listBelow(session.root, root.entry.dn, "one", ["objectVersion"]), "msExchOrganizationContainer");
  const [organization, second] = entries;
  if (second !== undefined) state(unknown("unsupported", `more than one Exchange organisation in ${forest.name}`, source));
  else if (organization !== undefined) state(known(await readOrganization(session, observer, links, organization), source));
  else state(complete.state === "known" ? absent(source) : complete);
}

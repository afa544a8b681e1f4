import { absent, known, unknown, type Observation } from "../../../model/observation.ts";
import type { Observer } from "../../../model/subject.ts";
import type { Entry } from "../client-contract.ts";
import { rdnValue } from "../decode-dn.ts";
import { listBelow } from "./container.ts";
import { acesOf } from "./descriptor.ts";
import { readCallRoutersAndServers } from "./exchange-servers.ts";
import { readAutoAttendants, readDialPlans, readGateways, readMailboxPolicies } from "./exchange-plans.ts";
import { idOf, type Links } from "./links.ts";
import { integerOf, readEntryOf } from "./observe-entry.ts";
import { childNamed, idList, type OrganizationReading } from "./organization.ts";
import type { ForestSession } from "./session.ts";
import { subjectState } from "./state.ts";

const grantContainers = [
  ["UM DialPlan Container", "dialPlans"],
  ["UM AutoAttendant Container", "autoAttendants"],
  ["Administrative Groups", "administrativeGroups"],
] as const;

async function readContainers(reading: OrganizationReading, organizationDn: string): Promise<void> {
  const { session, observer, organization, children } = reading;
  const found = grantContainers.flatMap(([cn, role]) => {
    const container = childNamed(children, cn);
    return container === undefined ? [] : [[role, container.dn] as const];
  });
  const wanted = [["organization", organizationDn] as const, ...found];
  const ids = await Promise.all(
    wanted.map(async ([role, dn]) => {
      const id = `${organization}/${role}`;
      const state = subjectState(observer, "exchangeContainer", id, rdnValue(dn));
      state("organization", known(organization, session.source));
      state("role", known(role, session.source));
      state("dn", known(dn, session.source));
      state("aces", await acesOf(session, dn));
      return id;
    }),
  );
  const complete = ids.length === grantContainers.length + 1 ? known(true as const, session.source) : children.complete;
  observer.observe("exchangeOrganization", organization, "containers", idList({ complete }, ids));
}

async function readOrganization(session: ForestSession, observer: Observer, links: Links, entry: Entry): Promise<string> {
  const { source, forest } = session;
  const organization = idOf(entry);
  const name = rdnValue(entry.dn);
  const state = subjectState(observer, "exchangeOrganization", organization, name);
  state("forest", known(forest.name, source));
  state("name", known(name, source));
  state("dn", known(entry.dn, source));
  state("objectVersion", integerOf(readEntryOf(entry, source), "objectVersion"));
  const children = await listBelow(session, entry.dn, "one", "(objectClass=*)", []);
  const reading: OrganizationReading = { session, observer, links, organization, children };
  await readDialPlans(reading); // first: the others link to dial plans by DN
  await Promise.all([readGateways(reading), readAutoAttendants(reading), readMailboxPolicies(reading), readCallRoutersAndServers(reading), readContainers(reading, entry.dn)]);
  return organization;
}

/** Reads the Exchange organisation of a forest (directory.md, section 1 and 2). */
export async function readExchange(session: ForestSession, observer: Observer, links: Links): Promise<void> {
  const { configurationDn, source, forest } = session;
  const state = (observation: Observation<string>): void => observer.observe("forest", forest.name, "exchangeOrganization", observation);
  const services = await listBelow(session, `CN=Services,${configurationDn}`, "one", "(objectClass=*)", []);
  const root = services.entries.find((entry) => rdnValue(entry.dn) === "Microsoft Exchange");
  if (root === undefined) {
    state(services.complete.state === "known" ? absent(source) : services.complete);
    return;
  }
  const organizations = await listBelow(session, root.dn, "one", "(objectClass=msExchOrganizationContainer)", ["objectVersion"]);
  const [entry, second] = organizations.entries;
  if (second !== undefined) state(unknown("unsupported", `more than one Exchange organisation in ${forest.name}`, source));
  else if (entry !== undefined) state(known(await readOrganization(session, observer, links, entry), source));
  else state(organizations.complete.state === "known" ? absent(source) : organizations.complete);
}

import { known, type Observation } from "../../../model/observation.ts";
import { fqdnOfNetworkAddress } from "../decode-addresses.ts";
import { classifyExchange, decodeSerialNumber, decodeVersionNumber, type ExchangeProduct, type ExchangeVersion } from "../decode-exchange-version.ts";
import { childNamed, idList, listBelow, ofClass, together, type Listing } from "./container.ts";
import { callRouterFacts, listCallRouters } from "./exchange-call-routers.ts";
import { umAttributes, umSettings, type DefaultPorts } from "./exchange-um-settings.ts";
import { idOf } from "./links.ts";
import { converted, integerOf, required, textsOf, type ReadEntry } from "./observe-entry.ts";
import { listContainer, organizationObject, type OrganizationReading } from "./organization.ts";

/** Bits of msExchCurrentServerRoles. */
const roleBits = [
  [0x1, "Cafe"],
  [0x2, "Mailbox"],
  [0x4, "ClientAccess"],
  [0x10, "UnifiedMessaging"],
  [0x20, "HubTransport"],
  [0x40, "Edge"],
  [0x80, "Monitoring"],
  [0x1000, "ProvisionedServer"],
  [0x2000, "LanguagePacks"],
  [0x4000, "FrontendTransport"],
] as const;
const cafe = "Cafe";
const serverAttributes = ["serialNumber", "versionNumber", "msExchCurrentServerRoles", "networkAddress", "msExchUMMaximumCallsAllowed", ...umAttributes];

type Role = (typeof roleBits)[number][1];

function rolesOf(read: ReadEntry): Observation<readonly Role[]> {
  const bits = required(integerOf(read, "msExchCurrentServerRoles"), read, "msExchCurrentServerRoles");
  return bits.state === "known" ? known(roleBits.filter(([bit]) => (bits.value & bit) !== 0).map(([, role]) => role), bits.source) : bits;
}

/** The version: serialNumber, or versionNumber where that is not set. */
function versionOf(read: ReadEntry): Observation<ExchangeVersion> {
  const serials = textsOf(read, "serialNumber");
  const number = integerOf(read, "versionNumber");
  if (serials.state !== "known") return serials;
  const [serial] = serials.value;
  const version = serial === undefined ? converted(number, read, "versionNumber", decodeVersionNumber) : converted(known(serial, serials.source), read, "serialNumber", decodeSerialNumber);
  return required(version, read, "version");
}

/** A UM service of 2013 and later listens on 5062 and 5063; earlier UM servers and call routers on 5060 and 5061 (keys port.um.e07, port.umsvc). */
function servicePorts(product: Observation<ExchangeProduct>): Observation<DefaultPorts> {
  if (product.state !== "known") return product;
  const early = product.value.startsWith("Exchange2007") || product.value.startsWith("Exchange2010");
  return known(early ? { tcp: 5060, tls: 5061 } : { tcp: 5062, tls: 5063 }, product.source);
}

function serverFacts(reading: OrganizationReading, read: ReadEntry): string {
  const { session } = reading;
  const { id, state } = organizationObject(reading, "exchangeServer", read);
  const version = versionOf(read);
  const product = converted(version, read, "the version", classifyExchange);
  state("forest", known(session.forest.name, session.source));
  state("fqdn", converted(textsOf(read, "networkAddress"), read, "networkAddress", (values) => fqdnOfNetworkAddress(values)));
  state("version", version);
  state("product", product);
  state("roles", rolesOf(read));
  state("maxCalls", integerOf(read, "msExchUMMaximumCallsAllowed"));
  umSettings(reading, read, state, servicePorts(product));
  return id;
}

/** The server objects of one administrative group. */
async function listServers({ session }: OrganizationReading, group: ReadEntry): Promise<Listing> {
  const inside = await listBelow(session.root, group.entry.dn, "one", []);
  const container = childNamed(inside, "Servers");
  if (container === undefined) return { entries: [], complete: inside.complete };
  return ofClass(await listBelow(session.root, container.entry.dn, "one", serverAttributes), "msExchExchangeServer");
}

/** Whether a server can have a call router: it is known to have no client access of 2013 and later only where its roles were read. */
function mayRouteCalls(read: ReadEntry): boolean {
  const roles = rolesOf(read);
  return roles.state !== "known" || roles.value.includes(cafe);
}

/** Reads the servers of all administrative groups, and the call router objects below them. */
export async function readCallRoutersAndServers(reading: OrganizationReading): Promise<void> {
  const { session, observer, organization, links } = reading;
  const groups = await listContainer(reading, "Administrative Groups", "one", []);
  const listings = await Promise.all(groups.entries.map((group) => listServers(reading, group)));
  const servers = listings.flatMap(({ entries }) => entries);
  for (const { entry } of servers) links.add(entry.dn, idOf(entry));
  const complete = together([groups.complete, ...listings.map((listing) => listing.complete)], session.source);
  const ids = servers.map((read) => serverFacts(reading, read));
  observer.observe("exchangeOrganization", organization, "servers", idList(complete, ids));
  const found = await Promise.all(servers.filter(mayRouteCalls).map(async (server) => ({ server, routers: await listCallRouters(session.root, server) })));
  const routerIds = found.flatMap(({ server, routers }) => routers.entries.map((read) => callRouterFacts(reading, read, server)));
  observer.observe("exchangeOrganization", organization, "callRouters", idList(together([complete, ...found.map(({ routers }) => routers.complete)], session.source), routerIds));
}

import { known, type Observation } from "../../../model/observation.ts";
import type { Entry } from "../client-contract.ts";
import { dnKey, parentDn, rdnValue } from "../decode-dn.ts";
import { fqdnOfNetworkAddress } from "../decode-addresses.ts";
import { classifyExchange, decodeSerialNumber, decodeVersionNumber, type ExchangeProduct, type ExchangeVersion } from "../decode-exchange-version.ts";
import { listBelow, type Listing } from "./container.ts";
import { childNamed, idList, type OrganizationReading } from "./organization.ts";
import { linksOf, statuses } from "./exchange-plans.ts";
import { idOf } from "./links.ts";
import { converted, enumOf, integerOf, readEntryOf, required, textOf, textsOf, type ReadEntry } from "./observe-entry.ts";
import { subjectState, type State } from "./state.ts";

/** msExchCurrentServerRoles (directory.md, 2.6.2). */
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
const startupModes = { 0: "TCP", 1: "TLS", 2: "Dual" } as const;
const umAttributes = ["msExchUMStartupMode", "msExchUMServerDialPlanLink", "msExchUMCertificateThumbprint", "msExchUMTcpListeningPort", "msExchUMTlsListeningPort", "msExchUMServerStatus"];
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

function thumbprintOf(read: ReadEntry): Observation<string> {
  return converted(textOf(read, "msExchUMCertificateThumbprint"), read, "msExchUMCertificateThumbprint", (value) => {
    const hex = value.replaceAll(/[^0-9A-Fa-f]/g, "").toUpperCase();
    return hex.length === 40 ? hex : undefined;
  });
}

function umSettings(reading: OrganizationReading, read: ReadEntry, state: State<"exchangeServer"> & State<"umCallRouter">, ports: Observation<{ readonly tcp: number; readonly tls: number }>): void {
  const port = (name: string, which: "tcp" | "tls"): Observation<number> => {
    const set = integerOf(read, name);
    if (set.state !== "absent") return set;
    return ports.state === "known" ? known(ports.value[which], `${read.source} (not set: the product's default)`) : ports;
  };
  state("startupMode", enumOf(read, "msExchUMStartupMode", startupModes, 0));
  state("dialPlans", linksOf(reading, read, "msExchUMServerDialPlanLink"));
  state("tcpPort", port("msExchUMTcpListeningPort", "tcp"));
  state("tlsPort", port("msExchUMTlsListeningPort", "tls"));
  state("status", enumOf(read, "msExchUMServerStatus", statuses, 0));
  state("assignedThumbprint", thumbprintOf(read));
}

/** A UM service of 2013 and later listens on 5062 and 5063; earlier UM servers and call routers on 5060 and 5061 (keys port.um.e07, port.umsvc). */
function servicePorts(product: Observation<ExchangeProduct>): Observation<{ readonly tcp: number; readonly tls: number }> {
  if (product.state !== "known") return product;
  const early = product.value.startsWith("Exchange2007") || product.value.startsWith("Exchange2010");
  return known(early ? { tcp: 5060, tls: 5061 } : { tcp: 5062, tls: 5063 }, product.source);
}

function serverFacts(reading: OrganizationReading, entry: Entry): string {
  const { observer, session, organization } = reading;
  const id = idOf(entry);
  const name = rdnValue(entry.dn);
  const read = readEntryOf(entry, session.source, ["objectClass", "networkAddress"]);
  const state = subjectState(observer, "exchangeServer", id, name);
  const version = versionOf(read);
  const product = converted(version, read, "the version", classifyExchange);
  state("organization", known(organization, session.source));
  state("forest", known(session.forest.name, session.source));
  state("name", known(name, session.source));
  state("dn", known(entry.dn, session.source));
  state("fqdn", converted(textsOf(read, "networkAddress"), read, "networkAddress", (values) => fqdnOfNetworkAddress(values)));
  state("version", version);
  state("product", product);
  state("roles", rolesOf(read));
  state("maxCalls", integerOf(read, "msExchUMMaximumCallsAllowed"));
  umSettings(reading, read, state, servicePorts(product));
  return id;
}

function callRouterFacts(reading: OrganizationReading, entry: Entry): string {
  const { observer, session, organization, links } = reading;
  const id = idOf(entry);
  const serverDn = parentDn(entry.dn, 3) ?? ""; // CN=UMCallRouterSettings,CN=SIP,CN=Protocols,CN=<server>
  const name = rdnValue(serverDn);
  const read = readEntryOf(entry, session.source);
  const state = subjectState(observer, "umCallRouter", id, name);
  state("organization", known(organization, session.source));
  state("server", known(links.idAt(serverDn), session.source));
  state("name", known(name, session.source));
  state("dn", known(entry.dn, session.source));
  umSettings(reading, read, state, known({ tcp: 5060, tls: 5061 }, session.source));
  return id;
}

/** Completeness of several listings together: the first that is not complete decides. */
function together(listings: readonly Listing[], source: string): Observation<true> {
  return listings.find(({ complete }) => complete.state !== "known")?.complete ?? known(true as const, source);
}

/** Reads the servers of all administrative groups, and the call router objects below them. */
export async function readCallRoutersAndServers(reading: OrganizationReading): Promise<void> {
  const { session, observer, organization, children, links } = reading;
  const root = childNamed(children, "Administrative Groups");
  const listings: Listing[] = [];
  const servers: Listing[] = [];
  const routers: Listing[] = [];
  if (root === undefined) listings.push({ entries: [], complete: children.complete });
  else {
    const groups = await listBelow(session, root.dn, "one", "(objectClass=*)", []);
    listings.push(groups);
    for (const group of groups.entries) {
      const inside = await listBelow(session, group.dn, "one", "(objectClass=*)", []);
      listings.push(inside);
      const container = childNamed(inside, "Servers");
      if (container === undefined) continue;
      servers.push(await listBelow(session, container.dn, "one", "(objectClass=*)", serverAttributes));
      routers.push(await listBelow(session, container.dn, "sub", "(objectClass=msExchProtocolCfgSIPFEServer)", umAttributes));
    }
  }
  const entries = servers.flatMap((listing) => listing.entries);
  for (const entry of entries) links.add(entry.dn, idOf(entry));
  const seen = new Set<string>();
  const routerEntries = routers.flatMap((listing) => listing.entries).filter((entry) => !seen.has(dnKey(entry.dn)) && seen.add(dnKey(entry.dn)));
  observer.observe("exchangeOrganization", organization, "servers", idList({ complete: together([...listings, ...servers], session.source) }, entries.map((entry) => serverFacts(reading, entry))));
  observer.observe("exchangeOrganization", organization, "callRouters", idList({ complete: together([...listings, ...servers, ...routers], session.source) }, routerEntries.map((entry) => callRouterFacts(reading, entry))));
}

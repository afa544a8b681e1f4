import { normalName } from "../../../model/ids.ts";
import { absent, known, unknown, type Observation } from "../../../model/observation.ts";
import type { Observer } from "../../../model/subject.ts";
import type { Entry } from "../client-contract.ts";
import { isBelow, parentDn, rdnValue } from "../decode-dn.ts";
import { poolGeneration } from "../decode-flags.ts";
import { listBelow, type Listing } from "./container.ts";
import { idOf, type Links } from "./links.ts";
import { converted, enumOf, integerOf, readEntryOf, required, textOf, textsOf } from "./observe-entry.ts";
import { readExUmContacts } from "./lync-contacts.ts";
import type { LyncReading } from "./lync-reading.ts";
import { idList } from "./organization.ts";
import { subjectState } from "./state.ts";
import type { ForestSession } from "./session.ts";

/** msRTCSIP-PoolType (directory.md, 5.2). */
const poolTypes = { 5: "Standard", 10: "Enterprise" } as const;
const serviceAttributes = [
  "cn", "dNSHostName", "msRTCSIP-PoolDisplayName", "msRTCSIP-PoolVersion", "msRTCSIP-PoolType", "msRTCSIP-PoolData", "msRTCSIP-TrustedServerFQDN", "msRTCSIP-TrustedServicePort", "msRTCSIP-TrustedServiceType",
  "msRTCSIP-EdgeProxyFQDN", "msRTCSIP-DomainName", "msRTCSIP-BackEndServer", "msRTCSIP-FrontEndServers",
];
const serviceFilter =
  "(|(objectClass=msRTCSIP-Pool)(objectClass=msRTCSIP-PoolService)(objectClass=msRTCSIP-TrustedService)(objectClass=msRTCSIP-TrustedServer)(objectClass=msRTCSIP-EdgeProxy)(objectClass=msRTCSIP-Domain)(objectClass=msRTCSIP-GlobalTopologySetting))";

/** Entries of one class. */
function ofClass(listing: Listing, name: string): readonly Entry[] {
  return listing.entries.filter((entry) => (entry.attributes.get("objectclass") ?? []).some((value) => typeof value === "string" && value.toLowerCase() === name.toLowerCase()));
}

/** FQDNs of the computers whose msRTCSIP-Server connection points are linked to the pool service: front ends. */
async function frontEndsOf(reading: LyncReading, pool: Entry): Promise<Observation<readonly string[]>> {
  const { session, below } = reading;
  const service = ofClass(below, "msRTCSIP-PoolService").find((entry) => isBelow(entry.dn, pool.dn));
  if (service === undefined) return below.complete.state === "known" ? known([], session.source) : below.complete;
  const points = textsOf(readEntryOf(service, session.source), "msRTCSIP-FrontEndServers");
  if (points.state !== "known") return points;
  const names: string[] = [];
  for (const dn of points.value) {
    const computer = await session.client.readEntry(parentDn(dn) ?? "", ["objectClass", "dNSHostName"]);
    if (!computer.ok) return unknown(computer.failure.reason, computer.failure.detail, session.source);
    const name = textOf(readEntryOf(computer.value, session.source), "dNSHostName");
    if (name.state !== "known") return required(name, readEntryOf(computer.value, session.source), "dNSHostName");
    names.push(normalName(name.value));
  }
  return known(names.sort(), session.source);
}

async function poolFacts(reading: LyncReading, entry: Entry): Promise<string> {
  const { session, observer, links } = reading;
  const { source, forest } = session;
  const read = readEntryOf(entry, source, ["objectClass", "dNSHostName"]);
  const id = idOf(entry);
  const fqdn = required(textOf(read, "dNSHostName"), read, "dNSHostName");
  const state = subjectState(observer, "lyncPool", id, fqdn.state === "known" ? normalName(fqdn.value) : rdnValue(entry.dn));
  const data = textsOf(read, "msRTCSIP-PoolData");
  const extended = (type: string): Observation<boolean> => (data.state === "known" ? known(data.value.some((item) => item.toLowerCase() === `extendedtype=${type}`), data.source) : data);
  links.add(entry.dn, id);
  state("forest", known(forest.name, source));
  state("name", known(rdnValue(entry.dn), source));
  state("fqdn", fqdn.state === "known" ? known(normalName(fqdn.value), source) : fqdn);
  state("dn", known(entry.dn, source));
  state("version", converted(required(integerOf(read, "msRTCSIP-PoolVersion"), read, "msRTCSIP-PoolVersion"), read, "msRTCSIP-PoolVersion", poolGeneration));
  state("poolType", enumOf(read, "msRTCSIP-PoolType", poolTypes));
  state("branch", extended("remoteregistrar"));
  state("director", extended("director"));
  state("frontEnds", await frontEndsOf(reading, entry));
  return id;
}

function trustedServiceFacts(reading: LyncReading, entry: Entry): string {
  const { session, observer } = reading;
  const { source, forest } = session;
  const read = readEntryOf(entry, source);
  const id = idOf(entry);
  const fqdn = required(textOf(read, "msRTCSIP-TrustedServerFQDN"), read, "FQDN");
  const type = required(textOf(read, "msRTCSIP-TrustedServiceType"), read, "service type");
  const state = subjectState(observer, "trustedService", id, `${type.state === "known" ? type.value : "service"} ${fqdn.state === "known" ? fqdn.value : entry.dn}`);
  state("forest", known(forest.name, source));
  state("dn", known(entry.dn, source));
  state("fqdn", fqdn.state === "known" ? known(normalName(fqdn.value), source) : fqdn);
  state("serviceType", type);
  state("port", integerOf(read, "msRTCSIP-TrustedServicePort"));
  return id;
}

/** One text of each entry of a class as a list fact, lower case. */
function namesOf(reading: LyncReading, className: string, attribute: string): Observation<readonly string[]> {
  const names: string[] = [];
  for (const entry of ofClass(reading.below, className)) {
    const read = readEntryOf(entry, reading.session.source);
    const name = required(textOf(read, attribute), read, attribute);
    if (name.state !== "known") return name;
    names.push(normalName(name.value));
  }
  return idList(reading.below, [...new Set(names)].sort());
}

async function readDeployment(reading: LyncReading, root: string): Promise<void> {
  const { session, observer, deployment, below } = reading;
  const { source, forest } = session;
  const state = subjectState(observer, "lyncDeployment", deployment, forest.name);
  const pools = await Promise.all(ofClass(below, "msRTCSIP-Pool").map((entry) => poolFacts(reading, entry)));
  state("forest", known(forest.name, source));
  state("dn", known(root, source));
  state("pools", idList(below, pools));
  state("trustedServices", idList(below, ofClass(below, "msRTCSIP-TrustedService").map((entry) => trustedServiceFacts(reading, entry))));
  state("trustedServers", namesOf(reading, "msRTCSIP-TrustedServer", "msRTCSIP-TrustedServerFQDN"));
  state("edgePools", namesOf(reading, "msRTCSIP-EdgeProxy", "msRTCSIP-EdgeProxyFQDN"));
  state("sipDomains", namesOf(reading, "msRTCSIP-Domain", "msRTCSIP-DomainName"));
  const [setting] = ofClass(below, "msRTCSIP-GlobalTopologySetting");
  state("configurationStore", setting === undefined ? (below.complete.state === "known" ? absent(source) : below.complete) : textOf(readEntryOf(setting, source), "msRTCSIP-BackEndServer"));
  state("exUmContacts", await readExUmContacts(reading));
}

/** Finds RTC Service: below Services in new deployments, below System of the root domain in old upgraded ones (directory.md, 5.1). */
async function findRoot(session: ForestSession): Promise<Observation<string>> {
  const places = [`CN=Services,${session.configurationDn}`, `CN=Microsoft,CN=System,${session.rootDn}`];
  let incomplete: Observation<never> | undefined;
  for (const [at, place] of places.entries()) {
    const children = await listBelow(session, place, "one", "(objectClass=*)", []);
    const root = children.entries.find((entry) => rdnValue(entry.dn) === "RTC Service");
    if (root !== undefined) return known(root.dn, session.source);
    if (children.complete.state === "unknown" && at === 0) incomplete = children.complete; // the old place need not exist
  }
  return incomplete ?? absent(session.source);
}

/** Reads the Lync / Skype for Business objects of a forest (directory.md, section 5). */
export async function readLync(session: ForestSession, observer: Observer, links: Links): Promise<void> {
  const { forest, source } = session;
  const root = await findRoot(session);
  if (root.state !== "known") {
    observer.observe("forest", forest.name, "lyncDeployment", root);
    return;
  }
  const below = await listBelow(session, root.value, "sub", serviceFilter, serviceAttributes);
  const deployment = `${forest.name}/rtc-service`;
  await readDeployment({ session, observer, links, deployment, below }, root.value);
  observer.observe("forest", forest.name, "lyncDeployment", known(deployment, source));
}

import { normalName } from "../../../model/ids.ts";
import { absent, known, unknown, type Observation } from "../../../model/observation.ts";
import type { Observer } from "../../../model/subject.ts";
import { isBelow, parentDn, rdnValue } from "../decode-dn.ts";
import { poolGeneration } from "../decode-flags.ts";
import { childNamed, idList, listBelow, ofClass, readObject, type Listing } from "./container.ts";
import { idOf, type Links } from "./links.ts";
import { changedAt, converted, enumOf, failureOf, integerOf, required, textOf, textsOf, type ReadEntry } from "./observe-entry.ts";
import { readExUmContacts } from "./lync-contacts.ts";
import type { LyncReading } from "./lync-reading.ts";
import { subjectState } from "./state.ts";
import type { ForestSession } from "./session.ts";

/** Values of msRTCSIP-PoolType. */
const poolTypes = { 5: "Standard", 10: "Enterprise" } as const;
const serviceAttributes = [
  "cn", "dNSHostName", "msRTCSIP-PoolDisplayName", "msRTCSIP-PoolVersion", "msRTCSIP-PoolType", "msRTCSIP-PoolData", "msRTCSIP-TrustedServerFQDN", "msRTCSIP-TrustedServicePort", "msRTCSIP-TrustedServiceType",
  "msRTCSIP-EdgeProxyFQDN", "msRTCSIP-DomainName", "msRTCSIP-BackEndServer", "msRTCSIP-FrontEndServers",
];
const maxFrontEnds = 500;

/** FQDNs of the computers whose msRTCSIP-Server connection points are linked to the pool service: front ends. */
async function frontEndsOf({ session, below }: LyncReading, pool: string): Promise<Observation<readonly string[]>> {
  const { source, catalog, root } = session;
  const service = ofClass(below, "msRTCSIP-PoolService").entries.find(({ entry }) => isBelow(entry.dn, pool));
  if (service === undefined) return idList(below.complete, []);
  const points = textsOf(service, "msRTCSIP-FrontEndServers");
  if (points.state !== "known") return points;
  if (points.value.length > maxFrontEnds) return unknown("truncated", `${pool} has more than ${maxFrontEnds} front ends`, source);
  const names: string[] = [];
  for (const dn of points.value) {
    const computer = await readObject(catalog.ok ? catalog.value : root, parentDn(dn) ?? "", ["dNSHostName"]); // any domain of the forest
    if (!computer.ok) return failureOf(computer.failure, source);
    const name = required(textOf(computer.value, "dNSHostName"), computer.value, "dNSHostName");
    if (name.state !== "known") return name;
    names.push(normalName(name.value));
  }
  return known(names.sort(), source);
}

async function poolFacts(reading: LyncReading, read: ReadEntry): Promise<string> {
  const { session, observer, links } = reading;
  const { source, forest } = session;
  const { entry } = read;
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
  state("changedAt", changedAt(read));
  state("version", converted(required(integerOf(read, "msRTCSIP-PoolVersion"), read, "msRTCSIP-PoolVersion"), read, "msRTCSIP-PoolVersion", (value) => (poolGeneration(value) > 0 ? poolGeneration(value) : undefined)));
  state("poolType", enumOf(read, "msRTCSIP-PoolType", poolTypes));
  state("branch", extended("remoteregistrar"));
  state("director", extended("director"));
  state("frontEnds", await frontEndsOf(reading, entry.dn));
  return id;
}

function trustedServiceFacts(reading: LyncReading, read: ReadEntry): string {
  const { session, observer } = reading;
  const { source, forest } = session;
  const { entry } = read;
  const id = idOf(entry);
  const fqdn = required(textOf(read, "msRTCSIP-TrustedServerFQDN"), read, "FQDN");
  const type = required(textOf(read, "msRTCSIP-TrustedServiceType"), read, "service type");
  const state = subjectState(observer, "trustedService", id, `${type.state === "known" ? type.value : "service"} ${fqdn.state === "known" ? fqdn.value : entry.dn}`);
  state("forest", known(forest.name, source));
  state("dn", known(entry.dn, source));
  state("changedAt", changedAt(read));
  state("fqdn", fqdn.state === "known" ? known(normalName(fqdn.value), source) : fqdn);
  state("serviceType", type);
  state("port", integerOf(read, "msRTCSIP-TrustedServicePort"));
  return id;
}

/** One text of each entry of a class as a list fact, lower case. */
function namesOf(reading: LyncReading, className: string, attribute: string): Observation<readonly string[]> {
  const names: string[] = [];
  for (const read of ofClass(reading.below, className).entries) {
    const name = required(textOf(read, attribute), read, attribute);
    if (name.state !== "known") return name;
    names.push(normalName(name.value));
  }
  return idList(reading.below.complete, [...new Set(names)].sort());
}

async function readDeployment(reading: LyncReading, root: string): Promise<void> {
  const { session, observer, deployment, below } = reading;
  const { source, forest } = session;
  const state = subjectState(observer, "lyncDeployment", deployment, forest.name);
  const pools = await Promise.all(ofClass(below, "msRTCSIP-Pool").entries.map((read) => poolFacts(reading, read)));
  state("forest", known(forest.name, source));
  state("dn", known(root, source));
  state("pools", idList(below.complete, pools));
  state("trustedServices", idList(below.complete, ofClass(below, "msRTCSIP-TrustedService").entries.map((read) => trustedServiceFacts(reading, read))));
  state("trustedServers", namesOf(reading, "msRTCSIP-TrustedServer", "msRTCSIP-TrustedServerFQDN"));
  state("edgePools", namesOf(reading, "msRTCSIP-EdgeProxy", "msRTCSIP-EdgeProxyFQDN"));
  state("sipDomains", namesOf(reading, "msRTCSIP-Domain", "msRTCSIP-DomainName"));
  const [setting] = ofClass(below, "msRTCSIP-GlobalTopologySetting").entries;
  state("configurationStore", setting === undefined ? (below.complete.state === "known" ? absent(source) : below.complete) : textOf(setting, "msRTCSIP-BackEndServer"));
  state("exUmContacts", await readExUmContacts(reading));
}

/** DN of RTC Service: below Services in new deployments, below System of the root domain in old upgraded ones (schema reference of Skype for Business Server: changes-made-by-forest-preparation). */
export async function findRtcService(session: ForestSession, services: Listing, system: Listing): Promise<Observation<string>> {
  const [here, microsoft] = [childNamed(services, "RTC Service"), childNamed(system, "Microsoft")];
  if (here !== undefined) return known(here.entry.dn, session.source);
  const old = microsoft === undefined ? system : await listBelow(session.root, microsoft.entry.dn, "one", []);
  const there = microsoft === undefined ? undefined : childNamed(old, "RTC Service");
  if (there !== undefined) return known(there.entry.dn, session.source);
  const hidden = [services.complete, old.complete].find(({ state }) => state === "unknown");
  return hidden === undefined ? absent(session.source) : (hidden as Observation<never>);
}

/** Id of the Lync deployment of a forest. */
export function deploymentId(forest: string): string {
  return `${forest}/rtc-service`;
}

/** What the directory holds at the places where Lync and Exchange keep theirs. */
export interface Places {
  /** Children of CN=Services of the configuration. */
  readonly services: Listing;
  /** Children of CN=System of the root domain. */
  readonly system: Listing;
}

/** Reads the Lync / Skype for Business objects of a forest. */
export async function readLync(session: ForestSession, observer: Observer, links: Links, { services, system }: Places): Promise<void> {
  const { forest, source } = session;
  const root = await findRtcService(session, services, system);
  if (root.state !== "known") {
    observer.observe("forest", forest.name, "lyncDeployment", root);
    return;
  }
  const below = await listBelow(session.root, root.value, "sub", serviceAttributes);
  const deployment = deploymentId(forest.name);
  await readDeployment({ session, observer, links, deployment, below }, root.value);
  observer.observe("forest", forest.name, "lyncDeployment", known(deployment, source));
}

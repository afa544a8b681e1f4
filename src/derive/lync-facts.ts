import { dnsId, normalName, singletonId, type ViewName } from "../model/ids.ts";
import { absent, known, unknown, type Observation } from "../model/observation.ts";
import type { Subject } from "../model/subject.ts";
import { allOf, chained, derivedSource, firstOf, joined, mapped, selected } from "./combine.ts";
import { owned } from "./exchange-facts.ts";
import type { DerivedWorld } from "./world.ts";

const configuration = singletonId.lyncConfiguration;

/** The scope texts by which a service-level configuration names a pool: `Service:Registrar:pool.contoso.test`. */
function isServiceOf(identity: string, fqdn: string): boolean {
  return identity.toLowerCase().startsWith("service:") && identity.toLowerCase().endsWith(`:${fqdn}`);
}

/** The media configuration in effect for a pool: service, else site, else global (Get-CsMediaConfiguration; key sec.media-scope). */
function mediaOf(world: DerivedWorld, pool: Subject): Observation<string> {
  const fqdn = world.read("lyncPool", pool.id, "fqdn");
  const site = chained(topologyPoolOf(world, pool), (id) => world.read("topologyPool", id, "site"));
  const all = world.read("lyncConfiguration", configuration, "mediaConfigurations");
  const identities = chained(all, (ids) => mapped(allOf(ids.map((id) => world.read("mediaConfiguration", id, "identity"))), (names) => ids.map((id, at) => ({ id, identity: names[at] ?? "" }))));
  return chained(fqdn, (name) =>
    chained(identities, (list) => {
      const service = list.find(({ identity }) => isServiceOf(identity, name));
      if (service !== undefined) return known(service.id, derivedSource);
      const sites = list.filter(({ identity }) => identity.toLowerCase().startsWith("site:"));
      const global = list.find(({ identity }) => identity.toLowerCase() === "global");
      if (sites.length > 0 && site.state !== "known") {
        return unknown("not-collected", `there are media configurations for sites, and the site of ${name} was not read (it stands in the topology)`);
      }
      const own = site.state === "known" ? sites.find(({ identity }) => identity.toLowerCase() === `site:${site.value.toLowerCase()}`) : undefined;
      const effective = own ?? global;
      return effective === undefined ? unknown("malformed", "the export holds no global media configuration") : known(effective.id, derivedSource);
    }),
  );
}

function topologyPoolOf(world: DerivedWorld, pool: Subject): Observation<string> {
  const pools = world.read("lyncConfiguration", configuration, "topologyPools");
  return chained(world.read("lyncPool", pool.id, "fqdn"), (fqdn) => firstOf(selected(pools, (id) => mapped(world.read("topologyPool", id, "fqdn"), (other) => other === fqdn))));
}

function poolFacts(world: DerivedWorld, pool: Subject): void {
  const { id } = pool;
  const fqdn = world.read("lyncPool", id, "fqdn");
  const gateways = chained(world.read("deployment", singletonId.deployment, "exchangeOrganizations"), (list) => joined(list.map((org) => world.read("exchangeOrganization", org, "ipGateways"))));
  world.state("lyncPool", id, "gateways", chained(fqdn, (name) => selected(gateways, (gateway) => mapped(world.read("umIpGateway", gateway, "address"), (address) => normalName(address) === name))));
  world.state("lyncPool", id, "topologyPool", topologyPoolOf(world, pool));
  world.state("lyncPool", id, "media", mediaOf(world, pool));
  world.state("lyncPool", id, "inside", mapped(fqdn, (name) => dnsId("inside", name)));
  const endpoints = world.read("deployment", singletonId.deployment, "endpoints");
  world.state("lyncPool", id, "endpoints", selected(endpoints, (endpoint) => owned(world.read("endpoint", endpoint, "pool"), id)));
}

const srvFacts: readonly (readonly [fact: "internalTls" | "externalTls" | "federation" | "externalTlsInside" | "federationInside", view: ViewName, service: string])[] = [
  ["internalTls", "inside", "_sipinternaltls._tcp"],
  ["externalTls", "outside", "_sip._tls"],
  ["federation", "outside", "_sipfederationtls._tcp"],
  ["externalTlsInside", "inside", "_sip._tls"],
  ["federationInside", "inside", "_sipfederationtls._tcp"],
];

/**
 * SIP domains. The Central Management Store has the complete list; the directory's copy may lack some (directory.md, 5.2), so that the set is complete only
 * when the configuration was read.
 */
function sipDomains(world: DerivedWorld): void {
  const configured = world.read("lyncConfiguration", configuration, "configuredSipDomains");
  const inDirectory = world.all("lyncDeployment").map((deployment) => world.read("lyncDeployment", deployment.id, "sipDomains"));
  const stated = new Map<string, string[]>();
  for (const source of [configured, ...inDirectory]) {
    if (source.state === "known") for (const domain of source.value) stated.set(domain, [...(stated.get(domain) ?? []), source.source]);
  }
  for (const [domain, sources] of stated) {
    world.add({ kind: "sipDomain", id: domain, name: domain, facts: { name: known(domain, sources.join(", ")), statedBy: known(sources, derivedSource) } });
    for (const [fact, view, service] of srvFacts) world.state("sipDomain", domain, fact, known(dnsId(view, `${service}.${domain}`), derivedSource));
  }
  const complete = configured.state === "known" ? known([...stated.keys()], derivedSource) : configured;
  world.state("lyncConfiguration", configuration, "sipDomains", complete);
}

/** Relations of Lync pools, SIP domains and the topology. */
export function deriveLync(world: DerivedWorld): void {
  for (const pool of world.all("lyncPool")) poolFacts(world, pool);
  for (const pool of world.all("topologyPool")) {
    const edge = world.read("topologyPool", pool.id, "accessEdgeFqdn");
    world.state("topologyPool", pool.id, "accessEdge", edge.state === "absent" ? absent(edge.source) : mapped(edge, (fqdn) => dnsId("outside", fqdn)));
  }
  sipDomains(world);
}

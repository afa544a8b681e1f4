import { dnsId, normalName, singletonId, type ViewName } from "../model/ids.ts";
import { absent, known, type Observation } from "../model/observation.ts";
import type { Subject } from "../model/subject.ts";
import { chained, derivedSource, firstOf, joined, mapped, selected } from "./combine.ts";
import { endpointsOf } from "./exchange-facts.ts";
import { effective } from "./scope-facts.ts";
import { stateSignInNames } from "./sign-in-names.ts";
import type { DerivedWorld } from "./world.ts";

const configuration = singletonId.lyncConfiguration;

function topologyPoolOf(world: DerivedWorld, pool: Subject): Observation<string> {
  const pools = world.read("lyncConfiguration", configuration, "topologyPools");
  return chained(world.read("lyncPool", pool.id, "fqdn"), (fqdn) => firstOf(selected(pools, (id) => mapped(world.read("topologyPool", id, "fqdn"), (other) => other === fqdn))));
}

function poolFacts(world: DerivedWorld, pool: Subject): void {
  const { id } = pool;
  const fqdn = world.read("lyncPool", id, "fqdn");
  const gateways = chained(world.read("deployment", singletonId.deployment, "exchangeOrganizations"), (list) => joined(list.map((org) => world.read("exchangeOrganization", org, "ipGateways"))));
  world.state("lyncPool", id, "gateways", chained(fqdn, (name) => selected(gateways, (gateway) => mapped(world.read("umIpGateway", gateway, "address"), (address) => normalName(address) === name))));
  const topologyPool = topologyPoolOf(world, pool);
  const target = { fqdn, site: chained(topologyPool, (found) => world.read("topologyPool", found, "site")) };
  world.state("lyncPool", id, "topologyPool", topologyPool);
  world.state("lyncPool", id, "media", effective(world, "mediaConfiguration", target));
  world.state("lyncPool", id, "dialPlan", effective(world, "lyncDialPlan", target));
  world.state("lyncPool", id, "voicePolicy", effective(world, "voicePolicy", target));
  world.state("lyncPool", id, "hostedVoicemailPolicy", effective(world, "hostedVoicemailPolicy", target));
  world.state("lyncPool", id, "inside", mapped(fqdn, (name) => dnsId("inside", name)));
  world.state("lyncPool", id, "endpoints", endpointsOf(world, "pool", id, [fqdn, world.read("lyncPool", id, "frontEnds")]));
}

const srvFacts: readonly (readonly [fact: "internalTls" | "externalTls" | "federation" | "externalTlsInside" | "federationInside", view: ViewName, service: string])[] = [
  ["internalTls", "inside", "_sipinternaltls._tcp"],
  ["externalTls", "outside", "_sip._tls"],
  ["federation", "outside", "_sipfederationtls._tcp"],
  ["externalTlsInside", "inside", "_sip._tls"],
  ["federationInside", "inside", "_sipfederationtls._tcp"],
];

/**
 * SIP domains. The Central Management Store has the complete list; the directory's copy may lack some, so that the set is complete only
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
    stateSignInNames(world, domain);
  }
  const complete = configured.state === "known" ? known([...stated.keys()], derivedSource) : configured;
  world.state("lyncConfiguration", configuration, "sipDomains", complete);
}

/** Relations of Lync pools, SIP domains and the topology. */
export function deriveLync(world: DerivedWorld): void {
  for (const pool of world.all("lyncPool")) poolFacts(world, pool);
  for (const pool of world.all("topologyPool")) {
    const edge = world.read("topologyPool", pool.id, "accessEdgeFqdn");
    world.state("topologyPool", pool.id, "externalNames", mapped(world.read("topologyPool", pool.id, "externalFqdns"), (names) => names.map((name) => dnsId("outside", name))));
    world.state("topologyPool", pool.id, "accessEdge", edge.state === "absent" ? absent(edge.source) : mapped(edge, (fqdn) => dnsId("outside", fqdn)));
  }
  sipDomains(world);
}

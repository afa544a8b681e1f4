import { dnsId, isIpAddress, normalName, singletonId } from "../model/ids.ts";
import { absent, known } from "../model/observation.ts";
import { chained, derivedSource, mapped, selected } from "./combine.ts";
import { effective } from "./scope-facts.ts";
import type { DerivedWorld } from "./world.ts";

const configuration = singletonId.lyncConfiguration;

function usageFacts(world: DerivedWorld, id: string): void {
  const name = world.read("pstnUsage", id, "name");
  // Usages are compared as text whose case does not count, as the management shell does.
  const names = (usages: readonly string[], usage: string): boolean => usages.some((other) => other.toLowerCase() === usage.toLowerCase());
  const policies = world.read("lyncConfiguration", configuration, "voicePolicies");
  const routes = world.read("lyncConfiguration", configuration, "voiceRoutes");
  world.state("pstnUsage", id, "policies", chained(name, (usage) => selected(policies, (policy) => mapped(world.read("voicePolicy", policy, "pstnUsages"), (list) => names(list, usage)))));
  world.state("pstnUsage", id, "routes", chained(name, (usage) => selected(routes, (route) => mapped(world.read("voiceRoute", route, "pstnUsages"), (list) => names(list, usage)))));
}

function gatewayFacts(world: DerivedWorld, id: string): void {
  const fqdn = world.read("pstnGateway", id, "fqdn");
  const pools = world.read("lyncConfiguration", configuration, "topologyPools");
  const named = world.read("pstnGateway", id, "mediationPools");
  world.state("pstnGateway", id, "mediation", chained(named, (list) => selected(pools, (pool) => mapped(world.read("topologyPool", pool, "fqdn"), (other) => list.includes(other)))));
  world.state("pstnGateway", id, "trunk", effective(world, "trunkConfiguration", { fqdn, site: world.read("pstnGateway", id, "site") }));
  world.state("pstnGateway", id, "inside", chained(fqdn, (name) => (isIpAddress(name) ? absent(derivedSource) : known(dnsId("inside", name), derivedSource))));
}

function simpleUrlFacts(world: DerivedWorld, id: string): void {
  const host = mapped(world.read("simpleUrl", id, "host"), normalName);
  world.state("simpleUrl", id, "inside", mapped(host, (name) => dnsId("inside", name)));
  world.state("simpleUrl", id, "outside", mapped(host, (name) => dnsId("outside", name)));
}

/** Relations of Enterprise Voice: usages with policies and routes, gateways with Mediation pools and trunk configurations, URLs with their names. */
export function deriveVoice(world: DerivedWorld): void {
  for (const { id } of world.all("pstnUsage")) usageFacts(world, id);
  for (const { id } of world.all("pstnGateway")) gatewayFacts(world, id);
  for (const { id } of world.all("simpleUrl")) simpleUrlFacts(world, id);
}

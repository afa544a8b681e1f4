import { dnsId, isIpAddress, normalName, singletonId } from "../model/ids.ts";
import { absent, known, type Observation } from "../model/observation.ts";
import type { Subject } from "../model/subject.ts";
import { chained, derivedSource, firstOf, joined, mapped, selected } from "./combine.ts";
import type { DerivedWorld } from "./world.ts";

/** All pools of all Lync deployments. */
function allPools(world: DerivedWorld): Observation<readonly string[]> {
  return chained(world.read("deployment", singletonId.deployment, "lyncDeployments"), (list) => joined(list.map((id) => world.read("lyncDeployment", id, "pools"))));
}

function dialPlanFacts(world: DerivedWorld, plan: Subject): void {
  const { id } = plan;
  const organization = world.read("umDialPlan", id, "organization");
  world.state("umDialPlan", id, "phoneContextName", mapped(world.read("umDialPlan", id, "phoneContext"), (context) => context.split(".")[0] ?? ""));
  const servers = chained(organization, (org) => world.read("exchangeOrganization", org, "servers"));
  world.state("umDialPlan", id, "servers", selected(servers, (server) => mapped(world.read("exchangeServer", server, "dialPlans"), (plans) => plans.includes(id))));
  const routers = chained(organization, (org) => world.read("exchangeOrganization", org, "callRouters"));
  world.state("umDialPlan", id, "callRouters", selected(routers, (router) => mapped(world.read("umCallRouter", router, "dialPlans"), (plans) => plans.includes(id))));
  const groups = chained(organization, (org) => world.read("exchangeOrganization", org, "huntGroups"));
  const linked = selected(groups, (group) => mapped(world.read("umHuntGroup", group, "dialPlan"), (linkedPlan) => linkedPlan === id));
  world.state("umDialPlan", id, "huntGroups", linked);
  const gateways = chained(linked, (list) => joined(list.map((group) => mapped(world.read("umHuntGroup", group, "gateway"), (gateway) => [gateway]))));
  world.state("umDialPlan", id, "gateways", mapped(gateways, (list) => [...new Set(list)]));
}

function gatewayFacts(world: DerivedWorld, gateway: Subject): void {
  const { id } = gateway;
  const address = world.read("umIpGateway", id, "address");
  world.state("umIpGateway", id, "addressIsIp", mapped(address, isIpAddress));
  const groups = chained(world.read("umIpGateway", id, "organization"), (org) => world.read("exchangeOrganization", org, "huntGroups"));
  world.state("umIpGateway", id, "huntGroups", selected(groups, (group) => mapped(world.read("umHuntGroup", group, "gateway"), (parent) => parent === id)));
  world.state("umIpGateway", id, "pools", chained(address, (name) => selected(allPools(world), (pool) => mapped(world.read("lyncPool", pool, "fqdn"), (fqdn) => fqdn === normalName(name)))));
  world.state("umIpGateway", id, "inside", chained(address, (name) => (isIpAddress(name) ? absent(derivedSource) : known(dnsId("inside", name), derivedSource))));
}

function serverFacts(world: DerivedWorld, server: Subject): void {
  const { id } = server;
  const routers = chained(world.read("exchangeServer", id, "organization"), (org) => world.read("exchangeOrganization", org, "callRouters"));
  world.state("exchangeServer", id, "callRouter", firstOf(selected(routers, (router) => mapped(world.read("umCallRouter", router, "server"), (owner) => owner === id))));
  world.state("exchangeServer", id, "hasUm", chained(world.read("exchangeServer", id, "roles"), (roles) => mapped(world.read("exchangeServer", id, "product"), (product) => roles.includes("UnifiedMessaging") && product !== "Exchange2019")));
  world.state("exchangeServer", id, "inside", mapped(world.read("exchangeServer", id, "fqdn"), (fqdn) => dnsId("inside", fqdn)));
  const endpoints = world.read("deployment", singletonId.deployment, "endpoints");
  world.state("exchangeServer", id, "endpoints", selected(endpoints, (endpoint) => owned(world.read("endpoint", endpoint, "server"), id)));
}

/** Whether an optional reference names a subject; an absent one does not. */
export function owned(owner: Observation<string>, id: string): Observation<boolean> {
  return owner.state === "absent" ? known(false, derivedSource) : mapped(owner, (value) => value === id);
}

/** Relations inside the Exchange organisations and to the Lync pools. */
export function deriveExchange(world: DerivedWorld): void {
  for (const plan of world.all("umDialPlan")) dialPlanFacts(world, plan);
  for (const gateway of world.all("umIpGateway")) gatewayFacts(world, gateway);
  for (const server of world.all("exchangeServer")) serverFacts(world, server);
}

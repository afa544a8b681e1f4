import { dnsId, isIpAddress, normalName, singletonId } from "../model/ids.ts";
import { absent, known, type Observation } from "../model/observation.ts";
import type { Subject } from "../model/subject.ts";
import { chained, derivedSource, firstOf, firstUnknown, joined, mapped, selected } from "./combine.ts";
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
  world.state("exchangeServer", id, "hasUm", hasUm(world, id));
  world.state("exchangeServer", id, "inside", mapped(world.read("exchangeServer", id, "fqdn"), (fqdn) => dnsId("inside", fqdn)));
  world.state("exchangeServer", id, "endpoints", endpointsOf(world, "server", id, serverPlan(world, id)));
}

/** Whether a server runs the UM service. The role alone decides where it is not there, and so does Exchange 2019, which has no UM. */
function hasUm(world: DerivedWorld, id: string): Observation<boolean> {
  const roles = mapped(world.read("exchangeServer", id, "roles"), (list) => list.includes("UnifiedMessaging"));
  const um = mapped(world.read("exchangeServer", id, "product"), (product) => product !== "Exchange2019");
  const no = [roles, um].find((one) => one.state === "known" && !one.value);
  return no ?? chained(roles, () => um);
}

/** What the endpoints of a server are planned from. */
function serverPlan(world: DerivedWorld, id: string): readonly Observation[] {
  const router = world.read("exchangeServer", id, "callRouter");
  const facts = ["fqdn", "roles", "product", "startupMode", "tcpPort", "tlsPort"] as const;
  const ofRouter = router.state === "known" ? (["startupMode", "tcpPort", "tlsPort"] as const).map((fact) => world.read("umCallRouter", router.value, fact)) : [router];
  return [...facts.map((fact) => world.read("exchangeServer", id, fact)), ...ofRouter];
}

/**
 * The endpoints of a server or pool. Where some other server or pool left the list of all endpoints open, its own are still complete as soon as what they are planned
 * from was read and there are some; none at all could mean that nothing was planned yet.
 */
export function endpointsOf(world: DerivedWorld, owner: "server" | "pool", id: string, plannedFrom: readonly Observation[]): Observation<readonly string[]> {
  const all = world.read("deployment", singletonId.deployment, "endpoints");
  const of = (endpoint: string): Observation<boolean> => owned(world.read("endpoint", endpoint, owner), id);
  const listed = selected(all, of);
  if (listed.state === "known" || plannedFrom.some(({ state }) => state === "unknown")) return listed;
  const found = world.all("endpoint").filter((endpoint) => {
    const own = of(endpoint.id);
    return own.state === "known" && own.value;
  });
  return found.length > 0 ? known(found.map((endpoint) => endpoint.id), derivedSource) : listed;
}

/** Whether a server of Exchange 2016 runs UM; one that does is enough, so that only where none is known the others must have been read. */
function hasUmOf2016(world: DerivedWorld, organization: string): Observation<boolean> {
  const servers = world.read("exchangeOrganization", organization, "servers");
  const verdicts = chained(servers, (ids) => known(ids.map((id) => chained(world.read("exchangeServer", id, "hasUm"), (um) => (um ? mapped(world.read("exchangeServer", id, "product"), (product) => product === "Exchange2016") : known(false, derivedSource)))), derivedSource));
  return chained(verdicts, (list) => list.find((one) => one.state === "known" && one.value) ?? firstUnknown(list) ?? known(false, derivedSource));
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
  for (const { id } of world.all("exchangeOrganization")) world.state("exchangeOrganization", id, "hasUmOf2016", hasUmOf2016(world, id));
}

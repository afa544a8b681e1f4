import type { EndpointConfig } from "../../model/config.ts";
import { factOf, valueOf } from "../../model/fact-read.ts";
import { endpointId, normalName, singletonId } from "../../model/ids.ts";
import { known, unknown, type Observation, type Unknown } from "../../model/observation.ts";
import type { Subject, SubjectIndex } from "../../model/subject.ts";
import { gatewayEndpoints } from "./gateway-endpoints.ts";
import { noThumbprint, type EndpointPlan, type PlannedEndpoint } from "./planned-endpoint.ts";


/** Startup mode TCP never answers TLS, TLS never answers TCP (keys mode.not-tcp, port.um.e07). */
function transportsOf(mode: "TCP" | "TLS" | "Dual"): readonly ("tls" | "tcp")[] {
  if (mode === "Dual") return ["tls", "tcp"];
  return mode === "TLS" ? ["tls"] : ["tcp"];
}

function umEndpoints(subject: Subject, kind: "exchangeServer" | "umCallRouter", fqdn: string, server: string): EndpointPlan {
  const host = normalName(fqdn);
  const mode = valueOf(subject, kind, "startupMode");
  const assignedThumbprint = factOf(subject, kind, "assignedThumbprint");
  if (mode === undefined) return { endpoints: [], missing: [unknown("not-collected", `the startup mode of ${subject.name} was not read, so that its ports are not known`)] };
  const endpoints: PlannedEndpoint[] = [];
  const missing: Unknown[] = [];
  for (const transport of transportsOf(mode)) {
    const port = valueOf(subject, kind, transport === "tls" ? "tlsPort" : "tcpPort");
    if (port === undefined) missing.push(unknown("not-collected", `the ${transport.toUpperCase()} port of ${subject.name} was not read`));
    else endpoints.push({ id: endpointId(host, port), host, port, side: "exchange", role: kind === "exchangeServer" ? "um-service" : "um-call-router", transport, knownAs: [host], server, assignedThumbprint, source: "directory" });
  }
  return { endpoints, missing };
}

function exchangeEndpoints(subjects: SubjectIndex): EndpointPlan {
  const endpoints: PlannedEndpoint[] = [];
  const missing: Unknown[] = [];
  const add = (plan: EndpointPlan): void => {
    endpoints.push(...plan.endpoints);
    missing.push(...plan.missing);
  };
  for (const server of subjects.all("exchangeServer")) {
    const roles = valueOf(server, "exchangeServer", "roles");
    const product = valueOf(server, "exchangeServer", "product");
    const host = valueOf(server, "exchangeServer", "fqdn");
    if (host === undefined || roles === undefined || product === undefined) {
      missing.push(unknown("not-collected", `name, roles or version of Exchange server ${server.name} were not read`));
      continue;
    }
    if (product === "Exchange2019") continue; // no UM (key ver.e19-no-um)
    if (roles.includes("UnifiedMessaging")) add(umEndpoints(server, "exchangeServer", host, server.id));
    const router = subjects.all("umCallRouter").find((one) => valueOf(one, "umCallRouter", "server") === server.id);
    if (router !== undefined) add(umEndpoints(router, "umCallRouter", host, server.id));
  }
  for (const router of subjects.all("umCallRouter")) {
    if (valueOf(router, "umCallRouter", "server") === undefined) missing.push(unknown("not-collected", `the server of ${router.name} was not read`));
  }
  return { endpoints, missing };
}

/** SIP endpoints of the pools: each front end on 5061 under its own and the pool's name (key port.fe.sip). */
function poolEndpoints(subjects: SubjectIndex): EndpointPlan {
  const endpoints: PlannedEndpoint[] = [];
  const missing: Unknown[] = [];
  for (const pool of subjects.all("lyncPool")) {
    const fqdn = valueOf(pool, "lyncPool", "fqdn");
    const frontEnds = valueOf(pool, "lyncPool", "frontEnds");
    if (fqdn === undefined || frontEnds === undefined) {
      missing.push(unknown("not-collected", `name or servers of pool ${pool.name} were not read`));
      continue;
    }
    for (const host of (frontEnds.length > 0 ? frontEnds : [fqdn]).map(normalName)) {
      const knownAs = [...new Set([normalName(fqdn), host])];
      endpoints.push({ id: endpointId(host, 5061), host, port: 5061, side: "lync", role: "registrar", transport: "tls", knownAs, pool: pool.id, assignedThumbprint: noThumbprint, source: "directory" });
    }
  }
  return { endpoints, missing };
}

function edgeEndpoint(name: string, side: "edge-external" | "edge-internal", role: "access-edge" | "edge-internal"): PlannedEndpoint {
  const host = normalName(name);
  return { id: endpointId(host, 5061), host, port: 5061, side, role, transport: "tls", knownAs: [host], assignedThumbprint: noThumbprint, source: "topology" };
}

/** Endpoints of the Edge pools, whose outer names only the topology knows; what of it was not read may name more. */
function edgeEndpoints(subjects: SubjectIndex): EndpointPlan {
  const endpoints: PlannedEndpoint[] = [];
  const missing: Unknown[] = [];
  const named = (pool: Subject, fact: "fqdn" | "accessEdgeFqdn"): string | undefined => {
    const name = factOf(pool, "topologyPool", fact);
    if (name.state === "unknown") missing.push(name);
    return name.state === "known" ? name.value : undefined;
  };
  for (const pool of subjects.all("topologyPool")) {
    const roles = factOf(pool, "topologyPool", "roles");
    if (roles.state === "unknown") missing.push(roles);
    if (roles.state !== "known" || !roles.value.includes("EdgeServer")) continue;
    const external = named(pool, "accessEdgeFqdn");
    const internal = named(pool, "fqdn");
    if (external !== undefined) endpoints.push(edgeEndpoint(external, "edge-external", "access-edge"));
    if (internal !== undefined) endpoints.push(edgeEndpoint(internal, "edge-internal", "edge-internal"));
  }
  return { endpoints, missing: [...missing, ...unreadTopology(subjects)] };
}

/** Without the topology there may be Edge servers that nothing else names, unless the directory knows of no Edge pool. */
function unreadTopology(subjects: SubjectIndex): readonly Unknown[] {
  const withoutEdge = subjects.all("lyncDeployment").every((deployment) => valueOf(deployment, "lyncDeployment", "edgePools")?.length === 0);
  if (withoutEdge) return [];
  return subjects.all("lyncConfiguration").flatMap((configuration) => {
    const pools = factOf(configuration, "lyncConfiguration", "topologyPools");
    return pools.state === "unknown" ? [pools] : [];
  });
}

/** Which fact lists must be complete for the plan to be. */
function unreadLists(subjects: SubjectIndex): readonly Unknown[] {
  const missing: Unknown[] = [];
  for (const forest of subjects.all("forest")) {
    const roles = valueOf(forest, "forest", "roles") ?? [];
    for (const [role, fact] of [["exchange", "exchangeOrganization"], ["lync", "lyncDeployment"]] as const) {
      const observation = forest.facts[fact];
      if (roles.includes(role) && (observation === undefined || observation.state === "unknown")) missing.push(observation ?? unknown("not-collected", `${fact} of ${forest.name} was not read`));
    }
  }
  for (const organization of subjects.all("exchangeOrganization")) {
    for (const fact of ["servers", "callRouters", "ipGateways", "huntGroups", "dialPlans"]) {
      const observation = organization.facts[fact];
      if (observation?.state !== "known") missing.push(observation?.state === "unknown" ? observation : unknown("not-collected", `the ${fact} of ${organization.name} were not read`));
    }
  }
  for (const deployment of subjects.all("lyncDeployment")) {
    const observation = deployment.facts["pools"];
    if (observation?.state !== "known") missing.push(observation?.state === "unknown" ? observation : unknown("not-collected", `the pools of ${deployment.name} were not read`));
  }
  return missing;
}

function configuredEndpoint(endpoint: EndpointConfig): PlannedEndpoint {
  const host = normalName(endpoint.host);
  return { ...endpoint, host, id: endpointId(host, endpoint.port), knownAs: endpoint.knownAs.map(normalName), assignedThumbprint: noThumbprint, source: "configuration" };
}

/** What was said of an endpoint first wins, but names, owners and thumbprint that it left open are taken from what is said later. */
function merge(first: PlannedEndpoint, later: PlannedEndpoint): PlannedEndpoint {
  return {
    ...first,
    knownAs: first.knownAs.length > 0 ? first.knownAs : later.knownAs,
    ...ownersOf(later),
    ...ownersOf(first),
    assignedThumbprint: first.assignedThumbprint.state === "absent" ? later.assignedThumbprint : first.assignedThumbprint,
  };
}

/** All endpoints that directory, topology and configuration name. What the configuration says of an endpoint wins. */
export function planEndpoints(subjects: SubjectIndex, configured: readonly EndpointConfig[]): EndpointPlan {
  const plans = [exchangeEndpoints(subjects), poolEndpoints(subjects), edgeEndpoints(subjects), gatewayEndpoints(subjects)];
  const byId = new Map<string, PlannedEndpoint>();
  for (const endpoint of [...configured.map(configuredEndpoint), ...plans.flatMap((plan) => plan.endpoints)]) {
    const there = byId.get(endpoint.id);
    byId.set(endpoint.id, there === undefined ? endpoint : merge(there, endpoint));
  }
  const missing = [...plans.flatMap((plan) => plan.missing), ...unreadLists(subjects)];
  const [unread] = missing;
  const endpoints = [...byId.values()].map((endpoint): PlannedEndpoint => ({
    ...endpoint,
    knownAs: endpoint.knownAs.length > 0 ? endpoint.knownAs : [endpoint.host],
    // Of an endpoint that only the configuration names, the directory holds no thumbprint only where all of it was read.
    assignedThumbprint: endpoint.source === "configuration" && endpoint.assignedThumbprint.state === "absent" && unread !== undefined ? unread : endpoint.assignedThumbprint,
  }));
  return { endpoints, missing };
}

function ownersOf(endpoint: PlannedEndpoint): Pick<PlannedEndpoint, "server" | "pool"> {
  return { ...(endpoint.server === undefined ? {} : { server: endpoint.server }), ...(endpoint.pool === undefined ? {} : { pool: endpoint.pool }) };
}

/** The list of endpoints as a fact: known when nothing that names endpoints was left unread. */
export function endpointList(plan: EndpointPlan): Observation<readonly string[]> {
  const [first] = plan.missing;
  return first ?? known(plan.endpoints.map(({ id }) => id), "directory, topology and configuration");
}

/** Id of the subject that lists the endpoints. */
export const endpointOwner = singletonId.deployment;

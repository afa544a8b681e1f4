import type { EndpointConfig } from "../../model/config.ts";
import { valueOf } from "../../model/fact-read.ts";
import { endpointId, normalName, singletonId } from "../../model/ids.ts";
import { absent, known, unknown, type Observation, type Unknown } from "../../model/observation.ts";
import type { Subject, SubjectIndex } from "../../model/subject.ts";

/** An endpoint to probe. */
export interface PlannedEndpoint extends EndpointConfig {
  readonly id: string;
  /** Ids of the objects it belongs to. */
  readonly server?: string;
  readonly pool?: string;
  /** Thumbprint that the directory assigns to the service: known, positively absent, or not read. */
  readonly assignedThumbprint: Observation<string>;
  /** Why it is probed. */
  readonly source: string;
}

/** What there is to probe; `missing` says what kept the list from being complete. */
export interface EndpointPlan {
  readonly endpoints: readonly PlannedEndpoint[];
  readonly missing: readonly Unknown[];
}

const noThumbprint = absent("directory");

/** Startup mode TCP never answers TLS, TLS never answers TCP (keys mode.not-tcp, port.um.e07). */
function transportsOf(mode: string): readonly ("tls" | "tcp")[] {
  if (mode === "Dual") return ["tls", "tcp"];
  return mode === "TLS" ? ["tls"] : ["tcp"];
}

function umEndpoints(subject: Subject, kind: "exchangeServer" | "umCallRouter", host: string, server: string): EndpointPlan {
  const mode = kind === "exchangeServer" ? subject.facts["startupMode"] : subject.facts["startupMode"];
  const thumbprint = subject.facts["assignedThumbprint"] as Observation<string> | undefined;
  if (mode?.state !== "known" || typeof mode.value !== "string") return { endpoints: [], missing: [unknown("not-collected", `the startup mode of ${subject.name} was not read, so that its ports are not known`)] };
  const endpoints: PlannedEndpoint[] = [];
  const missing: Unknown[] = [];
  for (const transport of transportsOf(mode.value)) {
    const port = valueOf(subject, kind, transport === "tls" ? "tlsPort" : "tcpPort");
    if (port === undefined) missing.push(unknown("not-collected", `the ${transport.toUpperCase()} port of ${subject.name} was not read`));
    else endpoints.push({ id: endpointId(host, port), host, port, side: "exchange", role: kind === "exchangeServer" ? "um-service" : "um-call-router", transport, knownAs: [host], server, assignedThumbprint: thumbprint ?? noThumbprint, source: "directory" });
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
    for (const host of frontEnds.length > 0 ? frontEnds : [fqdn]) {
      endpoints.push({ id: endpointId(host, 5061), host, port: 5061, side: "lync", role: "registrar", transport: "tls", knownAs: [...new Set([fqdn, host])], pool: pool.id, assignedThumbprint: noThumbprint, source: "directory" });
    }
  }
  return { endpoints, missing };
}

/** Access Edge endpoints that the topology names. */
function edgeEndpoints(subjects: SubjectIndex): EndpointPlan {
  const endpoints: PlannedEndpoint[] = [];
  for (const pool of subjects.all("topologyPool")) {
    const external = valueOf(pool, "topologyPool", "accessEdgeFqdn");
    const roles = valueOf(pool, "topologyPool", "roles") ?? [];
    const fqdn = valueOf(pool, "topologyPool", "fqdn");
    if (!roles.includes("EdgeServer")) continue;
    if (external !== undefined) endpoints.push({ id: endpointId(external, 5061), host: external, port: 5061, side: "edge-external", role: "access-edge", transport: "tls", knownAs: [external], assignedThumbprint: noThumbprint, source: "topology" });
    if (fqdn !== undefined) endpoints.push({ id: endpointId(fqdn, 5061), host: fqdn, port: 5061, side: "edge-internal", role: "edge-internal", transport: "tls", knownAs: [fqdn], assignedThumbprint: noThumbprint, source: "topology" });
  }
  return { endpoints, missing: [] };
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
    for (const fact of ["servers", "callRouters"]) {
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

/** All endpoints that directory, topology and configuration name. What the configuration says of an endpoint wins. */
export function planEndpoints(subjects: SubjectIndex, configured: readonly EndpointConfig[]): EndpointPlan {
  const plans = [exchangeEndpoints(subjects), poolEndpoints(subjects), edgeEndpoints(subjects)];
  const own = configured.map((endpoint): PlannedEndpoint => {
    const host = normalName(endpoint.host);
    return { ...endpoint, host, id: endpointId(host, endpoint.port), knownAs: endpoint.knownAs.length > 0 ? endpoint.knownAs.map(normalName) : [host], assignedThumbprint: noThumbprint, source: "configuration" };
  });
  const byId = new Map<string, PlannedEndpoint>();
  for (const endpoint of [...own, ...plans.flatMap((plan) => plan.endpoints)]) {
    const there = byId.get(endpoint.id);
    byId.set(endpoint.id, there === undefined ? endpoint : { ...endpoint, ...there, ...ownersOf(endpoint), assignedThumbprint: endpoint.assignedThumbprint });
  }
  return { endpoints: [...byId.values()], missing: [...plans.flatMap((plan) => plan.missing), ...unreadLists(subjects)] };
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

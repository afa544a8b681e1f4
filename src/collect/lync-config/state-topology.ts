import { normalName } from "../../model/ids.ts";
import type { RecordValue } from "../../model/kinds.ts";
import { absent, known, unknown, type Observation } from "../../model/observation.ts";
import type { Observer } from "../../model/subject.ts";
import { valueOf } from "./field.ts";
import type { Section } from "./field-types.ts";
import type { LyncSipDomain } from "./items.ts";
import { nameField, requiredField, sectionGap, type SourceText } from "./state-fields.ts";
import type { Topology, TopologyPool, TopologyPort, TopologyService } from "./topology-types.ts";

/** The name of a pool's site. */
export function siteName(topology: Topology, pool: TopologyPool, source: SourceText): Observation<string> {
  const id = requiredField(pool.siteId, source, "the site");
  if (id.state !== "known") return id;
  const site = valueOf(topology.sites)?.find(({ siteId }) => valueOf(siteId) === id.value);
  return site === undefined ? unknown("not-collected", `site ${id.value} is not in the topology`, source) : requiredField(site.name, source, "the site's name");
}

function machinesOf(pool: TopologyPool, source: SourceText): Observation<readonly string[]> {
  const machines = requiredField(pool.machines, source, "the machines");
  if (machines.state !== "known") return machines;
  const names = machines.value.map(({ fqdn }) => valueOf(fqdn));
  return names.includes(undefined) ? unknown("malformed", "a machine of the pool has no FQDN", source) : known(names.flatMap((name) => (name === undefined ? [] : [normalName(name)])), source);
}

function portOf(port: TopologyPort): RecordValue<"TopologyPort"> | undefined {
  const [owner, usage, side, protocol, number] = [valueOf(port.owner), valueOf(port.usage), valueOf(port.interfaceSide), valueOf(port.protocol), valueOf(port.port)];
  if (owner === undefined || usage === undefined || side === undefined || protocol === undefined || number === undefined || port.range.state === "unknown") return undefined;
  return { owner: owner.replace(/^urn:component:/i, ""), usage, side, protocol, port: number, count: Math.max(1, valueOf(port.range) ?? 1) };
}

/** Ports as facts; one that is not described whole makes them unknown. */
export function portsOf(ports: Observation<readonly TopologyPort[]>, source: SourceText): Observation<readonly RecordValue<"TopologyPort">[]> {
  if (ports.state !== "known") return ports;
  const read = ports.value.map(portOf);
  return read.includes(undefined) ? unknown("malformed", "a port is not described whole", source) : known(read.flatMap((port) => port ?? []), source);
}

function poolPorts(services: Observation<readonly TopologyService[]>, source: SourceText): Observation<readonly RecordValue<"TopologyPort">[]> {
  if (services.state !== "known") return services;
  const lists = services.value.map(({ ports }) => requiredField(ports, source, "the ports"));
  const missing = lists.find((list) => list.state !== "known");
  return missing ?? portsOf(known(lists.flatMap((list) => (list.state === "known" ? list.value : [])), source), source);
}

function rolesOf(services: Observation<readonly TopologyService[]>, source: SourceText): Observation<readonly string[]> {
  if (services.state !== "known") return services;
  const roles = services.value.map(({ role }) => valueOf(role));
  return roles.includes(undefined) ? unknown("malformed", "a service of the pool has no role name", source) : known([...new Set(roles.flatMap((role) => role ?? []))], source);
}

function versionOf(services: Observation<readonly TopologyService[]>, source: SourceText): Observation<number> {
  if (services.state !== "known") return services;
  const versions = services.value.map(({ serviceVersion }) => valueOf(serviceVersion)).filter((version) => version !== undefined);
  return versions.length === 0 ? unknown("malformed", "no service of the pool has a version", source) : known(Math.max(...versions), source);
}

function directorOf(services: Observation<readonly TopologyService[]>, source: SourceText): Observation<boolean> {
  if (services.state !== "known") return services;
  const registrars = services.value.filter(({ role }) => valueOf(role) === "Registrar");
  const unread = registrars.find(({ isDirector }) => isDirector.state === "unknown");
  return unread === undefined ? known(registrars.some(({ isDirector }) => valueOf(isDirector) === true), source) : requiredField(unread.isDirector, source, "IsDirector");
}

function accessEdgeOf(topology: Topology, fqdn: string, source: SourceText): Observation<string> {
  const edges = requiredField(topology.accessEdges, source, "the Access Edge services");
  if (edges.state !== "known") return edges;
  const edge = edges.value.find(({ poolFqdn }) => normalName(valueOf(poolFqdn) ?? "") === fqdn);
  return edge === undefined ? absent(source) : nameField(edge.externalFqdn, source, "the external FQDN of the Access Edge");
}

/** Names of the pool outside: the configured FQDNs of external ports, and the host of its external web services. */
function externalNames(topology: Topology, pool: TopologyPool, fqdn: string, source: SourceText): Observation<readonly string[]> {
  const services = requiredField(pool.services, source, "the services");
  const hosts = requiredField(topology.externalWebHosts, source, "the web services");
  if (services.state !== "known") return services;
  if (hosts.state !== "known") return hosts;
  const names = hosts.value.filter(({ poolFqdn }) => normalName(valueOf(poolFqdn) ?? "") === fqdn).map(({ host }) => host);
  for (const { ports } of services.value) {
    if (ports.state !== "known") return requiredField(ports, source, "the ports");
    names.push(...ports.value.filter(({ interfaceSide }) => valueOf(interfaceSide) === "External").map(({ configuredFqdn }) => configuredFqdn));
  }
  const unread = names.find((name) => name.state === "unknown");
  if (unread !== undefined) return requiredField(unread, source, "an external name");
  return known([...new Set(names.flatMap((name) => (name.state === "known" ? [normalName(name.value)] : [])))], source);
}

function statePool(observer: Observer, topology: Topology, pool: TopologyPool, at: number, source: SourceText): string {
  const fqdn = nameField(pool.fqdn, source, "the FQDN");
  const name = fqdn.state === "known" ? fqdn.value : `no. ${at + 1}`;
  const id = `topologyPool/${name}`;
  const services = requiredField(pool.services, source, "the services");
  observer.subject({ kind: "topologyPool", id, name });
  observer.observe("topologyPool", id, "fqdn", fqdn);
  observer.observe("topologyPool", id, "site", siteName(topology, pool, source));
  observer.observe("topologyPool", id, "machines", machinesOf(pool, source));
  observer.observe("topologyPool", id, "roles", rolesOf(services, source));
  observer.observe("topologyPool", id, "serviceVersion", versionOf(services, source));
  observer.observe("topologyPool", id, "director", directorOf(services, source));
  observer.observe("topologyPool", id, "ports", poolPorts(services, source));
  observer.observe("topologyPool", id, "accessEdgeFqdn", accessEdgeOf(topology, name, source));
  observer.observe("topologyPool", id, "externalFqdns", externalNames(topology, pool, name, source));
  return id;
}

/** States the pools of the topology (the first topology where there are several) and returns the list of all. */
export function stateTopology(observer: Observer, section: Section<Topology>, source: SourceText): Observation<readonly string[]> {
  const gap = sectionGap(section, source);
  const [topology] = section.state === "read" ? section.items : [];
  if (topology === undefined) return gap ?? unknown("malformed", "the topology is empty", source);
  const pools = requiredField(topology.pools, source, "the pools");
  if (pools.state !== "known") return pools;
  const ids = pools.value.map((pool, at) => statePool(observer, topology, pool, at, source));
  return gap ?? known(ids, source);
}

/** The SIP domains of the Central Management Store: Get-CsSipDomain, else those of the topology. */
export function sipDomainNames(domains: Section<LyncSipDomain>, source: SourceText): Observation<readonly string[]> {
  const gap = sectionGap(domains, source);
  if (domains.state !== "read" || gap !== undefined) return gap ?? unknown("not-collected", "no SIP domains were exported", source);
  const names = domains.items.map(({ name }) => valueOf(name));
  return names.includes(undefined) ? unknown("malformed", "a SIP domain has no name", source) : known(names.flatMap((name) => (name === undefined ? [] : [normalName(name)])), source);
}

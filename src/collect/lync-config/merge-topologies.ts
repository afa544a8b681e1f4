import { known, valueOf } from "./field.ts";
import type { Field, Section } from "./field-types.ts";
import { mergeItems } from "./merge-items.ts";
import type { FieldRecord } from "./merge-items.ts";
import type { Topology, TopologyPool, TopologyPort, TopologyService } from "./topology-types.ts";
import type { LyncDisagreement } from "./types.ts";

/** A topology and the file that it came from. */
export interface TopologyVersion {
  readonly path: string;
  readonly topology: Topology;
}

/** Where topologies differ, pool by pool. The identity is a pool's FQDN, or `topology` for the SIP domains. */
export function compareTopologies(versions: readonly TopologyVersion[]): readonly LyncDisagreement[] {
  if (versions.length < 2) return [];
  const read = versions.map(({ path, topology }) => {
    const section: Extract<Section<unknown>, { state: "read" }> = { state: "read", items: comparableParts(topology), certainty: "confirmed", complete: topology.pools.state === "known" };
    return { path, section };
  });
  return mergeItems("topology", read)?.disagreements ?? [];
}

/** The parts of a topology as records of fields; ids and the order of things, which differ between kinds of files, are left out. */
function comparableParts(topology: Topology): readonly FieldRecord[] {
  const domains = {
    identity: known("topology"),
    sipDomains: sortedNames(topology.sipDomains, ({ name }) => valueOf(name)),
    defaultSipDomain: sortedNames(topology.sipDomains, ({ name, isDefault }) => (valueOf(isDefault) === true ? valueOf(name) : undefined)),
  };
  const edges = new Map((valueOf(topology.accessEdges) ?? []).map(({ poolFqdn, externalFqdn }) => [valueOf(poolFqdn), externalFqdn]));
  const pools = (valueOf(topology.pools) ?? []).map((pool) => ({ ...comparablePool(pool), accessEdgeFqdn: edges.get(valueOf(pool.fqdn)) ?? known(null) }));
  return [domains, ...pools];
}

function comparablePool(pool: TopologyPool): FieldRecord {
  return {
    identity: pool.fqdn,
    kind: pool.kind,
    machines: sortedNames(pool.machines, ({ fqdn }) => valueOf(fqdn)),
    edgePools: sortedNames(pool.edgePools, (fqdn) => fqdn),
    services: sortedNames(pool.services, ({ role, serviceVersion }) => `${valueOf(role) ?? "?"} ${valueOf(serviceVersion) ?? "?"}`),
    directors: sortedNames(pool.services, ({ isDirector }) => (valueOf(isDirector) === true ? "director" : undefined)),
    ports: sortedNames(pool.services, portsOf),
  };
}

function portsOf({ ports }: TopologyService): readonly string[] {
  return (valueOf(ports) ?? []).map(portText);
}

function portText({ owner, usage, interfaceSide, protocol, port, configuredFqdn }: TopologyPort): string {
  return [owner, usage, interfaceSide, protocol, port, configuredFqdn].map((field) => valueOf<string | number>(field) ?? "-").join(" ");
}

function sortedNames<T>(list: Field<readonly T[]>, name: (item: T) => string | readonly string[] | undefined): Field<readonly string[]> {
  if (list.state !== "known") return list;
  return known(
    list.value
      .flatMap((item) => name(item) ?? [])
      .map((text) => text.toLowerCase())
      .toSorted(),
  );
}

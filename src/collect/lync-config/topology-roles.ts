import { absent, excerpt, known, unknown, valueOf } from "./field.ts";
import type { Field } from "./field-types.ts";
import type { PlacedService } from "./placed-service.ts";
import { attribute, flagAttribute, wholeAttribute } from "./topology-attributes.ts";
import type { TopologyAccessEdge, TopologyCentralManagement, TopologyExternalWeb, TopologyFileStore, TopologyGateway, TopologyPort } from "./topology-types.ts";
import { childOf } from "./xml-element.ts";

const ofRole = (services: readonly PlacedService[], role: string): readonly PlacedService[] => services.filter(({ shape }) => shape.role === role);

/** The Access Edge of every Edge service. */
export function readAccessEdges(services: readonly PlacedService[]): readonly TopologyAccessEdge[] {
  return ofRole(services, "EdgeServer").map(({ service, poolFqdn }) => {
    const { ports } = service;
    if (ports.state !== "known") return { poolFqdn, externalFqdn: ports, ports };
    const own = ports.value.filter(({ owner }) => valueOf(owner) === "urn:component:AccessEdge");
    return { poolFqdn, externalFqdn: externalFqdn(own), ports: known(own) };
  });
}

/** The Access Edge FQDN is the ConfiguredFqdn of its external ports, which all carry the same one. */
function externalFqdn(ports: readonly TopologyPort[]): Field<string> {
  const external = ports.filter(({ interfaceSide }) => valueOf(interfaceSide) === "External").flatMap(({ configuredFqdn }) => valueOf(configuredFqdn) ?? []);
  const [name] = external;
  if (name === undefined) return unknown("not-collected", "no external Access Edge port carries an FQDN");
  const other = external.find((candidate) => candidate.toLowerCase() !== name.toLowerCase());
  return other === undefined ? known(name) : unknown("unsupported", `the external Access Edge ports carry several FQDNs, such as ${excerpt(name)} and ${excerpt(other)}`);
}

/** Every trunk to a PSTN gateway. */
export function readGateways(services: readonly PlacedService[]): readonly TopologyGateway[] {
  return ofRole(services, "PstnGateway").map(({ shape, service, poolFqdn }) => {
    const settings = childOf(shape.element, "PstnGatewayService");
    return {
      poolFqdn,
      mediationPools: mediationPools(service),
      mediationServerPort: settings === undefined ? unknown("malformed", "the gateway has no PstnGatewayService") : wholeAttribute(settings, "MediationServerPort"),
      ports: service.ports,
    };
  });
}

function mediationPools({ dependsOn }: PlacedService["service"]): Field<readonly string[]> {
  if (dependsOn.state !== "known") return dependsOn;
  const pools = new Set<string>();
  for (const { role, poolFqdn } of dependsOn.value) {
    if (role.state === "unknown") return role;
    if (valueOf(role) !== "MediationServer") continue;
    if (poolFqdn.state !== "known") return poolFqdn;
    pools.add(poolFqdn.value);
  }
  return known([...pools]);
}

/** The external host of every pool's web services; a pool that is not reached from outside has none. */
export function readExternalWebHosts(services: readonly PlacedService[]): readonly TopologyExternalWeb[] {
  return ofRole(services, "WebServices").map(({ shape, poolFqdn }) => {
    const web = childOf(shape.element, "WebService");
    const external = web && childOf(web, "ExternalSettings");
    const host = external?.attributes.get("Host")?.trim();
    return { poolFqdn, host: host === undefined || host === "" ? absent : known(host) };
  });
}

/** Every file store. */
export function readFileStores(services: readonly PlacedService[]): readonly TopologyFileStore[] {
  return ofRole(services, "FileStore").map(({ shape, poolFqdn }) => {
    const settings = childOf(shape.element, "FileStoreService");
    return { poolFqdn, shareName: settings === undefined ? unknown("malformed", "the file store has no FileStoreService") : attribute(settings, "ShareName") };
  });
}

/** Every Central Management service. */
export function readCentralManagement(services: readonly PlacedService[]): readonly TopologyCentralManagement[] {
  return ofRole(services, "CentralMgmt").map(({ shape, poolFqdn }) => ({ poolFqdn, isActive: flagAttribute(childOf(shape.element, "CentralMgmtService"), "IsActive") }));
}

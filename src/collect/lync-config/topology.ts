import { absent, known, unknown, valueOf } from "./field.ts";
import type { Field } from "./field-types.ts";
import { attribute, flagAttribute, readPorts, serviceGeneration, wholeAttribute } from "./topology-attributes.ts";
import { readAccessEdges, readCentralManagement, readExternalWebHosts, readFileStores, readGateways } from "./topology-roles.ts";
import type { PlacedService } from "./placed-service.ts";
import type { ClusterShape, ServiceShape, TopologyShape } from "./topology-shapes.ts";
import type { Topology, TopologyDependency, TopologyMachine, TopologyPool, TopologyService, TopologySipDomain, TopologySite } from "./topology-types.ts";
import { childOf, childrenOf } from "./xml-element.ts";
import type { XmlElement } from "./xml-element.ts";

/** Brings a topology into its one form. Parts that the file does not have are unknown, never empty. */
export function normaliseTopology(shape: TopologyShape, isPublished: Field<boolean>): Topology {
  const placed = placeServices(shape);
  const withServices = <T>(read: (services: readonly PlacedService[]) => T): Field<T> => (placed === undefined ? missing("Services") : known(read(placed)));
  return {
    isPublished,
    sipDomains: shape.domains === undefined ? missing("InternalDomains") : known(readDomains(shape.domains)),
    sites: shape.sites === undefined ? missing("sites") : known(shape.sites.map(readSite)),
    pools: shape.clusters === undefined ? missing("clusters") : known(readPools(shape.clusters, placed)),
    accessEdges: withServices(readAccessEdges),
    gateways: withServices(readGateways),
    externalWebHosts: withServices(readExternalWebHosts),
    fileStores: withServices(readFileStores),
    centralManagement: withServices(readCentralManagement),
  };
}

function missing(part: string): Field<never> {
  return unknown("malformed", `the topology has no ${part}`);
}

function readDomains(element: XmlElement): readonly TopologySipDomain[] {
  const standard = attribute(element, "DefaultDomain");
  return childrenOf(element, "InternalDomain").map((domain) => {
    const name = attribute(domain, "Name");
    const same = name.state === "known" && standard.state === "known" ? known(name.value.toLowerCase() === standard.value.toLowerCase()) : undefined;
    return { name, isDefault: same ?? unknown("malformed", "the topology names no default SIP domain") };
  });
}

function readSite(element: XmlElement): TopologySite {
  const name = childOf(element, "Name");
  return {
    siteId: attribute(element, "SiteId"),
    name: name === undefined ? unknown("malformed", "the site has no name") : known(name.text.trim()),
    kind: element.local === "RemoteSite" ? "remote" : "central",
  };
}

function placeServices(shape: TopologyShape): readonly PlacedService[] | undefined {
  const clusters = new Map((shape.clusters ?? []).map((cluster) => [cluster.key, cluster]));
  const services = new Map((shape.services ?? []).map((service) => [service.key, service]));
  const placeOf = (service: ServiceShape | undefined): Field<string> => {
    const cluster = service?.clusterKey === undefined ? undefined : clusters.get(service.clusterKey);
    if (cluster === undefined) return unknown("malformed", "the topology does not say where the service is installed");
    return fqdnOf(cluster);
  };
  return shape.services?.map((service) => ({ shape: service, service: readService(service, services, placeOf), poolFqdn: placeOf(service) }));
}

function fqdnOf(cluster: ClusterShape): Field<string> {
  return cluster.fqdn ? known(cluster.fqdn) : unknown("malformed", "the pool has no FQDN");
}

function readService(shape: ServiceShape, services: ReadonlyMap<string, ServiceShape>, placeOf: (service: ServiceShape | undefined) => Field<string>): TopologyService {
  const serviceVersion = wholeAttribute(shape.element, "ServiceVersion");
  const registrar = childOf(shape.element, "RegistrarService");
  const role = roleOf(shape);
  return {
    serviceId: shape.key,
    role,
    serviceVersion,
    generation: serviceGeneration(serviceVersion),
    isDirector: shape.role !== undefined && shape.role !== "Registrar" ? absent : flagAttribute(registrar, "IsDirector"),
    ports: readPorts(shape.element),
    dependsOn:
      shape.dependsOn === undefined
        ? missing("DependsOn for this service")
        : known(
            shape.dependsOn.map(({ key, usage }): TopologyDependency => {
              const target = services.get(key);
              return {
                serviceId: key,
                usage: usage === undefined ? unknown("malformed", "the dependency has no usage") : known(usage),
                role: target === undefined ? unknown("malformed", "the topology has no such service") : roleOf(target),
                poolFqdn: placeOf(target),
              };
            }),
          ),
  };
}

function roleOf(shape: ServiceShape): Field<string> {
  return shape.role ? known(shape.role) : unknown("malformed", "the service has no role name");
}

/** Services of one pool, or why they cannot be told. */
type ServicesHere = Field<readonly PlacedService[]>;

function readPools(clusters: readonly ClusterShape[], placed: readonly PlacedService[] | undefined): readonly TopologyPool[] {
  const keys = new Map<string, number>();
  for (const { key } of clusters) keys.set(key, (keys.get(key) ?? 0) + 1);
  const byCluster = Map.groupBy(placed ?? [], ({ shape }) => shape.clusterKey);
  const stores = new Map((placed ?? []).filter(({ shape }) => shape.role === "UserStore").map(({ shape }) => [shape.key, shape]));
  return clusters.map((cluster) => {
    const isAmbiguous = keys.get(cluster.key) !== 1;
    const here: ServicesHere = placed === undefined ? missing("Services") : isAmbiguous ? unknown("malformed", "several pools have this pool's id") : known(byCluster.get(cluster.key) ?? []);
    return readPool(cluster, here, stores);
  });
}

function readPool(cluster: ClusterShape, here: ServicesHere, stores: ReadonlyMap<string, ServiceShape>): TopologyPool {
  const withServices = <T>(read: (services: readonly PlacedService[]) => Field<T>): Field<T> => (here.state === "known" ? read(here.value) : here);
  return {
    fqdn: fqdnOf(cluster),
    siteId: cluster.siteId ? known(cluster.siteId) : unknown("malformed", "the pool has no site"),
    kind: withServices((services) => kindOf(cluster, services, stores)),
    machines: known(cluster.machines.map((machine) => readMachine(machine, cluster))),
    services: withServices((services) => known(services.map(({ service }) => service))),
    edgePools: withServices(edgePoolsOf),
  };
}

/** Standard Edition keeps its user store in a SQL instance of its own, Enterprise Edition on a SQL server apart; only Enterprise has several machines. */
function kindOf(cluster: ClusterShape, here: readonly PlacedService[], stores: ReadonlyMap<string, ServiceShape>): TopologyPool["kind"] {
  if (here.some(({ shape }) => shape.role === undefined)) return unknown("malformed", "a service of the pool has no role name");
  const userServices = here.find(({ shape }) => shape.role === "UserServices");
  if (userServices === undefined) return absent;
  if (cluster.machines.length > 1) return known("enterprise");
  const store = (userServices.shape.dependsOn ?? []).map(({ key }) => stores.get(key)).find((candidate) => candidate !== undefined);
  if (store?.clusterKey === undefined) return unknown("malformed", "the topology does not say where the pool's user store is");
  return known(store.clusterKey === cluster.key ? "standard" : "enterprise");
}

function edgePoolsOf(here: readonly PlacedService[]): Field<readonly string[]> {
  const pools = new Set<string>();
  for (const { service } of here) {
    if (service.dependsOn.state !== "known") return service.dependsOn;
    for (const { role, poolFqdn } of service.dependsOn.value) {
      if (role.state === "unknown") return role;
      if (valueOf(role) !== "EdgeServer") continue;
      if (poolFqdn.state !== "known") return poolFqdn;
      pools.add(poolFqdn.value);
    }
  }
  return known([...pools]);
}

function readMachine(element: XmlElement, cluster: ClusterShape): TopologyMachine {
  const named = attribute(element, "Fqdn");
  return {
    fqdn: named.state !== "known" && cluster.isSingleMachine ? fqdnOf(cluster) : named,
    interfaces: childrenOf(element, "NetInterface").map((card) => ({
      side: attribute(card, "InterfaceSide"),
      address: attribute(card, "IPAddress"),
      configuredAddress: attribute(card, "ConfiguredIPAddress", absent),
    })),
  };
}

import { childOf, childrenOf, outermost } from "./xml-element.ts";
import type { XmlElement } from "./xml-element.ts";

/** A pool as either kind of topology file has it; `key` is what services refer to. */
export interface ClusterShape {
  readonly key: string;
  readonly siteId: string | undefined;
  readonly fqdn: string | undefined;
  readonly machines: readonly XmlElement[];
  /** A cluster that is one machine, whose name then need not be repeated on the machine. */
  readonly isSingleMachine: boolean;
}

/** A service as either kind of topology file has it. */
export interface ServiceShape {
  readonly key: string;
  readonly role: string | undefined;
  readonly element: XmlElement;
  /** Key of the cluster that it, or the SQL instance that it lives in, is installed on. */
  readonly clusterKey: string | undefined;
  /** Undefined where the file has no DependsOn for it. */
  readonly dependsOn: readonly { readonly key: string; readonly usage: string | undefined }[] | undefined;
}

/** The parts of a topology file, found but not yet judged; undefined where the file has no such part. */
export interface TopologyShape {
  readonly domains: XmlElement | undefined;
  readonly sites: readonly XmlElement[] | undefined;
  readonly clusters: readonly ClusterShape[] | undefined;
  readonly services: readonly ServiceShape[] | undefined;
}

const isSite = (element: XmlElement): boolean => element.local === "CentralSite" || element.local === "RemoteSite";

/** Sites and the branch sites inside them. */
function sitesIn(container: XmlElement | undefined): readonly XmlElement[] | undefined {
  if (container === undefined) return undefined;
  const withInner = (site: XmlElement): readonly XmlElement[] => [site, ...site.children.flatMap((child) => outermost(child, isSite)).flatMap(withInner)];
  return outermost(container, isSite).flatMap(withInner);
}

function serviceKey(id: XmlElement): string {
  return ["SiteId", "RoleName", "Instance"].map((name) => id.attributes.get(name) ?? "?").join("-");
}

function clusterKey(id: XmlElement): string {
  return `${id.attributes.get("SiteId") ?? "?"}:${id.attributes.get("Number") ?? "?"}`;
}

/** The shape of `Get-CsTopology -AsXml`, Publish-CsTopology and the store (…Deploy.Topology.2008). */
export function publishedShape(root: XmlElement): TopologyShape {
  const clusters = childOf(root, "Clusters");
  const services = childOf(root, "Services");
  return {
    domains: childOf(root, "InternalDomains"),
    sites: sitesIn(childOf(root, "Sites")),
    clusters: clusters && childrenOf(clusters, "Cluster").map(publishedCluster),
    services: services && childrenOf(services, "Service").map(publishedService),
  };
}

function publishedCluster(element: XmlElement): ClusterShape {
  const id = childOf(element, "ClusterId");
  return {
    key: id === undefined ? "" : clusterKey(id),
    siteId: id?.attributes.get("SiteId"),
    fqdn: element.attributes.get("Fqdn"),
    machines: childrenOf(element, "Machine"),
    isSingleMachine: false,
  };
}

function publishedService(element: XmlElement): ServiceShape {
  const id = childOf(element, "ServiceId");
  const installedOn = childOf(element, "InstalledOn");
  const [cluster] = installedOn === undefined ? [] : outermost(installedOn, ({ local }) => local === "ClusterId");
  const dependsOn = childOf(element, "DependsOn");
  return {
    key: id === undefined ? "" : serviceKey(id),
    role: id?.attributes.get("RoleName"),
    element,
    clusterKey: cluster && clusterKey(cluster),
    dependsOn:
      dependsOn &&
      childrenOf(dependsOn, "Dependency").map((dependency) => {
        const target = childOf(dependency, "ServiceId");
        return { key: target === undefined ? "" : serviceKey(target), usage: dependency.attributes.get("Usage") };
      }),
  };
}

/** The shape of a Topology Builder file (…WritableTopology.2008), where GUIDs take the place of ids and clusters lie inside their site. */
export function builderShape(partial: XmlElement): TopologyShape {
  const sites = sitesIn(childOf(partial, "CentralSites"));
  const found = sites?.flatMap((site) => childrenOf(site, "Clusters").flatMap((list) => childrenOf(list, "Cluster")).map((cluster) => ({ site, cluster })));
  const services = childOf(partial, "Services");
  const owners = new Map<string, string>();
  for (const { cluster } of found ?? []) {
    const key = cluster.attributes.get("UniqueId") ?? "";
    owners.set(key, key);
    for (const instance of outermost(cluster, ({ local }) => local === "SqlInstance")) owners.set(instance.attributes.get("UniqueId") ?? "", key);
  }
  return {
    domains: childOf(partial, "InternalDomains"),
    sites,
    clusters: found?.map(({ site, cluster }) => builderCluster(site, cluster)),
    services: services && childrenOf(services, "Service").map((element) => builderService(element, owners)),
  };
}

function builderCluster(site: XmlElement, element: XmlElement): ClusterShape {
  return {
    key: element.attributes.get("UniqueId") ?? "",
    siteId: site.attributes.get("SiteId"),
    fqdn: element.attributes.get("Fqdn"),
    machines: childrenOf(element, "Machines").flatMap((list) => childrenOf(list, "Machine")),
    isSingleMachine: element.attributes.get("IsSingleMachineOnly") === "true",
  };
}

function builderService(element: XmlElement, owners: ReadonlyMap<string, string>): ServiceShape {
  const dependsOn = childOf(element, "DependsOn");
  return {
    key: element.attributes.get("UniqueId") ?? "",
    role: element.attributes.get("RoleName"),
    element,
    clusterKey: owners.get(element.attributes.get("InstalledOn") ?? ""),
    dependsOn:
      dependsOn &&
      childrenOf(dependsOn, "Dependency").map((dependency) => ({ key: dependency.attributes.get("ServiceUniqueId") ?? "", usage: dependency.attributes.get("Usage") })),
  };
}

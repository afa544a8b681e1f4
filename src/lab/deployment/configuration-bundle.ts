import type { LyncConfiguration } from "../types.ts";

type Item = Readonly<Record<string, unknown>>;

const topologySchema = "urn:schema:Microsoft.Rtc.Management.Deploy.Topology.2008";
const rolesSchema = "urn:schema:Microsoft.Rtc.Management.Deploy.ServiceRoles.2008";

function escaped(value: unknown): string {
  return String(value).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

function list(item: Item, name: string): readonly unknown[] {
  const value = item[name];
  return Array.isArray(value) ? value : [];
}

function port(owner: string, usage: string, side: string, number: number, protocol: string, more = ""): string {
  return `<Port Owner="urn:component:${owner}" Usage="${usage}" InterfaceSide="${side}" InterfaceNumber="1" Port="${number}" Protocol="${protocol}" UrlPath="" AuthorizesRequests="false"${more} />`;
}

/** The ports that a role listens on (config-export.md: the sample topology). */
function portsOf(role: string, item: Item): string {
  const fqdn = (name: string): string => ` ConfiguredFqdn="${escaped(item[name])}"`;
  switch (role) {
    case "Registrar":
      return port("Registrar", "SipServer", "Primary", 5061, "Mtls");
    case "MediationServer":
      return port("Mediation", "SipServer", "Primary", 5070, "Mtls") + port("Mediation", "SipServer", "Pstn", 5067, "Tls");
    case "EdgeServer":
      return [
        port("AccessEdge", "SipServer", "Internal", 5061, "Mtls"),
        port("AccessEdge", "SipServer", "External", 5061, "Mtls", fqdn("AccessEdgeFqdn")),
        port("AccessEdge", "SipClient", "External", 443, "Tls", fqdn("AccessEdgeFqdn")),
        port("DataEdge", "PsomClient", "External", 443, "Tls", fqdn("WebConferencingFqdn")),
        port("MediaRelayEdge", "MediaCommunication", "External", 50_000, "TcpOrUdp", `${fqdn("AudioVideoFqdn")} Range="10000"`),
      ].join("");
    case "PstnGateway":
      return port("GatewayComp", "SipClient", "Pstn", 5067, "Tls");
    default:
      return "";
  }
}

/** The Mediation pool of a gateway's trunk. */
function mediationOf(item: Item, items: readonly Item[], siteOf: (item: Item) => string): string {
  const at = items.findIndex((other) => other["Identity"] === item["MediationPool"]);
  const pool = items[at];
  return pool === undefined ? "" : `<Dependency Usage="Default"><ServiceId SiteId="${siteOf(pool)}" RoleName="MediationServer" Instance="${at + 1}" /></Dependency>`;
}

function roleElement(role: string, item: Item): string {
  if (role === "Registrar") return `<RegistrarService xmlns="${rolesSchema}" IsDirector="${item["IsDirector"] === true}" />`;
  if (role === "WebServices") return `<WebService xmlns="${rolesSchema}"><ExternalSettings Host="${escaped(item["ExternalWebFqdn"])}"><OverrideUrls /></ExternalSettings></WebService>`;
  return role === "PstnGateway" ? `<PstnGatewayService xmlns="${rolesSchema}" MediationServerPort="${escaped(item["MediationServerPort"])}" Default="false" />` : "";
}

function service(role: string, item: Item, site: string, number: number, dependencies: string): string {
  return [
    `<Service RoleVersion="1" ServiceVersion="${escaped(item["ServiceVersion"])}">`,
    `<ServiceId SiteId="${site}" RoleName="${escaped(role)}" Instance="${number}" /><DependsOn>${dependencies}</DependsOn>`,
    `<InstalledOn><ClusterId SiteId="${site}" Number="${number}" /></InstalledOn>`,
    `<Ports xmlns="${rolesSchema}">${portsOf(role, item)}</Ports>${roleElement(role, item)}</Service>`,
  ].join("");
}

function topologyXml(configuration: LyncConfiguration): string {
  const sites = configuration["CsSite"] ?? [];
  const domains = configuration["CsSipDomain"] ?? [];
  const siteOf = (item: Item): string => escaped(sites.find((site) => site["DisplayName"] === item["Site"])?.["SiteId"] ?? "1");
  const items = configuration["CsTopology"] ?? [];
  const clusters = items.map((item, at) => {
    const machines = list(item, "Machines").map((fqdn, index) => `<Machine OrdinalInCluster="${index + 1}" Fqdn="${escaped(fqdn)}"><NetInterface InterfaceSide="Primary" InterfaceNumber="1" IPAddress="0.0.0.0" /></Machine>`);
    return `<Cluster RequiresReplication="true" RequiresSetup="true" Fqdn="${escaped(item["Identity"])}"><ClusterId SiteId="${siteOf(item)}" Number="${at + 1}" />${machines.join("")}</Cluster>`;
  });
  const services = items.flatMap((item, at) => list(item, "Roles").map((role) => service(String(role), item, siteOf(item), at + 1, role === "PstnGateway" ? mediationOf(item, items, siteOf) : "")));
  const domain = domains.map((item) => `<InternalDomain Name="${escaped(item["Name"])}" Authoritative="false" AllowSubDomains="false" />`);
  const siteXml = sites.map((site) => `<${escaped(site["Kind"])} SiteId="${escaped(site["SiteId"])}"><Name>${escaped(site["DisplayName"])}</Name><Location /></${escaped(site["Kind"])}>`);
  const main = domains.find((item) => item["IsDefault"] === true)?.["Name"] ?? domains[0]?.["Name"] ?? "";
  return [
    `<Topology xmlns="${topologySchema}" Signature="00000000-0000-0000-0000-000000000001">`,
    `<InternalDomains AllowAllDomains="false" DefaultDomain="${escaped(main)}">${domain.join("")}</InternalDomains>`,
    `<Sites>${siteXml.join("")}</Sites><Clusters>${clusters.join("")}</Clusters><SqlInstances /><Services>${services.join("")}</Services></Topology>`,
  ].join("");
}

/** The bundle that bin/Export-LyncConfiguration.ps1 would write with -Json for this configuration. */
export function configurationBundle(configuration: LyncConfiguration, exportedAt: Date): string {
  const bundle = { schemaVersion: 1, collector: "Export-LyncConfiguration.ps1", exportedAt: exportedAt.toISOString(), ...configuration, CsTopology: topologyXml(configuration) };
  return JSON.stringify(bundle, undefined, 2);
}

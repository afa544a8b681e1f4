import type { LyncConfiguration } from "../types.ts";
import { edge, lyncPools, pstnGateway, sqlServer } from "./hosts.ts";
import type { LyncPool } from "./hosts.ts";

type Service = Readonly<Record<string, unknown>>;

function service(role: string, fqdn: string, site: string, version: number, more: Service = {}): Service {
  return { Identity: `${role}:${fqdn}`, ServiceId: `${site}-${role}-${fqdn}`, SiteId: `Site:${site}`, PoolFqdn: fqdn, Role: role, Version: version, ...more };
}

function poolServices(pool: LyncPool): readonly Service[] {
  const registrar = service("Registrar", pool.fqdn, pool.site, 6, {
    SipServerTlsPort: 5061,
    IsDirector: false,
    RegistrarPool: pool.fqdn,
    FrontEndRole: pool.kind === "branch" ? "SurvivableBranchAppliance" : "CentralRegistrar",
    EdgeServer: `EdgeServer:${edge.internal.fqdn}`,
  });
  const mediation = service("MediationServer", pool.fqdn, pool.site, 6, {
    SipServerTlsPort: 5070,
    SipClientTlsPort: 5067,
    TlsPortRange: "5067-5067",
    Registrar: `Registrar:${pool.fqdn}`,
  });
  return pool.kind === "branch" ? [registrar, mediation] : [registrar, mediation, service("UserServer", pool.fqdn, pool.site, 6), service("WebServer", pool.fqdn, pool.site, 6)];
}

/** Sites, pools and services. Version 6 is Lync Server 2013. */
export function topologyConfiguration(): LyncConfiguration {
  const serviceNames = (fqdn: string): readonly string[] => services.filter((item) => item["PoolFqdn"] === fqdn).map((item) => String(item["Identity"]));
  const gateway = service("PstnGateway", pstnGateway.fqdn, "Redmond", 6, {
    GatewaySipServerTlsPort: 5067,
    MediationServer: `MediationServer:${lyncPools[0]?.fqdn ?? ""}`,
    MediationServerPort: 5067,
  });
  const edgeServer = service("EdgeServer", edge.internal.fqdn, "Redmond", 6, {
    AccessEdgeExternalFqdn: edge.access.fqdn,
    AccessEdgeExternalSipPort: 5061,
    AccessEdgeClientSipPort: 443,
    AccessEdgeInternalSipPort: 5061,
    DataEdgeExternalFqdn: edge.webConferencing.fqdn,
    AVEdgeExternalFqdn: edge.audioVideo.fqdn,
  });
  const store = service("CentralManagement", lyncPools[0]?.fqdn ?? "", "Redmond", 6, { CentralManagementDatabase: `CentralManagementDatabase:${sqlServer.fqdn}`, Active: true });
  const services = [...lyncPools.flatMap(poolServices), gateway, edgeServer, store];
  const pool = (fqdn: string, site: string, computers: readonly string[]): Service => ({ Identity: fqdn, Fqdn: fqdn, Site: `Site:${site}`, Computers: computers, Services: serviceNames(fqdn) });
  return {
    CsSite: [
      { Identity: "Site:Redmond", SiteId: "Site:Redmond", DisplayName: "Redmond", Kind: "CentralSite", ParentSite: null },
      { Identity: "Site:Portland", SiteId: "Site:Portland", DisplayName: "Portland", Kind: "RemoteSite", ParentSite: "Site:Redmond" },
    ],
    CsPool: [
      ...lyncPools.map((item) =>
        pool(
          item.fqdn,
          item.site,
          item.members.map((member) => member.fqdn),
        ),
      ),
      pool(edge.internal.fqdn, "Redmond", [edge.internal.fqdn]),
      pool(pstnGateway.fqdn, "Redmond", [pstnGateway.fqdn]),
    ],
    CsService: services,
  };
}

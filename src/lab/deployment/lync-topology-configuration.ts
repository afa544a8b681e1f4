import type { LyncConfiguration } from "../types.ts";
import { edge, lyncPools, pstnGateway, sqlServer } from "./hosts.ts";
import type { LyncPool } from "./hosts.ts";

/** ServiceVersion of Lync Server 2013. */
const lync2013 = 6;
/** ServiceVersion of Skype for Business Server 2015, which an Edge that federates with the cloud has at least. */
const skype2015 = 7;

function rolesOf(pool: LyncPool): readonly string[] {
  const registrar = ["Registrar", "MediationServer"];
  return pool.kind === "branch" ? registrar : ["UserServices", ...registrar, "WebServices"];
}

/**
 * Sites and pools of the topology. `CsTopology` is not what the cmdlet returns but what the XML of `Get-CsTopology -AsXml` is written from
 * (configuration-bundle.ts), so that a mistake can be planted in one pool.
 */
export function topologyConfiguration(): LyncConfiguration {
  const cluster = (fqdn: string, site: string, machines: readonly string[], roles: readonly string[], more: Readonly<Record<string, unknown>> = {}) => ({ Identity: fqdn, Site: site, Machines: machines, Roles: roles, ServiceVersion: lync2013, ...more });
  return {
    CsSite: [
      { Identity: "Site:Redmond", SiteId: "1", DisplayName: "Redmond", Kind: "CentralSite" },
      { Identity: "Site:Portland", SiteId: "2", DisplayName: "Portland", Kind: "RemoteSite" },
    ],
    CsTopology: [
      ...lyncPools.map((pool) => cluster(pool.fqdn, pool.site, pool.members.map((member) => member.fqdn), rolesOf(pool), { ExternalWebFqdn: edge.reverseProxy.fqdn })),
      cluster(edge.internal.fqdn, "Redmond", [edge.internal.fqdn], ["EdgeServer"], { AccessEdgeFqdn: edge.access.fqdn, WebConferencingFqdn: edge.webConferencing.fqdn, AudioVideoFqdn: edge.audioVideo.fqdn, ServiceVersion: skype2015 }),
      cluster(pstnGateway.fqdn, "Redmond", [pstnGateway.fqdn], ["PstnGateway"], { MediationPool: lyncPools[0]?.fqdn, MediationServerPort: 5067 }),
      cluster(sqlServer.fqdn, "Redmond", [sqlServer.fqdn], ["UserStore", "CentralMgmtStore"]),
    ],
  };
}

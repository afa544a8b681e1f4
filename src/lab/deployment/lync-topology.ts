import type { Entry } from "../types.ts";
import { computerDn } from "./accounts.ts";
import { guidFor } from "./binary-values.ts";
import { entry } from "./entry.ts";
import { contoso } from "./forests.ts";
import { edge, lyncPools, pstnGateway, sipDomain, sqlServer } from "./hosts.ts";
import type { LyncPool } from "./hosts.ts";

/** DN of the RTC Service container. */
export const rtcServiceDn = `CN=RTC Service,CN=Services,${contoso.configurationDn}`;

const globalSettingsDn = `CN=Global Settings,${rtcServiceDn}`;
const trustedServicesDn = `CN=Trusted Services,${rtcServiceDn}`;

/** Lync Server 2013 in the version attributes of servers; pools carry it in the high word. */
const lync2013 = 6;

/** DN of a pool object. */
export function poolDn(pool: LyncPool): string {
  return `CN=${pool.cn},CN=Pools,${rtcServiceDn}`;
}

/** DN that users name as their home: the pool service, not the pool. */
export function poolServiceDn(pool: LyncPool): string {
  return `CN=Lc Services,CN=Microsoft,${poolDn(pool)}`;
}

function braced(what: string): string {
  return `{${guidFor(what)}}`;
}

function poolEntries(pool: LyncPool): readonly Entry[] {
  const backEnd = { enterprise: `${sqlServer.fqdn}\\rtc`, standard: `${pool.fqdn}\\rtc`, branch: `${pool.fqdn}\\rtclocal` }[pool.kind];
  return [
    entry(poolDn(pool), "top msRTCSIP-Pool", {
      dNSHostName: pool.fqdn,
      "msRTCSIP-PoolDisplayName": pool.fqdn.slice(0, pool.fqdn.indexOf(".")),
      "msRTCSIP-PoolDomainFQDN": contoso.realm,
      "msRTCSIP-BackEndServer": backEnd,
      "msRTCSIP-PoolType": pool.kind === "enterprise" ? 10 : 5,
      "msRTCSIP-PoolFunctionality": pool.kind === "branch" ? 1 : 2,
      "msRTCSIP-PoolVersion": lync2013 * 0x10000,
      "msRTCSIP-PoolData": pool.kind === "branch" ? "ExtendedType=RemoteRegistrar" : "ExtendedType=CentralRegistrar",
    }),
    entry(`CN=Microsoft,${poolDn(pool)}`, "top container"),
    entry(poolServiceDn(pool), "top leaf connectionPoint serviceConnectionPoint msRTCSIP-PoolService"),
  ];
}

/** The service connection point below the computer account of each member, which says whose pool it is. */
export function frontEndEntries(): readonly Entry[] {
  return lyncPools.flatMap((pool) =>
    pool.members.map((member) =>
      entry(`CN=Lc Services,${computerDn(contoso, member.fqdn)}`, "top leaf connectionPoint serviceConnectionPoint msRTCSIP-Server", {
        "msRTCSIP-PoolAddress": poolServiceDn(pool),
        "msRTCSIP-EnterpriseServices": pool.kind === "enterprise" ? 1 : 0,
        "msRTCSIP-ServerVersion": lync2013,
      }),
    ),
  );
}

function trustedServer(fqdn: string): Entry {
  return entry(`CN=${braced(`trusted server ${fqdn}`)},${globalSettingsDn}`, "top msRTCSIP-TrustedServer", {
    "msRTCSIP-TrustedServerFQDN": fqdn,
    "msRTCSIP-TrustedServerVersion": lync2013,
  });
}

function trustedService(fqdn: string, type: string, port: number, routingPoolDn: string | undefined): Entry {
  return entry(`CN=${braced(`trusted service ${fqdn} ${type}`)},${trustedServicesDn}`, "top msRTCSIP-TrustedService", {
    "msRTCSIP-TrustedServerFQDN": fqdn,
    "msRTCSIP-TrustedServerVersion": lync2013,
    "msRTCSIP-TrustedServiceType": type,
    "msRTCSIP-TrustedServicePort": port,
    "msRTCSIP-Routable": true,
    "msRTCSIP-RoutingPoolDN": routingPoolDn,
  });
}

function globalSettingsEntries(): readonly Entry[] {
  return [
    entry(globalSettingsDn, "top container msRTCSIP-GlobalContainer"),
    entry(`CN=${braced(`domain ${sipDomain}`)},${globalSettingsDn}`, "top msRTCSIP-Domain", { "msRTCSIP-DomainName": sipDomain, "msRTCSIP-Default": true }),
    entry(`CN=${braced("edge")},${globalSettingsDn}`, "top msRTCSIP-EdgeProxy", { "msRTCSIP-EdgeProxyFQDN": edge.internal.fqdn }),
    ...lyncPools.flatMap((pool) => [...new Set([pool.fqdn, ...pool.members.map((member) => member.fqdn)])].map(trustedServer)),
  ];
}

/** The RTC Service tree as Enable-CsTopology publishes it for older products. */
export function topologyEntries(): readonly Entry[] {
  return [
    entry(rtcServiceDn, "top leaf connectionPoint serviceConnectionPoint msRTCSIP-Service"),
    ...globalSettingsEntries(),
    entry(`CN=Topology Settings,${rtcServiceDn}`, "top container msRTCSIP-GlobalTopologySettings"),
    entry(`CN=${braced("topology")},CN=Topology Settings,${rtcServiceDn}`, "top msRTCSIP-GlobalTopologySetting", {
      "msRTCSIP-BackEndServer": `${sqlServer.fqdn}/rtc`,
      "msRTCSIP-ServerVersion": lync2013,
    }),
    entry(`CN=Pools,${rtcServiceDn}`, "top container msRTCSIP-Pools"),
    ...lyncPools.flatMap(poolEntries),
    entry(trustedServicesDn, "top container msRTCSIP-TrustedServices"),
    ...lyncPools.map((pool) => trustedService(pool.fqdn, "MediationServer", 5070, poolDn(pool))),
    trustedService(pstnGateway.fqdn, "Gateway", 5067, undefined),
    trustedService(edge.internal.fqdn, "MRAS", 5062, undefined),
    entry(`CN=Trusted MCUs,${rtcServiceDn}`, "top container msRTCSIP-TrustedMCUs"),
    entry(`CN=Application Contacts,${rtcServiceDn}`, "top container msRTCSIP-ApplicationContacts"),
    entry(`CN=Conference Directories,${rtcServiceDn}`, "top container msRTCSIP-ConferenceDirectories"),
  ];
}

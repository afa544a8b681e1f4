import type { Entry } from "../types.ts";
import { entry } from "./entry.ts";
import type { GivenAttributes } from "./entry.ts";
import { fabrikam } from "./forests.ts";
import { exchangeServers } from "./hosts.ts";
import type { ExchangeServerHost } from "./hosts.ts";
import { planDn, sipPlans } from "./plans.ts";

/** versionNumber: major in bits 22-27, minor in 16-21, build in 0-14, and the constant 0x70008000. */
export function versionNumber(major: number, minor: number, build: number): number {
  return 0x70008000 + major * 2 ** 22 + minor * 2 ** 16 + build;
}

/** serialNumber: since Exchange 2007 the stored build is 30000 higher than the build. */
export function serialNumber([major, minor, build, revision]: ExchangeServerHost["version"]): string {
  return `Version ${major}.${minor} (Build ${30_000 + build}.${revision})`;
}

/** Startup mode Dual, enabled, in every SIP plan, with the certificate of the server. */
function umSettings(server: ExchangeServerHost, tcpPort: number, tlsPort: number): GivenAttributes {
  return {
    msExchUMStartupMode: 2,
    msExchUMServerStatus: 0,
    msExchUMTcpListeningPort: tcpPort,
    msExchUMTlsListeningPort: tlsPort,
    msExchUMMaximumCallsAllowed: 100,
    msExchUMCertificateThumbprint: `{thumbprint:server:${server.fqdn}}`,
    msExchUMServerDialPlanLink: sipPlans.map(planDn),
  };
}

function identity(server: ExchangeServerHost): GivenAttributes {
  const [major, minor, build] = server.version;
  return {
    versionNumber: versionNumber(major, minor, build),
    msExchCurrentServerRoles: server.roles,
    networkAddress: [`ncacn_vns_spp:${server.name}`, `netbios:${server.name}`, `ncacn_np:${server.name}`, `ncacn_spx:${server.name}`, `ncacn_ip_tcp:${server.fqdn}`],
  };
}

function serverWithProtocols(server: ExchangeServerHost, administrativeGroupDn: string): readonly Entry[] {
  const dn = `CN=${server.name},CN=Servers,${administrativeGroupDn}`;
  const protocols = `CN=Protocols,${dn}`;
  const entries = [
    entry(dn, "top server msExchExchangeServer", {
      serialNumber: serialNumber(server.version),
      msExchServerSite: `CN=Default-First-Site-Name,CN=Sites,${fabrikam.configurationDn}`,
      ...identity(server),
      ...(server.umService ? umSettings(server, 5062, 5063) : {}),
    }),
    entry(protocols, "top container msExchContainer protocolCfgSharedServer"),
  ];
  if (!server.callRouter) return entries;
  return [
    ...entries,
    entry(`CN=SIP,${protocols}`, "top container msExchContainer msExchProtocolCfgSIPContainer"),
    entry(`CN=UMCallRouterSettings,CN=SIP,${protocols}`, "top container msExchContainer msExchProtocolCfgSIPFEServer", {
      ...identity(server),
      ...umSettings(server, 5060, 5061),
    }),
  ];
}

/** Server objects with their UM service settings, and the call router objects of those with client access. */
export function serverEntries(administrativeGroupDn: string): readonly Entry[] {
  return exchangeServers.flatMap((server) => serverWithProtocols(server, administrativeGroupDn));
}

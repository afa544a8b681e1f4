import type { EndpointSpec } from "../types.ts";
import { edge, exchangeServers, lyncPools, pbxGateway, sipDomain } from "./hosts.ts";
import type { ExchangeServerHost, LyncPool } from "./hosts.ts";

type Tls = NonNullable<EndpointSpec["tls"]>;

/** Both enterprise roots: each side accepts the certificates of the other. */
const enterpriseAnchors = ["ca:contoso-root", "ca:fabrikam-root"] as const;

function tls(certificate: string, issuing: string, given: Partial<Tls> = {}): Tls {
  return { certificate, chain: [issuing], clientCertificate: "required", clientAnchors: enterpriseAnchors, maxVersion: "TLSv1.2", ...given };
}

function endpoint(host: string, port: number, product: string, security: Tls | undefined): EndpointSpec {
  return { host, port, tls: security, sip: true, product };
}

/** Startup mode Dual listens on both ports of a pair; the second worker pair is the one that Dual adds. */
function exchangeEndpoints(server: ExchangeServerHost): readonly EndpointSpec[] {
  const version = server.version.map((part, index) => String(part).padStart([2, 2, 4, 3][index] ?? 0, "0")).join(".");
  const secured = tls(`server:${server.fqdn}`, "ca:fabrikam-issuing");
  const pair = (tcpPort: number, product: string): readonly EndpointSpec[] => [
    endpoint(server.fqdn, tcpPort, product, undefined),
    endpoint(server.fqdn, tcpPort + 1, product, secured),
  ];
  return [
    ...(server.callRouter ? pair(5060, `RTCC/5.0.0.0 MSExchangeUMCR/${version}`) : []),
    ...(server.umService ? [...pair(5062, `RTCC/5.0.0.0 MSExchangeUM/${version}`), ...pair(5065, `RTCC/5.0.0.0 UMWorkerProcess/${version}`)] : []),
  ];
}

/** Registrar 5061, collocated Mediation Server 5070 (from the registrar) and 5067 (from the gateway). The pool name answers as its first member. */
function poolEndpoints(pool: LyncPool): readonly EndpointSpec[] {
  const [first] = pool.members;
  const hosts = pool.members.map((member) => ({ host: member.fqdn, certificate: `server:${member.fqdn}` }));
  if (first !== undefined && first.fqdn !== pool.fqdn) hosts.push({ host: pool.fqdn, certificate: `server:${first.fqdn}` });
  return hosts.flatMap(({ host, certificate }) => {
    const secured = tls(certificate, "ca:contoso-issuing");
    return [
      endpoint(host, 5061, "RTC/5.0", secured),
      endpoint(host, 5070, "RTCC/5.0.0.0 MediationServer", secured),
      endpoint(host, 5067, "RTCC/5.0.0.0 MediationServer", secured),
    ];
  });
}

function edgeEndpoints(): readonly EndpointSpec[] {
  const { access, internal } = edge;
  const external = (given: Partial<Tls>): Tls => tls(`server:${access.fqdn}`, "ca:public-issuing", { clientAnchors: [...enterpriseAnchors, "ca:public-root"], ...given });
  return [
    endpoint(internal.fqdn, 5061, "RTC/5.0", tls(`server:${internal.fqdn}`, "ca:contoso-issuing")),
    endpoint(internal.fqdn, 5062, "RTCC/5.0.0.0 MRAS/2.0", tls(`server:${internal.fqdn}`, "ca:contoso-issuing")),
    endpoint(access.fqdn, 5061, "RTC/5.0", external({ clientCertificate: "requested" })),
    endpoint(access.fqdn, 443, "RTC/5.0", external({ clientCertificate: "none" })),
  ];
}

/** All listening services. A name that resolves to the address of another host (`sip.<domain>`, the pool) has its own entry where it is asked by that name. */
export function endpointSpecs(): readonly EndpointSpec[] {
  const [pool] = lyncPools;
  const signIn = pool === undefined ? [] : poolEndpoints(pool).filter((item) => item.host === pool.fqdn && item.port === 5061);
  return [
    ...exchangeServers.flatMap(exchangeEndpoints),
    endpoint(pbxGateway.fqdn, 5060, "PBX/1.0", undefined),
    ...lyncPools.flatMap(poolEndpoints),
    ...signIn.map((item) => ({ ...item, host: `sip.${sipDomain}` })),
    ...edgeEndpoints(),
  ];
}

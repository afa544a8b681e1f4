import type { EndpointSpec } from "../types.ts";
import { endpointSpecs } from "./endpoint-specs.ts";
import { serialNumber, versionNumber } from "./exchange-servers.ts";
import { fabrikam } from "./forests.ts";
import { exchangeServers, lyncPools } from "./hosts.ts";
import type { ExchangeServerHost } from "./hosts.ts";
import type { Change } from "./mutations.ts";
import { callRouterDn, configuration, endpointStopped, inExchange, serverDn } from "./planting.ts";
import { branchPlan, contosoPlan, organizationDn } from "./plans.ts";

/** How a version of Exchange shows in the directory (directory.md: setup levels). */
export interface ExchangeLevel {
  readonly version: ExchangeServerHost["version"];
  /** rangeUpper of the schema, objectVersion of organization and domain. */
  readonly schema: number;
  readonly organization: number;
  readonly domain: number;
}

function productText([major, minor, build, revision]: ExchangeServerHost["version"]): string {
  return `${String(major).padStart(2, "0")}.${String(minor).padStart(2, "0")}.${String(build).padStart(4, "0")}.${String(revision).padStart(3, "0")}`;
}

/** What a server of a version says of itself in SIP. */
function ofVersion(product: string, version: ExchangeServerHost["version"]): string {
  return product.replace(/[\d.]+$/, productText(version));
}

/** All servers, what they answer, and what setup leaves in schema, organization and domain. */
export function exchangeVersions({ version, schema, organization, domain }: ExchangeLevel): readonly Change[] {
  const [major, minor, build] = version;
  const hosts = new Set(exchangeServers.map(({ fqdn }) => fqdn));
  return [
    ...endpointSpecs().filter(({ host }) => hosts.has(host)).map(({ host, port, product }): Change => ({ kind: "setEndpoint", host, port, endpoint: { product: ofVersion(product, version) } })),
    inExchange(`CN=ms-Exch-Schema-Version-Pt,${fabrikam.schemaDn}`, "rangeUpper", String(schema)),
    inExchange(organizationDn, "objectVersion", String(organization)),
    inExchange(organizationDn, "msExchProductID", productText(version)),
    inExchange(`CN=Microsoft Exchange System Objects,${fabrikam.rootDn}`, "objectVersion", String(domain)),
    ...exchangeServers.flatMap(({ name }) => [inExchange(serverDn(name), "serialNumber", serialNumber(version)), inExchange(serverDn(name), "versionNumber", String(versionNumber(major, minor, build)))]),
  ];
}

/** Roles by the bits of msExchCurrentServerRoles: Mailbox 2, Client Access 4, Unified Messaging 16, Hub Transport 32. */
const umServerRoles = 54;
const clientAccessRole = 4;

/** The UM service of a server, where there is no call router in front of it: 5060 and 5061 are its own. */
function umEndpoints({ fqdn }: ExchangeServerHost, version: ExchangeServerHost["version"]): readonly Change[] {
  return [5060, 5061].flatMap((port): readonly Change[] => {
    const before = endpointSpecs().find((one) => one.host === fqdn && one.port === port + 2);
    if (before === undefined) return [];
    const whole: Partial<EndpointSpec> = { tls: before.tls, sip: before.sip, product: ofVersion(before.product, version) };
    return [endpointStopped(fqdn, port + 2), { kind: "setEndpoint", host: fqdn, port, endpoint: whole }];
  });
}

function routerGone({ name, fqdn, umService }: ExchangeServerHost): readonly Change[] {
  const router = callRouterDn(name);
  return [{ kind: "removeEntry", forest: fabrikam.name, dn: router.slice(router.indexOf(",") + 1) }, ...(umService ? [] : [endpointStopped(fqdn, 5060), endpointStopped(fqdn, 5061)])];
}

/** Before Exchange 2013 there is no call router: the UM servers are linked to dial plans and reached directly, and roles are on servers as they were installed. */
function linkedDirectly(version: ExchangeServerHost["version"]): readonly Change[] {
  return exchangeServers.flatMap((server) => linkedServer(server, version));
}

function linkedServer(server: ExchangeServerHost, version: ExchangeServerHost["version"]): readonly Change[] {
  const dn = serverDn(server.name);
  return [
    inExchange(dn, "msExchCurrentServerRoles", String(server.umService ? umServerRoles : clientAccessRole)),
    ...(server.umService ? [inExchange(dn, "msExchUMTcpListeningPort", "5060"), inExchange(dn, "msExchUMTlsListeningPort", "5061"), ...umEndpoints(server, version)] : []),
    ...(server.callRouter ? routerGone(server) : []),
  ];
}

/** All servers are of a version before Exchange 2013. */
export function beforeExchange2013(level: ExchangeLevel): readonly Change[] {
  return [...exchangeVersions(level), ...linkedDirectly(level.version)];
}

/** Up to Exchange 2010 RTM calls find their UM dial plan by the simple name of a Lync dial plan. */
export const namedForOldServers: readonly Change[] = [
  configuration("CsDialPlan", "Global", { SimpleName: contosoPlan.phoneContext }),
  configuration("CsDialPlan", "Site:Portland", { SimpleName: branchPlan.phoneContext }),
];

/** Only these servers are left, as after the others were uninstalled. */
export function keptServers(...names: readonly string[]): readonly Change[] {
  return exchangeServers.filter(({ name }) => !names.includes(name)).map(({ name }): Change => ({ kind: "removeEntry", forest: fabrikam.name, dn: serverDn(name) }));
}

/** All pools, and other clusters that are named, are of this version of the topology. */
export function topologyVersion(ServiceVersion: number, ...others: readonly string[]): readonly Change[] {
  return [...lyncPools.map(({ fqdn }) => fqdn), ...others].map((fqdn) => configuration("CsTopology", fqdn, { ServiceVersion }));
}

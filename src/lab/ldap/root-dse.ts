import { controlOid } from "./controls.ts";
import { sidBytes } from "./identifiers.ts";
import type { Identity } from "./membership.ts";
import type { Directory } from "./node.ts";
import type { SentAttribute } from "./response.ts";

/** Attributes of the root of the directory ([MS-ADTS] section 3.1.1.3.2), which anybody may read. */
export function rootDse(directory: Directory, now: number, wanted: readonly string[], identity: Identity | undefined): readonly SentAttribute[] {
  const { domain, configuration, schema } = directory.contexts;
  const { realm, domainController } = directory;
  const host = domainController.split(".")[0]?.toUpperCase() ?? "";
  const server = `CN=${host},CN=Servers,CN=Default-First-Site-Name,CN=Sites,${configuration}`;
  const highest = String(8000 + directory.nodes.length);
  const all: Readonly<Record<string, readonly string[]>> = {
    currentTime: [`${new Date(now).toISOString().slice(0, 19).replaceAll(/[-:T]/gu, "")}.0Z`],
    subschemaSubentry: [`CN=Aggregate,${schema}`],
    dsServiceName: [`CN=NTDS Settings,${server}`],
    namingContexts: [domain, configuration, schema, `DC=DomainDnsZones,${domain}`, `DC=ForestDnsZones,${domain}`],
    defaultNamingContext: [domain],
    schemaNamingContext: [schema],
    configurationNamingContext: [configuration],
    rootDomainNamingContext: [domain],
    supportedControl: Object.values(controlOid),
    supportedLDAPVersion: ["3", "2"],
    supportedLDAPPolicies: ["MaxPageSize", "MaxValRange", "MaxQueryDuration", "MaxReceiveBuffer"],
    highestCommittedUSN: [highest],
    supportedSASLMechanisms: ["GSSAPI", "GSS-SPNEGO", "EXTERNAL", "DIGEST-MD5"],
    dnsHostName: [domainController],
    ldapServiceName: [`${realm}:${host.toLowerCase()}$@${realm.toUpperCase()}`],
    serverName: [server],
    supportedExtension: ["1.3.6.1.4.1.1466.20037", "1.3.6.1.4.1.4203.1.11.3"],
    supportedCapabilities: ["1.2.840.113556.1.4.800", "1.2.840.113556.1.4.1670", "1.2.840.113556.1.4.1791", "1.2.840.113556.1.4.1935", "1.2.840.113556.1.4.2080", "1.2.840.113556.1.4.2237"],
    isSynchronized: ["TRUE"],
    isGlobalCatalogReady: ["TRUE"],
    domainFunctionality: ["6"],
    forestFunctionality: ["6"],
    domainControllerFunctionality: ["6"],
  };
  const lower = new Set(wanted.map((name) => name.toLowerCase()));
  const everything = lower.size === 0 || lower.has("*");
  const sent: SentAttribute[] = Object.entries(all)
    .filter(([name]) => everything || lower.has(name.toLowerCase()))
    .map(([name, values]) => ({ name, values }));
  // The security context of the connection; only sent when asked for by name.
  if (identity !== undefined && lower.has("tokengroups")) sent.push({ name: "tokenGroups", values: [...identity.sids].flatMap((sid) => sidBytes(sid) ?? []) });
  return sent;
}

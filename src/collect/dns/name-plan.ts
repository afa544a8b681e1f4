import { valueOf } from "../../model/fact-read.ts";
import { isIpAddress, normalName, type ViewName } from "../../model/ids.ts";
import type { SubjectIndex } from "../../model/subject.ts";

/** Names to look up in one view. SRV targets are added when they are known. */
export interface NamePlan {
  readonly hosts: ReadonlySet<string>;
  /** Those of them whose addresses are looked up backwards: Exchange servers (key dns.um-servers). */
  readonly reverse: ReadonlySet<string>;
  readonly services: ReadonlySet<string>;
}

/** Services of a SIP domain that are looked up (keys dns.srv-int, dns.srv-ext, dns.srv-fed, host.srv-inside, dns.lpe, dns.xmpp-gone). */
const services: Readonly<Record<ViewName, readonly string[]>> = {
  inside: ["_sipinternaltls._tcp", "_sip._tls", "_sipfederationtls._tcp", "_ntp._udp"],
  outside: ["_sip._tls", "_sipfederationtls._tcp", "_xmpp-server._tcp"],
};

/** Host names of a SIP domain that clients and phones ask for (keys dns.fallback, dns.discover, dns.lpe). */
const signInNames: Readonly<Record<ViewName, readonly string[]>> = {
  inside: ["sipinternal", "sip", "lyncdiscoverinternal", "lyncdiscover", "ucupdates-r2"],
  outside: ["sip", "sipexternal", "lyncdiscoverinternal", "lyncdiscover"],
};

function sipDomains(subjects: SubjectIndex): readonly string[] {
  const inDirectory = subjects.all("lyncDeployment").flatMap((deployment) => valueOf(deployment, "lyncDeployment", "sipDomains") ?? []);
  const configured = subjects.all("lyncConfiguration").flatMap((configuration) => valueOf(configuration, "lyncConfiguration", "configuredSipDomains") ?? []);
  return [...new Set([...inDirectory, ...configured].map(normalName))];
}

/** Hosts of the simple URLs, which both sides look up (key dns.simple-urls). */
function simpleUrlHosts(subjects: SubjectIndex): readonly (string | undefined)[] {
  return subjects.all("simpleUrl").map((url) => valueOf(url, "simpleUrl", "host"));
}

function insideHosts(subjects: SubjectIndex): readonly (string | undefined)[] {
  return [
    ...subjects.all("lyncPool").flatMap((pool) => [valueOf(pool, "lyncPool", "fqdn"), ...(valueOf(pool, "lyncPool", "frontEnds") ?? [])]),
    ...subjects.all("umIpGateway").map((gateway) => valueOf(gateway, "umIpGateway", "address")),
    ...subjects.all("exchangeServer").map((server) => valueOf(server, "exchangeServer", "fqdn")),
    ...subjects.all("lyncDeployment").flatMap((deployment) => valueOf(deployment, "lyncDeployment", "edgePools") ?? []),
    ...subjects.all("topologyPool").flatMap((pool) => [valueOf(pool, "topologyPool", "fqdn"), ...(valueOf(pool, "topologyPool", "machines") ?? [])]),
    ...subjects.all("pstnGateway").map((gateway) => valueOf(gateway, "pstnGateway", "fqdn")),
  ];
}

function outsideHosts(subjects: SubjectIndex): readonly (string | undefined)[] {
  return subjects.all("topologyPool").flatMap((pool) => [valueOf(pool, "topologyPool", "accessEdgeFqdn"), ...(valueOf(pool, "topologyPool", "externalFqdns") ?? [])]);
}

/** Which names of a view the objects read so far call for. */
export function planNames(subjects: SubjectIndex, view: ViewName): NamePlan {
  const domains = sipDomains(subjects);
  const below = (labels: readonly string[]): readonly string[] => domains.flatMap((domain) => labels.map((label) => `${label}.${domain}`));
  const hosts = [...(view === "inside" ? insideHosts(subjects) : outsideHosts(subjects)), ...simpleUrlHosts(subjects), ...below(signInNames[view])];
  const named = hosts.filter((host) => host !== undefined && !isIpAddress(host)).map((host) => normalName(String(host)));
  const servers = view === "inside" ? subjects.all("exchangeServer").flatMap((server) => valueOf(server, "exchangeServer", "fqdn") ?? []) : [];
  return { hosts: new Set(named), reverse: new Set(servers.map(normalName)), services: new Set(below(services[view])) };
}

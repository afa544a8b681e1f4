import { fabrikam } from "../../src/lab/deployment/forests.ts";
import { sipDomain } from "../../src/lab/deployment/hosts.ts";
import type { Deployment, DnsRecord } from "../../src/lab/types.ts";

/** Zones of the inside view → the forest whose domain controller serves them; a zone within another comes first. */
export const insideZones: Readonly<Record<string, "contoso" | "fabrikam">> = {
  "_msdcs.contoso.test": "contoso",
  "_msdcs.fabrikam.test": "fabrikam",
  "contoso.test": "contoso",
  "10.0.127.in-addr.arpa": "contoso",
  "fabrikam.test": "fabrikam",
  "20.0.127.in-addr.arpa": "fabrikam",
};

/** The zone that a name of the inside view lies in. */
export function zoneOf(name: string): string | undefined {
  const lower = name.toLowerCase();
  return Object.keys(insideZones).find((zone) => lower === zone || lower.endsWith(`.${zone}`));
}

/** What a domain controller registers and serves by itself: its own host and service names, SOA and NS. */
export function isControllersOwn(record: Pick<DnsRecord, "name" | "type">, controllers: readonly string[]): boolean {
  if (record.type === "SOA" || record.type === "NS") return true;
  const name = record.name.toLowerCase();
  if (/(^|\.)_(ldap|gc|kerberos|kpasswd)\._(tcp|udp)\.|\._msdcs\./.test(name)) return true;
  return record.type === "A" && (controllers.includes(name) || Object.keys(insideZones).includes(name));
}

/** The records of one view by name and type, in lower case: `name type` → data of each record. */
export function recordSets(deployment: Deployment, view: "inside" | "outside"): ReadonlyMap<string, readonly (readonly string[])[]> {
  const sets = new Map<string, (readonly string[])[]>();
  for (const record of deployment.dns) {
    if (record.view !== view && record.view !== "both") continue;
    const key = `${record.name.toLowerCase()} ${record.type}`;
    sets.set(key, [...(sets.get(key) ?? []), record.data]);
  }
  return sets;
}

/** Zones of the outside view. */
const outsideZones = [sipDomain, fabrikam.realm];

function outsideLine(record: DnsRecord): string | undefined {
  const [target = "", port = "", priority = "", weight = ""] = record.data;
  switch (record.type) {
    case "A":
    case "AAAA":
    case "SOA":
    case "NS":
      return undefined; // addresses go into the hosts file; a resolver's client does not need the zone's own records
    case "CNAME":
      return `cname=${record.name},${target}`;
    case "SRV":
      return `srv-host=${record.name},${target},${port},${priority},${weight}`;
    case "PTR":
      return `ptr-record=${record.name},${target}`;
    case "TXT":
      return `txt-record=${record.name},${record.data.map((text) => JSON.stringify(text)).join(",")}`;
    default:
      return record.type satisfies never;
  }
}

/** dnsmasq's configuration of the outside view, which answers for all of `test` and refuses everything else; and its hosts file. */
export function outsideConfiguration(deployment: Deployment, address: string, hostsPath: string): { readonly configuration: string; readonly hosts: string } {
  const records = deployment.dns.filter((record) => record.view !== "inside");
  const lines = [
    "no-hosts",
    "no-resolv",
    "user=root",
    "pid-file=",
    "bind-interfaces",
    "cache-size=0",
    `listen-address=${address}`,
    // authoritative: otherwise dnsmasq sends no SOA with what it has not, and such an answer is no proof of absence (RFC 2308 section 2.2)
    `auth-server=ns1.${sipDomain},${address}`,
    `auth-soa=1,hostmaster.${sipDomain},900,600,86400`,
    "auth-ttl=300",
    ...outsideZones.map((zone) => `auth-zone=${zone}`),
    `addn-hosts=${hostsPath}`,
    ...records.map(outsideLine).filter((line) => line !== undefined),
  ];
  const hosts = records.filter((record) => record.type === "A" || record.type === "AAAA").map((record) => `${record.data[0] ?? ""} ${record.name}`);
  return { configuration: `${lines.join("\n")}\n`, hosts: `${hosts.join("\n")}\n` };
}

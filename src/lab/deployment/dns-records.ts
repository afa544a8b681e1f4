import type { DnsRecord } from "../types.ts";
import type { ForestNames } from "./forests.ts";
import { contoso, fabrikam } from "./forests.ts";
import { edge, exchangeServers, lyncPools, pbxGateway, pkiServer, pstnGateway, sipDomain, sqlServer } from "./hosts.ts";

type View = DnsRecord["view"];

function a(view: View, name: string, address: string): DnsRecord {
  return { view, name, type: "A", data: [address] };
}

function srv(view: View, name: string, target: string, port: number): DnsRecord {
  return { view, name, type: "SRV", data: [target, String(port), "0", "100"] };
}

function ptr(address: string, fqdn: string): DnsRecord {
  return { view: "inside", name: `${address.split(".").reverse().join(".")}.in-addr.arpa`, type: "PTR", data: [fqdn] };
}

function zone(view: View, name: string, server: string): readonly DnsRecord[] {
  return [
    { view, name, type: "SOA", data: [server, `hostmaster.${name}`, "1", "900", "600", "86400", "3600"] },
    { view, name, type: "NS", data: [server] },
  ];
}

/** What a domain controller registers for itself; the real lab's controllers do it too. */
export function controllerRecords(forest: ForestNames): readonly DnsRecord[] {
  const { realm, domainController } = forest;
  const services: readonly (readonly [string, number])[] = [
    [`_ldap._tcp.${realm}`, 389],
    [`_ldap._tcp.dc._msdcs.${realm}`, 389],
    [`_ldap._tcp.pdc._msdcs.${realm}`, 389],
    [`_ldap._tcp.gc._msdcs.${realm}`, 3268],
    [`_gc._tcp.${realm}`, 3268],
    [`_kerberos._tcp.${realm}`, 88],
  ];
  return [
    ...zone("inside", realm, domainController),
    a("inside", realm, forest.address),
    a("inside", domainController, forest.address),
    ...services.map(([name, port]) => srv("inside", name, domainController, port)),
  ];
}

function poolRecords(): readonly DnsRecord[] {
  return lyncPools.flatMap((pool) => [
    ...pool.members.map((member) => a("inside", pool.fqdn, member.address)),
    ...pool.members.filter((member) => member.fqdn !== pool.fqdn).map((member) => a("inside", member.fqdn, member.address)),
    ...pool.members.map((member) => ptr(member.address, member.fqdn)),
  ]);
}

/** Records that clients and Front Ends ask for: automatic sign-in by strict names, web services, phones. */
function insideRecords(): readonly DnsRecord[] {
  const [pool] = lyncPools;
  const addresses = (pool?.members ?? []).map((member) => member.address);
  const poolNames = ["sip", "lyncdiscoverinternal", "lyncweb", "meet", "dialin", "admin", "ucupdates-r2"];
  return [
    srv("inside", `_sipinternaltls._tcp.${sipDomain}`, `sip.${sipDomain}`, 5061),
    srv("inside", `_ntp._udp.${sipDomain}`, contoso.domainController, 123),
    ...poolNames.flatMap((label) => addresses.map((address) => a("inside", `${label}.${sipDomain}`, address))),
    a("inside", edge.internal.fqdn, edge.internal.address),
    a("inside", pstnGateway.fqdn, pstnGateway.address),
    a("inside", sqlServer.fqdn, sqlServer.address),
  ];
}

/** Edge names. Both service records also resolve inside, to the external address, which shared address space needs. */
function edgeRecords(): readonly DnsRecord[] {
  return [
    ...zone("outside", sipDomain, `ns1.${sipDomain}`),
    a("outside", `ns1.${sipDomain}`, "127.0.30.54"),
    srv("both", `_sip._tls.${sipDomain}`, edge.access.fqdn, 443),
    srv("both", `_sipfederationtls._tcp.${sipDomain}`, edge.access.fqdn, 5061),
    a("both", pkiServer.fqdn, pkiServer.address),
    a("both", edge.access.fqdn, edge.access.address),
    a("both", edge.webConferencing.fqdn, edge.webConferencing.address),
    a("both", edge.audioVideo.fqdn, edge.audioVideo.address),
    a("outside", `sip.${sipDomain}`, edge.access.address),
    a("both", edge.reverseProxy.fqdn, edge.reverseProxy.address),
    ...["lyncdiscover", "meet", "dialin"].map((label) => a("outside", `${label}.${sipDomain}`, edge.reverseProxy.address)),
  ];
}

function exchangeRecords(): readonly DnsRecord[] {
  const [first] = exchangeServers;
  return [
    ...exchangeServers.flatMap((server) => [a("inside", server.fqdn, server.address), ptr(server.address, server.fqdn)]),
    a("inside", pbxGateway.fqdn, pbxGateway.address),
    ...(first === undefined ? [] : [{ view: "inside", name: `autodiscover.${fabrikam.realm}`, type: "CNAME", data: [first.fqdn] } as const]),
  ];
}

/** All records of both views. Addresses are loopback addresses, so that the real lab can listen on them. */
export function dnsRecords(): readonly DnsRecord[] {
  const reverseZones = [...zone("inside", "10.0.127.in-addr.arpa", contoso.domainController), ...zone("inside", "20.0.127.in-addr.arpa", fabrikam.domainController)];
  return [
    ...controllerRecords(contoso),
    ...controllerRecords(fabrikam),
    ...reverseZones,
    ...poolRecords(),
    ...insideRecords(),
    ...edgeRecords(),
    ...exchangeRecords(),
  ];
}

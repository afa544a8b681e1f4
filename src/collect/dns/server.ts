import { getServers } from "node:dns";
import { isIP, SocketAddress } from "node:net";

/** A DNS server by IP address (never a name: resolving it would need another server). */
export interface DnsServer {
  readonly address: string;
  readonly port: number;
}

const portOfDns = 53;

/** The server as `192.0.2.1:53` or `[2001:db8::1]:53`. */
export function formatServer(server: DnsServer): string {
  return isIP(server.address) === 6 ? `[${server.address}]:${server.port}` : `${server.address}:${server.port}`;
}

/** Reads `192.0.2.1`, `192.0.2.1:5353`, `2001:db8::1`, `[2001:db8::1]` or `[2001:db8::1]:5353`; undefined when it is none of them. Port 53 unless told. */
export function parseServer(text: string): DnsServer | undefined {
  if (isIP(text) !== 0) return { address: text, port: portOfDns };
  const parts = /^(?:\[(?<inBrackets>[^\]]+)\]|(?<plain>[^:]+))(?::(?<port>\d{1,5}))?$/.exec(text)?.groups;
  const port = parts?.["port"] === undefined ? portOfDns : Number(parts["port"]);
  const address = parts?.["inBrackets"] ?? parts?.["plain"] ?? "";
  const family = parts?.["inBrackets"] === undefined ? 4 : 6;
  return isIP(address) === family && port > 0 && port < 65_536 ? { address, port } : undefined;
}

/** The servers that the operating system uses, in its order. */
export function systemServers(): readonly DnsServer[] {
  return getServers().flatMap((text) => parseServer(text) ?? []);
}

/** One spelling of an IP address, without zone: what the kernel reports as a sender is not always spelt as in the configuration. */
export function canonicalAddress(address: string): string {
  const bare = address.replace(/%.*$/, "");
  return new SocketAddress({ address: bare, family: isIP(bare) === 6 ? "ipv6" : "ipv4" }).address;
}

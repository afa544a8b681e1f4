import { BlockList, isIP } from "node:net";

function blockList(...networks: readonly (readonly [network: string, prefix: number])[]): Pick<BlockList, "check"> {
  const list = new BlockList();
  for (const [network, prefix] of networks) list.addSubnet(network, prefix, isIP(network) === 4 ? "ipv4" : "ipv6");
  return list;
}

const loopback = blockList(["127.0.0.0", 8], ["::1", 128]);
/** Addresses that mean this machine, this link or many machines: never where a CA publishes (RFC 6890). `::/96` is unspecified and the IPv4-compatible ones. */
const refused = blockList(["0.0.0.0", 8], ["169.254.0.0", 16], ["224.0.0.0", 4], ["240.0.0.0", 4], ["::", 96], ["fe80::", 10], ["ff00::", 8]);
/** IPv6 forms that carry an IPv4 address, which a gateway turns them into: NAT64 (RFC 6052) and 6to4 (RFC 3056). */
const carriers = blockList(["64:ff9b::", 96], ["2002::", 16]);

/** Whether an address may be asked. Peers choose these addresses: without this rule they could reach through us what only this machine or link can reach. */
export function isAllowedAddress(address: string, allowLoopback: boolean): boolean {
  const [plain = ""] = address.split("%"); // an IPv6 zone
  const version = isIP(plain);
  if (version === 0) return false;
  const family = version === 4 ? "ipv4" : "ipv6";
  if (loopback.check(plain, family)) return allowLoopback;
  return !refused.check(plain, family) && !(family === "ipv6" && carriers.check(plain, family));
}

import { lookup as systemLookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { isAllowedAddress } from "./allowed-address.ts";
import { notFetched, type NotFetched } from "./fetched.ts";

/** How hosts become addresses, and which may be asked. */
export interface PeerSettings {
  readonly allowLoopback: boolean;
  readonly connectTo: Readonly<Record<string, string>>;
  readonly lookup: LookupFunction | undefined;
}

/** Where to connect. */
export interface Peer {
  readonly address: string;
  readonly port: number;
}

/** At least one peer, in the order in which to try them. */
export interface FoundPeers {
  readonly peers: readonly Peer[];
}

const maxAddresses = 4;

function portOf(url: URL): number {
  return url.port === "" ? (url.protocol === "https:" ? 443 : 80) : Number(url.port);
}

/** The host of a URL, lower case and without the brackets of IPv6. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/gu, "").toLowerCase();
}

function resolve(host: string, lookup: LookupFunction | undefined): Promise<{ readonly addresses: readonly string[] } | NotFetched> {
  if (isIP(host) !== 0) return Promise.resolve({ addresses: [host] });
  return new Promise((settle) => {
    (lookup ?? systemLookup)(host, { all: true }, (error: NodeJS.ErrnoException | null, found: string | readonly { readonly address: string }[]) => {
      if (error !== null && error !== undefined) settle(notFetched("failed", "unreachable", `${host} does not resolve (${error.code ?? error.message})`));
      else settle({ addresses: typeof found === "string" ? [found] : found.map(({ address }) => address) });
    });
  });
}

/** Where `connectTo` leads for a host and port; undefined when what it says is no address. */
function redirected({ host, port }: { readonly host: string; readonly port: number }, connectTo: PeerSettings["connectTo"]): { readonly host: string; readonly port: number } | undefined {
  const key = `${host}:${port}`;
  if (!Object.hasOwn(connectTo, key)) return { host, port };
  const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/u.exec(connectTo[key] ?? "") ?? [];
  const to = { host: bracketed ?? plain ?? "", port: Number(digits) };
  return to.host !== "" && to.port >= 1 && to.port <= 65_535 ? to : undefined;
}

/** Finds where to connect for a URL. Addresses are settled and judged here, once, so that a name cannot lead elsewhere between the check and the connection. */
export async function findPeers(url: URL, settings: PeerSettings): Promise<FoundPeers | NotFetched> {
  const host = hostOf(url);
  const to = redirected({ host, port: portOf(url) }, settings.connectTo);
  if (to === undefined) return notFetched("failed", "malformed", `connectTo of ${host}:${portOf(url)} is not address:port`);
  const resolved = await resolve(to.host, settings.lookup);
  if (!("addresses" in resolved)) return resolved;
  const [first] = resolved.addresses;
  const allowed = resolved.addresses.filter((address) => isAllowedAddress(address, settings.allowLoopback)).slice(0, maxAddresses);
  if (first === undefined) return notFetched("failed", "unreachable", `${host} has no address`);
  if (allowed.length === 0) return notFetched("refused", "not-collected", `${host} leads to ${first}, an address of this machine or link, which is not asked (fetch.allowLoopback)`);
  return { peers: allowed.map((address) => ({ address, port: to.port })) };
}

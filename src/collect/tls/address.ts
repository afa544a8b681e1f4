import { isIP, type LookupFunction } from "node:net";
import { lookup as systemLookup } from "node:dns";
import { isIpAddress } from "../../model/ids.ts";
import { known, unknown, type Observation } from "../../model/observation.ts";
import { lateness, settleWithin, type Allowance } from "./settle-within.ts";

/** Where to connect: addresses to try in turn. */
export interface Target {
  readonly addresses: readonly string[];
  readonly port: number;
}

/** More addresses than any of these services has; the rest is not tried. */
const maxAddresses = 8;

/** Whether a text can be a host name or address literal, so that it may go into a request line or a TLS server name (RFC 1123, with the underscores that Windows allows). */
export function isHostName(text: string): boolean {
  return isIpAddress(text) || (text.length <= 253 && /^(?!-)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*$/iu.test(text));
}

/** A host as it is written before a port: IPv6 in brackets. */
export function hostText(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

/** Splits `address:port` or `[address]:port`. */
export function parseAddress(text: string): { readonly host: string; readonly port: number } | undefined {
  const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/u.exec(text) ?? [];
  const host = bracketed ?? plain;
  const port = Number(digits);
  return host === undefined || !isHostName(host) || port < 1 || port > 65_535 ? undefined : { host, port };
}

/** Turns a name into addresses; one that resolves to nothing is unknown, for nobody can say whether its endpoint answers. */
export async function resolveTarget(host: string, port: number, lookup: LookupFunction | undefined, allowance: Allowance): Promise<Observation<Target>> {
  if (isIP(host) !== 0) return known({ addresses: [host], port }, "configuration");
  const late = (): Observation<Target> => lateness(allowance, `no address of ${host} was found`);
  return settleWithin<Observation<Target>>(allowance, late, (settle) => {
    (lookup ?? systemLookup)(host, { all: true }, (error: NodeJS.ErrnoException | null, found: string | readonly { readonly address: string }[]) => {
      if (error !== null && error !== undefined) {
        settle(unknown("unreachable", `the name ${host} does not resolve: ${error.message}`));
        return;
      }
      const all = typeof found === "string" ? [found] : found.map(({ address }) => address);
      const addresses = [...new Set(all.filter((address) => isIP(address) !== 0))].slice(0, maxAddresses);
      settle(addresses.length > 0 ? known({ addresses, port }, "name resolution") : unknown("unreachable", `${host} has no address`));
    });
  });
}

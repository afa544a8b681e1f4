import { domainToASCII } from "node:url";
import { parseIp } from "./ip-address.ts";
import { sameBytes } from "./der-values.ts";
import type { GeneralName } from "./general-name.ts";

/** Whom the certificate must name: a DNS name, an IP address in text form or a mailbox. */
export type Peer = { readonly dns: string } | { readonly ip: string } | { readonly email: string };

const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;

/** A DNS name in comparable form (A-labels, lower case, no final dot), or nothing when it is no host name. */
export function normalizedDnsName(name: string): string | undefined {
  if (name.length > 1024) return undefined;
  const oneDotLess = name.endsWith(".") ? name.slice(0, -1) : name;
  // oxlint-disable-next-line no-control-regex -- ASCII names must not pass through IDNA mapping
  const ascii = (/^[\u0000-\u007f]*$/.test(oneDotLess) ? oneDotLess : domainToASCII(oneDotLess)).toLowerCase();
  return isDnsName(ascii) ? ascii : undefined;
}

/** Whether a lower-case name consists of valid labels and is not too long; underscores are let pass as Windows uses them. */
export function isDnsName(name: string): boolean {
  return name.length > 0 && name.length <= 253 && name.split(".").every((label) => LABEL.test(label));
}

/** Whether a dNSName entry is a host name, or a wildcard alone in the left-most label of one. */
export function isPresentableDnsName(value: string): boolean {
  const lower = value.toLowerCase();
  return isDnsName(lower.startsWith("*.") ? lower.slice(2) : lower);
}

/** Whether a presented dNSName covers a normalised name (RFC 9525 section 6.3: the wildcard is the whole left-most label and stands for one label). */
export function dnsNameMatches(presented: string, wanted: string): boolean {
  const lower = presented.toLowerCase();
  const pattern = lower.endsWith(".") ? lower.slice(0, -1) : lower;
  if (!pattern.startsWith("*.")) return pattern === wanted;
  const dot = wanted.indexOf(".");
  return dot > 0 && pattern.slice(2) === wanted.slice(dot + 1);
}

/** A mailbox split into local part and lower-case domain; nothing unless it has exactly one usable "@". */
export function splitMailbox(value: string): { readonly local: string; readonly domain: string } | undefined {
  const at = value.lastIndexOf("@");
  const local = value.slice(0, Math.max(at, 0));
  const domain = value.slice(at + 1).toLowerCase();
  const quoted = /^"(?:[^"\\\r\n]|\\[^\r\n])*"$/.test(local);
  // A dot-atom (RFC 5321 section 4.1.2) or a quoted string.
  if (at < 1 || !isDnsName(domain) || !(quoted || /^[^\s"(),:;<>@[\\\]]+$/.test(local))) return undefined;
  return { local, domain };
}

/** How a certificate's alternative names relate to the peer. */
export type PeerMatch = "match" | "mismatch" | "no-names" | "invalid-peer";

/** Looks for the peer among the subject alternative names; the common name is never used (RFC 9525 section 2). */
export function matchPeer(peer: Peer, names: readonly GeneralName[] | undefined): PeerMatch {
  const matches = comparison(peer);
  if (matches === undefined) return "invalid-peer";
  if (names === undefined) return "no-names";
  return names.some(matches) ? "match" : "mismatch";
}

function ipComparison(text: string): ((name: GeneralName) => boolean) | undefined {
  const bytes = parseIp(text);
  return bytes === undefined ? undefined : (name) => name.kind === "ip" && sameBytes(name.bytes, bytes);
}

function comparison(peer: Peer): ((name: GeneralName) => boolean) | undefined {
  if ("ip" in peer) return ipComparison(peer.ip);
  if ("email" in peer) {
    const wanted = splitMailbox(peer.email);
    if (wanted === undefined) return undefined;
    return (name) => {
      const found = name.kind === "email" ? splitMailbox(name.value) : undefined;
      return found !== undefined && found.local === wanted.local && found.domain === wanted.domain;
    };
  }
  // An address given as a host name is an address: it never matches a dNSName.
  const asIp = ipComparison(peer.dns);
  if (asIp !== undefined) return asIp;
  const wanted = normalizedDnsName(peer.dns);
  return wanted === undefined ? undefined : (name) => name.kind === "dns" && dnsNameMatches(name.value, wanted);
}

/** The peer as text for messages. */
export function peerText(peer: Peer): string {
  return "ip" in peer ? peer.ip : "email" in peer ? peer.email : peer.dns;
}

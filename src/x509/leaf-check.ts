import { labelOf, type Certificate } from "./certificate.ts";
import type { KeyUsage } from "./extensions-basic.ts";
import { dnsNameMatches, matchPeer, normalizedDnsName, peerText, type Peer } from "./hostname.ts";
import { generalNameText } from "./name-constraints.ts";
import { attributeTexts } from "./name.ts";
import { failure, type Problem } from "./problems.ts";
import { leafUsageProblems, type Purpose } from "./purpose.ts";

/** What is asked of the leaf itself. */
export interface LeafDemand {
  readonly peer?: Peer;
  readonly purpose: Purpose;
  readonly keyUsage: readonly KeyUsage[];
}

const COMMON_NAME = "2.5.4.3";

function commonNameHint(leaf: Certificate, peer: Peer): string {
  const wanted = "dns" in peer ? normalizedDnsName(peer.dns) : undefined;
  const [name] = attributeTexts(leaf.subject, COMMON_NAME).filter((text) => (wanted === undefined ? text === peerText(peer) : dnsNameMatches(text.trim(), wanted)));
  return name === undefined ? "" : ` Its common name "${name.slice(0, 256)}" would match, but common names are no longer used for this: reissue the certificate with the name in the subject alternative name.`;
}

function presentedText(leaf: Certificate): string {
  const names = leaf.decoded.subjectAltName ?? [];
  const shown = names.slice(0, 8).map(generalNameText).join(", ");
  return names.length > 8 ? `${shown} and ${names.length - 8} more` : shown;
}

function peerProblem(leaf: Certificate, peer: Peer): Problem | undefined {
  const wanted = peerText(peer).slice(0, 256);
  const names = leaf.decoded.subjectAltName;
  switch (matchPeer(peer, names)) {
    case "match":
      return undefined;
    case "invalid-peer":
      return failure("peer-name-invalid", leaf, `"${wanted}" is not a valid ${"ip" in peer ? "IP address" : "email" in peer ? "mail address" : "host name"} to look for.`);
    case "no-names":
      return failure("peer-name-absent", leaf, `${labelOf(leaf)} has no subject alternative name, so it does not name ${wanted}.${commonNameHint(leaf, peer)}`);
    case "mismatch":
      return failure("peer-name-mismatch", leaf, `${labelOf(leaf)} does not name ${wanted}; it names ${presentedText(leaf)}.${commonNameHint(leaf, peer)}`);
  }
}

/** Problems of the leaf that do not depend on the path: its names and its key usage. */
export function leafProblems(leaf: Certificate, demand: LeafDemand): readonly Problem[] {
  const named = demand.peer === undefined ? undefined : peerProblem(leaf, demand.peer);
  return [...(named === undefined ? [] : [named]), ...leafUsageProblems(leaf, demand.purpose, demand.keyUsage)];
}

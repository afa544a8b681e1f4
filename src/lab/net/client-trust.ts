import type { X509Certificate } from "node:crypto";

const maxChain = 8;
const clientAuth = "1.3.6.1.5.5.7.3.2";
const anyUsage = "2.5.29.37.0";

function isCurrent(certificate: X509Certificate, now: number): boolean {
  return now >= Date.parse(certificate.validFrom) && now <= Date.parse(certificate.validTo);
}

function presented(leaf: X509Certificate): readonly X509Certificate[] {
  const chain: X509Certificate[] = [];
  for (let at = leaf.issuerCertificate; at !== undefined && chain.length < maxChain; at = at.issuerCertificate) chain.push(at);
  return chain;
}

function signedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}

/**
 * Whether a client's certificate leads to one of the anchors: in date, signed, and for client authentication where it says what it is for. That is
 * what the servers of these products look at; revocation is not.
 */
export function isTrustedClient(leaf: X509Certificate, anchors: readonly X509Certificate[], now: number): boolean {
  const usages: readonly string[] | undefined = leaf.keyUsage; // Node calls the extended key usages so
  if (usages !== undefined && !usages.includes(clientAuth) && !usages.includes(anyUsage)) return false;
  const others = presented(leaf);
  const isAnchor = (certificate: X509Certificate) => anchors.some((anchor) => anchor.fingerprint256 === certificate.fingerprint256);
  let at: X509Certificate | undefined = leaf;
  for (let depth = 0; at !== undefined && depth < maxChain; depth += 1) {
    const certificate: X509Certificate = at;
    if (!isCurrent(certificate, now)) return false;
    if (isAnchor(certificate)) return true;
    at = [...anchors, ...others].find((issuer) => issuer.fingerprint256 !== certificate.fingerprint256 && signedBy(certificate, issuer));
  }
  return false;
}

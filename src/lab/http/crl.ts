import { createPrivateKey, sign } from "node:crypto";
import { certificateParts } from "./certificate-parts.ts";
import { bits, element, extension, integer, objectIdentifier, sequence, uri, utcTime } from "./der.ts";

const sha256WithRsa = sequence(objectIdentifier("1.2.840.113549.1.1.11"), Buffer.from([0x05, 0x00]));
const keyCompromise = extension("2.5.29.21", false, Buffer.from([0x0a, 0x01, 0x01]));

/** Who issues a list: the certificate, and the key that signs. */
export interface ListIssuer {
  readonly der: Uint8Array;
  readonly keyPem: string;
}

/** A revocation list. */
export interface CrlSpec {
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  readonly number: number;
  /** Certificates that it lists, DER. */
  readonly revoked: readonly Uint8Array[];
  readonly revokedAt: Date;
  /** Makes it a delta from the list of this number. */
  readonly deltaBase?: number;
  /** Where its deltas are. */
  readonly deltaUrls?: readonly string[];
}

function points(urls: readonly string[]): Buffer {
  return sequence(...urls.map((url) => sequence(element(0xa0, element(0xa0, uri(url))))));
}

/** Writes a revocation list (RFC 5280 section 5) signed with an RSA key. */
export function makeCrl(issuer: ListIssuer, spec: CrlSpec): Buffer {
  const { subject } = certificateParts(issuer.der);
  const entries = spec.revoked.map((der) => sequence(certificateParts(der).serial, utcTime(spec.revokedAt), sequence(keyCompromise)));
  const extensions = [
    extension("2.5.29.20", false, integer(spec.number)),
    ...(spec.deltaBase === undefined ? [] : [extension("2.5.29.27", true, integer(spec.deltaBase))]),
    ...(spec.deltaUrls === undefined ? [] : [extension("2.5.29.46", false, points(spec.deltaUrls))]),
  ];
  const list = entries.length === 0 ? [] : [sequence(...entries)];
  const signed = sequence(integer(1), sha256WithRsa, subject, utcTime(spec.thisUpdate), utcTime(spec.nextUpdate), ...list, element(0xa0, sequence(...extensions)));
  return sequence(signed, sha256WithRsa, bits(sign("sha256", signed, createPrivateKey(issuer.keyPem))));
}

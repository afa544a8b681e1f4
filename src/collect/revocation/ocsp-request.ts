import { createHash } from "node:crypto";
import type { Certificate } from "../../x509/certificate.ts";

/** DER of an element; contents up to 64 kB, of which a request needs a few dozen. */
function element(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const length = body.length < 0x80 ? [body.length] : body.length < 0x100 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

const sequence = (...parts: readonly Uint8Array[]): Buffer => element(0x30, ...parts);
/** AlgorithmIdentifier of SHA-1 with NULL, which names the certificate and protects nothing (RFC 5019 section 2.1.1 demands it). */
const sha1 = Buffer.from("300906052b0e03021a0500", "hex");

/** RFC 5280 section 4.1.2.2 allows 20 octets; some authorities take more. */
const maxSerialBytes = 64;

/** An OCSPRequest for one certificate, without nonce and signature (RFC 6960 section 4.1.1, RFC 5019 section 2.1); undefined for an absurd serial number. */
export function ocspRequest(certificate: Certificate, issuer: Certificate): Buffer | undefined {
  if (certificate.serial.length > maxSerialBytes) return undefined;
  const hash = (bytes: Uint8Array): Buffer => element(0x04, createHash("sha1").update(bytes).digest());
  const id = sequence(sha1, hash(certificate.issuer.raw), hash(issuer.publicKey.keyBytes), element(0x02, certificate.serial));
  return sequence(sequence(sequence(sequence(id))));
}

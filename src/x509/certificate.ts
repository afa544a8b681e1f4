import { createHash } from "node:crypto";
import { DerError, finish, into, optional, rawOf, readerOf, take, TAG, type Element, type Reader } from "./der.ts";
import { integerBytes, hexOf, sameBytes, smallInteger, takeTime, wholeBits, type DerTime } from "./der-values.ts";
import { decodeExtensions, parseExtensions, type DecodedExtensions, type Extension } from "./extensions.ts";
import { parseName, type Name } from "./name.ts";
import { parseAlgorithm, parsePublicKey, type Algorithm, type PublicKeyInfo } from "./public-key.ts";

/** A certificate read from DER (RFC 5280 section 4.1). Times are whole seconds since 1970, hex is upper case. */
export interface Certificate {
  readonly der: Uint8Array;
  readonly sha256: string;
  readonly tbs: Uint8Array;
  readonly version: number;
  readonly serial: Uint8Array;
  readonly serialHex: string;
  readonly signatureAlgorithm: Algorithm;
  /** Whether the algorithm inside the signed part equals the one outside (RFC 5280 section 4.1.1.2). */
  readonly algorithmsAgree: boolean;
  readonly signature: Uint8Array;
  readonly issuer: Name;
  readonly subject: Name;
  readonly notBefore: DerTime;
  readonly notAfter: DerTime;
  readonly publicKey: PublicKeyInfo;
  readonly hasUniqueId: boolean;
  readonly extensions: readonly Extension[];
  readonly decoded: DecodedExtensions;
  readonly malformed: readonly { readonly oid: string; readonly message: string }[];
}

/** Largest certificate that is read, in bytes. */
const MAX_CERTIFICATE_BYTES = 1_048_576;

interface SignedParts {
  readonly tbs: Element;
  readonly signatureAlgorithm: Algorithm;
  readonly signature: Uint8Array;
}

/** Splits a SIGNED structure (certificate, CRL, OCSP answer) into its three parts and leaves the reader behind them. */
export function signedParts(reader: Reader, what: string): SignedParts {
  const tbs = take(reader, TAG.sequence, `the signed part of ${what}`);
  const signatureAlgorithm = parseAlgorithm(take(reader, TAG.sequence, `the signature algorithm of ${what}`));
  const signature = wholeBits(take(reader, TAG.bitString, `the signature of ${what}`), `the signature of ${what}`);
  return { tbs, signatureAlgorithm, signature };
}

function versionOf(reader: Reader): number {
  const wrapper = optional(reader, 0xa0);
  if (wrapper === undefined) return 1;
  const inner = into(wrapper);
  const version = smallInteger(take(inner, TAG.integer, "the version"), "the version") + 1;
  finish(inner, "the version");
  if (version !== 2 && version !== 3) throw new DerError("the version is unknown");
  return version;
}

function validityOf(reader: Reader): { readonly notBefore: DerTime; readonly notAfter: DerTime } {
  const inner = into(take(reader, TAG.sequence, "the validity"));
  const notBefore = takeTime(inner, "the start of validity");
  const notAfter = takeTime(inner, "the end of validity");
  finish(inner, "the validity");
  return { notBefore, notAfter };
}

function extensionsOf(reader: Reader, version: number): readonly Extension[] {
  const wrapper = optional(reader, 0xa3);
  if (wrapper === undefined) return [];
  if (version !== 3) throw new DerError("only version 3 certificates may have extensions");
  const inner = into(wrapper);
  const extensions = parseExtensions(take(inner, TAG.sequence, "the extensions"), "the certificate");
  finish(inner, "the extensions");
  return extensions;
}

/** Reads one DER certificate that fills the buffer; DerError when it breaks the encoding or the structure. */
export function readCertificate(der: Uint8Array): Certificate {
  if (der.length > MAX_CERTIFICATE_BYTES) throw new DerError("the certificate is too large");
  const top = readerOf(der);
  const outer = into(take(top, TAG.sequence, "the certificate"));
  finish(top, "the certificate");
  const { tbs, signatureAlgorithm, signature } = signedParts(outer, "the certificate");
  finish(outer, "the certificate");
  const reader = into(tbs);
  const version = versionOf(reader);
  const serial = integerBytes(take(reader, TAG.integer, "the serial number"));
  const inner = take(reader, TAG.sequence, "the inner signature algorithm");
  const issuer = parseName(take(reader, TAG.sequence, "the issuer name"));
  const validity = validityOf(reader);
  const subject = parseName(take(reader, TAG.sequence, "the subject name"));
  const publicKey = parsePublicKey(take(reader, TAG.sequence, "the public key"));
  const uniqueIds = [optional(reader, 0x81), optional(reader, 0x82)];
  const hasUniqueId = uniqueIds.some((id) => id !== undefined);
  if (hasUniqueId && version === 1) throw new DerError("a version 1 certificate has a unique identifier");
  const extensions = extensionsOf(reader, version);
  finish(reader, "the signed part of the certificate");
  return {
    der,
    sha256: createHash("sha256").update(der).digest("hex").toUpperCase(),
    tbs: rawOf(tbs),
    version,
    serial,
    serialHex: hexOf(serial),
    signatureAlgorithm,
    algorithmsAgree: sameBytes(rawOf(inner), signatureAlgorithm.raw),
    signature,
    issuer,
    subject,
    ...validity,
    publicKey,
    hasUniqueId,
    extensions,
    ...decodeExtensions(extensions),
  };
}

/** Whether issuer and subject are the same name (RFC 5280 section 6.1: self-issued). */
export function isSelfIssued(certificate: Certificate): boolean {
  return certificate.issuer.key === certificate.subject.key;
}

/** Whether an extension is present and critical. */
export function isCritical(certificate: Certificate, oid: string): boolean {
  return certificate.extensions.some((extension) => extension.oid === oid && extension.critical);
}

/** How messages name a certificate: its subject, or its serial number when the subject is empty. */
export function labelOf(certificate: Certificate): string {
  return certificate.subject.text === "" ? `the certificate with serial number ${certificate.serialHex.slice(0, 64)}` : certificate.subject.text.slice(0, 512);
}

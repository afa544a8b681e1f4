import { createHash } from "node:crypto";
import { isSelfIssued, type Certificate } from "./certificate.ts";
import type { DistributionPoint } from "./extensions-access.ts";
import type { KeyUsage } from "./extensions-basic.ts";
import type { GeneralName } from "./general-name.ts";
import { ipText } from "./ip-address.ts";
import { attributeTexts, type Name } from "./name.ts";
import { SIGNATURES } from "./oids.ts";
import { decodeInput, type BinaryInput } from "./pem.ts";
import { tryCertificate } from "./request.ts";
import { digestOf, verifySignature } from "./signature.ts";

/** A distinguished name as RFC 4514 text, and its common names. */
export interface ParsedName {
  readonly text: string;
  readonly commonNames: readonly string[];
}

/** The facts of one certificate. Hex is upper case without separators; absent extensions are absent, never empty. */
export interface ParsedCertificate {
  readonly der: Uint8Array;
  readonly version: number;
  readonly subject: ParsedName;
  readonly issuer: ParsedName;
  readonly serial: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly subjectAltName?: { readonly dns: readonly string[]; readonly ip: readonly string[]; readonly email: readonly string[]; readonly uri: readonly string[]; readonly otherCount: number };
  readonly basicConstraints?: { readonly ca: boolean; readonly pathLength?: number };
  readonly keyUsage?: readonly KeyUsage[];
  readonly extendedKeyUsage?: readonly string[];
  readonly publicKey: { readonly type: string; readonly bits: number; readonly curve?: string };
  readonly signatureAlgorithm: { readonly oid: string; readonly name: string; readonly hash?: string };
  readonly caIssuersUrls: readonly string[];
  readonly ocspUrls: readonly string[];
  readonly crlUrls: readonly string[];
  readonly freshestCrlUrls: readonly string[];
  readonly policies?: readonly string[];
  readonly subjectKeyId?: string;
  readonly authorityKeyId?: string;
  readonly sha1: string;
  readonly sha256: string;
  readonly isSelfIssued: boolean;
  /** Self-issued and verified with its own key. */
  readonly selfSigned: boolean;
  /** Extensions that could not be read: their values are absent above for that reason. */
  readonly malformedExtensions: readonly { readonly oid: string; readonly message: string }[];
}

const COMMON_NAME = "2.5.4.3";
const CA_ISSUERS = "1.3.6.1.5.5.7.48.2";
const OCSP = "1.3.6.1.5.5.7.48.1";

function nameFacts(name: Name): ParsedName {
  return { text: name.text, commonNames: attributeTexts(name, COMMON_NAME) };
}

function texts(names: readonly GeneralName[], kind: "dns" | "email" | "uri"): readonly string[] {
  return names.flatMap((name) => (name.kind === kind ? [name.value] : []));
}

function alternativeNames(names: readonly GeneralName[]): NonNullable<ParsedCertificate["subjectAltName"]> {
  const [dns, email, uri] = [texts(names, "dns"), texts(names, "email"), texts(names, "uri")];
  const ip = names.flatMap((name) => (name.kind === "ip" ? [ipText(name.bytes)] : []));
  return { dns, ip, email, uri, otherCount: names.length - dns.length - email.length - uri.length - ip.length };
}

function pointUrls(points: readonly DistributionPoint[] | undefined): readonly string[] {
  return (points ?? []).flatMap(({ name }) => (name?.kind === "full" ? texts(name.names, "uri") : []));
}

function accessUrls(certificate: Certificate, method: string): readonly string[] {
  return (certificate.decoded.authorityInfoAccess ?? []).flatMap((access) => (access.method === method && access.location.kind === "uri" ? [access.location.value] : []));
}

function extensionFacts({ decoded }: Certificate): Partial<ParsedCertificate> {
  return {
    ...(decoded.subjectAltName === undefined ? {} : { subjectAltName: alternativeNames(decoded.subjectAltName) }),
    ...(decoded.basicConstraints === undefined ? {} : { basicConstraints: decoded.basicConstraints }),
    ...(decoded.keyUsage === undefined ? {} : { keyUsage: [...decoded.keyUsage] }),
    ...(decoded.extendedKeyUsage === undefined ? {} : { extendedKeyUsage: decoded.extendedKeyUsage }),
    ...(decoded.policies === undefined ? {} : { policies: decoded.policies.policies }),
    ...(decoded.subjectKeyId === undefined ? {} : { subjectKeyId: decoded.subjectKeyId }),
    ...(decoded.authorityKeyId?.keyId === undefined ? {} : { authorityKeyId: decoded.authorityKeyId.keyId }),
  };
}

function describe(certificate: Certificate): ParsedCertificate {
  const { publicKey, signatureAlgorithm, decoded } = certificate;
  const hash = digestOf(signatureAlgorithm);
  const selfIssued = isSelfIssued(certificate);
  return {
    der: certificate.der,
    version: certificate.version,
    subject: nameFacts(certificate.subject),
    issuer: nameFacts(certificate.issuer),
    serial: certificate.serialHex,
    notBefore: new Date(certificate.notBefore.seconds * 1000),
    notAfter: new Date(certificate.notAfter.seconds * 1000),
    ...extensionFacts(certificate),
    publicKey: { type: publicKey.type, bits: publicKey.bits, ...(publicKey.curve === undefined ? {} : { curve: publicKey.curve }) },
    signatureAlgorithm: { oid: signatureAlgorithm.oid, name: SIGNATURES.get(signatureAlgorithm.oid)?.name ?? signatureAlgorithm.oid, ...(hash === undefined ? {} : { hash }) },
    caIssuersUrls: accessUrls(certificate, CA_ISSUERS),
    ocspUrls: accessUrls(certificate, OCSP),
    crlUrls: pointUrls(decoded.crlDistributionPoints),
    freshestCrlUrls: pointUrls(decoded.freshestCrl),
    sha1: createHash("sha1").update(certificate.der).digest("hex").toUpperCase(),
    sha256: certificate.sha256,
    isSelfIssued: selfIssued,
    selfSigned: selfIssued && verifySignature(certificate, publicKey) === "valid",
    malformedExtensions: certificate.malformed,
  };
}

/** Reads the facts of a certificate, DER or the first PEM block; `problem` says why it could not be read. Never throws. */
export function parseCertificate(input: BinaryInput): ParsedCertificate | { readonly problem: string } {
  try {
    const certificate = tryCertificate(decodeInput(input)[0] ?? new Uint8Array(0));
    return typeof certificate === "string" ? { problem: `The certificate cannot be read: ${certificate}.` } : describe(certificate);
  } catch (error) {
    return { problem: `The certificate cannot be read: ${error instanceof Error ? error.message : "unknown cause"}.` };
  }
}

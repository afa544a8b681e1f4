import type { RecordValue } from "../../model/kinds.ts";
import { known, unknown, type Observation } from "../../model/observation.ts";
import { parseCertificate, type ParsedCertificate } from "../../x509/index.ts";

type CertificateRecord = RecordValue<"Certificate">;

const pssOid = "1.2.840.113549.1.1.10";
const hashes = ["md5", "sha1", "sha224", "sha256", "sha384", "sha512"] as const;
/** Extensions whose values are facts of the record: one that is there and cannot be read must not pass for one that is not there. */
const factExtensions: ReadonlySet<string> = new Set(["2.5.29.17", "2.5.29.19", "2.5.29.31", "2.5.29.37", "1.3.6.1.5.5.7.1.1"]);

function keyTypeOf(type: string): CertificateRecord["keyType"] {
  switch (type) {
    case "rsa":
    case "rsa-pss":
      return "RSA";
    case "ec":
      return "EC";
    case "dsa":
      return "DSA";
    case "ed25519":
      return "Ed25519";
    case "ed448":
      return "Ed448";
    default:
      return "other";
  }
}

function hashOf({ name, hash }: ParsedCertificate["signatureAlgorithm"]): CertificateRecord["signatureHash"] {
  if (name === "Ed25519" || name === "Ed448") return "none"; // the scheme digests for itself (RFC 8032)
  return hashes.find((one) => one === hash) ?? "other";
}

function recordOf(parsed: ParsedCertificate): CertificateRecord {
  const { subject, publicKey, signatureAlgorithm, subjectAltName, extendedKeyUsage } = parsed;
  const commonName = subject.commonNames.at(-1);
  return {
    subject: subject.text,
    issuer: parsed.issuer.text,
    ...(commonName === undefined ? {} : { commonName }),
    dnsNames: subjectAltName?.dns ?? [],
    ipAddresses: subjectAltName?.ip ?? [],
    serialNumber: parsed.serial,
    notBefore: parsed.notBefore.toISOString(),
    notAfter: parsed.notAfter.toISOString(),
    keyType: keyTypeOf(publicKey.type),
    keyBits: publicKey.bits,
    signatureAlgorithm: signatureAlgorithm.name,
    signatureHash: hashOf(signatureAlgorithm),
    signatureIsPss: signatureAlgorithm.oid === pssOid,
    hasExtendedKeyUsage: extendedKeyUsage !== undefined,
    extendedKeyUsages: extendedKeyUsage ?? [],
    isCa: parsed.basicConstraints?.ca ?? false,
    selfSigned: parsed.selfSigned,
    thumbprint: parsed.sha1,
    sha256: parsed.sha256,
    crlUrls: parsed.crlUrls,
    caIssuerUrls: parsed.caIssuersUrls,
    ocspUrls: parsed.ocspUrls,
    der: Buffer.from(parsed.der).toString("base64"),
  };
}

/** Describes one certificate; unknown (malformed) when it, or an extension that a fact comes from, cannot be read. */
export function describeCertificate(der: Uint8Array, source: string): Observation<CertificateRecord> {
  const parsed = parseCertificate(der);
  if ("problem" in parsed) return unknown("malformed", parsed.problem, source);
  const unread = parsed.malformedExtensions.find(({ oid }) => factExtensions.has(oid));
  if (unread !== undefined) return unknown("malformed", `extension ${unread.oid} of the certificate of ${parsed.subject.text} cannot be read: ${unread.message}`, source);
  return known(recordOf(parsed), source);
}

/** Describes certificates in their order; unknown when one of them cannot be read. */
export function describeCertificates(ders: readonly Uint8Array[], source: string): Observation<readonly CertificateRecord[]> {
  const records: CertificateRecord[] = [];
  for (const [index, der] of ders.entries()) {
    const described = describeCertificate(der, source);
    if (described.state === "unknown") return unknown(described.reason, `certificate ${index + 1} of ${ders.length}: ${described.detail}`, source);
    if (described.state === "known") records.push(described.value);
  }
  return known(records, source);
}

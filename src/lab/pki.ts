import { X509Certificate, createHash, createPrivateKey, createPublicKey, sign } from "node:crypto";
import forge from "node-forge";
import { objectIdentifier, sequence, uri } from "./http/der.ts";
import type { CertificateSpec } from "./types.ts";
import { type KeyPool, keyFor } from "./key-pool.ts";

/** A made certificate. `thumbprint` is the SHA-1 of the DER form in upper-case hexadecimal, as Windows shows it. */
export interface MadeCertificate {
  readonly spec: CertificateSpec;
  readonly pem: string;
  readonly der: Buffer;
  readonly keyPem: string;
  readonly thumbprint: string;
  readonly x509: X509Certificate;
}

/** All certificates of a lab by id. */
export type Pki = ReadonlyMap<string, MadeCertificate>;

/** Forge knows this usage by its identifier only. */
const ocspSigning = "1.3.6.1.5.5.7.3.9";
const dayMs = 86_400_000;

/** The function by which forge encodes what is to be signed; its types leave it out. */
const unsigned = forge.pki as unknown as { readonly getTBSCertificate: (certificate: forge.pki.Certificate) => forge.asn1.Asn1 };

function serialNumber(id: string): string {
  return `4c${createHash("sha256").update(id).digest("hex").slice(0, 28)}`; // positive, and the same in every run
}

/** AuthorityInfoAccess (RFC 5280 section 4.2.2.1), which forge does not write. */
function accessOf({ ocspUrls = [], issuerUrls = [] }: CertificateSpec): readonly object[] {
  const access = [...ocspUrls.map((url) => ["1.3.6.1.5.5.7.48.1", url] as const), ...issuerUrls.map((url) => ["1.3.6.1.5.5.7.48.2", url] as const)];
  const value = sequence(...access.map(([method, url]) => sequence(objectIdentifier(method), uri(url))));
  return access.length === 0 ? [] : [{ id: "1.3.6.1.5.5.7.1.1", critical: false, value: value.toString("binary") }];
}

function extensions(spec: CertificateSpec, issuerKey: forge.pki.PublicKey, selfSigned: boolean): readonly object[] {
  const authority = forge.pki.getPublicKeyFingerprint(issuerKey, { type: "RSAPublicKey" });
  const names = spec.dnsNames.map((value) => ({ type: 2, value }));
  return [
    { name: "basicConstraints", critical: true, cA: spec.ca },
    spec.ca ? { name: "keyUsage", critical: true, keyCertSign: true, cRLSign: true } : { name: "keyUsage", critical: true, digitalSignature: true, keyEncipherment: true },
    ...(spec.usages === undefined ? [] : [{ name: "extKeyUsage", ...Object.fromEntries(spec.usages.map((usage) => [usage === "ocspSigning" ? ocspSigning : usage, true])) }]),
    // RFC 5280 section 4.2.1.6: critical where there is no subject
    ...(names.length === 0 ? [] : [{ name: "subjectAltName", critical: spec.commonName === undefined, altNames: names }]),
    ...((spec.crlUrls ?? []).length === 0 ? [] : [{ name: "cRLDistributionPoints", altNames: (spec.crlUrls ?? []).map((value) => ({ type: 6, value })) }]),
    ...accessOf(spec),
    { name: "subjectKeyIdentifier" },
    ...(selfSigned ? [] : [{ name: "authorityKeyIdentifier", keyIdentifier: authority.getBytes() }]),
  ];
}

function subjectOf(spec: CertificateSpec): forge.pki.CertificateField[] {
  return spec.commonName === undefined ? [] : [{ name: "commonName", value: spec.commonName }];
}

function makeCertificate(spec: CertificateSpec, issuer: CertificateSpec, keys: KeyPool, now: Date): MadeCertificate {
  const keyPem = keyFor(keys, spec);
  const issuerKeyPem = keyFor(keys, issuer);
  const publicKeyOf = (pem: string) => forge.pki.publicKeyFromPem(createPublicKey(pem).export({ type: "spki", format: "pem" }).toString());
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = publicKeyOf(keyPem);
  certificate.serialNumber = serialNumber(spec.id);
  certificate.validity.notBefore = new Date(now.getTime() + spec.notBeforeDays * dayMs);
  certificate.validity.notAfter = new Date(now.getTime() + spec.notAfterDays * dayMs);
  certificate.setSubject(subjectOf(spec));
  certificate.setIssuer(subjectOf(issuer));
  certificate.setExtensions([...extensions(spec, publicKeyOf(issuerKeyPem), issuer.id === spec.id)]);
  const algorithm = forge.pki.oids[`${spec.digest}WithRSAEncryption`] ?? "";
  certificate.signatureOid = algorithm;
  certificate.siginfo.algorithmOid = algorithm;
  certificate.tbsCertificate = unsigned.getTBSCertificate(certificate);
  // forge signs in JavaScript, which takes fifty times as long
  const signed = sign(spec.digest, Buffer.from(forge.asn1.toDer(certificate.tbsCertificate).getBytes(), "binary"), createPrivateKey(issuerKeyPem));
  certificate.signature = signed.toString("binary");
  const der = Buffer.from(forge.asn1.toDer(forge.pki.certificateToAsn1(certificate)).getBytes(), "binary");
  const x509 = new X509Certificate(der);
  return { spec, der, x509, keyPem, pem: x509.toString(), thumbprint: createHash("sha1").update(der).digest("hex").toUpperCase() };
}

/**
 * Makes all certificates; one that was made before from the same spec is taken from `earlier`. Validity is counted in days from `now`.
 * @throws Error where an issuer is missing
 */
export function makePki(specs: readonly CertificateSpec[], keys: KeyPool, now: Date, earlier: Pki = new Map()): Pki {
  const byId = new Map(specs.map((spec) => [spec.id, spec]));
  const unchanged = (spec: CertificateSpec | undefined) => spec !== undefined && JSON.stringify(earlier.get(spec.id)?.spec) === JSON.stringify(spec);
  return new Map(
    specs.map((spec) => {
      const issuer = byId.get(spec.issuer);
      if (issuer === undefined) throw new Error(`lab data: certificate ${spec.id} has no issuer ${spec.issuer}`);
      const kept = unchanged(spec) && unchanged(issuer) ? earlier.get(spec.id) : undefined;
      return [spec.id, kept ?? makeCertificate(spec, issuer, keys, now)] as const;
    }),
  );
}

/** The certificate of this id. @throws Error where there is none */
export function certificateOf(pki: Pki, id: string): MadeCertificate {
  const found = pki.get(id);
  if (found === undefined) throw new Error(`lab data: no certificate ${id}`);
  return found;
}

/** The certificates above one, up to its root (or to where a circle closes). */
export function issuersOf(pki: Pki, id: string): readonly MadeCertificate[] {
  const found: MadeCertificate[] = [];
  let at = pki.get(id);
  while (at !== undefined && at.spec.issuer !== at.spec.id) {
    at = pki.get(at.spec.issuer);
    if (at === undefined || found.includes(at)) break;
    found.push(at);
  }
  return found;
}

/** A PKCS#12 file with a certificate, those above it but the root, and the key, protected as Windows does by default (`aes256`) or did before (`3des`). */
export function makePfx(pki: Pki, id: string, password: string, algorithm: "aes256" | "3des" = "aes256"): Buffer {
  const own = certificateOf(pki, id);
  const chain = [own, ...issuersOf(pki, id).filter(({ spec }) => spec.issuer !== spec.id)].map(({ pem }) => forge.pki.certificateFromPem(pem));
  const file = forge.pkcs12.toPkcs12Asn1(forge.pki.privateKeyFromPem(own.keyPem), chain, password, { algorithm, friendlyName: id });
  return Buffer.from(forge.asn1.toDer(file).getBytes(), "binary");
}

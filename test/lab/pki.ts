import "reflect-metadata";
import { createHash, createPrivateKey, generateKeyPair, randomBytes, webcrypto } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import * as x509 from "@peculiar/x509";
import { intermediatesOf } from "../../src/lab/deployment/certificate-specs.ts";
import type { CertificateSpec } from "../../src/lab/types.ts";
import type { LabCertificate } from "./lab-description.ts";

const makeKeyPair = promisify(generateKeyPair);
const dayMs = 86_400_000;

interface Made {
  readonly spec: CertificateSpec;
  readonly certificate: x509.X509Certificate;
  readonly key: KeyObject;
}

/** File name of a certificate, without ending. */
export function fileName(id: string): string {
  return id.replaceAll(/[^\w.-]/g, "_");
}

function hashName(spec: CertificateSpec): string {
  if (spec.digest === "md5") throw new Error(`${spec.id}: WebCrypto, by which certificates are made here, knows no MD5`);
  return spec.digest === "sha1" ? "SHA-1" : "SHA-256";
}

async function asCryptoKey(key: KeyObject, spec: CertificateSpec, usage: "sign" | "verify"): Promise<webcrypto.CryptoKey> {
  const form = usage === "sign" ? { type: "pkcs8" as const, der: key.export({ type: "pkcs8", format: "der" }) } : { type: "spki" as const, der: key.export({ type: "spki", format: "der" }) };
  return await webcrypto.subtle.importKey(form.type, form.der, { name: "RSASSA-PKCS1-v1_5", hash: hashName(spec) }, true, [usage]);
}

/** KeyUsage (RFC 5280 4.2.1.3) as DER: keyCertSign and cRLSign for an authority, digitalSignature and keyEncipherment for the others. */
function keyUsage(spec: CertificateSpec): ArrayBuffer {
  return new Uint8Array(spec.ca ? [3, 2, 1, 0x06] : [3, 2, 5, 0xa0]).buffer;
}

async function extensionsOf(spec: CertificateSpec, publicKey: webcrypto.CryptoKey, issuerKey: webcrypto.CryptoKey): Promise<readonly x509.Extension[]> {
  const usages = { serverAuth: x509.ExtendedKeyUsage.serverAuth, clientAuth: x509.ExtendedKeyUsage.clientAuth, ocspSigning: x509.ExtendedKeyUsage.ocspSigning };
  return [
    new x509.BasicConstraintsExtension(spec.ca, undefined, true),
    new x509.Extension("2.5.29.15", true, keyUsage(spec)),
    await x509.SubjectKeyIdentifierExtension.create(publicKey),
    await x509.AuthorityKeyIdentifierExtension.create(issuerKey),
    ...((spec.crlUrls ?? []).length === 0 ? [] : [new x509.CRLDistributionPointsExtension([...(spec.crlUrls ?? [])])]),
    ...((spec.ocspUrls ?? []).length + (spec.issuerUrls ?? []).length === 0 ? [] : [new x509.AuthorityInfoAccessExtension({ ocsp: [...(spec.ocspUrls ?? [])], caIssuers: [...(spec.issuerUrls ?? [])] })]),
    ...(spec.usages === undefined ? [] : [new x509.ExtendedKeyUsageExtension(spec.usages.map((usage) => usages[usage]))]),
    ...(spec.dnsNames.length === 0 ? [] : [new x509.SubjectAlternativeNameExtension(spec.dnsNames.map((value) => ({ type: "dns" as const, value })))]),
  ];
}

async function make(spec: CertificateSpec, issuer: Made | undefined, now: Date): Promise<Made> {
  const { publicKey, privateKey } = await makeKeyPair("rsa", { modulusLength: spec.keyBits });
  const signer = issuer ?? { key: privateKey, spec };
  const subjectKey = await asCryptoKey(publicKey, spec, "verify");
  const name = (of: CertificateSpec): string => (of.commonName === undefined ? "O=Lab" : `CN=${of.commonName}`);
  const issuerPublic = issuer === undefined ? subjectKey : await issuer.certificate.publicKey.export({ name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" }, ["verify"]);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: `01${randomBytes(15).toString("hex")}`,
    subject: name(spec),
    issuer: name(signer.spec),
    notBefore: new Date(now.getTime() + spec.notBeforeDays * dayMs),
    notAfter: new Date(now.getTime() + spec.notAfterDays * dayMs),
    signingAlgorithm: { name: "RSASSA-PKCS1-v1_5", hash: hashName(spec) },
    publicKey: subjectKey,
    signingKey: await asCryptoKey(signer.key, spec, "sign"),
    extensions: [...(await extensionsOf(spec, subjectKey, issuerPublic))],
  });
  return { spec, certificate, key: privateKey };
}

/** What a certificate says, without what its issuer publishes about it or it about others: to revoke one does not make another. */
function certifiedPart({ revoked: _revoked, list: _list, deltaUrls: _deltaUrls, ocspSigner: _ocspSigner, ...certified }: CertificateSpec): Partial<CertificateSpec> {
  return certified;
}

/** Issuers before what they issue. Throws where an issuer is missing or issuers form a circle. */
function issuersFirst(specs: readonly CertificateSpec[]): readonly CertificateSpec[] {
  const ordered: CertificateSpec[] = [];
  let waiting = [...specs];
  while (waiting.length > 0) {
    const ready = waiting.filter((spec) => spec.issuer === spec.id || ordered.some((item) => item.id === spec.issuer));
    if (ready.length === 0) throw new Error(`no issuer for ${waiting.map((spec) => spec.id).join(", ")}`);
    ordered.push(...ready);
    waiting = waiting.filter((spec) => !ready.includes(spec));
  }
  return ordered;
}

function readMade(path: string, spec: CertificateSpec): Made {
  return { spec, certificate: new x509.X509Certificate(readFileSync(`${path}.pem`, "utf8")), key: createPrivateKey(readFileSync(`${path}.key`)) };
}

function write(path: string, item: Made): void {
  writeFileSync(`${path}.key`, item.key.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  writeFileSync(`${path}.pem`, `${item.certificate.toString("pem")}\n`);
}

/**
 * Makes the certificates in `<lab>/pki`, and says where they are. What was made for a specification (and those of its issuers) is kept in `pki/made`, so that a lab that is healed has
 * its old keys and thumbprints again; `now` dates what is new.
 */
export async function makePki(lab: string, specs: readonly CertificateSpec[], now: Date): Promise<Readonly<Record<string, LabCertificate>>> {
  const directory = join(lab, "pki");
  mkdirSync(join(directory, "made"), { recursive: true });
  const made = new Map<string, Made>();
  const digests = new Map<string, string>();
  for (const spec of issuersFirst(specs)) {
    const digest = createHash("sha256")
      .update(JSON.stringify(certifiedPart(spec)) + (digests.get(spec.issuer) ?? ""))
      .digest("hex");
    const path = join(directory, "made", digest);
    const item = existsSync(`${path}.pem`) ? readMade(path, spec) : await make(spec, spec.issuer === spec.id ? undefined : made.get(spec.issuer), now);
    write(path, item);
    write(join(directory, fileName(spec.id)), item);
    made.set(spec.id, item);
    digests.set(spec.id, digest);
  }
  return describe(directory, specs, made);
}

function describe(directory: string, specs: readonly CertificateSpec[], made: ReadonlyMap<string, Made>): Readonly<Record<string, LabCertificate>> {
  const pem = (id: string): string => `${made.get(id)?.certificate.toString("pem") ?? ""}\n`;
  return Object.fromEntries(
    specs.map((spec) => {
      const name = fileName(spec.id);
      writeFileSync(join(directory, `${name}.chain.pem`), [spec.id, ...intermediatesOf(specs, spec.id)].map(pem).join(""));
      const der = Buffer.from(made.get(spec.id)?.certificate.rawData ?? new ArrayBuffer(0));
      const thumbprint = createHash("sha1").update(der).digest("hex").toUpperCase();
      return [spec.id, { certificate: `pki/${name}.pem`, key: `pki/${name}.key`, chain: `pki/${name}.chain.pem`, thumbprint }];
    }),
  );
}

import { createPrivateKey, X509Certificate, type KeyObject } from "node:crypto";
import { ConfigError } from "../../model/errors.ts";
import { parseCertificate } from "../../x509/index.ts";
import { isHostName } from "./address.ts";
import { openPfx } from "./open-pfx.ts";
import { permissiveContext } from "./permissive-context.ts";

/** A client certificate that is ready for use. */
export interface ClientIdentity {
  /** PEM, leaf first, then what is sent with it. */
  readonly cert: string;
  /** Private key, PKCS#8 PEM, not encrypted. */
  readonly key: string;
  /** Host names of the certificate: dNSName entries, then common names; no wildcards. */
  readonly names: readonly string[];
}

/** The content of the files that hold a client certificate. */
export type IdentityMaterial = ({ readonly certificate: string | Uint8Array; readonly key: string | Uint8Array } | { readonly pfx: Uint8Array }) & { readonly passphrase?: string };

const code = "client-certificate";
const defaultDeadlineMs = 20_000;
const maxChain = 16;

function textOf(content: string | Uint8Array): string {
  return typeof content === "string" ? content : Buffer.from(content).toString("latin1");
}

function certificateFrom(input: string | Uint8Array, what: string, position: number): X509Certificate {
  try {
    return new X509Certificate(input);
  } catch (cause) {
    throw new ConfigError(code, `${what}: certificate ${position} of the file cannot be read`, { cause });
  }
}

function certificatesOfPem(text: string, what: string): readonly X509Certificate[] {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]*-----END CERTIFICATE-----/gu) ?? [];
  if (blocks.length === 0) throw new ConfigError(code, `${what}: the certificate file holds no PEM certificate`, { hint: "It must begin with -----BEGIN CERTIFICATE-----." });
  return blocks.map((block, index) => certificateFrom(block, what, index + 1));
}

function keyOfPem(text: string, passphrase: string | undefined, what: string): KeyObject {
  const isEncrypted = text.includes("ENCRYPTED");
  if (isEncrypted && passphrase === undefined) throw new ConfigError(code, `${what}: the private key is encrypted, but no passphrase is configured`, { hint: "Name one under passphrase." });
  try {
    return createPrivateKey({ key: text, format: "pem", ...(isEncrypted ? { passphrase } : {}) });
  } catch (cause) {
    if (isEncrypted) throw new ConfigError(code, `${what}: the private key does not open`, { hint: "Check the passphrase. A key encrypted with an outdated algorithm can be converted with: openssl pkcs8 -topk8", cause });
    throw new ConfigError(code, `${what}: the private key cannot be read`, { hint: "It must be a PEM file with a PRIVATE KEY block.", cause });
  }
}

function keyOfDer(der: Uint8Array, what: string): KeyObject {
  try {
    return createPrivateKey({ key: Buffer.from(der), format: "der", type: "pkcs8" });
  } catch (cause) {
    throw new ConfigError(code, `${what}: the private key in the PFX file is of no usable kind`, { cause });
  }
}

/** The certificate of a key, and the others in their order. */
function split(certificates: readonly X509Certificate[], key: KeyObject): readonly [X509Certificate, readonly X509Certificate[]] | undefined {
  const leaf = certificates.find((certificate) => {
    try {
      return certificate.checkPrivateKey(key);
    } catch {
      return false; // a public key that OpenSSL cannot use
    }
  });
  return leaf && [leaf, certificates.filter((certificate) => certificate !== leaf)];
}

/** The issuers above a leaf, nearest first, without the root: the order in which they are sent (RFC 5246 section 7.4.2), which a PFX file does not keep. */
function issuersOf(leaf: X509Certificate, others: readonly X509Certificate[]): readonly X509Certificate[] {
  const path: X509Certificate[] = [];
  let at = leaf;
  while (path.length < maxChain) {
    const issuer = others.find((other) => other !== at && !path.includes(other) && at.checkIssued(other) && !other.checkIssued(other));
    if (issuer === undefined) break;
    path.push(issuer);
    at = issuer;
  }
  return path;
}

function namesOf(leaf: X509Certificate): readonly string[] {
  const parsed = parseCertificate(leaf.raw);
  if ("problem" in parsed) return [];
  return [...new Set([...(parsed.subjectAltName?.dns ?? []), ...parsed.subject.commonNames].filter(isHostName))];
}

function identityFrom(leaf: X509Certificate, others: readonly X509Certificate[], key: KeyObject, what: string): ClientIdentity {
  const identity = { cert: [leaf, ...others].map(String).join(""), key: key.export({ type: "pkcs8", format: "pem" }).toString(), names: namesOf(leaf) };
  try {
    permissiveContext(identity, []);
  } catch (cause) {
    throw new ConfigError(code, `${what}: OpenSSL cannot use it: ${cause instanceof Error ? cause.message : "unknown cause"}`, { cause });
  }
  return identity;
}

/**
 * Makes a client certificate ready for use, before anything connects. `what` names it in messages.
 * @throws ConfigError with a hint when it cannot be read or opened, or key and certificate do not belong together
 */
export async function loadClientIdentity(material: IdentityMaterial, what: string, pfxDeadlineMs = defaultDeadlineMs): Promise<ClientIdentity> {
  if ("pfx" in material) {
    const opened = await openPfx(material.pfx, material.passphrase ?? "", what, pfxDeadlineMs);
    const certificates = opened.certificates.map((der, index) => certificateFrom(der, what, index + 1));
    for (const der of opened.keys) {
      const key = keyOfDer(der, what);
      const found = split(certificates, key);
      if (found !== undefined) return identityFrom(found[0], issuersOf(...found), key, what);
    }
    throw new ConfigError(code, `${what}: no certificate of the PFX file belongs to its private key`);
  }
  const key = keyOfPem(textOf(material.key), material.passphrase, what);
  const found = split(certificatesOfPem(textOf(material.certificate), what), key);
  if (found === undefined) throw new ConfigError(code, `${what}: the private key does not belong to the certificate`, { hint: "Check that both files are of the same request." });
  return identityFrom(...found, key, what);
}

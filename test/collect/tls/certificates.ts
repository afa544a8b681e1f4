import "reflect-metadata";
import { webcrypto, X509Certificate } from "node:crypto";
import * as x509 from "@peculiar/x509";

x509.cryptoProvider.set(webcrypto as unknown as Parameters<typeof x509.cryptoProvider.set>[0]);

interface KeyPair {
  readonly publicKey: webcrypto.CryptoKey;
  readonly privateKey: webcrypto.CryptoKey;
}

const algorithms = {
  ec: { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" },
  rsa: { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256", publicExponent: new Uint8Array([1, 0, 1]), modulusLength: 2048 },
} as const;

/** A certificate with its key. */
export interface Made {
  readonly cert: string;
  readonly der: Buffer;
  readonly key: string;
  readonly keys: KeyPair;
  readonly x509: X509Certificate;
}

export interface Wish {
  readonly name: string;
  readonly issuer?: Made;
  readonly ca?: boolean;
  readonly type?: keyof typeof algorithms;
  readonly hash?: "SHA-1" | "SHA-256";
  readonly bits?: number;
  readonly extensions?: readonly x509.Extension[];
}

let serial = 0;

/** Makes a certificate of today; without an issuer it is self-signed. A leaf has its name as dNSName and both extended key usages. */
export async function make({ name, issuer, ca = false, type = "ec", hash = "SHA-256", bits, extensions = [] }: Wish): Promise<Made> {
  const keys = (await webcrypto.subtle.generateKey({ ...algorithms[type], ...(bits === undefined ? {} : { modulusLength: bits }), hash }, true, ["sign", "verify"])) as KeyPair;
  const day = 86_400_000;
  serial += 1;
  const made = await x509.X509CertificateGenerator.create({
    serialNumber: serial.toString(16).padStart(4, "0"),
    subject: `CN=${name}`,
    issuer: issuer === undefined ? `CN=${name}` : new x509.X509Certificate(issuer.der).subject,
    notBefore: new Date(Date.now() - day),
    notAfter: new Date(Date.now() + 30 * day),
    publicKey: keys.publicKey,
    signingKey: (issuer?.keys ?? keys).privateKey,
    signingAlgorithm: { ...(issuer?.keys ?? keys).privateKey.algorithm, hash },
    extensions: [
      new x509.BasicConstraintsExtension(ca, undefined, true),
      ...(ca ? [] : [new x509.SubjectAlternativeNameExtension([{ type: "dns", value: name }]), new x509.ExtendedKeyUsageExtension(["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"])]),
      ...extensions,
    ],
  });
  const der = Buffer.from(made.rawData);
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey)).toString("base64");
  const parsed = new X509Certificate(der);
  return { cert: parsed.toString(), der, keys, x509: parsed, key: `-----BEGIN PRIVATE KEY-----\n${pkcs8.replaceAll(/.{64}(?=.)/gu, "$&\n")}\n-----END PRIVATE KEY-----\n` };
}

/** A root, an issuing authority below it, and a leaf for a host and one for a client. */
export async function makePki(type: "ec" | "rsa" = "ec"): Promise<Readonly<Record<"root" | "issuing" | "server" | "client" | "otherRoot", Made>>> {
  const root = await make({ name: "Test Root", ca: true, type });
  const issuing = await make({ name: "Test Issuing", ca: true, issuer: root, type });
  const [server, client, otherRoot] = await Promise.all([
    make({ name: "um1.fabrikam.test", issuer: issuing, type }),
    make({ name: "lyncpool.contoso.test", issuer: issuing, type }),
    make({ name: "Other Root", ca: true, type: "ec" }),
  ]);
  return { root, issuing, server, client, otherRoot };
}

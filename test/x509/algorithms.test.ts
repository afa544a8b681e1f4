import "reflect-metadata";
import { constants, generateKeyPairSync, sign, type KeyObject, type KeyPairKeyObjectResult } from "node:crypto";
import * as x509 from "@peculiar/x509";
import { expect, test } from "vitest";
import { parseCertificate, validatePath } from "../../src/x509/index.ts";
import { int, NULL, oid, seq, tlv } from "./der-writer.ts";
import { NOW, rootCa, server, subCa, type Key } from "./issue.ts";
import { judge, verdict } from "./verdict.ts";

const keyOf = (pair: KeyPairKeyObjectResult, signer?: Key["signer"]): Key => ({
  privateKey: pair.privateKey,
  spki: pair.publicKey.export({ format: "der", type: "spki" }),
  ...(signer === undefined ? {} : { signer }),
});
const signWith = (digest: string | null) => (tbs: Buffer, key: KeyObject): Buffer => sign(digest, tbs, key);
const pss = (digest: string, saltLength: number) => (tbs: Buffer, key: KeyObject): Buffer => sign(digest, tbs, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength });

const DIGEST = { sha1: "1.3.14.3.2.26", sha256: "2.16.840.1.101.3.4.2.1", sha384: "2.16.840.1.101.3.4.2.2", sha512: "2.16.840.1.101.3.4.2.3" } as const;
const digest = (name: keyof typeof DIGEST): Buffer => seq(oid(DIGEST[name]), NULL);
const pssAlgorithm = (hash: keyof typeof DIGEST, mask: keyof typeof DIGEST, salt: number): Buffer =>
  seq(oid("1.2.840.113549.1.1.10"), seq(tlv(0xa0, digest(hash)), tlv(0xa1, seq(oid("1.2.840.113549.1.1.8"), digest(mask))), tlv(0xa2, int(salt))));

const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const rsaPss = generateKeyPairSync("rsa-pss", { modulusLength: 2048 });
const ec = (namedCurve: string): KeyPairKeyObjectResult => generateKeyPairSync("ec", { namedCurve });

const UNSUPPORTED = "no-trusted-issuer signature-unsupported";
const INVALID = "no-trusted-issuer signature-invalid";

test.each<readonly [title: string, key: Key, algorithm: Buffer, want: string]>([
  ["RSA with SHA-256", keyOf(rsa, signWith("sha256")), seq(oid("1.2.840.113549.1.1.11"), NULL), "ok"],
  ["RSA with SHA-256, no parameters", keyOf(rsa, signWith("sha256")), seq(oid("1.2.840.113549.1.1.11")), "ok"],
  ["RSA with SHA-512", keyOf(rsa, signWith("sha512")), seq(oid("1.2.840.113549.1.1.13"), NULL), "ok"],
  ["RSA with SHA-1", keyOf(rsa, signWith("sha1")), seq(oid("1.2.840.113549.1.1.5"), NULL), "weak-signature"],
  ["RSA with MD5", keyOf(rsa, signWith("md5")), seq(oid("1.2.840.113549.1.1.4"), NULL), "weak-signature"],
  ["RSA with odd parameters", keyOf(rsa, signWith("sha256")), seq(oid("1.2.840.113549.1.1.11"), int(1)), INVALID],
  ["PSS with SHA-256", keyOf(rsa, pss("sha256", 32)), pssAlgorithm("sha256", "sha256", 32), "ok"],
  ["PSS with SHA-384 and another salt", keyOf(rsa, pss("sha384", 20)), pssAlgorithm("sha384", "sha384", 20), "ok"],
  ["PSS with a PSS key", keyOf(rsaPss, pss("sha256", 32)), pssAlgorithm("sha256", "sha256", 32), "ok"],
  ["PSS, salt not as stated", keyOf(rsa, pss("sha256", 32)), pssAlgorithm("sha256", "sha256", 20), INVALID],
  ["PSS with SHA-1", keyOf(rsa, pss("sha1", 20)), pssAlgorithm("sha1", "sha1", 20), "weak-signature"],
  ["PSS with default parameters, which mean SHA-1", keyOf(rsa, pss("sha1", 20)), seq(oid("1.2.840.113549.1.1.10"), seq()), "weak-signature"],
  ["PSS with two digests", keyOf(rsa, pss("sha256", 32)), pssAlgorithm("sha256", "sha512", 32), UNSUPPORTED],
  ["PSS without parameters", keyOf(rsa, pss("sha256", 32)), seq(oid("1.2.840.113549.1.1.10")), UNSUPPORTED],
  ["PKCS #1 with a PSS key", keyOf(rsaPss, pss("sha256", 32)), seq(oid("1.2.840.113549.1.1.11"), NULL), INVALID],
  ["P-384 with SHA-384", keyOf(ec("P-384"), signWith("sha384")), seq(oid("1.2.840.10045.4.3.3")), "ok"],
  ["P-521 with SHA-512", keyOf(ec("P-521"), signWith("sha512")), seq(oid("1.2.840.10045.4.3.4")), "ok"],
  ["Ed25519", keyOf(generateKeyPairSync("ed25519"), signWith(null)), seq(oid("1.3.101.112")), "ok"],
  ["Ed448", keyOf(generateKeyPairSync("ed448"), signWith(null)), seq(oid("1.3.101.113")), "ok"],
  ["an ECDSA algorithm with an RSA key", keyOf(rsa, signWith("sha256")), seq(oid("1.2.840.10045.4.3.2")), INVALID],
])("%s", async (_, key, algorithm, want) => {
  // The root's own signature is never checked, so only the leaf's matters.
  const root = rootCa("CN=Root", [], { key });
  expect(verdict(await judge([server(root, [], { algorithm })], root))).toBe(want);
});

test("explicit curve parameters are refused (CVE-2020-0601)", async () => {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256", paramEncoding: "explicit" });
  const root = rootCa("CN=Root", [], { key: { privateKey, spki: publicKey.export({ format: "der", type: "spki" }) } });
  expect(verdict(await judge([server(root)], root))).toContain("signature-unsupported");
});

test("a DSA key that inherits its parameters verifies with those of its issuer", async () => {
  const top = generateKeyPairSync("dsa", { modulusLength: 2048, divisorLength: 256 });
  const algorithm = seq(oid("2.16.840.1.101.3.4.3.2"));
  const own = keyOf(top, signWith("sha256"));
  // Same parameters and same key, written without them.
  const spki = own.spki;
  const keyBits = spki.subarray(spki.lastIndexOf(Buffer.from([0x03, 0x82])));
  const inherited: Key = { ...own, spki: seq(seq(oid("1.2.840.10040.4.1")), keyBits) };
  const root = rootCa("CN=Root", [], { key: own });
  const ca = subCa(root, "CN=CA", [], { key: inherited, algorithm });
  expect(verdict(await judge([server(ca, [], { algorithm }), ca], root))).toBe("ok");
  expect(verdict(await judge([server(ca, [], { algorithm, breakSignature: true }), ca], root))).not.toBe("ok");
});

test("certificates of another maker are read alike", async () => {
  const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256", publicExponent: new Uint8Array([1, 0, 1]), modulusLength: 2048 };
  const [rootKeys, leafKeys] = await Promise.all([crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]), crypto.subtle.generateKey(algorithm, true, ["sign", "verify"])]);
  const validity = { notBefore: new Date(NOW.getTime() - 86_400_000), notAfter: new Date(NOW.getTime() + 86_400_000) };
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: "01",
    name: "CN=Root, O=Contoso",
    ...validity,
    signingAlgorithm: algorithm,
    keys: rootKeys,
    extensions: [new x509.BasicConstraintsExtension(true, 1, true), new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true), await x509.SubjectKeyIdentifierExtension.create(rootKeys.publicKey)],
  });
  const leaf = await x509.X509CertificateGenerator.create({
    serialNumber: "02",
    subject: "CN=um.contoso.com",
    issuer: root.subject,
    ...validity,
    signingAlgorithm: algorithm,
    publicKey: leafKeys.publicKey,
    signingKey: rootKeys.privateKey,
    extensions: [new x509.SubjectAlternativeNameExtension([{ type: "dns", value: "um.contoso.com" }]), new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]), await x509.AuthorityKeyIdentifierExtension.create(rootKeys.publicKey)],
  });
  const result = await validatePath({ leaf: leaf.toString("pem"), anchors: [new Uint8Array(root.rawData)], at: NOW, purpose: "serverAuth", peer: { dns: "um.contoso.com" } });
  expect(verdict(result)).toBe("ok");
  expect(parseCertificate(new Uint8Array(leaf.rawData))).toMatchObject({ issuer: { text: root.subject.split(", ").reverse().join(",") }, publicKey: { type: "rsa", bits: 2048 } });
});

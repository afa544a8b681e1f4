import { createPrivateKey, generateKeyPairSync, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import forge from "node-forge";
import { describe, expect, it } from "vitest";
import { ConfigError } from "../../../src/model/errors.ts";
import { loadClientIdentity, type IdentityMaterial } from "../../../src/collect/tls/client-identity.ts";
import { make, makePki } from "./certificates.ts";
import { collect, requestFor } from "./probing.ts";
import { answerSip, startTls } from "./servers.ts";

const rsa = await makePki("rsa");
const ec = await makePki("ec");
const what = "client certificate";
const chain = [rsa.client, rsa.issuing];

type Pkcs12Options = NonNullable<Parameters<typeof forge.pkcs12.toPkcs12Asn1>[3]>;

function pfxTree(passphrase: string, options: Pkcs12Options): forge.asn1.Asn1 {
  const certificates = [rsa.root, rsa.issuing, rsa.client].map(({ cert }) => forge.pki.certificateFromPem(cert));
  return forge.pkcs12.toPkcs12Asn1(forge.pki.privateKeyFromPem(rsa.client.key), certificates, passphrase, { algorithm: "3des", ...options });
}

function bytesOf(tree: forge.asn1.Asn1): Buffer {
  return Buffer.from(forge.asn1.toDer(tree).getBytes(), "latin1");
}

function fixture(name: string): Buffer {
  return readFileSync(new URL(name, import.meta.url));
}

async function refusal(material: IdentityMaterial, deadlineMs?: number): Promise<ConfigError> {
  const error: unknown = await loadClientIdentity(material, what, deadlineMs).catch((thrown: unknown) => thrown);
  if (!(error instanceof ConfigError)) throw new Error("not refused", { cause: error });
  return error;
}

describe("a client certificate in PEM", () => {
  it.each([["RSA", rsa], ["EC", ec]] as const)("of %s is read with its chain", async (_case, pki) => {
    const identity = await loadClientIdentity({ certificate: pki.client.cert + pki.issuing.cert, key: Buffer.from(pki.client.key) }, what);
    expect(identity.cert).toBe(pki.client.cert + pki.issuing.cert);
    expect(identity.names).toEqual(["lyncpool.contoso.test"]);
    expect(new X509Certificate(identity.cert).checkPrivateKey(createPrivateKey(identity.key))).toBe(true);
  });

  it("has the leaf sent first, whatever the order in the file", async () => {
    const identity = await loadClientIdentity({ certificate: rsa.issuing.cert + rsa.client.cert, key: rsa.client.key }, what);
    expect(identity.cert).toBe(rsa.client.cert + rsa.issuing.cert);
  });

  it("has only host names as names", async () => {
    const wildcard = await make({ name: "*.contoso.test" });
    expect((await loadClientIdentity({ certificate: wildcard.cert, key: wildcard.key }, what)).names).toEqual([]);
  });

  const encrypted = createPrivateKey(rsa.client.key).export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "secret" }).toString();
  const traditional = createPrivateKey(rsa.client.key).export({ type: "pkcs1", format: "pem", cipher: "aes-256-cbc", passphrase: "secret" }).toString();
  it.each([["PKCS#8", encrypted], ["the traditional format", traditional]])("has an encrypted key in %s opened", async (_case, key) => {
    const identity = await loadClientIdentity({ certificate: rsa.client.cert, key, passphrase: "secret" }, what);
    expect(identity.key).toMatch(/^-----BEGIN PRIVATE KEY-----/u);
  });

  const strange = generateKeyPairSync("ec", { namedCurve: "P-256", privateKeyEncoding: { type: "pkcs8", format: "pem" }, publicKeyEncoding: { type: "spki", format: "pem" } }).privateKey;
  it.each<readonly [string, IdentityMaterial, RegExp, RegExp | undefined]>([
    ["the wrong passphrase", { certificate: rsa.client.cert, key: encrypted, passphrase: "wrong" }, /private key does not open/u, /passphrase/u],
    ["no passphrase", { certificate: rsa.client.cert, key: encrypted }, /encrypted, but no passphrase/u, /passphrase/u],
    ["another's key", { certificate: rsa.client.cert, key: strange }, /does not belong to the certificate/u, /same request/u],
    ["no certificate", { certificate: "nothing", key: rsa.client.key }, /holds no PEM certificate/u, /BEGIN CERTIFICATE/u],
    ["a broken certificate", { certificate: "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", key: rsa.client.key }, /certificate 1 of the file cannot be read/u, undefined],
    ["no key", { certificate: rsa.client.cert, key: "nothing" }, /private key cannot be read/u, /PRIVATE KEY/u],
  ])("with %s is refused", async (_case, material, message, hint) => {
    const error = await refusal(material);
    expect(error.message).toMatch(message);
    expect(error.message.startsWith("client certificate: ")).toBe(true);
    if (hint !== undefined) expect(error.hint).toMatch(hint);
    expect(JSON.stringify([error.message, error.hint])).not.toMatch(/secret|wrong"/u);
  });
});

describe("a client certificate in a PFX file", () => {
  it.each<readonly [string, Buffer, string]>([
    ["3DES and SHA-1", bytesOf(pfxTree("secret", {})), "secret"],
    ["AES-256", bytesOf(pfxTree("secret", { algorithm: "aes256" })), "secret"],
    ["an empty password", bytesOf(pfxTree("", {})), ""],
    ["a password with umlauts", bytesOf(pfxTree("schlüssel€", {})), "schlüssel€"],
  ])("with %s gives key and chain in order, without the root", async (_case, pfx, passphrase) => {
    const identity = await loadClientIdentity({ pfx, passphrase }, what);
    expect(identity.cert).toBe(chain.map(({ cert }) => cert).join(""));
    expect(identity.names).toEqual(["lyncpool.contoso.test"]);
    expect(rsa.client.x509.checkPrivateKey(createPrivateKey(identity.key))).toBe(true);
  });

  it.each([
    ["RC2 and 3DES, as old Windows exports it", "rc2-3des.pfx", "secret"],
    ["PBES2 with SHA-256 and umlauts", "pbes2-umlaut.pfx", "schlüssel€"],
    ["an EC key", "ec.pfx", "secret"],
  ])("of another program with %s is opened", async (_case, name, passphrase) => {
    const identity = await loadClientIdentity({ pfx: fixture(name), passphrase }, what);
    expect(identity.names).toEqual(["client.contoso.test"]);
    expect(new X509Certificate(identity.cert).checkPrivateKey(createPrivateKey(identity.key))).toBe(true);
  });

  it("is accepted by a server", async () => {
    const identity = await loadClientIdentity({ pfx: bytesOf(pfxTree("secret", {})), passphrase: "secret" }, what);
    const port = await startTls({ cert: rsa.server.cert, key: rsa.server.key, requestCert: true, rejectUnauthorized: true, ca: rsa.root.cert }, answerSip);
    expect((await collect(requestFor(port, { identity }))).short).toMatchObject({ clientCertificateAccepted: true, sipStatus: 200 });
  });

  it.each<readonly [string, Buffer, string | undefined, RegExp]>([
    ["the wrong passphrase", bytesOf(pfxTree("secret", {})), "wrong", /does not open/u],
    ["no passphrase", bytesOf(pfxTree("secret", {})), undefined, /does not open/u],
    ["no MAC", bytesOf(pfxTree("secret", { useMac: false })), "secret", /no MAC/u],
    ["no content", Buffer.alloc(0), "secret", /no PKCS#12/u],
    ["text", Buffer.from("-----BEGIN CERTIFICATE-----"), "secret", /no PKCS#12/u],
    ["only its first half", bytesOf(pfxTree("secret", {})).subarray(0, 900), "secret", /no PKCS#12/u],
    ["more bytes than any has", Buffer.alloc(2 * 1024 * 1024), "secret", /2097152 bytes is not read/u],
  ])("with %s is refused", async (_case, pfx, passphrase, message) => {
    const error = await refusal({ pfx, ...(passphrase === undefined ? {} : { passphrase }) });
    expect(error.message).toMatch(message);
    expect(`${error.message} ${error.hint}`).not.toMatch(/secret/u);
  });

  it("without a private key is refused", async () => {
    const tree = forge.pkcs12.toPkcs12Asn1(null, [forge.pki.certificateFromPem(rsa.client.cert)], "secret", { algorithm: "3des" });
    expect((await refusal({ pfx: bytesOf(tree), passphrase: "secret" })).message).toMatch(/no private key/u);
  });

  it("with an altered MAC is refused", async () => {
    const tree = pfxTree("secret", {});
    const pfx = bytesOf(tree);
    pfx.writeUInt8(pfx.readUInt8(200) ^ 1, 200);
    expect((await refusal({ pfx, passphrase: "secret" })).message).toMatch(/does not open|no PKCS#12/u);
  });

  it("that asks for years of key derivation costs its deadline", async () => {
    const tree = pfxTree("secret", {});
    const [, , mac] = tree.value as forge.asn1.Asn1[];
    const [, , iterations] = (mac?.value ?? []) as forge.asn1.Asn1[];
    if (iterations === undefined) throw new Error("no iteration count");
    iterations.value = "\x7f\xff\xff\xff";
    expect((await refusal({ pfx: bytesOf(tree), passphrase: "secret" }, 1_000)).message).toMatch(/took longer than 1000 ms/u);
  });
});

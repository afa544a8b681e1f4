import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { bits, generalizedTime, oid, raw, seq, text, time, tlv } from "./der-writer.ts";
import {
  ANY_PURPOSE, basicConstraints, CLIENT_AUTH, days, dns, extendedKeyUsage, issue, keyUsage, name, newKey, NOW, rootCa, server, SERVER_AUTH, subCa, subjectAltName, unknownExtension,
  type CertificateSpec, type ExtensionSpec, type Issued,
} from "./issue.ts";
import { judge, verdict } from "./verdict.ts";

const root = rootCa();
const ca = subCa(root, "CN=Issuing CA");

interface Case {
  readonly title: string;
  readonly want: string;
  readonly leaf?: Partial<CertificateSpec>;
  readonly leafExtensions?: readonly ExtensionSpec[];
  readonly ca?: Partial<CertificateSpec>;
  readonly root?: Partial<CertificateSpec>;
}

const seconds = (count: number): Date => new Date(NOW.getTime() + count * 1000);
const SHA1_ECDSA = seq(oid("1.2.840.10045.4.1"));

// The titles name the PKITS section or RFC 5280 clause they follow.
const CASES: readonly Case[] = [
  { title: "4.1.1 valid signatures", want: "ok" },
  { title: "4.1.2 CA signature broken", want: "no-trusted-issuer signature-invalid", ca: { breakSignature: true } },
  { title: "4.1.3 leaf signature broken", want: "no-trusted-issuer signature-invalid", leaf: { breakSignature: true } },
  { title: "leaf signed with SHA-1", want: "weak-signature", leaf: { algorithm: SHA1_ECDSA, digest: "sha1" } },
  { title: "CA signed with SHA-1", want: "weak-signature", ca: { algorithm: SHA1_ECDSA, digest: "sha1" } },
  { title: "anchor signed with SHA-1 is harmless", want: "ok", root: { algorithm: SHA1_ECDSA, digest: "sha1" } },
  { title: "inner and outer algorithm differ", want: "signature-algorithm-mismatch", leaf: { innerAlgorithm: SHA1_ECDSA } },
  { title: "ECDSA with parameters", want: "no-trusted-issuer signature-invalid", leaf: { algorithm: seq(oid("1.2.840.10045.4.3.2"), raw(5, 0)) } },
  { title: "unknown signature algorithm", want: "no-trusted-issuer signature-unsupported", leaf: { algorithm: seq(oid("1.3.6.1.4.1.99999.7")) } },
  { title: "4.2.1 CA not yet valid", want: "not-yet-valid", ca: { notBefore: days(1) } },
  { title: "4.2.2 leaf not yet valid", want: "not-yet-valid", leaf: { notBefore: seconds(1) } },
  { title: "4.2.3 start before 2000", want: "ok", leaf: { notBefore: new Date("1950-01-01T00:00:00Z") } },
  { title: "4.2.4 GeneralizedTime start", want: "ok", leaf: { validity: seq(generalizedTime(days(-1)), time(days(1))) } },
  { title: "4.2.5 CA expired", want: "expired", ca: { notAfter: days(-1) } },
  { title: "4.2.6 leaf expired a second ago", want: "expired", leaf: { notAfter: seconds(-1) } },
  { title: "both ends are inclusive: end", want: "ok", leaf: { notAfter: NOW } },
  { title: "both ends are inclusive: start", want: "ok", leaf: { notBefore: NOW } },
  { title: "4.2.8 end after 2050", want: "ok", leaf: { notAfter: new Date("2099-12-31T23:59:59Z") } },
  { title: "anchor expired", want: "expired", root: { notAfter: days(-1) } },
  { title: "time without seconds", want: "malformed-certificate", leaf: { validity: seq(text(0x17, "2601010000Z"), time(days(1))) } },
  { title: "time with zone", want: "malformed-certificate", leaf: { validity: seq(text(0x17, "260101000000+0100"), time(days(1))) } },
  { title: "time on 30 February", want: "malformed-certificate", leaf: { validity: seq(text(0x17, "260230000000Z"), time(days(1))) } },
  { title: "4.6.1 CA without basic constraints", want: "issuer-not-ca", ca: { extensions: [keyUsage(5)] } },
  { title: "4.6.2 CA flag false, critical", want: "issuer-not-ca", ca: { extensions: [basicConstraints(false), keyUsage(5)] } },
  { title: "4.6.4 basic constraints not critical", want: "ok", ca: { extensions: [basicConstraints(true, undefined, false), keyUsage(5)] } },
  { title: "version 1 CA", want: "issuer-not-ca issuer-not-version-3", ca: { version: 1, extensions: [] } },
  { title: "root without basic constraints", want: "issuer-not-ca", root: { extensions: [] } },
  { title: "4.7.1 CA may not sign certificates", want: "issuer-key-usage", ca: { extensions: [basicConstraints(true), keyUsage(6)] } },
  { title: "4.7.3 CA without key usage", want: "ok", ca: { extensions: [basicConstraints(true)] } },
  { title: "4.16.1 unknown extension, not critical", want: "ok", leafExtensions: [unknownExtension(false)] },
  { title: "4.16.2 unknown critical extension in leaf", want: "unknown-critical-extension", leafExtensions: [unknownExtension(true)] },
  { title: "unknown critical extension in CA", want: "unknown-critical-extension", ca: { extensions: [basicConstraints(true), keyUsage(5), unknownExtension(true)] } },
  { title: "unknown critical extension in anchor", want: "unknown-critical-extension", root: { extensions: [basicConstraints(true), unknownExtension(true)] } },
  { title: "critical template extension of AD CS", want: "ok", leafExtensions: [{ oid: "1.3.6.1.4.1.311.21.7", critical: true, value: seq() }] },
  { title: "extension twice", want: "malformed-certificate", leafExtensions: [unknownExtension(false), unknownExtension(false)] },
  { title: "malformed basic constraints", want: "issuer-not-ca malformed-extension", ca: { extensions: [{ oid: "2.5.29.19", critical: true, value: raw(0x30, 0x01) }] } },
  { title: "IP address of five bytes", want: "malformed-extension", leafExtensions: [subjectAltName(tlv(0x87, raw(1, 2, 3, 4, 5)))] },
  { title: "empty extended key usage", want: "malformed-extension", leafExtensions: [extendedKeyUsage()] },
  { title: "leaf for another purpose", want: "purpose-not-allowed", leafExtensions: [extendedKeyUsage(CLIENT_AUTH)] },
  { title: "leaf for any purpose", want: "ok", leafExtensions: [extendedKeyUsage(ANY_PURPOSE)] },
  { title: "CA limited to another purpose", want: "purpose-not-allowed", ca: { extensions: [basicConstraints(true), extendedKeyUsage(CLIENT_AUTH)] } },
  { title: "anchor limited to another purpose", want: "purpose-not-allowed", root: { extensions: [basicConstraints(true), extendedKeyUsage(CLIENT_AUTH)] } },
  { title: "CA limited to the purpose", want: "ok", ca: { extensions: [basicConstraints(true), extendedKeyUsage(CLIENT_AUTH, SERVER_AUTH)] } },
  { title: "application policies exclude the purpose", want: "purpose-not-allowed", leafExtensions: [{ oid: "1.3.6.1.4.1.311.21.10", critical: true, value: seq(seq(oid(CLIENT_AUTH))) }] },
  { title: "leaf may only sign certificates", want: "key-usage-contradicts-purpose", leafExtensions: [keyUsage(5)] },
  { title: "leaf with key encipherment", want: "ok", leafExtensions: [keyUsage(2)] },
  { title: "leaf with key usage of no bits", want: "malformed-extension", leafExtensions: [{ oid: "2.5.29.15", critical: true, value: raw(3, 1, 0) }] },
  { title: "serial number zero only warns", want: "ok", leaf: { serial: 0 } },
  { title: "empty issuer", want: "empty-issuer empty-subject", root: { subject: "" } },
];

function build(spec: Case): readonly [Issued, Issued, Issued] {
  const top = spec.root === undefined ? root : rootCa("CN=Root", [], spec.root);
  const middle = spec.ca === undefined && spec.root === undefined ? ca : subCa(top, "CN=Issuing CA", [], spec.ca);
  return [server(middle, spec.leafExtensions, spec.leaf), middle, top];
}

test.each(CASES)("$title", async (spec) => {
  const [leaf, middle, top] = build(spec);
  const result = await judge([leaf, middle], top);
  expect(verdict(result)).toBe(spec.want);
  expect(result.path.length).toBe(result.ok ? 3 : 0);
});

test("an accepted path runs from leaf to anchor", async () => {
  const leaf = server(ca);
  const result = await judge([leaf, ca], root);
  expect(result.path).toEqual([leaf.der, ca.der, root.der]);
});

test.each([
  ["case and spaces", "CN=issuing  ca ,O= contoso"],
  ["other string type", [["CN", "Issuing CA", 0x13], ["O", "Contoso", 0x13]] as const],
])("4.3 names are compared canonically: %s", async (_, issuerName) => {
  const issuing = subCa(root, "CN=Issuing CA,O=Contoso");
  const leaf = server({ ...issuing, subject: name(issuerName) });
  expect(verdict(await judge([leaf, issuing], root))).toBe("ok");
});

test("4.3.1 the same attributes in another order are another name", async () => {
  const issuing = subCa(root, "CN=Issuing CA,O=Contoso");
  const leaf = server({ ...issuing, subject: name("O=Contoso,CN=Issuing CA") });
  expect(verdict(await judge([leaf, issuing], root))).toBe("no-trusted-issuer");
});

test("a path without anchor names the certificate where it ends", async () => {
  const result = await judge([server(ca), ca], rootCa("CN=Other Root"));
  expect(verdict(result)).toBe("no-trusted-issuer");
  expect(result.problems[0]?.message).toBe("The path ends at CN=Issuing CA: no certificate of its issuer CN=Root is at hand, neither sent nor trusted.");
});

test("a self-signed leaf is trusted only as its own anchor", async () => {
  const leaf = issue({ subject: "CN=um.contoso.com", extensions: [subjectAltName(dns("um.contoso.com"))] });
  expect(verdict(await judge([leaf], leaf))).toBe("ok");
  expect(verdict(await judge([leaf], root))).toBe("no-trusted-issuer");
  const old = issue({ subject: "CN=um.contoso.com", notAfter: days(-1) });
  expect(verdict(await judge([old], old))).toBe("expired");
});

test("an intermediate may be the anchor", async () => {
  const result = await judge([server(ca)], ca);
  expect(result.path).toHaveLength(2);
});

test("demanded key usage is looked for on the leaf", async () => {
  expect(verdict(await judge([server(ca, [keyUsage(0)]), ca], root, { keyUsage: ["keyEncipherment"] }))).toBe("key-usage-missing");
  expect(verdict(await judge([server(ca, [keyUsage(0)]), ca], root, { keyUsage: ["digitalSignature"] }))).toBe("ok");
});

test("a signature with unused bits is malformed", async () => {
  const { der } = server(ca);
  const signature = bits(raw(1, 2, 3), 1);
  const broken = { ...server(ca), der: seq(der.subarray(4, 4 + (der.readUInt16BE(6) + 4)), seq(oid("1.2.840.10045.4.3.2")), signature), key: newKey() };
  expect(verdict(await judge([broken, ca], root))).toBe("malformed-certificate");
});

test("a weak RSA key fails below 1024 bits and warns below 2048", async () => {
  const rsa = (modulusLength: number): Issued["key"] => {
    const pair = generateKeyPairSync("rsa", { modulusLength });
    return { privateKey: pair.privateKey, spki: pair.publicKey.export({ format: "der", type: "spki" }) };
  };
  expect(verdict(await judge([server(ca, [], { key: rsa(512) }), ca], root))).toBe("weak-key");
  const result = await judge([server(ca, [], { key: rsa(1024) }), ca], root);
  expect(result.ok).toBe(true);
  expect(result.problems).toContainEqual(expect.objectContaining({ code: "weak-key", severity: "warn" }));
});

import "reflect-metadata";
import * as x509 from "@peculiar/x509";
import { describe, expect, it } from "vitest";
import { describeCertificate, describeCertificates } from "../../../src/collect/tls/certificate-record.ts";
import { make } from "./certificates.ts";

const root = await make({ name: "Root", ca: true });

describe("the record of a certificate", () => {
  it("has the facts of an EC leaf", async () => {
    const urls = [new x509.CRLDistributionPointsExtension(["http://pki.test/root.crl"]), new x509.AuthorityInfoAccessExtension({ ocsp: "http://ocsp.test/", caIssuers: "http://pki.test/root.crt" })];
    const leaf = await make({ name: "um1.fabrikam.test", issuer: root, extensions: urls });
    expect(describeCertificate(leaf.der, "test")).toMatchObject({
      state: "known",
      source: "test",
      value: {
        subject: "CN=um1.fabrikam.test",
        issuer: "CN=Root",
        commonName: "um1.fabrikam.test",
        dnsNames: ["um1.fabrikam.test"],
        ipAddresses: [],
        serialNumber: leaf.x509.serialNumber,
        notBefore: new Date(leaf.x509.validFrom).toISOString(),
        notAfter: new Date(leaf.x509.validTo).toISOString(),
        keyType: "EC",
        keyBits: 256,
        signatureHash: "sha256",
        signatureIsPss: false,
        hasExtendedKeyUsage: true,
        extendedKeyUsages: ["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"],
        isCa: false,
        selfSigned: false,
        thumbprint: leaf.x509.fingerprint.replaceAll(":", ""),
        sha256: leaf.x509.fingerprint256.replaceAll(":", ""),
        crlUrls: ["http://pki.test/root.crl"],
        caIssuerUrls: ["http://pki.test/root.crt"],
        ocspUrls: ["http://ocsp.test/"],
        der: leaf.der.toString("base64"),
      },
    });
  });

  it("tells an authority from a leaf", () => {
    expect(describeCertificate(root.der, "test")).toMatchObject({ value: { isCa: true, selfSigned: true, dnsNames: [], hasExtendedKeyUsage: false, extendedKeyUsages: [], crlUrls: [] } });
  });

  it("names an old digest", async () => {
    const old = await make({ name: "old", type: "rsa", hash: "SHA-1" });
    expect(describeCertificate(old.der, "test")).toMatchObject({ value: { keyType: "RSA", keyBits: 2048, signatureAlgorithm: "sha1WithRSAEncryption", signatureHash: "sha1" } });
  });

  it.each(["2.5.29.17", "2.5.29.37", "2.5.29.31", "1.3.6.1.5.5.7.1.1"])("is unknown where extension %s cannot be read: its values must not seem to be missing", async (oid) => {
    const ca = await make({ name: "odd", ca: true, extensions: [new x509.Extension(oid, false, new Uint8Array([0x30, 0x05, 1]))] });
    expect(describeCertificate(ca.der, "test")).toMatchObject({ state: "unknown", reason: "malformed", detail: expect.stringContaining(oid) });
  });

  it.each([["nothing", Buffer.alloc(0)], ["text", Buffer.from("certificate")], ["half of one", root.der.subarray(0, 200)], ["one with more behind it", Buffer.concat([root.der, Buffer.from([0])])]])("is unknown for %s", (_case, der) => {
    expect(describeCertificate(der, "test")).toMatchObject({ state: "unknown", reason: "malformed" });
  });
});

describe("the records of a list", () => {
  it("are unknown when one is, and say which", () => {
    expect(describeCertificates([root.der, Buffer.from("x")], "test")).toMatchObject({ state: "unknown", reason: "malformed", detail: expect.stringMatching(/^certificate 2 of 2: /u) });
    expect(describeCertificates([], "test")).toEqual({ state: "known", value: [], source: "test" });
  });
});

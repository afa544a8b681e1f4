import { createSecureContext } from "node:tls";
import forge from "node-forge";
import { expect, test } from "vitest";
import { makeKeys } from "../../src/lab/key-pool.ts";
import { certificateOf, issuersOf, makePfx, makePki } from "../../src/lab/pki.ts";
import { certificate, certificates, start } from "./tiny-deployment.ts";

const keys = await makeKeys(certificates);
const pki = makePki(certificates, keys, start);

test("dates are whole days from the start of the lab", () => {
  const { x509 } = certificateOf(pki, "expired");
  expect(new Date(x509.validFrom)).toEqual(new Date("2026-02-09T12:00:00Z"));
  expect(new Date(x509.validTo)).toEqual(new Date("2026-02-26T12:00:00Z"));
});

test("names, usages, issuer and signature are those of the spec", () => {
  const { x509 } = certificateOf(pki, "server");
  const authority = certificateOf(pki, "ca").x509;
  expect(x509.subject).toBe("CN=server.alpha.test");
  expect(x509.subjectAltName).toBe("DNS:server.alpha.test");
  expect(x509.keyUsage).toEqual(["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"]);
  expect([x509.ca, authority.ca]).toEqual([false, true]);
  expect(x509.checkIssued(authority) && x509.verify(authority.publicKey)).toBe(true);
  expect(x509.checkIssued(certificateOf(pki, "stranger").x509)).toBe(false);
  expect(issuersOf(pki, "server").map(({ spec }) => spec.id)).toEqual(["ca", "root"]);
});

test("a certificate without a subject has critical names, and weak ones are weak", () => {
  const { x509, pem } = certificateOf(pki, "weak");
  expect(x509.subject).toBeFalsy();
  expect(x509.publicKey.asymmetricKeyDetails?.modulusLength).toBe(1024);
  expect(x509.keyUsage).toBeUndefined();
  const parsed = forge.pki.certificateFromPem(pem);
  expect(parsed.siginfo.algorithmOid).toBe(forge.pki.oids["sha1WithRSAEncryption"]);
  expect(parsed.extensions.map(({ name, critical }: { name: string; critical: boolean }) => `${name} ${critical}`)).toEqual([
    "basicConstraints true",
    "keyUsage true",
    "subjectAltName true",
    "subjectKeyIdentifier false",
    "authorityKeyIdentifier false",
  ]);
});

test("the thumbprint is the one Windows shows", () => {
  const { thumbprint, x509 } = certificateOf(pki, "server");
  expect(thumbprint).toBe(x509.fingerprint.replaceAll(":", ""));
});

test("what did not change is not made again", () => {
  const changed = certificates.map((spec) => (spec.id === "server" ? { ...spec, notAfterDays: 5 } : spec));
  const next = makePki([...changed, certificate("new")], keys, start, pki);
  expect(next.get("expired")).toBe(pki.get("expired"));
  expect(next.get("server")?.thumbprint).not.toBe(pki.get("server")?.thumbprint);
  expect(next.get("new")?.x509.subject).toBe("CN=new.alpha.test");
});

test.each(["aes256", "3des"] as const)("a PFX with %s opens with its password and no other", (algorithm) => {
  const pfx = makePfx(pki, "client:scanner", "Geheim-ß", algorithm);
  const opened = forge.pkcs12.pkcs12FromAsn1(forge.asn1.fromDer(pfx.toString("binary")), "Geheim-ß");
  expect(opened.getBags({ bagType: forge.pki.oids["certBag"] ?? "" })[forge.pki.oids["certBag"] ?? ""]).toHaveLength(2);
  expect(() => forge.pkcs12.pkcs12FromAsn1(forge.asn1.fromDer(pfx.toString("binary")), "wrong")).toThrow();
  if (algorithm === "aes256") expect(createSecureContext({ pfx: makePfx(pki, "client:scanner", "plain"), passphrase: "plain" })).toBeDefined();
});

test("an issuer that is not there is an error", () => {
  expect(() => makePki([certificate("alone", { issuer: "gone" })], keys, start)).toThrow("no issuer gone");
});

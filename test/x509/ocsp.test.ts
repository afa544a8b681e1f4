import { expect, test } from "vitest";
import { revocationStatus } from "../../src/x509/index.ts";
import { int, octets, oid, raw, seq, tlv } from "./der-writer.ts";
import { ANY_PURPOSE, days, extendedKeyUsage, keyUsage, newKey, NOW, rootCa, server, SERVER_AUTH, subCa, unknownExtension, type CertificateSpec, type ExtensionSpec, type Issued } from "./issue.ts";
import { ocsp, type OcspSpec } from "./revoke.ts";

const OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";
const root = rootCa();
const ca = subCa(root, "CN=CA");
const SERIAL = 77;
const leaf = server(ca, [], { serial: SERIAL });
const minutes = (count: number): Date => days(count / 1440);

async function ask(answer: Uint8Array | string, extra: readonly Uint8Array[] = [], maxAgeDays?: number): Promise<string> {
  return (await revocationStatus({ ocsp: answer }, { certificate: leaf.der, issuer: ca.der, extra, at: NOW, ...(maxAgeDays === undefined ? {} : { maxAgeDays }) })).status;
}

const good = { serial: SERIAL } as const;

test.each<readonly [title: string, spec: OcspSpec, want: string]>([
  ["good, signed by the CA, named", { answers: [good] }, "good"],
  ["good, signed by the CA, by key", { answers: [good], by: "key" }, "good"],
  ["revoked", { answers: [{ ...good, status: "revoked" }] }, "revoked"],
  ["unknown to the responder", { answers: [{ ...good, status: "unknown" }] }, "unknown"],
  ["SHA-256 identifier", { answers: [{ ...good, digest: "sha256" }] }, "good"],
  ["SHA-512 identifier", { answers: [{ ...good, digest: "sha512" }] }, "good"],
  ["another serial number", { answers: [{ serial: 78 }] }, "unknown"],
  ["another issuer", { answers: [{ ...good, issuer: root }] }, "unknown"],
  ["no answers", { answers: [] }, "unknown"],
  ["the right one among others", { answers: [{ serial: 1, status: "revoked" }, good] }, "good"],
  ["good and revoked", { answers: [good, { ...good, status: "revoked" }] }, "revoked"],
  ["good and unknown", { answers: [good, { ...good, status: "unknown" }] }, "unknown"],
  ["out of date beside a good one", { answers: [{ ...good, nextUpdate: days(-0.5) }, good] }, "good"],
  ["out of date", { answers: [{ ...good, nextUpdate: minutes(-10) }] }, "unknown"],
  ["out of date by less than the slack", { answers: [{ ...good, nextUpdate: minutes(-2) }] }, "good"],
  ["dated in the future", { answers: [{ ...good, thisUpdate: minutes(10) }] }, "unknown"],
  ["dated in the future within the slack", { answers: [{ ...good, thisUpdate: minutes(2) }] }, "good"],
  ["produced in the future", { answers: [good], producedAt: minutes(10) }, "unknown"],
  ["no next date, a day old", { answers: [{ ...good, nextUpdate: null }] }, "good"],
  ["no next date, old", { answers: [{ ...good, nextUpdate: null, thisUpdate: days(-3) }] }, "unknown"],
  ["ends before it begins", { answers: [{ ...good, thisUpdate: minutes(-1), nextUpdate: minutes(-2) }] }, "unknown"],
  ["unknown critical extension", { answers: [good], extensions: [unknownExtension(true)] }, "unknown"],
  ["unknown extension", { answers: [good], extensions: [unknownExtension(false)] }, "good"],
  ["unknown critical extension in the answer", { answers: [{ ...good, extensions: [unknownExtension(true)] }] }, "unknown"],
  ["broken signature", { answers: [good], broken: true }, "unknown"],
  ["responder says try later", { answers: [good], responseStatus: 3 }, "unknown"],
  ["signed by another key of that name", { answers: [good], signer: { ...ca, key: newKey() } }, "unknown"],
  ["signed by the CA above", { answers: [good], signer: root, attach: [root] }, "unknown"],
])("%s", async (_, spec, want) => {
  expect(await ask(ocsp(ca, spec))).toBe(want);
});

const delegate = (extra: readonly ExtensionSpec[], spec: Partial<CertificateSpec> = {}, issuer: Issued = ca): Issued => subCa(issuer, "CN=Responder", [], { extensions: extra, ...spec });

test.each<readonly [title: string, signer: Issued, want: string]>([
  ["with the purpose", delegate([extendedKeyUsage(OCSP_SIGNING)]), "good"],
  ["with purpose and no-check", delegate([extendedKeyUsage(OCSP_SIGNING), { oid: "1.3.6.1.5.5.7.48.1.5", value: raw(5, 0) }]), "good"],
  ["without the purpose", delegate([]), "unknown"],
  ["with another purpose", delegate([extendedKeyUsage(SERVER_AUTH)]), "unknown"],
  ["with any purpose only", delegate([extendedKeyUsage(ANY_PURPOSE)]), "unknown"],
  ["expired", delegate([extendedKeyUsage(OCSP_SIGNING)], { notAfter: days(-1) }), "unknown"],
  ["issued by the CA above", delegate([extendedKeyUsage(OCSP_SIGNING)], {}, root), "unknown"],
  ["issued by an impostor", delegate([extendedKeyUsage(OCSP_SIGNING)], {}, { ...ca, key: newKey() }), "unknown"],
  ["with a key usage against it", delegate([extendedKeyUsage(OCSP_SIGNING), keyUsage(2)]), "unknown"],
  ["with an unknown critical extension", delegate([extendedKeyUsage(OCSP_SIGNING), unknownExtension(true)]), "unknown"],
  ["with a malformed extension", delegate([extendedKeyUsage(OCSP_SIGNING), { oid: "2.5.29.15", value: raw(4, 0) }]), "unknown"],
])("a delegate %s", async (_, signer, want) => {
  const spec = { answers: [good], signer };
  for (const by of ["name", "key"] as const) {
    expect(await ask(ocsp(ca, { ...spec, by, attach: [signer] }))).toBe(want);
    expect(await ask(ocsp(ca, { ...spec, by }), [signer.der])).toBe(want);
    expect(await ask(ocsp(ca, { ...spec, by }))).toBe("unknown");
  }
});

test("the caller may limit the age", async () => {
  const answer = ocsp(ca, { answers: [{ ...good, thisUpdate: days(-5), nextUpdate: days(5) }] });
  expect(await ask(answer, [], 7)).toBe("good");
  expect(await ask(answer, [], 3)).toBe("unknown");
});

test.each([
  ["no response body", seq(tlv(0x0a, raw(0)))],
  ["an unknown status", seq(tlv(0x0a, raw(9)))],
  ["another response type", seq(tlv(0x0a, raw(0)), tlv(0xa0, seq(oid("1.2.3"), octets(raw(5, 0)))))],
  ["a number in place of the body", seq(tlv(0x0a, raw(0)), tlv(0xa0, int(5)))],
])("%s is not an answer", async (_, der) => {
  expect(await ask(der)).toBe("unknown");
});

test("an issuer that did not issue the certificate is refused", async () => {
  expect((await revocationStatus({ ocsp: ocsp(ca, { answers: [good] }) }, { certificate: leaf.der, issuer: root.der, at: NOW })).status).toBe("unknown");
});

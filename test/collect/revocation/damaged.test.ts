import { expect, it } from "vitest";
import { decodeBodies } from "../../../src/collect/revocation/decode-body.ts";
import { dateByOcsp } from "../../../src/collect/revocation/revocation-date.ts";
import { readCertificate } from "../../../src/x509/certificate.ts";
import { int, oid, seq, set, tlv } from "../../x509/der-writer.ts";
import { crl, ocsp } from "../../x509/revoke.ts";
import { access, collect, listedAt, listUrl, makePki, requestFor } from "./collecting.ts";
import { startWeb } from "./web.ts";
import { randomNumbers } from "../../random-numbers.ts";

const pki = makePki([listedAt(listUrl), access({ ocsp: ["http://pki.test/ocsp"], issuers: ["http://pki.test/ca.cer"] })]);
const { root, ca, leaf } = pki;
const list = crl(ca, { entries: [{ serial: 77, reason: 1 }] });
const answer = ocsp(ca, { answers: [{ serial: 77, status: "revoked" }] });
const message = seq(oid("1.2.840.113549.1.7.2"), tlv(0xa0, seq(int(1), set(), seq(oid("1.2.840.113549.1.7.1")), tlv(0xa0, ca.der), tlv(0xa1, list), set())));

function damaged(whole: Buffer, next: () => number): Buffer {
  const bytes = Buffer.from(whole);
  for (let times = 1 + Math.floor(next() * 4); times > 0; times -= 1) bytes[Math.floor(next() * bytes.length)] = Math.floor(next() * 256);
  return next() < 0.3 ? bytes.subarray(0, Math.floor(next() * bytes.length)) : bytes;
}

it.each([["list", list], ["message", message], ["certificate", ca.der], ["answer", answer]])("a damaged %s is read or refused, without an exception", (_what, whole) => {
  const next = randomNumbers(7);
  const certificate = readCertificate(leaf.der);
  for (let round = 0; round < 1_000; round += 1) {
    const bytes = damaged(whole, next);
    const { certificates, crls, problem } = decodeBodies([bytes]);
    expect(certificates.length + crls.length > 0 || problem !== undefined).toBe(true);
    dateByOcsp(bytes, certificate);
  }
});

it("damaged data never say good of a revoked certificate, and never end the run", async () => {
  const next = randomNumbers(11);
  const body = (whole: Buffer) => (_request: unknown, response: { end: (bytes: Buffer) => unknown }): void => void response.end(damaged(whole, next));
  const web = await startWeb({ "/ca.crl": body(list), "/ocsp*": body(answer), "/ca.cer": body(ca.der) });
  for (let round = 0; round < 60; round += 1) {
    const { of, targets } = await collect({ um1: [leaf, ...(round % 2 === 0 ? [ca] : [])] }, requestFor(web), [root]);
    expect(String(of(leaf)["status"])).toMatch(/^(revoked|stale|unusable|\?)/u);
    expect(targets).toHaveLength(1);
  }
});

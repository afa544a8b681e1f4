import { request } from "node:http";
import { expect, it, onTestFinished } from "vitest";
import { ocspRequest } from "../../src/collect/revocation/ocsp-request.ts";
import { startLab } from "../../src/lab/start.ts";
import type { CertificateSpec, Deployment } from "../../src/lab/types.ts";
import { makeKeys } from "../../src/lab/key-pool.ts";
import { readCertificate } from "../../src/x509/certificate.ts";
import { revocationStatus } from "../../src/x509/index.ts";

const url = "http://pki.alpha.test/crl/ca.crl";
const base = { notBeforeDays: -40, notAfterDays: 30, keyBits: 2048, digest: "sha256" } as const;
const authority = (id: string, issuer: string, more: Partial<CertificateSpec> = {}): CertificateSpec => ({ ...base, id, issuer, commonName: `Authority ${id}`, dnsNames: [], ca: true, usages: undefined, ...more });
const leaf = (id: string, more: Partial<CertificateSpec> = {}): CertificateSpec => ({ ...base, id, issuer: "ca", commonName: `${id}.alpha.test`, dnsNames: [`${id}.alpha.test`], ca: false, usages: ["serverAuth"], crlUrls: [url], ocspUrls: ["http://pki.alpha.test/ocsp"], issuerUrls: ["http://pki.alpha.test/ca.cer"], ...more });
const specs = (ca: Partial<CertificateSpec> = {}): readonly CertificateSpec[] => [authority("root", "root"), authority("ca", "root", ca), leaf("good"), leaf("bad", { revoked: "listed" }), leaf("late", { revoked: "in-delta" }), { ...leaf("ocsp"), usages: ["ocspSigning"], crlUrls: [] }];
const deployment = (ca: Partial<CertificateSpec> = {}): Deployment => ({ forests: [], dns: [], certificates: specs(ca), endpoints: [], lyncConfiguration: {} });
const keys = await makeKeys(specs());

async function start(ca: Partial<CertificateSpec> = {}) {
  const lab = await startLab(deployment(ca), { keys });
  onTestFinished(() => lab.close());
  return lab;
}

function ask(address: string, path: string, body?: Buffer): Promise<{ readonly status: number | undefined; readonly body: Buffer }> {
  const [host = "", port = ""] = address.split(":");
  return new Promise((resolve, reject) => {
    const sent = request({ host, port: Number(port), path, method: body === undefined ? "GET" : "POST", headers: { Host: "pki.alpha.test" } }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => resolve({ status: response.statusCode, body: Buffer.concat(chunks) }));
      response.on("error", reject);
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

const listUrl = "http://pki.alpha.test/crl/ca+.crl";
const at = new Date();

it("publishes a list and a delta that name what is revoked", async () => {
  const lab = await start({ deltaUrls: [listUrl] });
  const address = lab.connectTo["pki.alpha.test:80"] ?? "";
  const list = await ask(address, "/crl/ca.crl");
  const delta = await ask(address, "/crl/ca+.crl");
  expect([list.status, delta.status]).toEqual([200, 200]);
  expect(list.body.includes(listUrl)).toBe(true);
  const status = async (id: string, extra: readonly Buffer[] = []) => (await revocationStatus({ crl: list.body }, { certificate: lab.certificates.get(id)?.der ?? "", issuer: lab.certificates.get("ca")?.der ?? "", extra, at })).status;
  expect(await Promise.all([status("good"), status("bad"), status("late"), status("late", [delta.body]), status("good", [delta.body])])).toEqual(["good", "revoked", "good", "revoked", "good"]);
});

it.each([["stale", "out of date"], ["other-signer", "signature"]] as const)("publishes a list that is %s", async (list, reason) => {
  const lab = await start({ list });
  const { body } = await ask(lab.connectTo["pki.alpha.test:80"] ?? "", "/crl/ca.crl");
  const answer = await revocationStatus({ crl: body }, { certificate: lab.certificates.get("good")?.der ?? "", issuer: lab.certificates.get("ca")?.der ?? "", at });
  expect(answer.status).toBe("unknown");
  expect(answer.reason).toContain(reason);
});

it.each(["ca", "ocsp"])("answers OCSP by GET and by POST, signed by %s", async (ocspSigner) => {
  const lab = await start({ ocspSigner });
  const address = lab.connectTo["pki.alpha.test:80"] ?? "";
  const issuer = lab.certificates.get("ca")?.der ?? Buffer.alloc(0);
  const status = async (id: string) => {
    const certificate = lab.certificates.get(id)?.der ?? Buffer.alloc(0);
    const request = ocspRequest(readCertificate(certificate), readCertificate(issuer)) ?? Buffer.alloc(0);
    const posted = await ask(address, "/ocsp", request);
    const got = await ask(address, `/ocsp/${encodeURIComponent(request.toString("base64"))}`);
    expect(got.body.equals(posted.body)).toBe(true);
    return (await revocationStatus({ ocsp: got.body }, { certificate, issuer, at })).status;
  };
  expect([await status("good"), await status("bad"), await status("late")]).toEqual(["good", "revoked", "revoked"]);
});

it("publishes the issuer, and nothing where an authority publishes no list", async () => {
  const lab = await start({ list: "none" });
  const address = lab.connectTo["pki.alpha.test:80"] ?? "";
  expect((await ask(address, "/ca.cer")).body.equals(lab.certificates.get("ca")?.der ?? Buffer.alloc(0))).toBe(true);
  expect((await ask(address, "/crl/ca.crl")).status).toBe(404);
  expect((await ask(address, "/ocsp", Buffer.from("nonsense"))).body.toString("hex")).toBe("30030a0101");
});

it("follows an update and misbehaves on request", async () => {
  const lab = await start();
  const address = lab.connectTo["pki.alpha.test:80"] ?? "";
  const before = await ask(address, "/crl/ca.crl");
  await lab.update(deployment({ list: "stale" }));
  const after = await ask(address, "/crl/ca.crl");
  expect(after.body.equals(before.body)).toBe(false);
  await lab.misbehave({ server: "pki.alpha.test:80", how: "truncate" });
  await expect(ask(address, "/crl/ca.crl")).rejects.toThrow("aborted");
  await lab.misbehave({ server: "pki.alpha.test:80", how: undefined });
  expect((await ask(address, "/crl/ca.crl")).status).toBe(200);
});

import { describe, expect, it } from "vitest";
import { days, extendedKeyUsage, issue, keyUsage, server } from "../../x509/issue.ts";
import { crl, ocsp, type OcspSpec } from "../../x509/revoke.ts";
import { access, collect, host, listedAt, listUrl, makePki, requestFor } from "./collecting.ts";
import { startWeb, type Web } from "./web.ts";

const responder = `http://${host}/ocsp`;
const { root, ca, leaf } = makePki([access({ ocsp: [responder] })]);
const delegate = issue({ subject: "CN=Responder", extensions: [extendedKeyUsage("1.3.6.1.5.5.7.3.9"), keyUsage(0)] }, ca);

const about = (status: "good" | "revoked" | "unknown", more: Partial<OcspSpec> = {}): Buffer => ocsp(ca, { answers: [{ serial: 77, status }], ...more });

async function statusWith(web: Web) {
  const { of } = await collect({ um1: [leaf, ca] }, requestFor(web), [root]);
  return of(leaf);
}

const asking = (body: Buffer): Promise<Web> => startWeb({ "/ocsp*": body });

describe("a responder", () => {
  it("is asked by a GET without nonce, short enough for caches", async () => {
    const web = await asking(about("good"));
    expect(await statusWith(web)).toMatchObject({ status: "good", reason: "a current OCSP answer says good", checkedBy: [{ url: responder, method: "ocsp", outcome: "fetched", thisUpdate: days(-1).toISOString(), nextUpdate: days(1).toISOString() }], listReachable: "absent", listNextUpdate: "absent" });
    expect(web.requests).toHaveLength(1);
    const [sent] = web.requests;
    expect(sent?.method).toBe("GET");
    const request = Buffer.from(decodeURIComponent(sent?.path.slice("/ocsp/".length) ?? ""), "base64");
    expect(request.subarray(-3).toString("hex")).toBe("02014d"); // serial number 77
    expect(responder.length + 1 + encodeURIComponent(request.toString("base64")).length).toBeLessThanOrEqual(255);
  });
  it("that takes no GET is asked by POST", async () => {
    const web = await startWeb({ "/ocsp": (request, response) => (request.method === "POST" ? response.writeHead(200).end(about("revoked")) : response.writeHead(405).end()), "/ocsp/*": (_request, response) => response.writeHead(405).end() });
    expect(await statusWith(web)).toMatchObject({ status: "revoked" });
    expect(web.requests.map(({ method, headers }) => `${method} ${headers["content-type"] ?? "-"}`)).toEqual(["GET -", "POST application/ocsp-request"]);
  });
  it("with a long address is asked by POST at once", async () => {
    const path = `/${"a".repeat(200)}`;
    const pki = makePki([access({ ocsp: [`http://${host}${path}`] })]);
    const web = await startWeb({ [path]: ocsp(pki.ca, { answers: [{ serial: 77 }] }) });
    const { of } = await collect({ um1: [pki.leaf, pki.ca] }, requestFor(web), [pki.root]);
    expect(of(pki.leaf)).toMatchObject({ status: "good" });
    expect(web.requests.map(({ method }) => method)).toEqual(["POST"]);
  });
  it("may delegate its signature, but only to whom the authority named for it", async () => {
    expect(await statusWith(await asking(about("good", { signer: delegate, attach: [delegate] })))).toMatchObject({ status: "good" });
    expect(await statusWith(await asking(about("revoked", { signer: delegate, attach: [delegate] })))).toMatchObject({ status: "revoked", revokedAt: days(-3).toISOString() });
    const impostor = server(ca);
    expect(await statusWith(await asking(about("good", { signer: impostor, attach: [impostor] })))).toMatchObject({ status: "unusable", reason: expect.stringContaining("not meant for signing OCSP answers") });
  });
  it.each([
    ["past its date", about("good", { producedAt: days(-9), answers: [{ serial: 77, thisUpdate: days(-9), nextUpdate: days(-2) }] }), "stale"],
    ["about another certificate", ocsp(ca, { answers: [{ serial: 78 }] }), "unusable"],
    ["that the certificate is not known", about("unknown"), "unusable"],
    ["with a broken signature", about("good", { broken: true }), "unusable"],
    ["to try later", Buffer.from("30030a0103", "hex"), "unusable"],
    ["nonsense", Buffer.from("<html>"), "unusable"],
  ])("that answers %s proves nothing", async (_what, body, status) => {
    expect(await statusWith(await asking(body))).toMatchObject({ status, revokedAt: "absent" });
  });
  it("that is not there leaves the status unknown", async () => {
    expect(await statusWith(await startWeb({}))).toMatchObject({ status: "?unreachable: nothing was fetched: pki.test answered with the status 404", checkedBy: [{ method: "ocsp", outcome: "not-found" }] });
  });
  it("is not asked by ldap, and an answer of more than 1 MB is not taken", async () => {
    const odd = makePki([access({ ocsp: ["ldap:///CN=a,DC=b?cACertificate?base"] })]);
    const { of } = await collect({ um1: [odd.leaf, odd.ca] }, requestFor(undefined), [odd.root]);
    expect(of(odd.leaf)).toMatchObject({ status: expect.stringContaining("?unsupported"), checkedBy: [{ outcome: "refused" }] });
    expect(await statusWith(await asking(Buffer.alloc(1_100_000, 0x30)))).toMatchObject({ status: expect.stringContaining("?truncated") });
  });
});

describe("a list and a responder together", () => {
  it.each([
    ["good", [{ serial: 77 }], "revoked"],
    ["revoked", [{ serial: 1 }], "revoked"],
    ["unknown", [{ serial: 1 }], "good"],
    ["good", [{ serial: 1 }], "good"],
  ] as const)("responder %s: the worst that is proven counts", async (answer, entries, status) => {
    const pki = makePki([listedAt(listUrl), access({ ocsp: [responder] })]);
    const web = await startWeb({ "/ca.crl": crl(pki.ca, { entries }), "/ocsp*": ocsp(pki.ca, { answers: [{ serial: 77, status: answer }] }) });
    const { of } = await collect({ um1: [pki.leaf, pki.ca] }, requestFor(web), [pki.root]);
    expect(of(pki.leaf)).toMatchObject({ status });
  });
});

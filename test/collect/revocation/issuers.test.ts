import { describe, expect, it } from "vitest";
import { known, unknown } from "../../../src/model/observation.ts";
import { collectRevocation } from "../../../src/collect/revocation/collect-revocation.ts";
import { createStore } from "../../../src/snapshot/store.ts";
import { int, oid, seq, set, tlv } from "../../x509/der-writer.ts";
import { rootCa, server, subCa } from "../../x509/issue.ts";
import { crl } from "../../x509/revoke.ts";
import { access, collect, host, listedAt, listUrl, makePki, requestFor } from "./collecting.ts";
import { startWeb } from "./web.ts";

const issuerUrl = `http://${host}/ca.cer`;
const { root, ca, leaf } = makePki([listedAt(listUrl), access({ issuers: [issuerUrl] })]);
const list = crl(ca);
const pem = (der: Buffer): Buffer => Buffer.from(`-----BEGIN CERTIFICATE-----\n${der.toString("base64")}\n-----END CERTIFICATE-----\n`);
const message = (...certificates: readonly Buffer[]): Buffer => seq(oid("1.2.840.113549.1.7.2"), tlv(0xa0, seq(int(1), set(), seq(oid("1.2.840.113549.1.7.1")), tlv(0xa0, ...certificates), set())));

describe("an issuer that was not sent", () => {
  it.each([["DER", ca.der], ["PEM", pem(ca.der)], ["PKCS#7", message(root.der, ca.der)]])("is fetched where the certificate says: %s", async (_form, body) => {
    const web = await startWeb({ "/ca.crl": list, "/ca.cer": body });
    const { of, fetchedIssuers } = await collect({ um1: [leaf] }, requestFor(web), [root]);
    expect(of(leaf)).toMatchObject({ status: "good" });
    expect(fetchedIssuers("um1")).toEqual([{ subject: "CN=Issuing", issuer: "CN=Root", url: issuerUrl, der: ca.der.toString("base64") }]);
  });
  it("is an anchor: nothing is fetched", async () => {
    const web = await startWeb({ "/ca.crl": list, "/ca.cer": ca.der });
    const { of, fetchedIssuers } = await collect({ um1: [leaf] }, requestFor(web), [ca]);
    expect(of(leaf)).toMatchObject({ status: "good" });
    expect(fetchedIssuers("um1")).toEqual([]);
    expect(web.requests.map(({ path }) => path)).toEqual(["/ca.crl"]);
  });
  it("is known from another server: the status needs no more, the chain does", async () => {
    const web = await startWeb({ "/ca.crl": list, "/ca.cer": ca.der });
    const other = server(ca, [listedAt(listUrl)]);
    const { of, fetchedIssuers } = await collect({ um1: [leaf], um2: [other, ca] }, requestFor(web), [root]);
    expect([of(leaf)["status"], of(other)["status"]]).toEqual(["good", "good"]);
    expect(fetchedIssuers("um1")).toMatchObject([{ subject: "CN=Issuing" }]);
    expect(fetchedIssuers("um2")).toEqual([]);
  });
  it("is fetched one above the other, and not without end", async () => {
    const chain = [root];
    for (let at = 1; at <= 9; at += 1) chain.push(subCa(chain[at - 1] ?? root, `CN=CA ${at}`, at === 1 ? [] : [access({ issuers: [`http://${host}/${at - 1}.cer`] })]));
    const deep = server(chain[9] ?? root, [access({ issuers: [`http://${host}/9.cer`] })]);
    const web = await startWeb(Object.fromEntries(chain.map((one, at) => [`/${at}.cer`, one.der])));
    const { fetchedIssuers } = await collect({ um1: [deep] }, requestFor(web), [root]);
    expect((fetchedIssuers("um1") as readonly { subject: string }[]).map(({ subject }) => subject)).toEqual([9, 8, 7, 6, 5, 4].map((at) => `CN=CA ${at}`));
  });
  it.each([
    ["is another authority of the same name", subCa(root, "CN=Issuing").der, "the certificate there did not issue it"],
    ["is no certificate", Buffer.from("<html>"), "ca.cer: "],
  ])("%s: unknown", async (_what, body, detail) => {
    const web = await startWeb({ "/ca.crl": list, "/ca.cer": body });
    const { of, fetchedIssuers } = await collect({ um1: [leaf] }, requestFor(web), [root]);
    expect(of(leaf)["status"]).toContain("?malformed: the certificate of its issuer is not at hand");
    expect(of(leaf)["status"]).toContain(detail);
    expect(of(leaf)).toMatchObject({ listReachable: true, checkedBy: [{ outcome: "fetched" }] });
    expect(fetchedIssuers("um1")).toContain("?malformed");
  });
  it("is not to be had at all: unknown, but there is nothing to fetch", async () => {
    const lone = server(ca, [listedAt(listUrl)]);
    const web = await startWeb({ "/ca.crl": list });
    const { of, fetchedIssuers } = await collect({ um1: [lone] }, requestFor(web), [root]);
    expect(of(lone)["status"]).toContain("?not-collected: the certificate of its issuer is not at hand");
    expect(fetchedIssuers("um1")).toEqual([]);
  });
});

describe("what needs no asking", () => {
  it("is a certificate signed with its own key, and one that names no source", async () => {
    const { of, targets } = await collect({ um1: [server(ca), ca, root] }, requestFor(undefined), [root]);
    expect(of(root)).toMatchObject({ status: "self-signed", checkedBy: [], isLeaf: false, listReachable: "absent", revokedAt: "absent" });
    expect(of(ca)).toMatchObject({ status: "no-source", listReachable: "absent" });
    expect(targets).toEqual([{ kind: "revocation", name: "3 certificates", status: "read", problems: [] }]);
  });
  it("stays known when nothing is fetched, and all else is unknown", async () => {
    const web = await startWeb({ "/ca.crl": list });
    const { of, fetchedIssuers, targets } = await collect({ um1: [leaf, ca, root] }, requestFor(web, { fetch: { enabled: false, allowLoopback: true } }), [root]);
    const off = "?not-collected: fetching is turned off (fetch.enabled, --no-fetch)";
    expect(of(leaf)).toMatchObject({ subjectDn: "O=Contoso,CN=um.contoso.com", status: off, reason: off, checkedBy: off, listReachable: off, listNextUpdate: off, revokedAt: off });
    expect(of(root)).toMatchObject({ status: "self-signed" });
    expect(fetchedIssuers("um1")).toBe(off);
    expect(targets).toEqual([]);
    expect(web.connections()).toBe(0);
  });
});

describe("the list of certificates", () => {
  const run = async (chain: ReturnType<typeof unknown>, more: Readonly<Record<string, unknown>> = {}) => {
    const store = createStore(() => Promise.resolve());
    store.subject({ kind: "deployment", id: "deployment", name: "deployment" });
    store.observe("deployment", "deployment", "endpoints", known(["um1"], "test"));
    store.subject({ kind: "endpoint", id: "um1", name: "um1" });
    for (const [fact, value] of Object.entries(more)) store.observe("endpoint", "um1", fact as "reachable", known(value as boolean, "test"));
    store.observe("endpoint", "um1", "chain", chain);
    await collectRevocation(requestFor(undefined), { signal: new AbortController().signal, now: () => 0, subjects: store, observer: store, progress: () => undefined });
    return store.get("deployment", "deployment")?.facts["certificateStatuses"];
  };
  const unread = unknown("timeout", "no handshake");
  it("is unknown while a server that speaks TLS was not seen", async () => {
    expect(await run(unread)).toEqual(unknown("timeout", "um1: no handshake"));
  });
  it.each([["plain TCP", { transport: "tcp" }], ["a refused connection", { reachable: false }], ["no TLS", { speaksTls: false }]])("is complete where there is no certificate: %s", async (_what, facts) => {
    expect(await run(unread, facts)).toEqual(known([], "chains that endpoints sent"));
  });
  it("is as unknown as that of the endpoints", async () => {
    const store = createStore(() => Promise.resolve());
    store.subject({ kind: "deployment", id: "deployment", name: "deployment" });
    store.observe("deployment", "deployment", "endpoints", unknown("denied", "no servers"));
    await collectRevocation(requestFor(undefined), { signal: new AbortController().signal, now: () => 0, subjects: store, observer: store, progress: () => undefined });
    expect(store.get("deployment", "deployment")?.facts["certificateStatuses"]).toEqual(unknown("denied", "no servers"));
  });
});

describe("a run", () => {
  it("whose time is up says so of each certificate that was left", async () => {
    const web = await startWeb({ "/ca.crl": () => undefined });
    const { of, targets } = await collect({ um1: [leaf, ca] }, requestFor(web, { limits: { connectTimeoutMs: 500, operationTimeoutMs: 5_000, targetTimeoutMs: 200 } }), [root]);
    expect(of(leaf)["status"]).toBe("?timeout: nothing was fetched: pki.test did not answer in full in time");
    expect(targets).toMatchObject([{ status: "partly-read", problems: [expect.stringContaining("in time")] }]);
  });
  it("does not fail for chains that are nonsense", async () => {
    const self = rootCa("CN=Self");
    const loop = subCa(self, "CN=Self", [access({ issuers: [issuerUrl] })]);
    const web = await startWeb({ "/ca.cer": loop.der });
    const { of } = await collect({ um1: [loop, loop, leaf, leaf] }, requestFor(web), []);
    expect(of(loop)["status"]).toBeDefined();
  });
});

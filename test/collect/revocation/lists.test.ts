import { describe, expect, it } from "vitest";
import { notFetched } from "../../../src/collect/revocation/fetched.ts";
import { octets, oid, seq, set, tlv, int } from "../../x509/der-writer.ts";
import { crlPoints, days, rootCa, server, uri } from "../../x509/issue.ts";
import { crl, scope } from "../../x509/revoke.ts";
import { collect, host, listedAt, listUrl, makePki, requestFor } from "./collecting.ts";
import { startWeb } from "./web.ts";

const pki = makePki();
const { ca, leaf, root } = pki;
const deltaUrl = `http://${host}/ca+.crl`;
const freshest = crlPoints({ names: [uri(deltaUrl)] }).value;

async function statusWith(body: Buffer, more: Readonly<Record<string, Buffer>> = {}) {
  const web = await startWeb({ "/ca.crl": body, ...more });
  const { of } = await collect({ "um1:5061": [leaf, ca] }, requestFor(web), [root]);
  return of(leaf);
}

describe("a list", () => {
  it("that does not name the certificate says good", async () => {
    expect(await statusWith(crl(ca, { entries: [{ serial: 1 }] }))).toMatchObject({
      subjectDn: "O=Contoso,CN=um.contoso.com",
      issuerDn: "CN=Issuing",
      presentedBy: ["um1:5061"],
      isLeaf: true,
      status: "good",
      reason: "a current CRL does not list it",
      checkedBy: [{ url: listUrl, method: "crl", outcome: "fetched", thisUpdate: days(-1).toISOString(), nextUpdate: days(6).toISOString() }],
      listReachable: true,
      listNextUpdate: days(6).toISOString(),
      revokedAt: "absent",
    });
  });
  it("that names it says revoked, and since when", async () => {
    expect(await statusWith(crl(ca, { entries: [{ serial: 3 }, { serial: 77, reason: 1 }] }))).toMatchObject({ status: "revoked", reason: "it is listed as revoked (keyCompromise)", revokedAt: days(-2).toISOString() });
  });
  it("past its date is stale, and revokes nobody", async () => {
    const late = { thisUpdate: days(-20), nextUpdate: days(-3) };
    expect(await statusWith(crl(ca, late))).toMatchObject({ status: "stale", reason: expect.stringContaining("out of date"), listReachable: true, listNextUpdate: days(-3).toISOString(), checkedBy: [{ detail: expect.stringContaining("past its date") }] });
    expect(await statusWith(crl(ca, { ...late, entries: [{ serial: 77 }] }))).toMatchObject({ status: "stale", revokedAt: "absent" });
  });
  it.each([
    ["signed by somebody else", () => crl(ca, { signer: makePki().ca.key })],
    ["with a broken signature", () => crl(ca, { broken: true })],
    ["of another authority", () => crl(rootCa("CN=Other"))],
    ["that is a delta alone", () => crl(ca, { deltaBase: 1, number: 2 })],
  ])("%s is unusable", async (_what, make) => {
    expect(await statusWith(make())).toMatchObject({ status: "unusable", revokedAt: "absent" });
  });
  it("in PEM or in a PKCS#7 message is read", async () => {
    const der = crl(ca, { entries: [{ serial: 77 }] });
    const pem = Buffer.from(`-----BEGIN X509 CRL-----\n${der.toString("base64")}\n-----END X509 CRL-----\n`);
    const message = seq(oid("1.2.840.113549.1.7.2"), tlv(0xa0, seq(int(1), set(), seq(oid("1.2.840.113549.1.7.1")), tlv(0xa1, der), set())));
    expect(await statusWith(pem)).toMatchObject({ status: "revoked" });
    expect(await statusWith(message)).toMatchObject({ status: "revoked" });
  });
  it.each([["nonsense", Buffer.from("<html>")], ["nothing", Buffer.alloc(0)], ["a certificate", ca.der], ["a cut-off list", crl(ca).subarray(0, 60)], ["a message that nests into itself", seq(oid("1.2.840.113549.1.7.2"), tlv(0xa0, octets(Buffer.alloc(3))))]])("that is %s is unknown", async (_what, body) => {
    expect(await statusWith(body)).toMatchObject({ status: expect.stringContaining("?malformed: nothing was fetched: what is there is no CRL"), checkedBy: [{ outcome: "failed" }], listReachable: expect.stringContaining("?malformed"), listNextUpdate: expect.stringContaining("?not-collected") });
  });
  it("of 50,000 entries, and of one more authority's certificates, costs little", async () => {
    const entries = Array.from({ length: 50_000 }, (_, index) => ({ serial: 1_000_000 + index, reason: 1 }));
    const web = await startWeb({ "/ca.crl": crl(ca, { entries }) });
    const leaves = Array.from({ length: 4 }, (_, index) => server(ca, [listedAt(listUrl)], { serial: index === 3 ? 1_049_999 : 500 + index }));
    const chains = Object.fromEntries(leaves.map((one, index) => [`um${index}:5061`, [one, ca]]));
    const startedAt = performance.now();
    const { of } = await collect(chains, requestFor(web), [root]);
    expect(performance.now() - startedAt).toBeLessThan(6_000);
    expect(leaves.map((one) => of(one)["status"])).toEqual(["good", "good", "good", "revoked"]);
    expect(web.requests).toHaveLength(1);
  });
});

describe("a delta", () => {
  const base = crl(ca, { number: 5, extensions: [{ oid: "2.5.29.46", value: freshest }] });
  it("named by the list adds what was revoked since", async () => {
    const delta = crl(ca, { deltaBase: 5, number: 7, entries: [{ serial: 77, reason: 1 }] });
    expect(await statusWith(base, { "/ca+.crl": delta })).toMatchObject({ status: "revoked", revokedAt: days(-2).toISOString(), checkedBy: [{ method: "crl", outcome: "fetched" }, { url: deltaUrl, method: "delta-crl", outcome: "fetched" }] });
  });
  it("takes back what was on hold", async () => {
    const held = crl(ca, { number: 5, entries: [{ serial: 77, reason: 6 }], extensions: [{ oid: "2.5.29.46", value: freshest }] });
    expect(await statusWith(held, { "/ca+.crl": crl(ca, { deltaBase: 5, number: 7, entries: [{ serial: 77, reason: 8 }] }) })).toMatchObject({ status: "good" });
    expect(await statusWith(held)).toMatchObject({ status: "revoked" });
  });
  it("that is not there is told, and the list stands", async () => {
    expect(await statusWith(base)).toMatchObject({ status: "good", listReachable: true, checkedBy: [{ outcome: "fetched" }, { method: "delta-crl", outcome: "not-found" }] });
  });
});

describe("several addresses", () => {
  const cdp = "CN=CA,CN=srv,CN=CDP,CN=Public Key Services,CN=Services,CN=Configuration,DC=contoso,DC=test";
  const ldapUrl = `ldap:///${encodeURI(cdp)}?certificateRevocationList?base?objectClass=cRLDistributionPoint`;
  const fromBoth = server(ca, [listedAt(ldapUrl, listUrl)], { serial: 77 });

  it("are tried http first, and the directory only when that gives no current list", async () => {
    const asked: unknown[] = [];
    const readDirectory: Parameters<typeof requestFor>[1] = { readDirectory: (value) => (asked.push(value), Promise.resolve({ outcome: "fetched", bodies: [crl(ca)] })) };
    const current = await collect({ um1: [fromBoth, ca] }, requestFor(await startWeb({ "/ca.crl": crl(ca) }), readDirectory), [root]);
    expect(current.of(fromBoth)).toMatchObject({ status: "good", checkedBy: [{ url: listUrl }] });
    expect(asked).toEqual([]);
    for (const web of [await startWeb({}), await startWeb({ "/ca.crl": crl(ca, { thisUpdate: days(-9), nextUpdate: days(-2) }) })]) {
      const second = await collect({ um1: [fromBoth, ca] }, requestFor(web, readDirectory), [root]);
      expect(second.of(fromBoth)).toMatchObject({ status: "good", checkedBy: [{ url: listUrl }, { url: ldapUrl, outcome: "fetched" }], listReachable: true, listNextUpdate: days(6).toISOString() });
    }
    expect(asked).toEqual([1, 2].map(() => ({ dn: cdp, attribute: "certificateRevocationList", host: undefined })));
  });
  it("that only the forest's own directory holds are told apart from those that nobody reached", async () => {
    const inside = { ...notFetched("refused", "not-collected", "inside only"), insideOnly: true as const };
    const onlyLdap = server(ca, [listedAt(ldapUrl)]);
    const alone = await collect({ um1: [onlyLdap, ca] }, requestFor(undefined, { readDirectory: () => Promise.resolve(inside) }), [root]);
    expect(alone.of(onlyLdap)).toMatchObject({ status: "inside-only", reason: "inside only", listReachable: "?not-collected: inside only" });
    const both = await collect({ um1: [fromBoth, ca] }, requestFor(undefined, { readDirectory: () => Promise.resolve(inside) }), [root]);
    expect(both.of(fromBoth)["status"]).toBe("?unreachable: nothing was fetched: pki.test does not resolve (ENOTFOUND); inside only");
  });
  it("where a server says that there is nothing make the list missing, and the status unknown", async () => {
    const { of } = await collect({ um1: [leaf, ca] }, requestFor(await startWeb({})), [root]);
    expect(of(leaf)).toMatchObject({ status: "?unreachable: nothing was fetched: pki.test answered with the status 404", listReachable: false, checkedBy: [{ outcome: "not-found" }] });
  });
  it("of points for several reasons are all needed", async () => {
    const parts = crlPoints({ names: [uri(`http://${host}/a.crl`)], reasons: [1, 2, 3] }, { names: [uri(`http://${host}/b.crl`)], reasons: [4, 5, 6, 7, 8] });
    const split = server(ca, [parts], { serial: 77 });
    const web = await startWeb({ "/a.crl": crl(ca, { scope: scope({ names: [uri(`http://${host}/a.crl`)], reasons: [1, 2, 3] }) }) });
    const { of } = await collect({ um1: [split, ca] }, requestFor(web), [root]);
    expect(of(split)).toMatchObject({ status: "unusable", reason: "the CRLs cover only some revocation reasons", listReachable: false });
  });
});

describe("hostile certificates", () => {
  it("with thousands of addresses cost a few requests", async () => {
    const urls = Array.from({ length: 2_000 }, (_, index) => `http://${host}/${index}.crl`);
    const greedy = server(ca, [crlPoints(...Array.from({ length: 40 }, (_, point) => ({ names: urls.slice(point * 50, point * 50 + 50).map(uri) })))]);
    const web = await startWeb({});
    await collect({ um1: [greedy, ca] }, requestFor(web), [root]);
    expect(web.requests.length).toBeLessThanOrEqual(16);
  });
  it("with indirect lists and points that name issuers instead of addresses are judged without them", async () => {
    const odd = server(ca, [crlPoints({ crlIssuer: "CN=Somebody" })]);
    const { of } = await collect({ um1: [odd, ca] }, requestFor(undefined), [root]);
    expect(of(odd)).toMatchObject({ status: "no-source", listReachable: "absent" });
  });
});

describe("a large list that very many certificates name", () => {
  it("is not searched beyond the time of the run", async () => {
    const entries = Array.from({ length: 60_000 }, (_, index) => ({ serial: 1_000_000 + index, reason: 1 }));
    const web = await startWeb({ "/ca.crl": crl(ca, { entries }) });
    const leaves = Array.from({ length: 60 }, (_, index) => server(ca, [listedAt(listUrl)], { serial: 100 + index }));
    const startedAt = performance.now();
    const { of } = await collect(Object.fromEntries(leaves.map((one, index) => [`um${index}`, [one, ca]])), requestFor(web, { limits: { connectTimeoutMs: 500, operationTimeoutMs: 2_000, targetTimeoutMs: 600 } }), [root]);
    expect(performance.now() - startedAt).toBeLessThan(6_000);
    const statuses = leaves.map((one) => String(of(one)["status"]));
    expect(statuses.at(-1)).toBe("?timeout: the time for fetching was up before it");
    expect(statuses.every((status) => status === "good" || status.startsWith("?timeout"))).toBe(true);
  });
});

import { expect, test } from "vitest";
import { revocationStatus } from "../../src/x509/index.ts";
import { bits, int, raw, seq, oid, text, time } from "./der-writer.ts";
import { basicConstraints, crlPoints, days, directory, ECDSA_SHA256, keyUsage, name, newKey, NOW, rootCa, server, subCa, unknownExtension, uri, type ExtensionSpec, type Issued } from "./issue.ts";
import { crl, scope, type CrlSpec } from "./revoke.ts";
import { judge, verdict } from "./verdict.ts";

const root = rootCa();
const URL_1 = uri("http://crl.contoso.com/1.crl");
const URL_2 = uri("http://crl.contoso.com/2.crl");
const SERIAL = 77;

interface Case {
  readonly title: string;
  readonly crl: CrlSpec;
  readonly points?: ExtensionSpec;
  readonly leaf?: readonly ExtensionSpec[];
  readonly maxAgeDays?: number;
  readonly want: "good" | "revoked" | "unknown";
}

const LISTED = [{ serial: 5 }, { serial: SERIAL, reason: 1 }, { serial: 900 }];

const CASES: readonly Case[] = [
  { title: "not listed", crl: { entries: [{ serial: 5 }] }, want: "good" },
  { title: "no entries at all", crl: {}, want: "good" },
  { title: "listed", crl: { entries: LISTED }, want: "revoked" },
  { title: "listed without reason", crl: { entries: [{ serial: SERIAL }] }, want: "revoked" },
  { title: "on hold", crl: { entries: [{ serial: SERIAL, reason: 6 }] }, want: "revoked" },
  { title: "removal has no place on a complete CRL", crl: { entries: [{ serial: SERIAL, reason: 8 }] }, want: "revoked" },
  { title: "a reason without meaning", crl: { entries: [{ serial: SERIAL, reason: 7 }] }, want: "unknown" },
  { title: "another issuer name", crl: { issuerName: name("CN=Other") }, want: "unknown" },
  { title: "signed by another key", crl: { signer: newKey() }, want: "unknown" },
  { title: "broken signature", crl: { broken: true, entries: LISTED }, want: "unknown" },
  { title: "algorithms differ", crl: { innerAlgorithm: seq(oid("1.2.840.10045.4.3.3")) }, want: "unknown" },
  { title: "dated tomorrow", crl: { thisUpdate: days(1) }, want: "unknown" },
  { title: "out of date", crl: { nextUpdate: days(-0.5) }, want: "unknown" },
  { title: "no next date and no limit given", crl: { nextUpdate: null }, want: "unknown" },
  { title: "no next date, young enough", crl: { nextUpdate: null }, maxAgeDays: 7, want: "good" },
  { title: "no next date, too old", crl: { nextUpdate: null, thisUpdate: days(-8) }, maxAgeDays: 7, want: "unknown" },
  { title: "next date far away, but too old", crl: { nextUpdate: days(90), thisUpdate: days(-8) }, maxAgeDays: 7, want: "unknown" },
  { title: "unknown critical extension", crl: { extensions: [unknownExtension(true)] }, want: "unknown" },
  { title: "unknown extension", crl: { extensions: [unknownExtension(false)] }, want: "good" },
  { title: "unknown critical extension on another entry", crl: { entries: [{ serial: 5, extensions: [unknownExtension(true)] }] }, want: "unknown" },
  { title: "unknown extension on the entry", crl: { entries: [{ serial: SERIAL, extensions: [unknownExtension(false)] }] }, want: "revoked" },
  { title: "critical CRL number", crl: { number: null, extensions: [{ oid: "2.5.29.20", critical: true, value: int(1) }] }, want: "unknown" },
  { title: "only user certificates", crl: { scope: scope({ user: true }) }, want: "good" },
  { title: "only CA certificates", crl: { scope: scope({ ca: true }) }, want: "unknown" },
  { title: "only CA certificates, and this is one", crl: { scope: scope({ ca: true }) }, leaf: [basicConstraints(true)], want: "good" },
  { title: "only user certificates, and this is a CA", crl: { scope: scope({ user: true }) }, leaf: [basicConstraints(true)], want: "unknown" },
  { title: "only attribute certificates", crl: { scope: scope({ attribute: true }) }, want: "unknown" },
  { title: "scopes that exclude each other", crl: { scope: scope({ user: true, ca: true }) }, want: "unknown" },
  { title: "empty scope", crl: { scope: scope({}) }, want: "unknown" },
  { title: "the certificate's own distribution point", crl: { scope: scope({ names: [URL_1] }) }, points: crlPoints({ names: [URL_1] }), want: "good" },
  { title: "one of several names", crl: { scope: scope({ names: [URL_2, URL_1] }) }, points: crlPoints({ names: [URL_1] }), want: "good" },
  { title: "another distribution point", crl: { scope: scope({ names: [URL_2] }) }, points: crlPoints({ names: [URL_1] }), want: "unknown" },
  { title: "a point the certificate does not name", crl: { scope: scope({ names: [URL_1] }) }, want: "unknown" },
  { title: "a CRL for all points", crl: {}, points: crlPoints({ names: [URL_1] }), want: "good" },
  { title: "some reasons only", crl: { scope: scope({ reasons: [1, 2] }) }, want: "unknown" },
  { title: "some reasons, and listed", crl: { scope: scope({ reasons: [1, 2] }), entries: LISTED }, want: "revoked" },
  { title: "the point covers some reasons only", crl: {}, points: crlPoints({ names: [URL_1], reasons: [1] }), want: "unknown" },
  { title: "the point names another CRL issuer", crl: {}, points: crlPoints({ names: [URL_1], crlIssuer: "CN=CRLs" }), want: "unknown" },
  { title: "indirect without being named", crl: { scope: scope({ indirect: true }) }, want: "unknown" },
  { title: "a delta alone", crl: { deltaBase: 1, number: 2 }, want: "unknown" },
  { title: "a delta alone that lists it", crl: { deltaBase: 1, number: 2, entries: LISTED }, want: "unknown" },
  { title: "version 1", crl: { version: [], number: null, entries: [{ serial: SERIAL }] }, want: "revoked" },
  { title: "version 1 with extensions", crl: { version: [] }, want: "unknown" },
  { title: "version 3", crl: { version: [int(2)] }, want: "unknown" },
  { title: "empty list of entries", crl: { entries: [] }, want: "unknown" },
];

test.each(CASES)("$title", async ({ crl: spec, points, leaf = [], maxAgeDays, want }) => {
  const { der } = server(root, [...leaf, ...(points === undefined ? [] : [points])], { serial: SERIAL });
  const answer = await revocationStatus({ crl: crl(root, spec) }, { certificate: der, issuer: root.der, at: NOW, ...(maxAgeDays === undefined ? {} : { maxAgeDays }) });
  expect(answer.status, answer.reason).toBe(want);
});

test("the CRL may be PEM", async () => {
  const pem = `-----BEGIN X509 CRL-----\n${crl(root, { entries: LISTED }).toString("base64")}\n-----END X509 CRL-----\n`;
  for (const input of [pem, Buffer.from(pem)]) expect((await revocationStatus({ crl: input }, { certificate: server(root, [], { serial: SERIAL }).der, issuer: root.der, at: NOW })).status).toBe("revoked");
});

test("a PEM text may hold a delta beside its complete CRL", async () => {
  const pem = [crl(root, { number: 5 }), crl(root, { deltaBase: 5, number: 6, entries: LISTED })].map((der) => `-----BEGIN X509 CRL-----\n${der.toString("base64")}\n-----END X509 CRL-----\n`).join("");
  expect((await revocationStatus({ crl: pem }, { certificate: server(root, [], { serial: SERIAL }).der, issuer: root.der, at: NOW })).status).toBe("revoked");
});

test("key usage of the CRL's signer", async () => {
  const without = (extensions: readonly ExtensionSpec[]): Issued => rootCa("CN=Root", [], { extensions });
  const status = async (ca: Issued): Promise<string> => (await revocationStatus({ crl: crl(ca) }, { certificate: server(ca).der, issuer: ca.der, at: NOW })).status;
  expect(await status(without([basicConstraints(true), keyUsage(5)]))).toBe("unknown");
  expect(await status(without([basicConstraints(true)]))).toBe("good");
});

test.each<readonly [title: string, delta: CrlSpec, complete: CrlSpec, want: string]>([
  ["adds a revocation", { deltaBase: 5, number: 6, entries: LISTED }, { number: 5 }, "revoked"],
  ["removes a hold", { deltaBase: 5, number: 6, entries: [{ serial: SERIAL, reason: 8 }] }, { number: 5, entries: [{ serial: SERIAL, reason: 6 }] }, "good"],
  ["says nothing", { deltaBase: 5, number: 6 }, { number: 5, entries: LISTED }, "revoked"],
  ["starts after the complete CRL", { deltaBase: 6, number: 7, entries: LISTED }, { number: 5 }, "good"],
  ["is older than the complete CRL", { deltaBase: 3, number: 4, entries: LISTED }, { number: 5 }, "good"],
  ["has another scope", { deltaBase: 5, number: 6, entries: LISTED, scope: scope({ user: true }) }, { number: 5 }, "good"],
  ["is out of date", { deltaBase: 5, number: 6, entries: LISTED, nextUpdate: days(-0.1) }, { number: 5 }, "good"],
  ["has a broken signature", { deltaBase: 5, number: 6, entries: [{ serial: SERIAL, reason: 8 }], broken: true }, { number: 5, entries: LISTED }, "revoked"],
])("4.15 a delta that %s", async (_, delta, complete, want) => {
  const { der } = server(root, [], { serial: SERIAL });
  const [first, second] = [crl(root, delta), crl(root, complete)];
  for (const [main, extra] of [[first, second], [second, first]] as const) {
    expect((await revocationStatus({ crl: main }, { certificate: der, issuer: root.der, extra: [extra], at: NOW })).status).toBe(want);
  }
});

test("a CRL by the CA's other key counts when the certificates link the keys", async () => {
  const old = rootCa("CN=Root");
  const renewed = subCa(old, "CN=Root");
  const leaf = server(renewed, [], { serial: SERIAL });
  const list = crl(old, { entries: LISTED });
  const ask = async (extra: readonly Uint8Array[]): Promise<string> => (await revocationStatus({ crl: list }, { certificate: leaf.der, issuer: renewed.der, extra, at: NOW })).status;
  expect(await ask([old.der])).toBe("revoked");
  expect(await ask([])).toBe("unknown");
  expect(await ask([rootCa("CN=Root", [], { key: newKey() }).der])).toBe("unknown");
});

test("trailing data anywhere makes a CRL unreadable", async () => {
  const good = crl(root);
  const { der } = server(root);
  for (const bad of [Buffer.concat([good, raw(0)]), seq(seq(int(1), ECDSA_SHA256, name("CN=Root"), time(days(-1)), time(days(1)), seq(), text(0x0c, "x")), ECDSA_SHA256, bits(raw(1)))]) {
    expect((await revocationStatus({ crl: bad }, { certificate: der, issuer: root.der, at: NOW })).status).toBe("unknown");
  }
});

test("fifty thousand entries are searched at once", async () => {
  const entries = Array.from({ length: 50_000 }, (_, index) => ({ serial: 1_000_000_000n + BigInt(index), reason: 4 }));
  const list = crl(root, { entries: [...entries, { serial: SERIAL, reason: 1 }] });
  const before = process.threadCpuUsage();
  expect((await revocationStatus({ crl: list }, { certificate: server(root, [], { serial: SERIAL }).der, issuer: root.der, at: NOW })).status).toBe("revoked");
  const { user, system } = process.threadCpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(500);
});

const ca = subCa(root, "CN=CA", [], { serial: 50 });

test.each<readonly [title: string, crls: readonly Uint8Array[], want: string]>([
  ["every certificate is covered", [crl(root), crl(ca)], "ok"],
  ["the leaf is revoked", [crl(root), crl(ca, { entries: LISTED })], "revoked"],
  ["the CA is revoked", [crl(root, { entries: [{ serial: 50 }] }), crl(ca)], "revoked"],
  ["the CA's CRL is missing", [crl(root)], "revocation-unknown"],
  ["no CRL at all", [], "revocation-unknown"],
  ["a forged CRL does not hide the true one", [crl(root), crl(ca, { signer: newKey(), thisUpdate: NOW }), crl(ca, { entries: LISTED })], "revoked"],
  ["a newer CRL replaces an older one", [crl(root), crl(ca, { entries: [{ serial: SERIAL, reason: 6 }], thisUpdate: days(-2) }), crl(ca, { number: 2 })], "ok"],
  ["an unreadable CRL beside good ones", [crl(root), crl(ca), raw(0x30, 0x03)], "ok"],
  ["reasons split over two CRLs", [crl(root), crl(ca, { scope: scope({ reasons: [1, 2, 3, 4] }) }), crl(ca, { scope: scope({ reasons: [5, 6, 7, 8] }) })], "ok"],
  ["reasons split, one part missing", [crl(root), crl(ca, { scope: scope({ reasons: [1, 2, 3, 4] }) })], "revocation-unknown"],
  ["4.14.22 indirect CRL of the CA itself", [crl(root), crl(ca, { scope: scope({ indirect: true }) })], "ok"],
  ["indirect CRL, entry of another issuer", [crl(root), crl(ca, { scope: scope({ indirect: true }), entries: [{ serial: SERIAL, issuer: "CN=Other" }] })], "ok"],
  ["indirect CRL, entry after one that names the CA again", [crl(root), crl(ca, { scope: scope({ indirect: true }), entries: [{ serial: 3, issuer: "CN=Other" }, { serial: 4, issuer: "CN=CA" }, { serial: SERIAL }] })], "revoked"],
])("4.4 a path whose CRLs: %s", async (_, crls, want) => {
  expect(verdict(await judge([server(ca, [], { serial: SERIAL }), ca], root, { crls }))).toBe(want);
});

test("4.14.28 an indirect CRL by a CRL issuer of its own", async () => {
  const issuer = subCa(root, "CN=CRLs", [], { extensions: [keyUsage(6)], serial: 60 });
  const leaf = server(ca, [crlPoints({ names: [directory("CN=CRLs")], crlIssuer: "CN=CRLs" })], { serial: SERIAL });
  const list = (spec: CrlSpec = {}): Buffer => crl(issuer, { scope: scope({ indirect: true }), ...spec });
  const of = (path: Parameters<typeof judge>[0], ...crls: readonly Uint8Array[]): Promise<string> => judge(path, root, { crls }).then(verdict);
  expect(await of([leaf, ca, issuer], crl(root), list())).toBe("ok");
  expect(await of([leaf, ca, issuer], crl(root), list({ entries: [{ serial: SERIAL, issuer: "CN=CA" }] }))).toBe("revoked");
  expect(await of([leaf, ca, issuer], crl(root), list({ entries: [{ serial: SERIAL, issuer: "CN=Root" }] }))).toBe("ok");
  // Not indirect, issuer not at hand, issuer revoked, issuer not allowed to sign CRLs.
  expect(await of([leaf, ca, issuer], crl(root), crl(issuer))).toBe("revocation-unknown");
  expect(await of([leaf, ca], crl(root), list())).toBe("revocation-unknown");
  expect(await of([leaf, ca, issuer], crl(root, { entries: [{ serial: 60 }] }), list())).toBe("revocation-unknown");
  const namesake = subCa(root, "CN=CRLs", [], { extensions: [], key: issuer.key });
  expect(await of([leaf, ca, namesake], crl(root), list())).toBe("revocation-unknown");
  const wrong = subCa(root, "CN=CRLs", [], { extensions: [keyUsage(0)], key: issuer.key });
  expect(await of([leaf, ca, wrong], crl(root), list())).toBe("revocation-unknown");
});

test("4.4.19 separate keys for certificates and CRLs", async () => {
  const signer = subCa(root, "CN=CA", [], { extensions: [keyUsage(6)], serial: 70 });
  const issuing = subCa(root, "CN=CA", [], { extensions: [basicConstraints(true), keyUsage(5)], serial: 71 });
  const leaf = server(issuing, [], { serial: SERIAL });
  const of = (...crls: readonly Uint8Array[]): Promise<string> => judge([leaf, issuing, signer], root, { crls }).then(verdict);
  expect(await of(crl(root), crl(signer))).toBe("ok");
  expect(await of(crl(root), crl(signer, { entries: LISTED }))).toBe("revoked");
  expect(await of(crl(root, { entries: [{ serial: 70 }] }), crl(signer))).toBe("revocation-unknown");
});

test("after a key renewal the lists of both keys count, as AD CS keeps one for each", async () => {
  const old = subCa(root, "CN=Renewed CA", [], { serial: 80 });
  const renewed = subCa(root, "CN=Renewed CA", [], { serial: 81 });
  const crls = [crl(root), crl(old, { entries: LISTED, thisUpdate: days(-2) }), crl(renewed, { number: 9 })];
  for (const issuing of [old, renewed]) {
    const path = [server(issuing, [], { serial: SERIAL }), old, renewed] as const;
    expect(verdict(await judge([...path], root, { crls }))).toBe("revoked");
  }
});

test("a CRL without number warns in a private PKI and fails on the public web", async () => {
  const crls = [crl(root, { number: null })];
  const result = await judge([server(root)], root, { crls });
  expect(result.ok).toBe(true);
  expect(result.problems).toContainEqual(expect.objectContaining({ code: "crl-shape", severity: "warn" }));
  expect(verdict(await judge([server(root)], root, { crls, profile: "public-web" }))).toContain("crl-shape");
});

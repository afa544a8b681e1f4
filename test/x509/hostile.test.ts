import { expect, test } from "vitest";
import { parseCertificate, revocationStatus, validatePath } from "../../src/x509/index.ts";
import { raw, seq, tlv } from "./der-writer.ts";
import { crlPoints, directory, dns, ip, issue, nameConstraints, newKey, NOW, policies, policyConstraints, policyMappings, rootCa, server, subCa, subjectAltName, uri, type ExtensionSpec, type Issued } from "./issue.ts";
import { crl, ocsp, scope } from "./revoke.ts";
import { judge, verdict } from "./verdict.ts";

const LIMIT_MS = 1000;

/** Measures processor time of this thread, which other work on the machine does not stretch. */
async function timed<T>(work: () => Promise<T>): Promise<T> {
  const before = process.threadCpuUsage();
  const result = await work();
  const { user, system } = process.threadCpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(LIMIT_MS);
  return result;
}

test("a thousand and more CA certificates with one name end at the budget", async () => {
  const keys = Array.from({ length: 40 }, () => newKey());
  const named = (key: Issued["key"]): Issued => rootCa("CN=Maze", [], { key });
  const cas = keys.map(named);
  // Every key certifies every other under the same name.
  const maze = cas.flatMap((issuer) => keys.map((key) => subCa(issuer, "CN=Maze", [], { key })));
  const leaf = server(cas[0] ?? rootCa());
  const intermediates = maze.map(({ der }) => der);
  const result = await timed(() => validatePath({ leaf: leaf.der, intermediates, anchors: [rootCa("CN=Elsewhere").der], at: NOW, purpose: "serverAuth" }));
  expect(verdict(result)).toContain("search-limit");
});

test("layers of cross-signed CAs do not explode", async () => {
  const layers = 8;
  const keys = Array.from({ length: layers }, () => [newKey(), newKey(), newKey()]);
  const cas: Issued[] = [];
  for (const [layer, own] of keys.entries()) {
    const above = keys[layer + 1] ?? [newKey()];
    for (const [index, key] of own.entries()) for (const [other, issuerKey] of above.entries()) cas.push(subCa(rootCa(`CN=L${layer + 1}-${other}`, [], { key: issuerKey }), `CN=L${layer}-${index}`, [], { key }));
  }
  const [[first] = []] = keys;
  const leaf = server(rootCa("CN=L0-0", [], { key: first ?? newKey() }));
  const result = await timed(() => judge([leaf, ...cas], rootCa("CN=Elsewhere")));
  expect(result.ok).toBe(false);
});

test("many names against many constraints stop at the budget", async () => {
  const constraints = Array.from({ length: 2500 }, (_, i) => dns(`x${i}.contoso.com`));
  const root = rootCa();
  const ca = subCa(root, "CN=CA", [nameConstraints([dns("contoso.com")], constraints)]);
  const names = Array.from({ length: 2500 }, (_, i) => dns(`host${i}.contoso.com`));
  expect(verdict(await timed(() => judge([server(ca, [subjectAltName(...names)]), ca], root)))).toBe("constraint-limit");
});

test("large but honest constraints are still judged", async () => {
  const root = rootCa();
  const ca = subCa(root, "CN=CA", [nameConstraints([dns("contoso.com")], Array.from({ length: 500 }, (_, i) => dns(`x${i}.contoso.com`)))]);
  const names = (last: string): readonly Uint8Array[] => [...Array.from({ length: 500 }, (_, i) => dns(`host${i}.contoso.com`)), dns(last)];
  expect(verdict(await timed(() => judge([server(ca, [subjectAltName(...names("last.contoso.com"))]), ca], root)))).toBe("ok");
  expect(verdict(await timed(() => judge([server(ca, [subjectAltName(...names("x499.contoso.com"))]), ca], root)))).toBe("name-excluded");
});

test("policy mappings that multiply stay linear", async () => {
  const oids = Array.from({ length: 60 }, (_, i) => `1.3.6.1.4.1.99999.2.${i}`);
  const pairs = oids.flatMap((issuer) => oids.slice(0, 40).map((subject) => [issuer, subject] as const));
  const root = rootCa();
  let top = root;
  const cas: Issued[] = [];
  for (let i = 0; i < 10; i++) {
    top = subCa(top, `CN=CA ${i}`, [policies(...oids), policyMappings(...pairs), ...(i === 0 ? [policyConstraints(0)] : [])]);
    cas.unshift(top);
  }
  const leaf = server(top, [policies("1.3.6.1.4.1.99999.3")]);
  expect(verdict(await timed(() => judge([leaf, ...cas], root)))).toBe("policy-not-satisfied");
});

test.each([
  ["nested sequences", (): Buffer => { let inner = raw(5, 0); for (let i = 0; i < 200; i++) inner = seq(inner); return inner; }],
  ["a claimed length of 4 GB", (): Buffer => raw(0x30, 0x84, 0xff, 0xff, 0xff, 0xff, 0x30)],
  ["an indefinite length", (): Buffer => raw(0x30, 0x80, 0x00, 0x00)],
  ["megabytes of zeros", (): Buffer => Buffer.alloc(8 * 1024 * 1024)],
  ["megabytes of BEGIN lines", (): Buffer => Buffer.from("-----BEGIN CERTIFICATE-----\n".repeat(100_000))],
  ["nothing", (): Buffer => Buffer.alloc(0)],
])("%s", async (_, make) => {
  const junk = make();
  const root = rootCa();
  expect(parseCertificate(junk)).toHaveProperty("problem");
  const asLeaf = await timed(() => validatePath({ leaf: junk, anchors: [root.der], at: NOW, purpose: "serverAuth" }));
  expect(verdict(asLeaf)).toBe("malformed-certificate");
  const leaf = server(root);
  expect((await timed(() => judge([leaf], root, { intermediates: [junk] }))).ok).toBe(true);
  for (const source of [{ crl: junk }, { ocsp: junk }]) expect((await timed(() => revocationStatus(source, { certificate: leaf.der, issuer: root.der, at: NOW }))).status).toBe("unknown");
});

test("wrong types of input are refused, not thrown", async () => {
  const nothing = undefined as unknown as Uint8Array;
  expect((await validatePath({ leaf: nothing, anchors: nothing, at: NOW, purpose: "any" })).ok).toBe(false);
  expect((await validatePath(nothing as unknown as Parameters<typeof validatePath>[0])).ok).toBe(false);
  expect((await revocationStatus({ crl: nothing }, { certificate: nothing, issuer: nothing, at: NOW })).status).toBe("unknown");
  expect(parseCertificate(nothing)).toHaveProperty("problem");
});

test("an RSA key of absurd size is not computed with", async () => {
  const modulus = Buffer.alloc(40_000, 0xff);
  const spki = seq(seq(tlv(0x06, Buffer.from("2a864886f70d010101", "hex")), raw(5, 0)), tlv(0x03, raw(0), seq(tlv(0x02, raw(0), modulus), tlv(0x02, raw(1, 0, 1)))));
  const ca = rootCa("CN=Big", [], { key: { ...newKey(), spki } });
  const result = await timed(() => judge([server(ca)], ca));
  expect(verdict(result)).toContain("signature-unsupported");
});

test("a leaf with tens of thousands of names answers in time", async () => {
  const root = rootCa();
  const names = Array.from({ length: 40_000 }, (_, i) => (i % 2 === 0 ? dns(`host${i}.contoso.com`) : ip(10, i >> 16, (i >> 8) & 255, i & 255)));
  const leaf = server(root, [subjectAltName(...names, directory("CN=x"))]);
  expect((await timed(() => judge([leaf], root, { peer: { dns: "host39998.contoso.com" } }))).ok).toBe(true);
});

/** Four CAs on each of nine layers, each certified by every one above: 4^9 complete paths with few keys. */
function mesh(extensions: readonly ExtensionSpec[]): { readonly bottom: Issued; readonly cas: readonly Issued[]; readonly anchor: Issued } {
  const keys = Array.from({ length: 10 }, () => newKey());
  const at = (layer: number): Issued => rootCa(`CN=L${layer}`, [], { key: keys[layer] ?? newKey() });
  const cas = keys.slice(0, 9).flatMap((key, layer) => Array.from({ length: 4 }, () => subCa(at(layer + 1), `CN=L${layer}`, extensions, { key })));
  return { bottom: at(0), cas, anchor: at(9) };
}

test("hundreds of thousands of complete but bad paths stop at the budgets", async () => {
  const { bottom, cas, anchor } = mesh([nameConstraints([], Array.from({ length: 300 }, (_, i) => dns(`x${i}.test`))), policies("1.2.3"), policyConstraints(0)]);
  const leaf = server(bottom, [subjectAltName(...Array.from({ length: 40_000 }, (_, i) => dns(`a${i}.test`)))]);
  expect(verdict(await timed(() => judge([leaf, ...cas], anchor, { peer: { dns: "none.test" } })))).toContain("search-limit");
});

test("five hundred CRLs against two hundred distribution points stop at the budget", async () => {
  const { bottom, cas, anchor } = mesh([]);
  const points = crlPoints(...Array.from({ length: 200 }, (_, i) => ({ names: [uri(`http://crl/${i}`)] })));
  const crls = Array.from({ length: 500 }, (_, i) => crl(bottom, { number: i, broken: i % 2 === 1, scope: scope({ reasons: [1 + (i % 8)], names: [uri(`http://crl/${i}`)] }) }));
  expect(verdict(await timed(() => judge([server(bottom, [points]), ...cas], anchor, { crls })))).toContain("revocation-unknown");
});

test("an indirect CRL that names an issuer on every entry stops at the budget", async () => {
  const root = rootCa();
  const entries = Array.from({ length: 32_000 }, () => ({ serial: 5, issuer: "CN=Other", reason: 1 }));
  const list = crl(root, { scope: scope({ indirect: true }), entries });
  expect(verdict(await timed(() => judge([server(root, [], { serial: 5 })], root, { crls: [list] })))).toBe("revocation-unknown");
});

test("an OCSP answer with thousands of answers is read once", async () => {
  const root = rootCa();
  const answer = ocsp(root, { answers: Array.from({ length: 5000 }, () => ({ serial: 5 })) });
  const status = await timed(() => revocationStatus({ ocsp: answer }, { certificate: server(root, [], { serial: 5 }).der, issuer: root.der, at: NOW }));
  expect(status.status).toBe("good");
});

test.each([
  ["expand eighteenfold", "\ufdfa".repeat(1400)],
  ["expand eighteenfold, in short names", "\ufdfa".repeat(50)],
  ["must be reordered", `a${"\u0316\u0301".repeat(1000)}`],
  ["must be reordered, in short names", `a${"\u0316\u0301".repeat(63)}`],
])("names made of characters that %s are read in time", async (_, value) => {
  const parts = Array.from({ length: Math.min(250, Math.floor(30_000 / Buffer.byteLength(value))) }, () => ["CN", value] as const);
  const huge = Array.from({ length: 60 }, () => issue({ subject: parts }).der);
  const root = rootCa();
  const result = await timed(() => validatePath({ leaf: server(root).der, intermediates: huge, anchors: [root.der], at: NOW, purpose: "any" }));
  expect(result.ok).toBe(true);
});

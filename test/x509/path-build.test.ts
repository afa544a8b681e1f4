import { expect, test } from "vitest";
import { validatePath } from "../../src/x509/index.ts";
import { raw } from "./der-writer.ts";
import { basicConstraints, days, dns, issue, keyUsage, nameConstraints, newKey, NOW, rootCa, server, subCa, subjectAltName, unknownExtension, type Issued } from "./issue.ts";
import { judge, verdict } from "./verdict.ts";

const pathLength = (length: number): readonly [ReturnType<typeof basicConstraints>, ReturnType<typeof keyUsage>] => [basicConstraints(true, length), keyUsage(5, 6)];

/** A chain of CAs below a root, deepest first. */
function chain(top: Issued, count: number, lengths: readonly (number | undefined)[] = []): readonly Issued[] {
  const cas: Issued[] = [];
  for (let i = 0; i < count; i++) {
    const length = lengths[i];
    cas.unshift(subCa(cas[0] ?? top, `CN=CA ${i + 1}`, [], length === undefined ? {} : { extensions: pathLength(length) }));
  }
  return cas;
}

test.each([
  { title: "4.6.5 one CA too many below pathLen 0", lengths: [0, undefined], want: "path-length-exceeded" },
  { title: "4.6.7 pathLen 0 directly above the leaf", lengths: [0], want: "ok" },
  { title: "4.6.9 second CA's own limit", lengths: [6, 0, undefined], want: "path-length-exceeded" },
  { title: "4.6.13 limits that fit", lengths: [6, 4, 1, undefined], want: "ok" },
  { title: "a lower CA cannot raise the limit", lengths: [0, 9], want: "path-length-exceeded" },
])("$title", async ({ lengths, want }) => {
  const root = rootCa();
  const [last, ...rest] = chain(root, lengths.length, lengths);
  if (last === undefined) throw new Error("no CA");
  expect(verdict(await judge([server(last), last, ...rest], root))).toBe(want);
});

test("4.6.15 self-issued CA certificates do not count", async () => {
  const root = rootCa();
  const ca = subCa(root, "CN=CA", [], { extensions: pathLength(0) });
  const renewed = subCa(ca, "CN=CA", [], { extensions: pathLength(0) });
  expect(verdict(await judge([server(renewed), renewed, ca], root))).toBe("ok");
  const below = subCa(renewed, "CN=Below");
  expect(verdict(await judge([server(below), below, renewed, ca], root))).toBe("path-length-exceeded");
});

test("the anchor's path length counts", async () => {
  const root = rootCa("CN=Root", [], { extensions: pathLength(0) });
  const ca = subCa(root, "CN=CA");
  expect(verdict(await judge([server(ca), ca], root))).toBe("path-length-exceeded");
});

test("4.6.17 a CA certificate as leaf does not count against the limit above it", async () => {
  const root = rootCa();
  const ca = subCa(root, "CN=CA", [], { extensions: pathLength(0) });
  const leaf = subCa(ca, "CN=Leaf CA");
  expect(verdict(await judge([leaf, ca], root, { purpose: "any" }))).toBe("ok");
});

test("the greatest depth counts intermediates", async () => {
  const root = rootCa();
  const [last, ...rest] = chain(root, 3);
  if (last === undefined) throw new Error("no CA");
  const leaf = server(last);
  expect(verdict(await judge([leaf, last, ...rest], root, { maxDepth: 3 }))).toBe("ok");
  expect(verdict(await judge([leaf, last, ...rest], root, { maxDepth: 2 }))).toBe("no-trusted-issuer path-too-deep");
});

test.each([
  ["expired", { notAfter: days(-1) }],
  ["with an unknown critical extension", { extensions: [basicConstraints(true), keyUsage(5), unknownExtension(true)] }],
  ["without the CA flag", { extensions: [basicConstraints(false), keyUsage(5)] }],
  ["with constraints against the name", { extensions: [basicConstraints(true), keyUsage(5), nameConstraints([], [dns("contoso.com")])] }],
])("the search goes back when one cross certificate is %s", async (_, spec) => {
  const [good, bad] = [rootCa("CN=Good Root"), rootCa("CN=Bad Root")];
  const key = newKey();
  const viaBad = subCa(bad, "CN=CA", [], { key, ...spec });
  const viaGood = subCa(good, "CN=CA", [], { key });
  const leaf = server(viaGood);
  for (const intermediates of [[viaBad, viaGood], [viaGood, viaBad]]) {
    const result = await validatePath({ leaf: leaf.der, intermediates: intermediates.map(({ der }) => der), anchors: [bad.der, good.der], at: NOW, purpose: "serverAuth" });
    expect(result.path).toEqual([leaf.der, viaGood.der, good.der]);
  }
});

test("an expired anchor does not hide the path through its successor", async () => {
  const key = newKey();
  const expired = rootCa("CN=Root", [], { key, notBefore: days(-900), notAfter: days(-1) });
  const renewed = rootCa("CN=Root", [], { key });
  const ca = subCa(renewed, "CN=CA");
  const result = await validatePath({ leaf: server(ca).der, intermediates: [ca.der], anchors: [expired.der, renewed.der], at: NOW, purpose: "serverAuth" });
  expect(result.path.at(-1)).toEqual(renewed.der);
});

test("two CAs that certify each other lead nowhere, but not for ever", async () => {
  const [keyA, keyB] = [newKey(), newKey()];
  const a = { ...rootCa("CN=A", [], { key: keyA }) };
  const b = { ...rootCa("CN=B", [], { key: keyB }) };
  const aByB = subCa(b, "CN=A", [], { key: keyA });
  const bByA = subCa(a, "CN=B", [], { key: keyB });
  expect(verdict(await judge([server(a), aByB, bByA], rootCa("CN=Elsewhere")))).toContain("no-trusted-issuer");
  expect(verdict(await judge([server(a), aByB, bByA], b))).toBe("ok");
});

test("PEM bundles, text and bytes are read alike, and the leaf's bundle brings intermediates", async () => {
  const root = rootCa();
  const ca = subCa(root, "CN=CA");
  const leaf = server(ca);
  const pem = (der: Buffer): string => `subject=whatever\n-----BEGIN CERTIFICATE-----\n${der.toString("base64").replaceAll(/(.{64})/g, "$1\n")}\n-----END CERTIFICATE-----\n`;
  for (const input of [pem(leaf.der) + pem(ca.der), Buffer.from(pem(leaf.der) + pem(ca.der))]) {
    expect((await validatePath({ leaf: input, anchors: pem(root.der), at: NOW, purpose: "serverAuth" })).ok).toBe(true);
  }
});

test("unreadable certificates beside a good path only warn", async () => {
  const root = rootCa();
  const leaf = server(root);
  const result = await validatePath({ leaf: leaf.der, intermediates: [raw(0x30, 0x82), "-----BEGIN CERTIFICATE-----\nAAAA"], anchors: [raw(1), root.der], at: NOW, purpose: "serverAuth" });
  expect(result.ok).toBe(true);
  expect(result.problems.filter(({ code }) => code === "malformed-certificate")).toHaveLength(3);
});

test.each([
  ["no date", { at: new Date(Number.NaN) }],
  ["an unknown purpose", { purpose: "codeSigning" as "any" }],
  ["a negative depth", { maxDepth: -1 }],
])("a request with %s is refused", async (_, request) => {
  const root = rootCa();
  expect(verdict(await judge([server(root)], root, request))).toBe("invalid-request");
});

test("4.3 a leaf whose names sit in a critical alternative name needs no subject", async () => {
  const root = rootCa();
  const leaf = issue({ subject: "", extensions: [{ ...subjectAltName(dns("um.contoso.com")), critical: true }] }, root);
  expect(verdict(await judge([leaf], root, { peer: { dns: "um.contoso.com" } }))).toBe("ok");
});

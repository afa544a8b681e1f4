import { expect, test } from "vitest";
import { childDn, dnKey, dnToDnsDomain, escapeDnValue, formatDn, isBelow, parentDn, parseDn, rdnValue, sameDn } from "../../../src/collect/ldap/decode-dn.ts";
import { parseExtendedDn } from "../../../src/collect/ldap/decode-extended-dn.ts";
import { randomNumbers } from "../../random-numbers.ts";

test.each<[string, readonly (readonly [string, string])[]]>([
  ["", []],
  ["CN=a,DC=b", [["CN", "a"], ["DC", "b"]]],
  [" CN = a b , DC=b ", [["CN", "a b"], ["DC", "b"]]],
  [String.raw`CN=Smith\, John,OU=x`, [["CN", "Smith, John"], ["OU", "x"]]],
  [String.raw`CN=Smith\2C John,OU=x`, [["CN", "Smith, John"], ["OU", "x"]]],
  [String.raw`CN=Lu\C4\8Di\C4\87`, [["CN", "Lučić"]]],
  ["CN=Çelik Über", [["CN", "Çelik Über"]]],
  [String.raw`CN=a\0ADEL:0f,CN=Deleted Objects`, [["CN", "a\nDEL:0f"], ["CN", "Deleted Objects"]]],
  [String.raw`CN=\ lead and trail\ ,DC=x`, [["CN", " lead and trail "], ["DC", "x"]]],
  [String.raw`CN=back\\slash\"quote\+plus`, [["CN", 'back\\slash"quote+plus']]],
  ['CN="a, b+c; \\"d\\"" ,DC=x', [["CN", 'a, b+c; "d"'], ["DC", "x"]]],
  ["1.3.6.1.4.1.1466.0=#04024869,DC=x", [["1.3.6.1.4.1.1466.0", "Hi"], ["DC", "x"]]],
  ["OID.2.5.4.3=x", [["2.5.4.3", "x"]]],
  ["CN=#0500", [["CN", "#0500"]]],
  ["CN=,DC=x", [["CN", ""], ["DC", "x"]]],
  ["CN=a=b", [["CN", "a=b"]]],
  ["CN=1:1,CN=Pools", [["CN", "1:1"], ["CN", "Pools"]]],
])("DN %s", (text, parts) => {
  expect(parseDn(text)?.flatMap((rdn) => rdn.map(({ type, value }) => [type, value]))).toEqual(parts);
  const rdns = parseDn(text) ?? [];
  expect(parseDn(formatDn(rdns))).toEqual(rdns);
});

test.each(["CN", "=a", "CN=a,", ",CN=a", "CN=a,,DC=b", String.raw`CN=a\zz`, "CN=a\\", "CN=a;DC=b", 'CN="a', 'CN="a"b', "CN=#0", "CN=#zz", String.raw`CN=\FF\FE`, "CN=a+", "C N=a", `CN=${"x".repeat(40_000)}`])("no DN: %s", (text) => {
  expect(parseDn(text)).toBeUndefined();
});

test("multi-valued RDNs", () => {
  expect(parseDn("CN=a+OU=b,DC=c")).toEqual([[{ type: "CN", value: "a" }, { type: "OU", value: "b" }], [{ type: "DC", value: "c" }]]);
  expect(sameDn("CN=a+OU=b,DC=c", "ou=B + cn=A,dc=C")).toBe(true);
});

test("equal in spite of case, escapes and spaces", () => {
  expect(sameDn(String.raw`CN=Smith\, John,DC=Contoso`, String.raw`cn=smith\2c john, dc=contoso`)).toBe(true);
  expect(sameDn("CN=Z\u0065\u0301,DC=x", "CN=z\u00e9,DC=x")).toBe(true);
  expect(sameDn("CN=a,DC=b", "CN=a,OU=b")).toBe(false);
  expect(sameDn(String.raw`CN=a\,DC\=b`, "CN=a,DC=b")).toBe(false);
  expect(dnKey("no dn AT ALL")).toBe("no dn at all");
});

test("parents, ancestors, names", () => {
  const dn = String.raw`CN=a\,b,OU=x,DC=contoso,DC=test`;
  expect(parentDn(dn)).toBe("OU=x,DC=contoso,DC=test");
  expect(parentDn(dn, 3)).toBe("DC=test");
  expect([parentDn(dn, 4), parentDn("nonsense"), parentDn("")]).toEqual([undefined, undefined, undefined]);
  expect(isBelow(dn, "ou=X,dc=CONTOSO,dc=test")).toBe(true);
  expect(isBelow(dn, "DC=test")).toBe(true);
  expect([isBelow(dn, dn), isBelow("CN=zOU=x,DC=test", "OU=x,DC=test"), isBelow(dn, "nonsense"), isBelow("nonsense", "DC=test")]).toEqual([false, false, false, false]);
  expect([rdnValue(dn), rdnValue("nonsense")]).toEqual(["a,b", "nonsense"]);
  expect(childDn("CN", " #a,b ", "DC=x")).toBe(String.raw`CN=\ #a\,b\ ,DC=x`);
  expect(parseDn(childDn("CN", "a\nb\0", ""))).toEqual([[{ type: "CN", value: "a\nb\0" }]]);
});

test.each([
  ["CN=a,OU=b,DC=Contoso,DC=Test", "contoso.test"],
  ["DC=test", "test"],
  ["CN=a", undefined],
  ["DC=a,CN=b", undefined],
  ["nonsense", undefined],
])("domain of %s", (dn, domain) => {
  expect(dnToDnsDomain(dn)).toBe(domain);
});

test("extended DNs in both forms", () => {
  const guid = "5cb40ef0-0e48-11d0-a286-00aa003049e2";
  expect(parseExtendedDn(`<GUID=${guid.toUpperCase()}>;<SID=S-1-5-32-544>;CN=a;b<c>,DC=x`)).toEqual({ dn: "CN=a;b<c>,DC=x", guid, sid: "S-1-5-32-544" });
  expect(parseExtendedDn("<GUID=f00eb45c480ed011a28600aa003049e2>;<SID=01020000000000052000000020020000>;CN=a")).toEqual({ dn: "CN=a", guid, sid: "S-1-5-32-544" });
  expect(parseExtendedDn(`<GUID=${guid}>;<RMD_FLAGS=0>;CN=a`)).toEqual({ dn: "CN=a", guid });
  expect(parseExtendedDn(`<GUID=${guid}>`)).toEqual({ dn: "", guid });
  expect(parseExtendedDn("CN=a")).toEqual({ dn: "CN=a" });
});

test.each(["<GUID=nonsense>;CN=a", "<SID=S-1>;CN=a", "<GUID=5cb40ef0", "<", "<>;CN=a", "<X=1>;".repeat(17)])("no extended DN: %s", (text) => {
  expect(parseExtendedDn(text)).toBeUndefined();
});

test("random text neither throws nor changes its meaning when it is written again", () => {
  const random = randomNumbers(3);
  const pieces = ["CN=", "DC", "=", ",", "+", "\\", '"', " ", "#", "04", "2C", "é", "\u0000", ";", "<", ">", "a", "\\,", "\\C3\\A9", "\ud800"];
  for (let round = 0; round < 5000; round += 1) {
    const text = Array.from({ length: Math.floor(random() * 12) }, () => pieces[Math.floor(random() * pieces.length)]).join("");
    const rdns = parseDn(text);
    if (rdns !== undefined && !text.includes("\ud800")) {
      expect(parseDn(formatDn(rdns))).toEqual(rdns);
    }
    expect(parseDn(`CN=${escapeDnValue(text.toWellFormed())}`)?.[0]?.[0]?.value).toBe(text.toWellFormed());
    expect(() => [dnKey(text), parseExtendedDn(text), dnToDnsDomain(text)]).not.toThrow();
  }
});

test("long hostile text takes linear time", () => {
  const started = performance.now();
  for (const text of ["\\2C".repeat(10_000), " ".repeat(32_000), `CN=${" ".repeat(32_000)}`, "CN=a,".repeat(6500), `CN=${"a ".repeat(16_000)}`, `CN=a${" ".repeat(32_000)}b`, '"'.repeat(32_000), `CN="${"\\20".repeat(10_000)}`, `CN=#${"04".repeat(16_000)}`]) {
    parseDn(text);
    parseExtendedDn("<".repeat(32_000));
  }
  expect(performance.now() - started).toBeLessThan(300);
});

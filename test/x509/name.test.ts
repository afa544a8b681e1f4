import { expect, test } from "vitest";
import { DerError, next, readerOf } from "../../src/x509/der.ts";
import { attributeTexts, isWithin, parseName, type Name } from "../../src/x509/name.ts";
import { oid, raw, seq, set, text, tlv } from "./der-writer.ts";
import { name, type NamePart } from "./issue.ts";

const read = (der: Uint8Array): Name => parseName(next(readerOf(der)));
const of = (parts: string | readonly NamePart[]): Name => read(name(parts));
const wide = (value: string): Buffer => tlv(0x1e, Buffer.from(value, "utf16le").swap16());
const cn = (value: Uint8Array): Uint8Array => seq(set(seq(oid("2.5.4.3"), value)));

test.each<readonly [string, Name, Name]>([
  ["case", of("CN=Contoso"), of("CN=CONTOSO")],
  ["spaces", of("CN= Contoso   Root "), of("CN=Contoso Root")],
  ["string types", of([["CN", "Contoso", 0x0c]]), of([["CN", "Contoso", 0x13]])],
  ["wide strings", read(cn(wide("Contoso"))), of("CN=contoso")],
  ["compatibility forms", of("CN=Ｃontoso"), of("CN=contoso")],
  ["composed and decomposed letters", of("CN=M\u00fcller"), of("CN=Mu\u0308ller")],
  ["Teletex as Latin-1", read(cn(tlv(0x14, raw(0x4d, 0xfc)))), of("CN=m\u00fc")],
])("equal in spite of %s", (_, a, b) => {
  expect(a.key).toBe(b.key);
});

test.each<readonly [string, Name, Name]>([
  ["the order of parts", of("CN=a,O=b"), of("O=b,CN=a")],
  ["the type", of("CN=a"), of("O=a")],
  ["one part or two", read(seq(set(seq(oid("2.5.4.3"), text(0x0c, "a")), seq(oid("2.5.4.10"), text(0x0c, "b"))))), of("CN=a,O=b")],
  ["text or number", read(cn(raw(2, 1, 0x61))), of("CN=a")],
  ["separators inside the text", of([["CN", "a/1:b"]]), of([["CN", "a"], ["CN", "b"]])],
  ["long names that only fold alike", of([["CN", "\u00dc".repeat(200)]]), of([["CN", "\u00fc".repeat(200)]])],
])("different by %s", (_, a, b) => {
  expect(a.key).not.toBe(b.key);
});

test("the parts of one RDN have no order", () => {
  const [first, second] = [seq(oid("2.5.4.3"), text(0x0c, "a")), seq(oid("2.5.4.10"), text(0x0c, "b"))];
  expect(read(seq(set(first, second))).key).toBe(read(seq(set(second, first))).key);
});

test("a name lies within its own beginnings", () => {
  expect(isWithin(of("C=US,O=Contoso,CN=a"), of("C=us,O=contoso"))).toBe(true);
  expect(isWithin(of("C=US"), of("C=US,O=Contoso"))).toBe(false);
  expect(isWithin(of("O=Contoso,C=US"), of("C=US"))).toBe(false);
  expect(isWithin(of("C=US"), of(""))).toBe(true);
});

test("attribute texts keep their order and spelling", () => {
  expect(attributeTexts(of("CN=B,O=x,CN=a"), "2.5.4.3")).toEqual(["B", "a"]);
});

test.each([
  ["invalid UTF-8", cn(tlv(0x0c, raw(0xc3, 0x28)))],
  ["half a wide character", cn(tlv(0x1e, raw(0, 0x61, 0)))],
  ["a character beyond Unicode", cn(tlv(0x1c, raw(0, 0x11, 0, 0)))],
  ["Latin-1 in a printable string", cn(tlv(0x13, raw(0xfc)))],
  ["an empty part", seq(set())],
  ["a part that is no set", seq(seq())],
  ["an attribute without value", seq(set(seq(oid("2.5.4.3"))))],
  ["an attribute with two values", seq(set(seq(oid("2.5.4.3"), text(0x0c, "a"), text(0x0c, "b"))))],
  ["too many bytes", cn(tlv(0x0c, Buffer.alloc(40_000, 0x61)))],
])("a name with %s is malformed", (_, der) => {
  expect(() => read(der)).toThrow(DerError);
});

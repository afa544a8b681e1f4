import { expect, test } from "vitest";
import { children, DerError, into, next, only, readerOf, TAG } from "../../src/x509/der.ts";
import { booleanOf, integerBytes, namedBits, oidOf, smallInteger, timeOf } from "../../src/x509/der-values.ts";
import { checkInteger, scannerAt, step, stepDate } from "../../src/x509/crl-scan.ts";
import { int, oid, raw, seq, text } from "./der-writer.ts";

const first = (bytes: Uint8Array): ReturnType<typeof next> => next(readerOf(bytes));

test.each([
  ["nothing", raw()],
  ["a tag alone", raw(0x30)],
  ["an indefinite length", raw(0x30, 0x80, 0, 0)],
  ["a long form for a short length", raw(0x04, 0x81, 0x01, 0)],
  ["a padded length", Buffer.concat([raw(0x04, 0x82, 0x00, 0x80), Buffer.alloc(128)])],
  ["a length of five bytes", raw(0x04, 0x85, 0, 0, 0, 0, 1, 0)],
  ["a length beyond the data", raw(0x04, 0x02, 0)],
  ["a length cut off", raw(0x04, 0x82, 0x01)],
  ["a tag in long form", raw(0x1f, 0x21, 0x00)],
  ["the tag zero", raw(0, 0)],
])("%s is refused, by the reader and by the scanner", (_, bytes) => {
  expect(() => first(bytes)).toThrow(DerError);
  const tag = bytes[0] ?? 0x30;
  if (tag === 0x30 || tag === 0x04) expect(() => step(scannerAt(bytes, 0), bytes.length, tag, "it")).toThrow(DerError);
});

test("an element ends where its parent ends", () => {
  expect(() => children(first(raw(0x30, 0x03, 0x04, 0x02, 0x00)))).toThrow(DerError);
  expect(children(first(seq(int(1), int(2))))).toHaveLength(2);
  expect(() => children(first(seq(int(1), int(2))), 1)).toThrow(DerError);
});

test("data behind the only element is refused", () => {
  expect(() => only(Buffer.concat([seq(), raw(0)]), TAG.sequence, "it")).toThrow(DerError);
  expect(into(first(seq())).position).toBe(2);
});

test.each([
  ["empty", raw(2, 0)],
  ["padded with zero", raw(2, 2, 0, 0x7f)],
  ["padded with ones", raw(2, 2, 0xff, 0x80)],
])("an integer that is %s is refused", (_, bytes) => {
  expect(() => integerBytes(first(bytes))).toThrow(DerError);
  const scanner = scannerAt(bytes, 0);
  step(scanner, bytes.length, 2, "it");
  expect(() => checkInteger(scanner)).toThrow(DerError);
});

test("small integers", () => {
  expect(smallInteger(first(int(0)), "it")).toBe(0);
  expect(smallInteger(first(int(65_537)), "it")).toBe(65_537);
  expect(() => smallInteger(first(raw(2, 1, 0xff)), "it")).toThrow(DerError);
  expect(() => smallInteger(first(int(2n ** 40n)), "it")).toThrow(DerError);
});

test("booleans are 00 or FF", () => {
  expect(booleanOf(first(raw(1, 1, 0xff)))).toBe(true);
  expect(booleanOf(first(raw(1, 1, 0)))).toBe(false);
  for (const bytes of [raw(1, 1, 1), raw(1, 0), raw(1, 2, 0, 0)]) expect(() => booleanOf(first(bytes))).toThrow(DerError);
});

test("bit strings", () => {
  expect([...namedBits(first(raw(3, 2, 1, 0b0000_0110)), "it")]).toEqual([5, 6]);
  expect(namedBits(first(raw(3, 1, 0)), "it").size).toBe(0);
  for (const bytes of [raw(3, 0), raw(3, 2, 8, 0), raw(3, 2, 1, 1), raw(3, 1, 1)]) expect(() => namedBits(first(bytes), "it")).toThrow(DerError);
});

test.each(["1.2.840.113549.1.1.11", "2.5.29.15", "0.9.2342.19200300.100.1.25", "2.999.1"])("object identifier %s", (dotted) => {
  const encoded = dotted === "2.999.1" ? raw(6, 3, 0x88, 0x37, 1) : oid(dotted);
  expect(oidOf(first(encoded))).toBe(dotted);
});

test("malformed object identifiers", () => {
  for (const bytes of [raw(6, 0), raw(6, 1, 0x80), raw(6, 2, 0x80, 1), raw(6, 3, 0x55, 0x80, 0x01), raw(6, 2, 0x55, 0x81)]) expect(() => oidOf(first(bytes))).toThrow(DerError);
});

test.each<readonly [tag: number, value: string, iso: string | undefined]>([
  [0x17, "491231235959Z", "2049-12-31T23:59:59.000Z"],
  [0x17, "500101000000Z", "1950-01-01T00:00:00.000Z"],
  [0x17, "240229000000Z", "2024-02-29T00:00:00.000Z"],
  [0x18, "20500101000000Z", "2050-01-01T00:00:00.000Z"],
  [0x18, "99991231235959Z", "9999-12-31T23:59:59.000Z"],
  [0x17, "2401010000Z", undefined],
  [0x17, "240101000000", undefined],
  [0x17, "240101000000+0000", undefined],
  [0x17, "241301000000Z", undefined],
  [0x17, "240132000000Z", undefined],
  [0x17, "240101240000Z", undefined],
  [0x17, "240101006000Z", undefined],
  [0x17, "240101000060Z", undefined],
  [0x17, "2401010000 0Z", undefined],
  [0x18, "20240101000000.5Z", undefined],
  [0x18, "2024010100Z", undefined],
  [0x0c, "240101000000Z", undefined],
])("time %i %s", (tag, value, iso) => {
  const element = text(tag, value);
  const scan = (): void => stepDate(scannerAt(element, 0), element.length);
  if (iso === undefined) {
    expect(() => timeOf(first(element), "it")).toThrow(DerError);
    expect(scan).toThrow(DerError);
  } else {
    expect(new Date(timeOf(first(element), "it").seconds * 1000).toISOString()).toBe(iso);
    expect(scan).not.toThrow();
  }
});

test("a leap day in a common year is refused", () => {
  expect(() => timeOf(first(text(0x17, "250229000000Z")), "it")).toThrow(DerError);
});

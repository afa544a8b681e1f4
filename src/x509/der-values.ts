import { contentOf, DerError, next, take, TAG, type Element, type Reader } from "./der.ts";

/** Upper-case hexadecimal text without separators. */
export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex").toUpperCase();
}

/** Whether two byte strings are equal. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && Buffer.compare(a, b) === 0;
}

/** The two's complement bytes of an INTEGER; DerError unless in the shortest form (X.690, section 8.3.2). */
export function integerBytes(element: Element): Uint8Array {
  const bytes = contentOf(element);
  const [first, second] = bytes;
  if (first === undefined) throw new DerError("an integer is empty");
  if (second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))) {
    throw new DerError("an integer is not in its shortest form");
  }
  return bytes;
}

/** A non-negative INTEGER below 2^31 as a number; DerError otherwise. */
export function smallInteger(element: Element, what: string): number {
  const bytes = integerBytes(element);
  if (bytes.length > 4 || (bytes[0] ?? 0) >= 0x80) throw new DerError(`${what} is out of range`);
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}

/** A BOOLEAN, which DER writes as 00 or FF only. */
export function booleanOf(element: Element): boolean {
  const byte = element.bytes[element.body];
  if (element.end - element.body !== 1 || (byte !== 0 && byte !== 0xff)) throw new DerError("a boolean is not 00 or FF");
  return byte === 0xff;
}

/** The bytes of a BIT STRING that must fill whole octets. */
export function wholeBits(element: Element, what: string): Uint8Array {
  const content = contentOf(element);
  if (content.length === 0 || content[0] !== 0) throw new DerError(`${what} does not fill whole octets`);
  return content.subarray(1);
}

/** The positions of the set bits of a named bit list such as KeyUsage. */
export function namedBits(element: Element, what: string): ReadonlySet<number> {
  const content = contentOf(element);
  const unused = content[0];
  if (unused === undefined || unused > 7 || (content.length === 1 && unused !== 0) || content.length > 9) throw new DerError(`${what} is not a valid bit string`);
  const last = content.length > 1 ? (content.at(-1) ?? 0) : 0;
  if ((last & ((1 << unused) - 1)) !== 0) throw new DerError(`${what} sets bits that it declares unused`);
  const bits = new Set<number>();
  for (let i = 0; i < (content.length - 1) * 8; i++) {
    if (((content[1 + (i >> 3)] ?? 0) & (0x80 >> (i & 7))) !== 0) bits.add(i);
  }
  return bits;
}

/** An OBJECT IDENTIFIER in dotted form; DerError when an arc is cut off, padded or absurdly long. */
export function oidOf(element: Element): string {
  const bytes = contentOf(element);
  if (bytes.length === 0 || bytes.length > 128 || (bytes.at(-1) ?? 0) >= 0x80) throw new DerError("an object identifier is malformed");
  const arcs: string[] = [];
  let arc = 0n;
  let fresh = true;
  for (const byte of bytes) {
    if (fresh && byte === 0x80) throw new DerError("an object identifier is not in its shortest form");
    arc = (arc << 7n) | BigInt(byte & 0x7f);
    fresh = byte < 0x80;
    if (!fresh) continue;
    if (arcs.length === 0) {
      const top = arc < 80n ? arc / 40n : 2n;
      arcs.push(String(top), String(arc - top * 40n));
    } else arcs.push(String(arc));
    arc = 0n;
  }
  return arcs.join(".");
}

/** The next element read as OBJECT IDENTIFIER. */
export function takeOid(reader: Reader, what: string): string {
  return oidOf(take(reader, TAG.oid, what));
}

/** A point in time in whole seconds since 1970, and whether it was written as GeneralizedTime. */
export interface DerTime {
  readonly seconds: number;
  readonly generalized: boolean;
}

/** A UTCTime or GeneralizedTime in the only forms RFC 5280 section 4.1.2.5 allows: seconds present, no fraction, zone Z. */
export function timeOf(element: Element, what: string): DerTime {
  const generalized = element.tag === TAG.generalizedTime;
  if (!generalized && element.tag !== TAG.utcTime) throw new DerError(`${what} is not a time`);
  const text = Buffer.from(contentOf(element)).toString("latin1");
  const match = (generalized ? /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/ : /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/).exec(text);
  if (match === null) throw new DerError(`${what} is not a valid time`);
  const [first = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  const year = generalized ? first : first + (first < 50 ? 2000 : 1900);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59) throw new DerError(`${what} is not a valid time`);
  return { seconds: date.getTime() / 1000, generalized };
}

/** The next element read as a time. */
export function takeTime(reader: Reader, what: string): DerTime {
  return timeOf(next(reader), what);
}

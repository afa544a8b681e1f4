/** A tiny DER writer for certificates, CRLs and OCSP answers of any shape, also wrong ones. */
export function tlv(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  if (body.length < 0x80) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const length = Buffer.from(body.length.toString(16).padStart(body.length > 0xffffff ? 8 : body.length > 0xffff ? 6 : body.length > 0xff ? 4 : 2, "0"), "hex");
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, body]);
}

export const seq = (...parts: readonly Uint8Array[]): Buffer => tlv(0x30, ...parts);
export const set = (...parts: readonly Uint8Array[]): Buffer => tlv(0x31, ...parts);
export const octets = (value: Uint8Array): Buffer => tlv(0x04, value);
export const bits = (value: Uint8Array, unused = 0): Buffer => tlv(0x03, Buffer.from([unused]), value);
export const text = (tag: number, value: string): Buffer => tlv(tag, Buffer.from(value, "utf8"));
export const bool = (value: boolean): Buffer => tlv(0x01, Buffer.from([value ? 0xff : 0]));
export const raw = (...bytes: readonly number[]): Buffer => Buffer.from(bytes);
export const NULL = raw(5, 0);

export function int(value: number | bigint): Buffer {
  let hex = BigInt(value).toString(16);
  if (hex.length % 2 === 1) hex = `0${hex}`;
  const bytes = Buffer.from(hex, "hex");
  return tlv(0x02, (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([raw(0), bytes]) : bytes);
}

export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  const arcs = [first * 40 + second, ...rest].flatMap((arc) => {
    const septets: number[] = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) septets.unshift((left % 128) | 0x80);
    return septets;
  });
  return tlv(0x06, Buffer.from(arcs));
}

export function time(date: Date): Buffer {
  const digits = date.toISOString().replaceAll(/[-:T]|\.\d+/g, "");
  const year = date.getUTCFullYear();
  return year >= 1950 && year < 2050 ? text(0x17, digits.slice(2)) : text(0x18, digits);
}

export const generalizedTime = (date: Date): Buffer => text(0x18, date.toISOString().replaceAll(/[-:T]|\.\d+/g, ""));

/** A bit string of named bits, trailing zero bits removed. */
export function namedBits(...positions: readonly number[]): Buffer {
  if (positions.length === 0) return bits(raw());
  const highest = Math.max(...positions);
  const bytes = Buffer.alloc((highest >> 3) + 1);
  for (const position of positions) bytes[position >> 3] = (bytes[position >> 3] ?? 0) | (0x80 >> (position & 7));
  return bits(bytes, 7 - (highest & 7));
}

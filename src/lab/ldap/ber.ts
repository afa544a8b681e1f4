/** A message that breaks the encoding rules or the bounds of this server; the connection is given up. */
export class ProtocolError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "ProtocolError";
  }
}

/** One decoded element: its tag byte and its content. */
export interface Element {
  readonly tag: number;
  readonly body: Buffer;
}

/** Longest message taken, as Active Directory's MaxReceiveBuffer. */
const maxMessageBytes = 10 * 1024 * 1024;

interface Header {
  readonly start: number;
  readonly length: number;
}

/** Reads tag and length at `offset`; undefined when more bytes are needed. LDAP uses definite lengths and one-byte tags only (RFC 4511 section 5.1). */
function header(bytes: Buffer, offset: number): Header | undefined {
  const first = bytes[offset + 1];
  if (first === undefined) return undefined;
  if (first < 0x80) return { start: offset + 2, length: first };
  const size = first & 0x7f;
  if (size === 0 || size > 4) throw new ProtocolError("length not supported");
  if (bytes.length < offset + 2 + size) return undefined;
  return { start: offset + 2 + size, length: bytes.readUIntBE(offset + 2, size) };
}

/** Splits the first whole message off `bytes`; undefined when it is not complete yet. @throws {@link ProtocolError} */
export function splitMessage(bytes: Buffer): { readonly message: Buffer; readonly rest: Buffer } | undefined {
  if (bytes.length > 0 && bytes[0] !== 0x30) throw new ProtocolError("not an LDAP message");
  const found = header(bytes, 0);
  if (found === undefined) return undefined;
  if (found.length > maxMessageBytes) throw new ProtocolError("message too long");
  const end = found.start + found.length;
  return bytes.length < end ? undefined : { message: bytes.subarray(0, end), rest: bytes.subarray(end) };
}

/** The elements inside a constructed element. @throws {@link ProtocolError} */
export function elements(body: Buffer): readonly Element[] {
  const found: Element[] = [];
  for (let offset = 0; offset < body.length; ) {
    const { start, length } = header(body, offset) ?? { start: 0, length: Infinity };
    if (start + length > body.length) throw new ProtocolError("element runs over its end");
    found.push({ tag: body[offset] ?? 0, body: body.subarray(start, start + length) });
    offset = start + length;
  }
  return found;
}

/** The only element of `bytes`. @throws {@link ProtocolError} */
export function onlyElement(bytes: Buffer): Element {
  const [element, ...others] = elements(bytes);
  if (element === undefined || others.length > 0) throw new ProtocolError("one element expected");
  return element;
}

/** The content of an INTEGER or ENUMERATED of up to six bytes. @throws {@link ProtocolError} */
export function integerOf(element: Element | undefined): number {
  if (element === undefined || element.body.length === 0 || element.body.length > 6) throw new ProtocolError("integer expected");
  return element.body.readIntBE(0, element.body.length);
}

/** The content of a string element. @throws {@link ProtocolError} */
export function textOf(element: Element | undefined): string {
  if (element === undefined) throw new ProtocolError("string expected");
  return element.body.toString("utf8");
}

/** An encoded element of the given tag; text is encoded in UTF-8. */
export function encode(tag: number, ...parts: readonly (Uint8Array | string)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part, "utf8") : part)));
  if (body.length < 0x80) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const used = length.subarray(length.findIndex((byte) => byte !== 0));
  return Buffer.concat([Buffer.from([tag, 0x80 | used.length]), used, body]);
}

/** An encoded SEQUENCE. */
export function sequence(...parts: readonly Uint8Array[]): Buffer {
  return encode(0x30, ...parts);
}

/** An encoded OCTET STRING. */
export function octets(value: Uint8Array | string): Buffer {
  return encode(0x04, value);
}

/** An encoded INTEGER (or, with another tag, ENUMERATED) of a 32-bit number. */
export function integer(value: number, tag = 0x02): Buffer {
  const wide = Buffer.alloc(5);
  wide.writeIntBE(value, 0, 5);
  let from = 0;
  while (from < 4 && ((wide[from] === 0 && (wide[from + 1] ?? 0) < 0x80) || (wide[from] === 0xff && (wide[from + 1] ?? 0) >= 0x80))) from += 1;
  return encode(tag, wide.subarray(from));
}

/** Bytes that break the Distinguished Encoding Rules (X.690) or the structure that was expected; the message says what and where. */
export class DerError extends Error {
  override readonly name = "DerError";
}

/** One tag-length-value element: offsets into the shared buffer, header from `start`, contents from `body`, both up to `end`. */
export interface Element {
  readonly bytes: Uint8Array;
  readonly tag: number;
  readonly start: number;
  readonly body: number;
  readonly end: number;
}

/** A forward-only reader over a stretch of a buffer. */
export interface Reader {
  readonly bytes: Uint8Array;
  readonly end: number;
  position: number;
}

/** Universal tags in use (X.680, section 8.6); SEQUENCE and SET carry the constructed bit. */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  sequence: 0x30,
  set: 0x31,
  utcTime: 0x17,
  generalizedTime: 0x18,
} as const;

/** A reader over a whole buffer. */
export function readerOf(bytes: Uint8Array): Reader {
  return { bytes, position: 0, end: bytes.length };
}

/** A reader over the contents of an element. */
export function into(element: Element): Reader {
  return { bytes: element.bytes, position: element.body, end: element.end };
}

/** Whether everything was read. */
export function atEnd(reader: Reader): boolean {
  return reader.position >= reader.end;
}

function lengthAt(reader: Reader, at: number): { readonly length: number; readonly body: number } {
  const first = reader.bytes[at] ?? 0;
  if (first < 0x80) return { length: first, body: at + 1 };
  const count = first & 0x7f;
  if (count === 0 || count > 4) throw new DerError("a length is indefinite or too large");
  if (at + 1 + count > reader.end) throw new DerError("the data ends inside a length");
  let length = 0;
  for (let i = 1; i <= count; i++) length = length * 256 + (reader.bytes[at + i] ?? 0);
  if (length < 0x80 || length < 256 ** (count - 1)) throw new DerError("a length is not in its shortest form");
  return { length, body: at + 1 + count };
}

/** The next element; DerError when the bytes are cut off, the tag has the long form or the length is not minimal. */
export function next(reader: Reader): Element {
  const start = reader.position;
  if (start + 2 > reader.end) throw new DerError("the data ends too early");
  const tag = reader.bytes[start] ?? 0;
  if ((tag & 0x1f) === 0x1f || tag === 0) throw new DerError("a tag is not supported");
  const { length, body } = lengthAt(reader, start + 1);
  const end = body + length;
  if (end > reader.end) throw new DerError("an element is longer than the data");
  reader.position = end;
  return { bytes: reader.bytes, tag, start, body, end };
}

/** The next element, which must have this tag; `what` names it in the error. */
export function take(reader: Reader, tag: number, what: string): Element {
  if (atEnd(reader) || reader.bytes[reader.position] !== tag) throw new DerError(`${what} is missing or of the wrong type`);
  return next(reader);
}

/** The next element if it has this tag. */
export function optional(reader: Reader, tag: number): Element | undefined {
  return !atEnd(reader) && reader.bytes[reader.position] === tag ? next(reader) : undefined;
}

/** DerError when anything is left over. */
export function finish(reader: Reader, what: string): void {
  if (!atEnd(reader)) throw new DerError(`${what} has unexpected data at its end`);
}

/** A reader over the contents of the only element of a buffer, which must have this tag and fill the buffer. */
export function only(bytes: Uint8Array, tag: number, what: string): Reader {
  const reader = readerOf(bytes);
  const element = take(reader, tag, what);
  finish(reader, what);
  return into(element);
}

/** All elements inside an element; `limit` bounds their number. */
export function children(element: Element, limit = 100_000): Element[] {
  const reader = into(element);
  const found: Element[] = [];
  while (!atEnd(reader)) {
    if (found.length >= limit) throw new DerError("a list is too long");
    found.push(next(reader));
  }
  return found;
}

/** The contents of an element, not copied. */
export function contentOf(element: Element): Uint8Array {
  return element.bytes.subarray(element.body, element.end);
}

/** An element with its header, not copied. */
export function rawOf(element: Element): Uint8Array {
  return element.bytes.subarray(element.start, element.end);
}

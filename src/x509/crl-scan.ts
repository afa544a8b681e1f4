import { DerError, TAG } from "./der.ts";

/** A scanner that walks elements without creating objects: a CRL of 32 MB has millions of them. After `step`, `tag`, `body` and `after` describe the element just passed. */
export interface Scanner {
  readonly bytes: Uint8Array;
  position: number;
  tag: number;
  body: number;
  after: number;
}

/** A scanner at an offset. */
export function scannerAt(bytes: Uint8Array, position: number): Scanner {
  return { bytes, position, tag: 0, body: position, after: position };
}

/** Passes one element that must end by `limit`, with the strictness of `next`. */
export function step(scanner: Scanner, limit: number, tag: number, what: string): void {
  const { bytes, position } = scanner;
  if (position + 2 > limit || bytes[position] !== tag) throw new DerError(`${what} is missing or of the wrong type`);
  let length = bytes[position + 1] ?? 0;
  let body = position + 2;
  if (length >= 0x80) {
    const count = length & 0x7f;
    if (count === 0 || count > 4 || body + count > limit) throw new DerError("a length is indefinite, cut off or too large");
    length = 0;
    for (let i = 0; i < count; i++) length = length * 256 + (bytes[body + i] ?? 0);
    body += count;
    if (length < 0x80 || length < 256 ** (count - 1)) throw new DerError("a length is not in its shortest form");
  }
  if (body + length > limit) throw new DerError("an element is longer than the data");
  scanner.tag = tag;
  scanner.body = body;
  scanner.after = body + length;
  scanner.position = scanner.after;
}

/** Checks the INTEGER just passed: not empty and in its shortest form. */
export function checkInteger({ bytes, body, after }: Scanner): void {
  const first = bytes[body] ?? 0;
  const second = bytes[body + 1] ?? 0;
  if (after === body) throw new DerError("an integer is empty");
  if (after - body > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))) throw new DerError("an integer is not in its shortest form");
}

/** Two decimal digits as a number, or -1. */
function pair(bytes: Uint8Array, at: number): number {
  const [tens, ones] = [(bytes[at] ?? 0) - 48, (bytes[at + 1] ?? 0) - 48];
  return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
}

/** Passes a revocation date and checks its form; the calendar is not consulted. */
export function stepDate(scanner: Scanner, limit: number): void {
  const generalized = scanner.bytes[scanner.position] === TAG.generalizedTime;
  step(scanner, limit, generalized ? TAG.generalizedTime : TAG.utcTime, "the date of an entry");
  const { bytes, after } = scanner;
  const start = generalized ? scanner.body + 2 : scanner.body;
  const century = generalized ? pair(bytes, scanner.body) : 20;
  const [month, day] = [pair(bytes, start + 2), pair(bytes, start + 4)];
  const [hour, minute, second] = [pair(bytes, start + 6), pair(bytes, start + 8), pair(bytes, start + 10)];
  const dateSound = century >= 0 && pair(bytes, start) >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
  const timeSound = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
  if (after - start !== 13 || !dateSound || !timeSound || bytes[after - 1] !== 0x5a) throw new DerError("the date of an entry is not a valid time");
}

/** Last arcs under 2.5.29 of the entry extensions that are understood: reasonCode, invalidityDate, certificateIssuer. */
const REASON = 21;
const INVALIDITY = 24;
const ISSUER = 29;

/** What the extensions of an entry amount to, without decoding them. */
export interface EntryTraits {
  unknownCritical: boolean;
  namesIssuer: boolean;
}

/** Passes the extensions of an entry, whose list must end at `end`, and adds to the traits. */
export function stepEntryExtensions(scanner: Scanner, end: number, traits: EntryTraits): void {
  step(scanner, end, TAG.sequence, "the extensions of an entry");
  const listEnd = scanner.after;
  scanner.position = scanner.body;
  if (scanner.position === listEnd) throw new DerError("an entry has an empty list of extensions");
  while (scanner.position < listEnd) {
    step(scanner, listEnd, TAG.sequence, "an entry extension");
    const extensionEnd = scanner.after;
    scanner.position = scanner.body;
    step(scanner, extensionEnd, TAG.oid, "the type of an entry extension");
    const { bytes, body } = scanner;
    const arc = scanner.after - body === 3 && bytes[body] === 0x55 && bytes[body + 1] === 0x1d ? bytes[body + 2] : 0;
    if (arc === ISSUER) traits.namesIssuer = true;
    if (bytes[scanner.position] === TAG.boolean) {
      step(scanner, extensionEnd, TAG.boolean, "a criticality");
      if (scanner.after - scanner.body !== 1 || bytes[scanner.body] !== 0xff) throw new DerError("a criticality is not written as DER demands");
      if (arc !== REASON && arc !== INVALIDITY && arc !== ISSUER) traits.unknownCritical = true;
    }
    step(scanner, extensionEnd, TAG.octetString, "the value of an entry extension");
    if (scanner.position !== extensionEnd) throw new DerError("an entry extension has unexpected data at its end");
  }
}

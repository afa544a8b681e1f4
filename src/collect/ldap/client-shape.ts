/**
 * The shape of LDAP responses (RFC 4511, section 4), checked before ldapts decodes them: its reader answers a length that points beyond the buffer with
 * "nothing" without moving on, so that a lie of one byte inside a search entry makes its loops run until memory is full.
 */

/** What a well-formed response is. */
export interface Envelope {
  readonly messageId: number;
  readonly operation: number;
  /** BER elements in it. */
  readonly elements: number;
}

/** Tags of the responses that a bind, a search or StartTLS can meet. */
export const responseTags = { bind: 0x61, entry: 0x64, done: 0x65, reference: 0x73, extended: 0x78, intermediate: 0x79 } as const;

interface Cursor {
  readonly bytes: Buffer;
  at: number;
  elements: number;
}

const octetString = 0x04;
const sequence = 0x30;
/** Most elements of one message: each costs an object when decoded. */
const maxElements = 500_000;

/** Enters the element at the cursor when it has this tag and ends by `end`; returns where it ends, -1 if it does not fit. */
function enter(cursor: Cursor, tag: number, end: number): number {
  const { bytes } = cursor;
  const first = cursor.at + 1 < end ? bytes[cursor.at + 1] : undefined;
  cursor.elements += 1;
  if (first === undefined || bytes[cursor.at] !== tag || cursor.elements > maxElements) {
    return -1;
  }
  const octets = first < 0x80 ? 0 : first & 0x7f;
  if (first === 0x80 || octets > 4 || cursor.at + 2 + octets > end) {
    return -1;
  }
  const length = octets === 0 ? first : bytes.readUIntBE(cursor.at + 2, octets);
  cursor.at += 2 + octets;
  return cursor.at + length <= end ? cursor.at + length : -1;
}

/** Steps over one primitive element with a length between `min` and `max`. */
function skip(cursor: Cursor, tag: number, end: number, min = 0, max = Number.MAX_SAFE_INTEGER): boolean {
  const stop = enter(cursor, tag, end);
  const length = stop - cursor.at;
  if (stop < 0 || length < min || length > max) {
    return false;
  }
  cursor.at = stop;
  return true;
}

/** Steps over a constructed element whose contents are zero or more of what `each` steps over. */
function skipList(cursor: Cursor, tag: number, end: number, each: (stop: number) => boolean): boolean {
  const stop = enter(cursor, tag, end);
  if (stop < 0) {
    return false;
  }
  while (cursor.at < stop) {
    if (!each(stop)) {
      return false;
    }
  }
  return true;
}

function skipAttribute(cursor: Cursor, end: number): boolean {
  const stop = enter(cursor, sequence, end);
  return stop >= 0 && skip(cursor, octetString, stop) && skipList(cursor, 0x31, stop, (set) => skip(cursor, octetString, set)) && cursor.at === stop;
}

function skipControl(cursor: Cursor, end: number): boolean {
  const stop = enter(cursor, sequence, end);
  if (stop < 0 || !skip(cursor, octetString, stop)) {
    return false;
  }
  const critical = cursor.bytes[cursor.at] !== 0x01 || cursor.at === stop || skip(cursor, 0x01, stop, 1, 1);
  return critical && (cursor.at === stop || skip(cursor, octetString, stop)) && cursor.at === stop;
}

/** LDAPResult, with referral `[3]` and the trailing fields of bind `[7]` and extended responses `[10]`, `[11]`. */
function skipResult(cursor: Cursor, stop: number): boolean {
  if (!skip(cursor, 0x0a, stop, 1, 4) || !skip(cursor, octetString, stop) || !skip(cursor, octetString, stop)) {
    return false;
  }
  if (cursor.bytes[cursor.at] === 0xa3 && cursor.at < stop && !skipList(cursor, 0xa3, stop, (list) => skip(cursor, octetString, list))) {
    return false;
  }
  while (cursor.at < stop) {
    const tag = cursor.bytes[cursor.at];
    if ((tag !== 0x87 && tag !== 0x8a && tag !== 0x8b) || !skip(cursor, tag, stop)) {
      return false;
    }
  }
  return true;
}

function skipOperation(cursor: Cursor, operation: number, end: number): boolean {
  const stop = enter(cursor, operation, end);
  if (stop < 0) {
    return false;
  }
  switch (operation) {
    case responseTags.entry:
      return skip(cursor, octetString, stop) && skipList(cursor, sequence, stop, (list) => skipAttribute(cursor, list)) && cursor.at === stop;
    case responseTags.reference:
      while (cursor.at < stop) {
        if (!skip(cursor, octetString, stop)) {
          return false;
        }
      }
      return true;
    case responseTags.bind:
    case responseTags.done:
    case responseTags.extended:
      return skipResult(cursor, stop);
    case responseTags.intermediate:
      cursor.at = stop;
      return true;
    default:
      return false;
  }
}

/** Message id and operation of one framed message, or undefined when any length or tag inside is not as RFC 4511 says. */
export function checkShape(message: Buffer): Envelope | undefined {
  const cursor: Cursor = { bytes: message, at: 0, elements: 0 };
  const end = enter(cursor, sequence, message.length);
  if (end !== message.length) {
    return undefined;
  }
  const idEnd = enter(cursor, 0x02, end);
  const idLength = idEnd - cursor.at;
  if (idEnd < 0 || idLength < 1 || idLength > 4) {
    return undefined;
  }
  const messageId = message.readIntBE(cursor.at, idLength);
  cursor.at = idEnd;
  const operation = message[cursor.at];
  if (messageId < 0 || operation === undefined || !skipOperation(cursor, operation, end)) {
    return undefined;
  }
  if (cursor.at < end && !skipList(cursor, 0xa0, end, (list) => skipControl(cursor, list))) {
    return undefined;
  }
  return cursor.at === end ? { messageId, operation, elements: cursor.elements } : undefined;
}

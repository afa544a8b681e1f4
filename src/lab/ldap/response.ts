import { encode, integer, octets, sequence } from "./ber.ts";

/** Result codes used (RFC 4511 appendix A). */
export const resultCode = {
  success: 0,
  operationsError: 1,
  protocolError: 2,
  timeLimitExceeded: 3,
  sizeLimitExceeded: 4,
  compareFalse: 5,
  compareTrue: 6,
  authMethodNotSupported: 7,
  strongerAuthRequired: 8,
  referral: 10,
  unavailableCriticalExtension: 12,
  noSuchAttribute: 16,
  noSuchObject: 32,
  invalidDNSyntax: 34,
  inappropriateAuthentication: 48,
  invalidCredentials: 49,
  unwillingToPerform: 53,
} as const;

/** How an operation ended. */
export interface Result {
  readonly code: number;
  readonly text: string;
  readonly matchedDn?: string;
  readonly referrals?: readonly string[];
}

/** A result without anything to say. */
export const success: Result = { code: resultCode.success, text: "" };

/** Tags of the answers. */
export const answerTag = { bind: 0x61, entry: 0x64, searchDone: 0x65, compare: 0x6f, reference: 0x73, extended: 0x78 } as const;

/** An attribute as it is sent. */
export interface SentAttribute {
  readonly name: string;
  readonly values: readonly (string | Uint8Array)[];
}

function resultParts(result: Result): readonly Buffer[] {
  const parts = [integer(result.code, 0x0a), octets(result.matchedDn ?? ""), octets(result.text)];
  return result.referrals === undefined ? parts : [...parts, encode(0xa3, ...result.referrals.map(octets))];
}

/** Encodes an answer that ends an operation; `extra` follows the result (an extended response's name and value), `controls` are encoded controls. */
export function encodeResult(id: number, tag: number, result: Result, extra: readonly Buffer[] = [], controls: readonly Buffer[] = []): Buffer {
  const body = encode(tag, ...resultParts(result), ...extra);
  return controls.length === 0 ? sequence(integer(id), body) : sequence(integer(id), body, encode(0xa0, ...controls));
}

/** Encodes a search result entry. */
export function encodeEntry(id: number, dn: string, attributes: readonly SentAttribute[]): Buffer {
  const list = attributes.map(({ name, values }) => sequence(octets(name), encode(0x31, ...values.map(octets))));
  return sequence(integer(id), encode(answerTag.entry, octets(dn), sequence(...list)));
}

/** Encodes a search result reference. */
export function encodeReference(id: number, url: string): Buffer {
  return sequence(integer(id), encode(answerTag.reference, octets(url)));
}

/** Encodes a notice of disconnection (RFC 4511 section 4.4.1). */
export function encodeDisconnection(code: number, text: string): Buffer {
  return encodeResult(0, answerTag.extended, { code, text }, [encode(0x8a, "1.3.6.1.4.1.1466.20036")]);
}

/** Encodes the answer to a paged search (RFC 2696): an estimate, which Active Directory leaves at 0, and the cookie. */
export function pagedControl(cookie: Uint8Array): Buffer {
  return sequence(octets("1.2.840.113556.1.4.319"), octets(sequence(integer(0), octets(cookie))));
}

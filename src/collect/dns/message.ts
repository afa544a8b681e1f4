import { DNSSEC_OK, encode, RECURSION_DESIRED } from "dns-packet";
import type { DnsRecord, DnsType } from "./record.ts";
import { decodeRecord, MalformedMessage, nameEnd, recordFrame, typeNumber } from "./wire.ts";

/** What is asked: an ASCII name without trailing dot, and a type; the class is always IN. */
export interface Question {
  readonly name: string;
  readonly type: DnsType;
}

/** A server's reply, decoded as far as anybody needs it. */
export interface Reply {
  /** With the upper bits that EDNS adds (RFC 6891 section 6.1.3). */
  readonly responseCode: number;
  readonly truncated: boolean;
  readonly authoritative: boolean;
  readonly recursionAvailable: boolean;
  readonly authenticData: boolean;
  /** Empty when truncated: a cut answer is never used. */
  readonly answers: readonly DnsRecord[];
  readonly authorityHasSoa: boolean;
  readonly authorityHasNs: boolean;
}

/** A datagram or TCP message, judged by the query it may belong to: `foreign` answers something else. */
export type Reading = { readonly kind: "reply"; readonly reply: Reply } | { readonly kind: "foreign" } | { readonly kind: "malformed"; readonly detail: string };

/** The largest UDP reply asked for: it fits the smallest IPv6 MTU, so it is never fragmented (DNS flag day 2020). */
const udpPayloadSize = 1232;
const headerBytes = 12;
const responseCodeFormErr = 1;
const responseCodeNotImp = 4;

/**
 * Encodes the query with id 0 (the transport sets a random one). DO is what brings an AD bit; AD in the query would do so too, with shorter replies (RFC 6840
 * section 5.7), but some servers (Samba) send the query's AD bit back and would seem to have validated.
 */
export function encodeQuery(question: Question, edns: boolean): Buffer {
  const optRecord = { name: ".", type: "OPT", udpPayloadSize, flags: DNSSEC_OK, options: [] };
  return encode({ type: "query", id: 0, flags: RECURSION_DESIRED, questions: [question], additionals: edns ? [optRecord] : [] });
}

function lowerByte(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte;
}

/** Whether the reply repeats the question: name without regard to case, type and class exactly. Bytes are compared, as decoded text cannot tell a dot inside a label. */
function repeatsQuestion(reply: Buffer, query: Buffer): boolean {
  const nameStop = nameEnd(query, headerBytes);
  if (reply.length < nameStop + 4 || reply.readUInt16BE(4) !== 1) return false;
  for (let at = headerBytes; at < nameStop; at += 1) {
    if (lowerByte(reply[at] ?? 0) !== lowerByte(query[at] ?? 0)) return false;
  }
  return reply.compare(query, nameStop, nameStop + 4, nameStop, nameStop + 4) === 0;
}

/** Old servers refuse EDNS with a bare header (RFC 6891 section 7). All that a forged one could bring about is a query without EDNS. */
function isBareRefusalOfEdns(reply: Buffer, query: Buffer): boolean {
  const code = (reply[3] ?? 0) & 0xf;
  return query.readUInt16BE(10) === 1 && reply.length === headerBytes && reply.readUInt16BE(4) === 0 && (code === responseCodeFormErr || code === responseCodeNotImp);
}

interface Sections {
  readonly answers: readonly DnsRecord[];
  readonly authorityHasSoa: boolean;
  readonly authorityHasNs: boolean;
  readonly extendedCode: number;
}

const noSections: Sections = { answers: [], authorityHasSoa: false, authorityHasNs: false, extendedCode: 0 };

/** Walks the three record sections; a count larger than the message ends at its end with {@link MalformedMessage}. */
function readSections(bytes: Buffer, start: number): Sections {
  const answers: DnsRecord[] = [];
  const authority = new Set<number>();
  let at = start;
  for (let left = bytes.readUInt16BE(6); left > 0; left -= 1) {
    const frame = recordFrame(bytes, at);
    const record = decodeRecord(bytes, frame);
    if (record !== undefined) answers.push(record);
    at = frame.end;
  }
  for (let left = bytes.readUInt16BE(8); left > 0; left -= 1) {
    const frame = recordFrame(bytes, at);
    authority.add(frame.type);
    at = frame.end;
  }
  let extendedCode = 0;
  for (let left = bytes.readUInt16BE(10); left > 0; left -= 1) {
    const frame = recordFrame(bytes, at);
    if (frame.type === typeNumber.OPT) extendedCode = frame.ttl >>> 24;
    at = frame.end;
  }
  return { answers, authorityHasSoa: authority.has(typeNumber.SOA), authorityHasNs: authority.has(typeNumber.NS), extendedCode };
}

function decodeReply(bytes: Buffer, query: Buffer, isBare: boolean): Reply {
  const flags = bytes.readUInt16BE(2);
  const truncated = (flags & 0x0200) !== 0;
  const { extendedCode, ...sections } = isBare || truncated ? noSections : readSections(bytes, nameEnd(query, headerBytes) + 4);
  return {
    ...sections, truncated, responseCode: (extendedCode << 4) | (flags & 0xf),
    authoritative: (flags & 0x0400) !== 0, recursionAvailable: (flags & 0x0080) !== 0, authenticData: (flags & 0x0020) !== 0,
  };
}

/** Reads what came as a possible reply to `query` (RFC 5452 section 9.1; the transport has compared the sender). Never throws. */
export function readReply(bytes: Buffer, query: Buffer): Reading {
  if (bytes.length < headerBytes) return { kind: "malformed", detail: "shorter than a DNS header" };
  const isResponseToQuery = (bytes.readUInt16BE(2) & 0xf800) === 0x8000;
  if (!isResponseToQuery || bytes.readUInt16BE(0) !== query.readUInt16BE(0)) return { kind: "foreign" };
  const isBare = isBareRefusalOfEdns(bytes, query);
  if (!isBare && !repeatsQuestion(bytes, query)) return { kind: "foreign" };
  try {
    return { kind: "reply", reply: decodeReply(bytes, query, isBare) };
  } catch (error) {
    // Beside ours the codec throws plain errors and RangeErrors: either way it is the message that cannot be read.
    return { kind: "malformed", detail: error instanceof MalformedMessage ? error.message : "a record cannot be decoded" };
  }
}

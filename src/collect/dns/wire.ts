import { answer as codec } from "dns-packet";
import { foldCase } from "./name.ts";
import type { DnsRecord } from "./record.ts";

/** A message whose structure does not hold. */
export class MalformedMessage extends Error {}

/** The numbers of the types that are decoded, and of EDNS's pseudo record. */
export const typeNumber = { A: 1, NS: 2, CNAME: 5, SOA: 6, PTR: 12, AAAA: 28, SRV: 33, OPT: 41 } as const;

const classInternet = 1;
const maxNameBytes = 254;
/** A name has at most 127 labels, so honest compression never jumps more often; without a bound a 64 KB message could cost millions of steps. */
const maxPointers = 127;

/** The offset after the name at `start`, having followed its compression pointers (RFC 1035 section 4.1.4) to see that it ends. */
export function nameEnd(bytes: Buffer, start: number): number {
  let end: number | undefined;
  let pointers = 0;
  let length = 0;
  for (let at = start; ;) {
    const size = bytes[at];
    if (size === undefined) throw new MalformedMessage("a name runs past the end");
    if (size === 0) return end ?? at + 1;
    if (size >= 0xc0) {
      end ??= at + 2;
      pointers += 1;
      if (pointers > maxPointers) throw new MalformedMessage("a name has too many compression pointers");
      const low = bytes[at + 1];
      if (low === undefined) throw new MalformedMessage("a name runs past the end");
      at = ((size & 0x3f) << 8) | low;
      continue;
    }
    length += size + 1;
    if (size > 63 || length > maxNameBytes) throw new MalformedMessage("a name or label is too long");
    at += size + 1;
  }
}

/** One resource record's place in a message: the fixed part of RFC 1035 section 3.2.1. */
interface RecordFrame {
  readonly start: number;
  readonly type: number;
  readonly isInternet: boolean;
  readonly ttl: number;
  readonly dataStart: number;
  readonly end: number;
}

/** Reads the frame of the record at `start`; throws {@link MalformedMessage} when it does not fit into the message. */
export function recordFrame(bytes: Buffer, start: number): RecordFrame {
  const head = nameEnd(bytes, start);
  const dataStart = head + 10;
  if (dataStart > bytes.length) throw new MalformedMessage("a record runs past the end");
  const end = dataStart + bytes.readUInt16BE(head + 8);
  if (end > bytes.length) throw new MalformedMessage("a record's data run past the end");
  return { start, type: bytes.readUInt16BE(head), isInternet: bytes.readUInt16BE(head + 2) === classInternet, ttl: bytes.readUInt32BE(head + 4), dataStart, end };
}

/** Where the data of the record must end going by its type. The codec does not compare that with the stated length and would read a neighbour's bytes. */
function dataEnd(bytes: Buffer, { type, dataStart }: RecordFrame): number | undefined {
  switch (type) {
    case typeNumber.A:
      return dataStart + 4;
    case typeNumber.AAAA:
      return dataStart + 16;
    case typeNumber.CNAME:
    case typeNumber.NS:
    case typeNumber.PTR:
      return nameEnd(bytes, dataStart);
    case typeNumber.SRV:
      return nameEnd(bytes, dataStart + 6);
    case typeNumber.SOA:
      return nameEnd(bytes, nameEnd(bytes, dataStart)) + 20;
    default:
      return undefined;
  }
}

interface SrvData {
  readonly priority: number;
  readonly weight: number;
  readonly port: number;
  readonly target: string;
}

interface SoaData {
  readonly mname: string;
  readonly rname: string;
  readonly serial: number;
  readonly refresh: number;
  readonly retry: number;
  readonly expire: number;
  readonly minimum: number;
}

function soaRecord(head: { readonly name: string; readonly ttlSeconds: number }, data: SoaData): DnsRecord {
  return {
    ...head, type: "SOA", primary: foldCase(data.mname), mailbox: foldCase(data.rname), serial: data.serial,
    refreshSeconds: data.refresh, retrySeconds: data.retry, expireSeconds: data.expire, minimumSeconds: data.minimum,
  };
}

/** Decodes the framed record; undefined for a class or type that nobody asks for. */
export function decodeRecord(bytes: Buffer, frame: RecordFrame): DnsRecord | undefined {
  const end = frame.isInternet ? dataEnd(bytes, frame) : undefined;
  if (end === undefined) return undefined;
  if (end !== frame.end) throw new MalformedMessage("a record's data have another length than stated");
  const { name, type, data } = codec.decode(bytes, frame.start);
  // RFC 2181 section 8: with the top bit set a time to live counts as zero.
  const head = { name: foldCase(name), ttlSeconds: frame.ttl > 0x7fff_ffff ? 0 : frame.ttl };
  switch (type) {
    case "A":
    case "AAAA":
      return { ...head, type, address: data as string };
    case "CNAME":
    case "PTR":
    case "NS":
      return { ...head, type, target: foldCase(data as string) };
    case "SRV": {
      const { priority, weight, port, target } = data as SrvData;
      return { ...head, type, priority, weight, port, target: foldCase(target), offered: target !== "." };
    }
    case "SOA":
      return soaRecord(head, data as SoaData);
    default:
      return undefined;
  }
}

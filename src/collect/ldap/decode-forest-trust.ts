import { sidToText } from "./decode-sid.ts";

/** A record of msDS-TrustForestTrustInfo. `flags` are as stored; their meaning depends on the kind. */
export type ForestTrustRecord =
  | { readonly kind: "topLevelName" | "topLevelNameEx"; readonly name: string; readonly flags: number; readonly enabled: boolean }
  | { readonly kind: "domainInfo"; readonly sid: string; readonly dnsName: string; readonly netbiosName: string; readonly flags: number; readonly enabled: boolean }
  | { readonly kind: "other"; readonly recordType: number; readonly flags: number };

const maxRecords = 4000;
const headerLength = 17; // flags 4, timestamp 8, type 1, and the record length before them

function slicer(data: Buffer): (() => Buffer | undefined) {
  let at = 0;
  return () => {
    const length = at + 4 <= data.length ? data.readUInt32LE(at) : -1;
    if (length < 0 || at + 4 + length > data.length) {
      return undefined;
    }
    const part = data.subarray(at + 4, at + 4 + length);
    at += 4 + length;
    return part;
  };
}

function utf8(bytes: Buffer | undefined): string | undefined {
  try {
    return bytes === undefined ? undefined : new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function readRecord(flags: number, recordType: number, data: Buffer): ForestTrustRecord | undefined {
  const next = slicer(data);
  if (recordType === 0 || recordType === 1) {
    const name = utf8(next());
    return name === undefined ? undefined : { kind: recordType === 0 ? "topLevelName" : "topLevelNameEx", name, flags, enabled: (flags & 0x7) === 0 };
  }
  if (recordType !== 2) {
    return { kind: "other", recordType, flags };
  }
  const sid = sidToText(next() ?? Buffer.alloc(0));
  const dnsName = utf8(next());
  const netbiosName = utf8(next());
  return sid === undefined || dnsName === undefined || netbiosName === undefined ? undefined : { kind: "domainInfo", sid, dnsName, netbiosName, flags, enabled: (flags & 0xf) === 0 };
}

/**
 * The name suffixes and domains that a forest trust routes ([MS-ADTS] 6.1.6.9.3). Unknown record types are kept as `other`; undefined when any length or text is
 * wrong, since a list read in part could hide an excluded suffix. The time stamp is not used, so its word order does not matter.
 */
export function decodeForestTrustInfo(bytes: Buffer): readonly ForestTrustRecord[] | undefined {
  if (bytes.length < 8 || bytes.readUInt32LE(0) !== 1) {
    return undefined;
  }
  const count = bytes.readUInt32LE(4);
  const records: ForestTrustRecord[] = [];
  let at = 8;
  while (records.length < count) {
    const length = at + headerLength <= bytes.length ? bytes.readUInt32LE(at) : 0;
    if (length < headerLength - 4 || at + 4 + length > bytes.length || records.length >= maxRecords) {
      return undefined;
    }
    const record = readRecord(bytes.readUInt32LE(at + 4), bytes.readUInt8(at + 16), bytes.subarray(at + headerLength, at + 4 + length));
    if (record === undefined) {
      return undefined;
    }
    records.push(record);
    at += 4 + length;
  }
  return records;
}

import { compareText } from "../../model/compare-text.ts";

/** The record types that a view can be asked for. */
const dnsTypes = ["A", "AAAA", "CNAME", "SRV", "PTR", "SOA", "NS"] as const;

/** One of {@link dnsTypes}. */
export type DnsType = (typeof dnsTypes)[number];

/** What every record has: owner name (lower case, without trailing dot; the root is `.`) and time to live. */
interface RecordHead {
  readonly name: string;
  readonly ttlSeconds: number;
}

/** An IPv4 or IPv6 address. */
export interface AddressRecord extends RecordHead {
  readonly type: "A" | "AAAA";
  readonly address: string;
}

/** An alias, a reverse name or a name server. */
export interface TargetRecord extends RecordHead {
  readonly type: "CNAME" | "PTR" | "NS";
  readonly target: string;
}

/** A service's host (RFC 2782). */
export interface SrvRecord extends RecordHead {
  readonly type: "SRV";
  readonly priority: number;
  readonly weight: number;
  readonly port: number;
  readonly target: string;
  /** False where the target is `.`: the service is decidedly not available at this domain (RFC 2782). */
  readonly offered: boolean;
}

/** The start of a zone (RFC 1035 section 3.3.13). */
export interface SoaRecord extends RecordHead {
  readonly type: "SOA";
  readonly primary: string;
  readonly mailbox: string;
  readonly serial: number;
  readonly refreshSeconds: number;
  readonly retrySeconds: number;
  readonly expireSeconds: number;
  readonly minimumSeconds: number;
}

/** A decoded record; names in it are lower case, without trailing dot. */
export type DnsRecord = AddressRecord | TargetRecord | SrvRecord | SoaRecord;

/** The record's data as one line in the order of zone files, without owner and time to live: equal text, equal data. */
export function recordText(record: DnsRecord): string {
  switch (record.type) {
    case "A":
    case "AAAA":
      return record.address;
    case "SRV":
      return `${record.priority} ${record.weight} ${record.port} ${record.target}`;
    case "SOA":
      return `${record.primary} ${record.mailbox} ${record.serial} ${record.refreshSeconds} ${record.retrySeconds} ${record.expireSeconds} ${record.minimumSeconds}`;
    default:
      return record.target;
  }
}

function compareRecords(a: DnsRecord, b: DnsRecord): number {
  const byRank = a.type === "SRV" && b.type === "SRV" ? a.priority - b.priority || b.weight - a.weight : 0;
  return byRank || compareText(recordText(a), recordText(b));
}

/** The records without duplicates (of two the shorter-lived) in a fixed order: servers rotate them. SRV by priority, then heaviest first; all others by their text. */
export function sortRecords<R extends DnsRecord>(records: readonly R[]): readonly R[] {
  if (records.length < 2) return records;
  const distinct = new Map<string, R>();
  for (const record of records) {
    const text = recordText(record);
    const twin = distinct.get(text);
    if (twin === undefined || record.ttlSeconds < twin.ttlSeconds) distinct.set(text, record);
  }
  return [...distinct.values()].sort(compareRecords);
}

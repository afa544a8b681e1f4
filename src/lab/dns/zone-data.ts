import type { DnsRecord } from "../types.ts";
import type { Answer } from "./codec.ts";

/** The records of one view. Keys are lower case and without a dot at the end. */
export interface ZoneData {
  readonly records: ReadonlyMap<string, readonly Answer[]>;
  /** Names at or above a record; all of them exist (RFC 8020). */
  readonly names: ReadonlySet<string>;
  /** Zones served and the SOA record of each. */
  readonly zones: ReadonlyMap<string, Answer>;
}

const ttl = 300;

/** A name in the form in which names are compared. */
export function nameKey(name: string): string {
  return name.toLowerCase().replace(/\.$/u, "");
}

function parents(name: string): readonly string[] {
  const labels = name.split(".");
  return labels.map((_, index) => labels.slice(index).join("."));
}

function dataOf({ type, data, name }: DnsRecord): unknown {
  const [first = "", ...rest] = data;
  const numbers = rest.map(Number);
  const number = (index: number) => numbers[index] ?? 0;
  switch (type) {
    case "A":
    case "AAAA":
      return first;
    case "CNAME":
    case "PTR":
    case "NS":
      return nameKey(first) === "" ? name : first;
    case "TXT":
      return [...data];
    case "SRV":
      return { target: first, port: number(0), priority: number(1), weight: number(2) };
    case "SOA":
      return { mname: first, rname: rest[0] ?? "", serial: number(1), refresh: number(2), retry: number(3), expire: number(4), minimum: number(5) };
    default:
      return type satisfies never;
  }
}

function answerOf(record: DnsRecord): Answer {
  return { name: record.name, type: record.type, ttl, data: dataOf(record) };
}

function madeUpSoa(zone: string): Answer {
  return { name: zone, type: "SOA", ttl, data: { mname: `ns.${zone}`, rname: `hostmaster.${zone}`, serial: 1, refresh: 900, retry: 600, expire: 86400, minimum: 3600 } };
}

/** The zones are those with an SOA record; a record outside them makes a zone of its last two labels, so that nothing is out of reach. */
export function zoneData(all: readonly DnsRecord[], view: "inside" | "outside"): ZoneData {
  const own = all.filter((record) => record.view === view || record.view === "both");
  const zones = new Map<string, Answer>();
  for (const record of own) if (record.type === "SOA") zones.set(nameKey(record.name), answerOf(record));
  const records = new Map<string, Answer[]>();
  const names = new Set<string>();
  for (const record of own) {
    const key = nameKey(record.name);
    const found = records.get(key) ?? [];
    records.set(key, found);
    found.push(answerOf(record));
    const path = parents(key);
    for (const name of path) names.add(name);
    const fallback = path.at(-2) ?? key;
    if (!path.some((name) => zones.has(name))) zones.set(fallback, madeUpSoa(fallback));
  }
  return { records, names, zones };
}

/** The zone that a name is in, or undefined. */
export function zoneOf(data: ZoneData, name: string): string | undefined {
  return parents(name).find((parent) => data.zones.has(parent));
}

import { known, unknown, type Observation, type Unknown } from "../../../model/observation.ts";
import { failed, type Entry, type Outcome } from "../client-contract.ts";
import { isNoSuchObject } from "../client-failure.ts";
import { dnKey, rdnValue } from "../decode-dn.ts";
import { rightsOf } from "./entry-rights.ts";
import { changeTime, failureOf, type ReadEntry } from "./observe-entry.ts";
import type { Reader } from "./reader.ts";

const maxEntries = 50_000;
const descriptor = "ntsecuritydescriptor";
/** What is read of every object. */
const common = ["objectClass", "objectGUID", "nTSecurityDescriptor", changeTime];

/** Objects below a container. `complete` is known when the server answered and the account could have seen them all; what was found stands either way. */
export interface Listing {
  readonly entries: readonly ReadEntry[];
  readonly complete: Observation<true>;
}

/** An entry that came with its security descriptor, which is judged and dropped: thousands are held at once. */
export function readEntryOf(reader: Reader, entry: Entry): ReadEntry {
  const { hiding, concealing } = rightsOf(entry, reader.sids);
  const attributes = new Map(entry.attributes);
  attributes.delete(descriptor);
  const hidden = hiding ?? (attributes.has("objectclass") ? undefined : `the account may not read the class of ${entry.dn}`);
  return { entry: { ...entry, attributes }, source: reader.source, hiding: hidden, concealing };
}

/** One object with what its silence means. */
export async function readObject(reader: Reader, dn: string, attributes: readonly string[]): Promise<Outcome<ReadEntry>> {
  const read = await reader.client.readEntry(dn, [...common, ...attributes], { sdFlags: true });
  return read.ok ? { ok: true, value: readEntryOf(reader, read.value) } : failed(read.failure);
}

/** Whether an entry is of a class, by the names in objectClass. */
export function isOfClass({ entry }: ReadEntry, name: string): boolean {
  return (entry.attributes.get("objectclass") ?? []).some((value) => typeof value === "string" && value.toLowerCase() === name.toLowerCase());
}

/** The objects of one class in a listing, whose completeness stays what it was. */
export function ofClass({ entries, complete }: Listing, name: string): Listing {
  return { entries: entries.filter((read) => isOfClass(read, name)), complete };
}

/** The object of a listing with this cn. */
export function childNamed(children: Listing, cn: string): ReadEntry | undefined {
  return children.entries.find(({ entry }) => rdnValue(entry.dn).toLowerCase() === cn.toLowerCase());
}

interface Found {
  readonly entries: readonly ReadEntry[];
  readonly failure: Unknown | undefined;
}

async function search(reader: Reader, dn: string, scope: "one" | "sub", attributes: readonly string[]): Promise<Found> {
  const { client, source } = reader;
  const pages = client.search({ base: dn, scope, filter: { present: "objectClass" }, attributes: [...common, ...attributes], sdFlags: true });
  const entries: ReadEntry[] = [];
  let elsewhere: string | undefined;
  for (;;) {
    const step = await pages.next();
    if (step.done === true) {
      const { value } = step;
      if (!value.complete) return { entries, failure: failureOf(value.failure, source) };
      return { entries, failure: elsewhere === undefined ? undefined : unknown("unsupported", `a part of ${dn} is held by another server that was not asked: ${elsewhere}`, source) };
    }
    elsewhere ??= step.value.references[0];
    for (const entry of step.value.entries) entries.push(readEntryOf(reader, entry));
    if (entries.length > maxEntries) {
      const failure = { reason: "truncated", code: "client:too-many-entries", detail: `there are more than ${maxEntries} objects below ${dn}` } as const;
      await pages.return({ complete: false, failure, referrals: [] });
      return { entries, failure: failureOf(failure, source) };
    }
  }
}

/**
 * What may be hidden below a container. Active Directory hides what may not be listed exactly as if it were not there, so that the DACL of every object that
 * could hold others has to tell, evaluated for the account's own SIDs ([MS-ADTS] 5.1.3.3). An object whose class may not be read is named and nothing more.
 */
function hiddenBelow(base: ReadEntry, entries: readonly ReadEntry[], scope: "one" | "sub"): Unknown | undefined {
  const nameless = entries.find(({ entry }) => !entry.attributes.has("objectclass"));
  const holders = scope === "sub" ? [base, ...entries] : [base];
  const detail = holders.find(({ concealing }) => concealing !== undefined)?.concealing ?? (nameless === undefined ? undefined : `the account may not read what ${nameless.entry.dn} is`);
  return detail === undefined ? undefined : unknown("denied", detail, base.source);
}

/**
 * The objects below a container (one level or all), with evidence whether these are all. No filter is used: a filter on an attribute that may not be read
 * leaves the object out in silence, while `(objectClass=*)` is true of every object ([MS-ADTS] 3.1.1.3.1.3).
 */
export async function listBelow(reader: Reader, dn: string, scope: "one" | "sub", attributes: readonly string[]): Promise<Listing> {
  const { source } = reader;
  const [base, found] = await Promise.all([readObject(reader, dn, []), search(reader, dn, scope, attributes)]);
  const entries = found.entries.filter(({ entry }) => dnKey(entry.dn) !== dnKey(dn));
  if (!base.ok) return { entries, complete: isNoSuchObject(base.failure) ? unknown("denied", `${dn} is not there, or hidden from the account`, source) : failureOf(base.failure, source) };
  return { entries, complete: found.failure ?? hiddenBelow(base.value, entries, scope) ?? known(true, source) };
}

/** Completeness of several listings together: the first that is not complete decides. */
export function together(parts: readonly Observation<true>[], source: string): Observation<true> {
  return parts.find(({ state }) => state !== "known") ?? known(true, source);
}

/** Objects found as a list fact: known only when the listing was complete. */
export function idList(complete: Observation<true>, ids: readonly string[]): Observation<readonly string[]> {
  return complete.state === "known" ? known(ids, complete.source) : complete;
}

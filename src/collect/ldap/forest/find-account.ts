import { absent, known, unknown, type Observation } from "../../../model/observation.ts";
import type { DirectoryFilter } from "../client-contract.ts";
import { isNoSuchObject } from "../client-failure.ts";
import { parseDn } from "../decode-dn.ts";
import { readEntryOf, readObject } from "./container.ts";
import { domainHolding } from "./domains.ts";
import { failureOf, type ReadEntry } from "./observe-entry.ts";
import type { Domain, ForestSession } from "./session.ts";

const attributes = ["objectClass", "objectGUID", "nTSecurityDescriptor", "userAccountControl"];

/** Where an account may be, and by what it is found there. */
interface Place {
  readonly domain: Domain;
  readonly filter: DirectoryFilter;
}

function equals(attribute: string, value: string): DirectoryFilter {
  return { equals: { attribute, value } };
}

function placesOf(domains: readonly Domain[], account: string): readonly Place[] {
  const [, prefix, name] = /^([^\\]+)\\(.+)$/.exec(account) ?? [];
  if (prefix !== undefined && name !== undefined) {
    const own = domains.filter(({ netbios, dns }) => netbios?.toLowerCase() === prefix.toLowerCase() || dns === prefix.toLowerCase());
    return own.map((domain) => ({ domain, filter: equals("sAMAccountName", name) }));
  }
  const at = account.lastIndexOf("@");
  if (at === -1) return domains.map((domain) => ({ domain, filter: equals("sAMAccountName", account) }));
  // sAMAccountName@domain names an account whatever its userPrincipalName is ([MS-ADTS] 5.1.1.1.1)
  const suffix = account.slice(at + 1).toLowerCase();
  const implicit = equals("sAMAccountName", account.slice(0, at));
  return domains.map((domain) => ({ domain, filter: domain.dns === suffix ? { or: [equals("userPrincipalName", account), implicit] } : equals("userPrincipalName", account) }));
}

async function findIn(session: ForestSession, { domain, filter }: Place): Promise<Observation<readonly ReadEntry[]>> {
  const reader = await domain.reader();
  if (!reader.ok) return failureOf(reader.failure, session.source);
  const { client, source } = reader.value;
  const found = await client.searchAll({ base: domain.dn, scope: "sub", filter: { and: ["(objectCategory=person)", filter] }, attributes, sdFlags: true }, { maxEntries: 10 });
  if (!found.complete) return failureOf(found.failure, source);
  if (found.entries.length > 0) return known(found.entries.map((entry) => readEntryOf(reader.value, entry)), source);
  const { visible } = await domain.rights();
  return visible.state === "known" ? known([], source) : (visible);
}

async function byDn(session: ForestSession, domains: readonly Domain[], dn: string): Promise<Observation<ReadEntry>> {
  const domain = domainHolding(domains, dn);
  if (domain === undefined) return absent(session.source);
  const reader = await domain.reader();
  if (!reader.ok) return failureOf(reader.failure, session.source);
  const read = await readObject(reader.value, dn, attributes);
  if (read.ok) return known(read.value, reader.value.source);
  if (!isNoSuchObject(read.failure)) return failureOf(read.failure, reader.value.source);
  const { visible } = await domain.rights();
  return visible.state === "known" ? absent(reader.value.source) : (visible);
}

/** Finds an account by `DOMAIN\name`, `name@domain`, distinguished name or bare name. Absent only where it could have been seen. */
export async function findAccount(session: ForestSession, account: string): Promise<Observation<ReadEntry>> {
  const { domains, source } = session;
  if (domains.state !== "known") return domains;
  if (account.includes("=") && parseDn(account) !== undefined) return byDn(session, domains.value, account);
  const places = placesOf(domains.value, account);
  if (places.length === 0 && domains.value.some(({ netbios }) => netbios === undefined)) return unknown("denied", `the NetBIOS names of the domains are not readable, so that ${account} cannot be looked for`, source);
  const found = await Promise.all(places.map((place) => findIn(session, place)));
  const entries = found.flatMap((one) => (one.state === "known" ? one.value : []));
  if (entries.length > 1) return unknown("malformed", `more than one account ${account}`, source);
  const [entry] = entries;
  if (entry !== undefined) return known(entry, entry.source);
  return (found.find(({ state }) => state !== "known") as Observation<never> | undefined) ?? absent(source);
}

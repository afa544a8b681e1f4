import { known, unknown, type Observation } from "../../../model/observation.ts";
import { dnKey, isBelow, rdnValue, sameDn } from "../decode-dn.ts";
import { directoryRights } from "../security-descriptor-access.ts";
import type { SecurityDescriptor } from "../security-descriptor.ts";
import { descriptorOf } from "./descriptor.ts";
import { rightsOf } from "./entry-rights.ts";
import { failureOf } from "./observe-entry.ts";
import type { Reader } from "./reader.ts";

const filter = "(|(objectClass=organizationalUnit)(objectClass=container)(objectClass=domainDNS)(objectClass=builtinDomain))";
const maxContainers = 20_000;
/** Containers of which children are looked at; each costs a search. */
const maxLookedInto = 1_000;
const childrenLookedAt = 50;
const containerInherit = 0x2;
/** Hold no accounts, and thousands of objects. */
const withoutAccounts = ["CN=System", "CN=Program Data"];
/** Closed to ordinary accounts in every domain, and without accounts below ([MS-ADTS] 6.1.1.4). */
const closedByDefault = new Set(["ntds quotas", "deleted objects"]);

/** A container of a domain in which accounts may lie. */
export interface DomainContainer {
  readonly dn: string;
  /** The same in all containers whose children inherit the same for the account. */
  readonly heredity: string;
  /** Lower-case classes of the children that were looked at. */
  readonly classes: ReadonlySet<string>;
  /** There are children that were not looked at. */
  readonly more: boolean;
}

/** The containers of a domain by DN key, and whether the account can have seen them and what is in them. */
export interface DomainContainers {
  readonly byKey: ReadonlyMap<string, DomainContainer>;
  readonly visible: Observation<true>;
}

function heredityOf(descriptor: SecurityDescriptor | undefined, sids: ReadonlySet<string> | undefined): string {
  if (descriptor?.dacl === undefined) return descriptor === undefined ? "unreadable" : "no DACL";
  const own = descriptor.dacl.filter(({ sid, flags, mask }) => (flags & containerInherit) !== 0 && (mask & directoryRights.readProperty) !== 0 && (sid === undefined || sids === undefined || sids.has(sid)));
  return own.map(({ effect, isConditional, flags, objectType, inheritedObjectType }) => [effect, isConditional, flags & ~0x18, objectType, inheritedObjectType].join(" ")).join("\n");
}

interface Inside {
  readonly classes: ReadonlySet<string>;
  readonly more: boolean;
  /** A child of which not even the class may be read (it may hold accounts, or be one), or why the children could not be read. */
  readonly hidden: string | undefined;
}

const notLookedInto: Inside = { classes: new Set(), more: true, hidden: undefined };

async function lookInto({ client }: Reader, dn: string, domainDn: string): Promise<Inside> {
  const pages = client.search({ base: dn, scope: "one", filter: { present: "objectClass" }, attributes: ["objectClass"], sizeLimit: childrenLookedAt });
  const first = await pages.next();
  await pages.return({ complete: true, referrals: [] });
  if (first.done === true && !first.value.complete) return { ...notLookedInto, hidden: `${dn}: ${first.value.failure.detail}` };
  const entries = first.done === true ? [] : first.value.entries;
  const nameless = entries.find((entry) => !entry.attributes.has("objectclass") && !(sameDn(dn, domainDn) && closedByDefault.has(rdnValue(entry.dn).toLowerCase())));
  const classes = entries.flatMap((entry) => (entry.attributes.get("objectclass") ?? []).map((value) => String(value).toLowerCase()));
  return { classes: new Set(classes), more: entries.length >= childrenLookedAt, hidden: nameless === undefined ? undefined : `the account may not read what ${nameless.dn} is` };
}

/**
 * Reads the containers of a domain. What is below one that may not be listed is hidden, and so is an organizational unit of which nothing may be read: filters
 * on class never find it, so that the first children of every container are asked for without one.
 */
export async function domainContainers(reader: Reader, domainDn: string): Promise<DomainContainers> {
  const { client, source, sids } = reader;
  const byKey = new Map<string, DomainContainer>();
  const pages = client.search({ base: domainDn, scope: "sub", filter, attributes: ["nTSecurityDescriptor"], sdFlags: true });
  let hidden: string | undefined;
  for (;;) {
    const page = await pages.next();
    if (page.done === true) {
      if (!page.value.complete) return { byKey, visible: failureOf(page.value.failure, source) };
      break;
    }
    const containers = page.value.entries.filter(({ dn }) => !withoutAccounts.some((rdn) => sameDn(dn, `${rdn},${domainDn}`) || isBelow(dn, `${rdn},${domainDn}`)));
    const inside = await Promise.all(containers.map(async ({ dn }, at) => (byKey.size + at < maxLookedInto ? lookInto(reader, dn, domainDn) : notLookedInto)));
    for (const [at, entry] of containers.entries()) {
      const { hidden: inIt, ...seen } = inside[at] ?? notLookedInto;
      hidden ??= rightsOf(entry, sids).concealing ?? inIt;
      byKey.set(dnKey(entry.dn), { dn: entry.dn, heredity: heredityOf(descriptorOf(entry), sids), ...seen });
    }
    if (byKey.size > maxContainers) {
      await pages.return({ complete: true, referrals: [] });
      return { byKey, visible: unknown("truncated", `${domainDn} has more than ${maxContainers} containers`, source) };
    }
  }
  if (byKey.size === 0) return { byKey, visible: unknown("denied", `the account may not read ${domainDn}`, source) };
  return { byKey, visible: hidden === undefined ? known(true, source) : unknown("denied", hidden, source) };
}

import { unknown, type Observation, type Unknown } from "../../../model/observation.ts";
import type { Entry, Outcome } from "../client-contract.ts";
import { isNoSuchObject } from "../client-failure.ts";
import { dnKey, parentDn } from "../decode-dn.ts";
import { checkAccess, directoryRights } from "../security-descriptor-access.ts";
import { descriptorOf } from "./descriptor.ts";
import { domainContainers, type DomainContainer, type DomainContainers } from "./domain-containers.ts";
import { attributesOf, type JudgedAttribute, type JudgedClass } from "./judged-classes.ts";
import { failureOf } from "./observe-entry.ts";
import type { Reader } from "./reader.ts";

const sampleSize = 5;
/** Containers with the same inheritance that are searched for an object of the class. */
const maxTries = 100;
const maxRemembered = 20_000;

/** What the account can see of one class in a domain. */
export interface ClassRights {
  /** Known when no object of the class can be hidden, whole or in part. */
  readonly complete: Observation<true>;
  /** Why attributes that are missing from an object may merely be hidden; undefined where all that count may be read. */
  readonly hiding: (entry: Entry) => string | undefined;
}

/** What the account can see of a domain. */
export interface DomainRights {
  /** Known when every container could be listed. */
  readonly visible: Observation<true>;
  readonly of: (judged: JudgedClass) => Promise<ClassRights>;
}

/** Why the account may not read what an object is judged by; undefined where it may. */
function obstacle(entry: Entry, sids: ReadonlySet<string> | undefined, attributes: readonly JudgedAttribute[], what: string): string | undefined {
  if (sids === undefined) return "the server does not tell which groups the account is in, so that its rights cannot be told";
  const descriptor = descriptorOf(entry);
  if (descriptor === undefined) return `the account may not read the permissions of ${what}`;
  const hidden = attributes.find(({ guids }) => checkAccess(descriptor, { sids, rights: directoryRights.readProperty, objectTypes: guids }) !== "granted");
  return hidden === undefined ? undefined : `the account may not read ${hidden.name} of ${what}`;
}

/** Looks at a few objects in containers that all hand down the same rights, so that these stand for all. */
async function sampleVerdict(reader: Reader, judged: JudgedClass, containers: readonly DomainContainer[], attributes: readonly JudgedAttribute[]): Promise<string | undefined> {
  const { client, sids } = reader;
  for (const { dn } of containers.filter(({ classes, more }) => more || classes.has(judged.name)).slice(0, maxTries)) {
    const pages = client.search({ base: dn, scope: "one", filter: judged.filter, attributes: ["nTSecurityDescriptor"], sdFlags: true, sizeLimit: sampleSize });
    const first = await pages.next();
    await pages.return({ complete: true, referrals: [] });
    if (first.done === true) {
      if (!first.value.complete) return first.value.failure.detail;
      continue;
    }
    const reasons = first.value.entries.map((entry) => obstacle(entry, sids, attributes, `${judged.name}s, such as ${entry.dn}`));
    return reasons.find((reason) => reason !== undefined);
  }
  return undefined;
}

/** Rights on accounts that are protected: every hour they get the permissions of AdminSDHolder instead of those of their container ([MS-ADTS] 3.1.1.6.1). */
async function protectedVerdict(reader: Reader, attributes: readonly JudgedAttribute[], domainDn: string): Promise<string | undefined> {
  const read = await reader.client.readEntry(`CN=AdminSDHolder,CN=System,${domainDn}`, ["nTSecurityDescriptor"], { sdFlags: true });
  if (read.ok) return obstacle(read.value, reader.sids, attributes, "protected accounts (AdminSDHolder)");
  return isNoSuchObject(read.failure) ? undefined : read.failure.detail;
}

function denied(detail: string | undefined, source: string): Unknown | undefined {
  return detail === undefined ? undefined : unknown("denied", detail, source);
}

/** Finds the container of an object. A million users stand in few containers, so that the text of a parent is taken apart once. */
function parentFinder({ byKey }: DomainContainers): (dn: string) => DomainContainer | undefined {
  const known = new Map<string, DomainContainer>();
  return (dn) => {
    const rest = dn.slice(/^(?:[^\\,"]|\\.)*,/s.exec(dn)?.[0].length ?? dn.length);
    const before = known.get(rest);
    if (before !== undefined) return before;
    const found = byKey.get(dnKey(parentDn(dn) ?? ""));
    if (found !== undefined && rest !== "" && known.size < maxRemembered) known.set(rest, found);
    return found;
  };
}

async function rightsOfClass(reader: Reader, judged: JudgedClass, containers: DomainContainers, attributes: readonly JudgedAttribute[], domainDn: string): Promise<ClassRights> {
  const { source, client } = reader;
  const alike = Map.groupBy(containers.byKey.values(), ({ heredity }) => heredity);
  const verdicts = new Map<string, string | undefined>();
  for (const [heredity, members] of alike) verdicts.set(heredity, await sampleVerdict(reader, judged, members, attributes));
  const guarded = await protectedVerdict(reader, attributes, domainDn);
  const containerOf = parentFinder(containers);
  const lost = client.lost();
  const trouble = lost === undefined ? denied([...verdicts.values(), guarded].find((verdict) => verdict !== undefined), source) : failureOf(lost, source);
  return {
    complete: containers.visible.state === "known" ? (trouble ?? containers.visible) : containers.visible,
    hiding: (entry) => {
      if (entry.attributes.get("admincount")?.[0] === "1") return guarded;
      const container = containerOf(entry.dn);
      return container === undefined ? `whether the account may read all of ${entry.dn} cannot be told` : verdicts.get(container.heredity);
    },
  };
}

function withoutRights(why: Unknown): ClassRights {
  return { complete: why, hiding: () => why.detail };
}

/** Works out what the account can see of a domain. `schema` is read through `root`. */
export async function domainRights(reader: Outcome<Reader>, root: Reader, schemaDn: string, domainDn: string): Promise<DomainRights> {
  if (!reader.ok) {
    const failure = failureOf(reader.failure, root.source);
    return { visible: failure, of: () => Promise.resolve(withoutRights(failure)) };
  }
  const containers = await domainContainers(reader.value, domainDn);
  return {
    visible: containers.visible,
    of: async (judged) => {
      const attributes = await attributesOf(root, schemaDn, judged);
      return attributes.state === "known" ? rightsOfClass(reader.value, judged, containers, attributes.value, domainDn) : withoutRights(attributes.state === "unknown" ? attributes : unknown("malformed", "the schema has no attributes", root.source));
    },
  };
}

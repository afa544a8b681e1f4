import { known, unknown, type Observation } from "../../../model/observation.ts";
import type { DirectoryClient, Entry } from "../client-contract.ts";
import { bytes } from "../client-entry.ts";
import { guidToText } from "../decode-guid.ts";
import { checkAccess, directoryRights } from "../security-descriptor-access.ts";
import { descriptorOf } from "./descriptor.ts";
import { failureOf } from "./observe-entry.ts";
import type { ForestSession } from "./session.ts";

/** Attributes without which a user cannot be judged. Lync forests often let only some groups read those of RTCPropertySet, and then they look as if not set. */
const judged = ["msExchUMEnabledFlags", "proxyAddresses", "msRTCSIP-PrimaryUserAddress", "msRTCSIP-UserEnabled", "msRTCSIP-Line"];
const sampleSize = 20;

interface Attribute {
  readonly name: string;
  /** schemaIDGUID and, where it has one, the GUID of its property set. */
  readonly guids: readonly string[];
}

function guidOf(entry: Entry, name: string): string | undefined {
  const raw = bytes(entry, name);
  return raw.state === "value" ? guidToText(raw.value) : undefined;
}

async function schemaOf(session: ForestSession): Promise<Observation<readonly Attribute[]>> {
  const { client, schemaDn, source } = session;
  const filter = { or: judged.map((value) => ({ equals: { attribute: "lDAPDisplayName", value } })) };
  const found = await client.searchAll({ base: schemaDn, scope: "one", filter, attributes: ["lDAPDisplayName", "schemaIDGUID", "attributeSecurityGUID"] }, { maxEntries: 100 });
  if (!found.complete) return failureOf(found.failure, source);
  return known(
    found.entries.map((entry) => ({ name: String(entry.attributes.get("ldapdisplayname")?.[0] ?? ""), guids: [guidOf(entry, "schemaIDGUID"), guidOf(entry, "attributeSecurityGUID")].flatMap((guid) => guid ?? []) })),
    source,
  );
}

async function sampleOf(client: DirectoryClient, domainDn: string): Promise<readonly Entry[]> {
  const pages = client.search({ base: domainDn, scope: "sub", filter: "(&(objectCategory=person)(objectClass=user))", attributes: ["nTSecurityDescriptor"], sdFlags: true, sizeLimit: sampleSize });
  const first = await pages.next();
  await pages.return({ complete: true, referrals: [] });
  return first.done === true ? [] : first.value.entries.slice(0, sampleSize);
}

/**
 * Whether the account may read what users are judged by: evaluated from the permissions of a sample of users, since an attribute that may not be read looks
 * like one that is not set.
 */
export async function userRights(session: ForestSession, client: DirectoryClient, domainDn: string): Promise<Observation<true>> {
  const { ownSids, source } = session;
  if (ownSids === undefined) return unknown("denied", "whether the account may read the users' attributes cannot be told: the server does not tell its groups", source);
  const schema = await schemaOf(session);
  if (schema.state !== "known") return schema;
  for (const entry of await sampleOf(client, domainDn)) {
    const descriptor = descriptorOf(entry);
    if (descriptor === undefined) return unknown("denied", `the account may not read the permissions of users, such as ${entry.dn}`, source);
    const hidden = schema.value.find(({ guids }) => checkAccess(descriptor, { sids: ownSids, rights: directoryRights.readProperty, objectTypes: guids }) !== "granted");
    if (hidden !== undefined) return unknown("denied", `the account may not read ${hidden.name} of users, such as ${entry.dn}`, source);
  }
  return known(true, source);
}

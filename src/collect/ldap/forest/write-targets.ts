import { known, unknown, type Observation } from "../../../model/observation.ts";
import { bytes, text } from "../client-entry.ts";
import type { Entry } from "../client-contract.ts";
import { guidToText } from "../decode-guid.ts";
import { attributesOf } from "./judged-classes.ts";
import { failureOf } from "./observe-entry.ts";
import type { ForestSession } from "./session.ts";

/** Something that is written as a whole: an attribute, or a property set with its attributes. */
export interface WriteTarget {
  readonly name: string;
  /** GUIDs of which an entry may name any: of the attribute and its property set, or of the property set. */
  readonly guids: readonly string[];
  /** Attributes of a property set, by the GUIDs that may single them out. */
  readonly members: readonly { readonly name: string; readonly guids: readonly string[] }[];
}

const propertySets = ["RTCUserSearchPropertySet", "RTCUserProvisioningPropertySet", "RTCPropertySet"] as const;
const attributes = ["proxyAddresses", "msExchUCVoiceMailSettings", "otherIpPhone", "displayName", "description", "telephoneNumber"] as const;
const maxAttributes = 2_000;

function guidAt(entry: Entry, name: string): string | undefined {
  const raw = bytes(entry, name);
  return raw.state === "value" ? guidToText(raw.value) : undefined;
}

function nameAt(entry: Entry, attribute: string): string {
  const value = text(entry, attribute);
  return value.state === "value" ? value.value : "";
}

/** Attributes of Lync in the schema, with their property sets. */
async function lyncAttributes({ root, schemaDn }: ForestSession): Promise<Observation<readonly Entry[]>> {
  const found = await root.client.searchAll({ base: schemaDn, scope: "one", filter: "(lDAPDisplayName=msRTCSIP*)", attributes: ["lDAPDisplayName", "schemaIDGUID", "attributeSecurityGUID"] }, { maxEntries: maxAttributes });
  return found.complete ? known(found.entries, root.source) : failureOf(found.failure, root.source);
}

/** The property sets of Lync, by rightsGuid. One that forest preparation did not make cannot be granted. */
async function lyncPropertySets(session: ForestSession): Promise<Observation<readonly WriteTarget[]>> {
  const { root, configurationDn, source } = session;
  const filter = { or: propertySets.map((value) => ({ equals: { attribute: "cn", value } })) };
  const found = await root.client.searchAll({ base: `CN=Extended-Rights,${configurationDn}`, scope: "one", filter, attributes: ["cn", "rightsGuid"] }, { maxEntries: 10 });
  if (!found.complete) return failureOf(found.failure, source);
  const members = await lyncAttributes(session);
  if (members.state !== "known") return members;
  const sets = found.entries.flatMap((entry): readonly WriteTarget[] => {
    const guid = nameAt(entry, "rightsGuid").toLowerCase();
    const within = members.value.filter((attribute) => guidAt(attribute, "attributeSecurityGUID") === guid);
    return guid === "" ? [] : [{ name: nameAt(entry, "cn"), guids: [guid], members: within.map((attribute) => ({ name: nameAt(attribute, "lDAPDisplayName"), guids: [guidAt(attribute, "schemaIDGUID") ?? "", guid] })) }];
  });
  return sets.length > 0 ? known(sets, source) : unknown("denied", `no property set of Lync is in CN=Extended-Rights,${configurationDn}, or the account may not read them`, source);
}

/** What Grant-CsOUPermission lets be written: on both users and contacts the property sets and two attributes, on contacts four attributes more. */
export async function writeTargets(session: ForestSession): Promise<Observation<readonly WriteTarget[]>> {
  const [sets, single] = await Promise.all([lyncPropertySets(session), attributesOf(session.root, session.schemaDn, { name: "contact", filter: "", attributes })]);
  if (sets.state !== "known") return sets;
  if (single.state !== "known") return single;
  const inOrder = attributes.flatMap((name) => single.value.filter((one) => one.name.toLowerCase() === name.toLowerCase()));
  return known([...sets.value, ...inOrder.map(({ name, guids }) => ({ name, guids, members: [] }))], session.source);
}

/** Attributes that only contacts need. */
export const contactOnly: ReadonlySet<string> = new Set(["otherIpPhone", "displayName", "description", "telephoneNumber"]);

import { known, unknown, type Observation } from "../../../model/observation.ts";
import type { Entry } from "../client-contract.ts";
import { bytes, text } from "../client-entry.ts";
import { guidToText } from "../decode-guid.ts";
import { failureOf } from "./observe-entry.ts";
import type { Reader } from "./reader.ts";

/** A class of which there are many objects, and the attributes without which they cannot be found or judged. */
export interface JudgedClass {
  /** Lower case, as in objectClass. */
  readonly name: "user" | "contact" | "group";
  readonly filter: string;
  readonly attributes: readonly string[];
}

/** Users. Lync forests often let only some groups read the attributes of RTCPropertySet, which then look as if not set. */
export const userClass: JudgedClass = {
  name: "user",
  filter: "(&(objectCategory=person)(objectClass=user))",
  attributes: ["msExchUMEnabledFlags", "msExchUMRecipientDialPlanLink", "msExchUMTemplateLink", "msExchMailboxGuid", "msExchMasterAccountSid", "proxyAddresses", "msRTCSIP-PrimaryUserAddress", "msRTCSIP-UserEnabled", "msRTCSIP-OptionFlags", "msRTCSIP-Line", "msRTCSIP-PrimaryHomeServer", "msRTCSIP-OriginatorSid", "msExchUCVoiceMailSettings"],
};

/** Details of users, judged apart: preparation of a domain lets nobody read what RTCUserProvisioningPropertySet holds, and that must not cast doubt on all else. */
export const userDetailClass: JudgedClass = { ...userClass, attributes: ["proxyAddresses", "msExchHomeServerName", "msExchUMServerWritableFlags", "msRTCSIP-UserPolicies"] };

/** Contacts, among them those of ocsumutil. */
export const contactClass: JudgedClass = {
  name: "contact",
  filter: "(&(objectCategory=person)(objectClass=contact))",
  attributes: ["proxyAddresses", "otherIpPhone", "otherTelephone", "msExchUCVoiceMailSettings", "msRTCSIP-PrimaryUserAddress", "msRTCSIP-UserEnabled", "msRTCSIP-OptionFlags", "msRTCSIP-Line", "msRTCSIP-SourceObjectType", "msRTCSIP-OriginatorSid", "msRTCSIP-PrimaryHomeServer"],
};

/** Groups. */
export const groupClass: JudgedClass = { name: "group", filter: "(objectCategory=group)", attributes: ["proxyAddresses", "sAMAccountName", "objectSid", "groupType", "member"] };

/** An attribute as access control entries name it. */
export interface JudgedAttribute {
  readonly name: string;
  /** schemaIDGUID and, where it has one, the GUID of its property set. */
  readonly guids: readonly string[];
}

function guidOf(entry: Entry, name: string): string | undefined {
  const raw = bytes(entry, name);
  return raw.state === "value" ? guidToText(raw.value) : undefined;
}

/** The attributes of a class that the schema has; one that it has not cannot be set. proxyAddresses is in every schema and shows that it could be read. */
export async function attributesOf({ client, source }: Reader, schemaDn: string, { attributes }: JudgedClass): Promise<Observation<readonly JudgedAttribute[]>> {
  const filter = { or: attributes.map((value) => ({ equals: { attribute: "lDAPDisplayName", value } })) };
  const found = await client.searchAll({ base: schemaDn, scope: "one", filter, attributes: ["lDAPDisplayName", "schemaIDGUID", "attributeSecurityGUID"] }, { maxEntries: 100 });
  if (!found.complete) return failureOf(found.failure, source);
  const judged = found.entries.map((entry): JudgedAttribute => {
    const name = text(entry, "lDAPDisplayName");
    return { name: name.state === "value" ? name.value : "", guids: [guidOf(entry, "schemaIDGUID"), guidOf(entry, "attributeSecurityGUID")].flatMap((guid) => guid ?? []) };
  });
  return judged.some(({ name }) => name.toLowerCase() === "proxyaddresses") ? known(judged, source) : unknown("denied", "the account may not read the schema, so that its rights on attributes cannot be told", source);
}

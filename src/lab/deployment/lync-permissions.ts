import type { Security } from "./entry.ts";

const userAdmins = "{RTCUniversalUserAdmins}";
const userReaders = "{RTCUniversalUserReadOnlyGroup}";
const serverReaders = "{RTCUniversalServerReadOnlyGroup}";
const hostServices = "{RTCHSUniversalServices}";

const replicationGetChanges = "1131f6aa-9c07-11d1-f79f-00c04fc2dcd2";
const publicInformation = "e48d0154-bcf8-11d1-8702-00c04fb96050";
const generalInformation = "59ba2f42-79a2-11d0-9020-00c04fc2d3cf";
const personalInformation = "77b5b886-944a-11d1-aebd-0000f80367c1";
const accountRestrictions = "4c164200-20c0-11d0-a768-00aa006e0529";
const rtcPropertySets = ["{pset:RTCUserSearchPropertySet}", "{pset:RTCUserProvisioningPropertySet}", "{pset:RTCPropertySet}"];

/** An inherited entry for descendants of a class only. */
function descendants(className: string, rights: string, object: string, trustee: string): string {
  return `(OA;CIIO;${rights};${object};{class:${className}};${trustee})`;
}

/** What domain preparation writes on the domain head (Microsoft, "Changes made by domain preparation"). */
export const domainPreparation: readonly string[] = [
  `(A;;LCRPRC;;;${userReaders})`,
  `(A;;LCRPRC;;;${serverReaders})`,
  ...[accountRestrictions, personalInformation, generalInformation, publicInformation, "{pset:RTCUserSearchPropertySet}", "{pset:RTCPropertySet}"].map((object) =>
    descendants("user", "RP", object, userReaders),
  ),
  ...["{attr:proxyAddresses}", "{pset:RTCUserSearchPropertySet}", "{pset:RTCPropertySet}"].map((object) => descendants("user", "WP", object, userAdmins)),
  `(OA;;CR;${replicationGetChanges};;${hostServices})`,
  descendants("user", "RP", "{pset:RTCUserSearchPropertySet}", "AU"),
];

function unitGrant(className: "user" | "contact"): readonly string[] {
  const readable = [...rtcPropertySets, publicInformation, generalInformation, accountRestrictions, ...(className === "contact" ? [personalInformation] : [])];
  const writable = [...rtcPropertySets, "{attr:proxyAddresses}", "{attr:msExchUCVoiceMailSettings}"];
  const contactOnly = ["{attr:otherIpPhone}", "{attr:displayName}", "{attr:description}", "{attr:telephoneNumber}"];
  return [
    `(OA;;CR;${replicationGetChanges};;${hostServices})`,
    `(A;;LCRPRC;;;${serverReaders})`,
    `(A;;LCRPRC;;;${userReaders})`,
    ...readable.map((object) => descendants(className, "RP", object, userReaders)),
    ...[...writable, ...(className === "contact" ? contactOnly : [])].map((object) => descendants(className, "WP", object, userAdmins)),
  ];
}

/** Grant-CsOuPermission -ObjectType User. */
export const userUnitGrants: Security = { aces: unitGrant("user") };

/**
 * Grant-CsOuPermission -ObjectType Contact, and the right to create contacts, which that cmdlet does not list for contacts although the deployment
 * guide relies on it.
 */
export const contactUnitGrants: Security = { aces: [...unitGrant("contact"), `(OA;;CCDC;{class:contact};;${userAdmins})`] };

import type { Entry } from "../types.ts";
import { guidBytes, guidFor } from "./binary-values.ts";
import { entry } from "./entry.ts";
import type { ForestNames } from "./forests.ts";

const classTail = "-0de6-11d0-a285-00aa003049e2";

/** schemaIDGUID of classes that access control entries name ([MS-ADSC]). */
const classGuids: Readonly<Record<string, string>> = {
  user: `bf967aba${classTail}`,
  contact: "5cb41ed0-0e4c-11d0-a286-00aa003049e2",
  computer: `bf967a86${classTail}`,
  inetOrgPerson: "4828cc14-1437-45bc-9b07-ad6f015e5f28",
  group: `bf967a9c${classTail}`,
  organizationalUnit: `bf967aa5${classTail}`,
};

/** schemaIDGUID of attributes ([MS-ADA1..3]). */
const attributeGuids: Readonly<Record<string, string>> = {
  proxyAddresses: `bf967a06${classTail}`,
  otherIpPhone: "4d146e4b-48d4-11d1-a9c3-0000f80367c1",
  displayName: `bf967953${classTail}`,
  telephoneNumber: `bf967a49${classTail}`,
  description: `bf967950${classTail}`,
  member: `bf9679c0${classTail}`,
};

/** Attributes whose schemaIDGUID is the products' and not documented; the lab's own are made from the names. Value: the property set that holds them. */
const productAttributes: Readonly<Record<string, string | undefined>> = {
  msExchUCVoiceMailSettings: undefined,
  msExchUMEnabledFlags: undefined,
  msExchUMPhoneContext: undefined,
  "msRTCSIP-PrimaryUserAddress": "RTCUserSearchPropertySet",
  "msRTCSIP-UserEnabled": "RTCPropertySet",
  "msRTCSIP-PrimaryHomeServer": "RTCPropertySet",
  "msRTCSIP-TargetHomeServer": "RTCPropertySet",
  "msRTCSIP-OptionFlags": "RTCPropertySet",
  "msRTCSIP-Line": "RTCPropertySet",
  "msRTCSIP-LineServer": "RTCPropertySet",
  "msRTCSIP-OriginatorSid": "RTCPropertySet",
  "msRTCSIP-UserPolicies": "RTCUserProvisioningPropertySet",
};

/** Property sets and validated writes: rightsGuid and validAccesses ([MS-ADTS] 5.1.3.2.1); those of Lync are the lab's own. */
const controlAccessRights: Readonly<Record<string, readonly [string, number]>> = {
  RTCPropertySet: [guidFor("property set RTCPropertySet"), 48],
  RTCUserSearchPropertySet: [guidFor("property set RTCUserSearchPropertySet"), 48],
  RTCUserProvisioningPropertySet: [guidFor("property set RTCUserProvisioningPropertySet"), 48],
  "Public-Information": ["e48d0154-bcf8-11d1-8702-00c04fb96050", 48],
  "General-Information": ["59ba2f42-79a2-11d0-9020-00c04fc2d3cf", 48],
  "Personal-Information": ["77b5b886-944a-11d1-aebd-0000f80367c1", 48],
  "User-Account-Restrictions": ["4c164200-20c0-11d0-a768-00aa006e0529", 48],
  "Validated-DNS-Host-Name": ["72e39547-7b18-11d1-adef-00c04fd8d5cd", 8],
  "DS-Replication-Get-Changes": ["1131f6aa-9c07-11d1-f79f-00c04fc2dcd2", 256],
};

/** Names that hold in the Lync forest only: its forest preparation makes them. */
function known(forest: ForestNames, name: string): boolean {
  if (name.startsWith("RTC") || name.startsWith("msRTCSIP-")) return forest.name === "contoso";
  return !name.startsWith("msExchUM") || forest.name === "fabrikam";
}

function schemaObject(forest: ForestNames, kind: "attributeSchema" | "classSchema", name: string, guid: string, propertySet: string | undefined): Entry {
  const setGuid = propertySet === undefined ? undefined : controlAccessRights[propertySet]?.[0];
  return entry(`CN=${name},${forest.schemaDn}`, `top ${kind}`, {
    lDAPDisplayName: name,
    schemaIDGUID: guidBytes(guid),
    attributeSecurityGUID: setGuid === undefined ? undefined : guidBytes(setGuid),
  });
}

/**
 * Schema objects and extended rights that access control entries refer to by GUID. For the embedded directory only: a real one has its schema. The cn is
 * the display name here, so find these objects by lDAPDisplayName.
 */
export function schemaEntries(forest: ForestNames): readonly Entry[] {
  const product = Object.entries(productAttributes).filter(([name]) => known(forest, name));
  const rights = Object.entries(controlAccessRights).filter(([name]) => known(forest, name));
  return [
    ...Object.entries(classGuids).map(([name, guid]) => schemaObject(forest, "classSchema", name, guid, undefined)),
    ...Object.entries(attributeGuids).map(([name, guid]) => schemaObject(forest, "attributeSchema", name, guid, undefined)),
    ...product.map(([name, propertySet]) => schemaObject(forest, "attributeSchema", name, guidFor(`attribute ${name}`), propertySet)),
    ...rights.map(([name, [rightsGuid, validAccesses]]) =>
      entry(`CN=${name},CN=Extended-Rights,${forest.configurationDn}`, "top controlAccessRight", { displayName: name, rightsGuid, validAccesses }),
    ),
  ];
}

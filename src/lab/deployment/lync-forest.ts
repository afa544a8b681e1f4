import type { Entry } from "../types.ts";
import { computer, ridBase, scannerUser } from "./accounts.ts";
import { baseEntries } from "./base-entries.ts";
import { entry, organizationalUnit } from "./entry.ts";
import { contoso, scannerAccount } from "./forests.ts";
import { lyncPools } from "./hosts.ts";
import { contactEntries, contactUnitDn } from "./lync-contacts.ts";
import { groupEntries } from "./lync-groups.ts";
import { contactUnitGrants, domainPreparation, userUnitGrants } from "./lync-permissions.ts";
import { frontEndEntries, rtcServiceDn, topologyEntries } from "./lync-topology.ts";
import { trustEntry } from "./trusts.ts";

/** Everything in the Lync forest but people. */
export function lyncEntries(): readonly Entry[] {
  const members = lyncPools.flatMap((pool) => pool.members);
  const topology = topologyEntries().map((item) => (item.dn === rtcServiceDn ? { ...item, aces: [`(A;CI;LCRPLORC;;;{${scannerAccount.sAMAccountName}})`] } : item));
  return [
    ...baseEntries(contoso, domainPreparation),
    entry(`CN=ms-RTC-SIP-SchemaVersion,${contoso.schemaDn}`, "top attributeSchema", { lDAPDisplayName: "msRTCSIP-SchemaVersion", rangeLower: 3, rangeUpper: 1150 }),
    organizationalUnit(`OU=Staff,${contoso.rootDn}`, userUnitGrants),
    organizationalUnit(`OU=Servers,${contoso.rootDn}`),
    organizationalUnit(contactUnitDn, contactUnitGrants),
    scannerUser(contoso),
    ...members.map((member, index) => computer(contoso, member.fqdn, ridBase.computer + index)),
    ...groupEntries(),
    ...topology,
    ...frontEndEntries(),
    ...contactEntries(),
    trustEntry(contoso),
  ];
}

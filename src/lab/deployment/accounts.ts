import type { Entry } from "../types.ts";
import { sidBytes } from "./binary-values.ts";
import { entry } from "./entry.ts";
import type { GivenAttributes } from "./entry.ts";
import type { ForestNames } from "./forests.ts";
import { scannerAccount } from "./forests.ts";

/** groupType of security groups: 0x80000000 with 0x8 universal, 0x2 global, 0x4 domain local. */
export const groupType = { universal: -2147483640, global: -2147483646, domainLocal: -2147483644 } as const;

/**
 * Relative identifiers of the lab's own objects. They are fixed, and far above what a domain controller hands out by itself, so that both labs
 * have the same SIDs.
 */
export const ridBase = { scanner: 10_000, group: 10_100, computer: 11_000, operator: 12_000, extra: 12_100, user: 20_000 } as const;

/** objectSid value of an account. */
export function accountSid(forest: ForestNames, rid: number): Uint8Array {
  return sidBytes(`${forest.domainSid}-${rid}`);
}

/** A security group. */
export function group(forest: ForestNames, dn: string, rid: number, members: readonly string[] = [], type: number = groupType.universal): Entry {
  const name = dn.slice(3, dn.indexOf(","));
  return entry(dn, "top group", { sAMAccountName: name, groupType: type, objectSid: accountSid(forest, rid), member: members });
}

/** A user; userAccountControl is 512 (enabled) unless given. */
export function user(forest: ForestNames, dn: string, rid: number, sAMAccountName: string, given: GivenAttributes = {}): Entry {
  return entry(dn, "top person organizationalPerson user", {
    sAMAccountName,
    userPrincipalName: `${sAMAccountName}@${forest.realm}`,
    userAccountControl: 512,
    objectSid: accountSid(forest, rid),
    ...given,
  });
}

/** A member server in OU=Servers. */
export function computer(forest: ForestNames, fqdn: string, rid: number): Entry {
  const name = fqdn.slice(0, fqdn.indexOf(".")).toUpperCase();
  return entry(computerDn(forest, fqdn), "top person organizationalPerson user computer", {
    sAMAccountName: `${name}$`,
    userAccountControl: 4096,
    dNSHostName: fqdn,
    servicePrincipalName: [`HOST/${name}`, `HOST/${fqdn}`],
    objectSid: accountSid(forest, rid),
  });
}

/** DN of a member server. */
export function computerDn(forest: ForestNames, fqdn: string): string {
  return `CN=${fqdn.slice(0, fqdn.indexOf(".")).toUpperCase()},OU=Servers,${forest.rootDn}`;
}

/** The account of the scanner: an ordinary user whose rights are those that the entries name. */
export function scannerUser(forest: ForestNames): Entry {
  return user(forest, `CN=${scannerAccount.sAMAccountName},CN=Users,${forest.rootDn}`, ridBase.scanner, scannerAccount.sAMAccountName, {
    displayName: "umpreflight scanner",
    userAccountControl: 66048,
  });
}

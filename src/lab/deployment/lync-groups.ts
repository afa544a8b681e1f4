import type { Entry } from "../types.ts";
import { computerDn, group, ridBase, user } from "./accounts.ts";
import { contoso } from "./forests.ts";
import { lyncPools } from "./hosts.ts";

const users = `CN=Users,${contoso.rootDn}`;

/** DN of a group that forest preparation makes. */
export function rtcGroupDn(name: string): string {
  return `CN=${name},${users}`;
}

/** The group that the operators of ocsumutil are in; it is a member of both administrative groups. */
export const operatorsDn = `CN=Telephony Operations,OU=Staff,${contoso.rootDn}`;

/** The account that runs ocsumutil. */
export const operatorDn = `CN=UC Operator,OU=Staff,${contoso.rootDn}`;

const readers = ["RTCUniversalServerAdmins", "RTCUniversalUserAdmins", "RTCHSUniversalServices", "RTCComponentUniversalServices", "RTCUniversalReadOnlyAdmins"];

/** Members of the groups that have some; nesting as forest preparation documents it. */
function membersOf(): Readonly<Record<string, readonly string[]>> {
  const servers = lyncPools.flatMap((pool) => pool.members.map((member) => computerDn(contoso, member.fqdn)));
  return {
    RTCUniversalServerAdmins: [operatorsDn],
    RTCUniversalUserAdmins: [operatorsDn],
    RTCUniversalGlobalWriteGroup: [rtcGroupDn("RTCUniversalServerAdmins")],
    RTCUniversalGlobalReadOnlyGroup: readers.map(rtcGroupDn),
    RTCUniversalUserReadOnlyGroup: readers.map(rtcGroupDn),
    RTCUniversalServerReadOnlyGroup: readers.map(rtcGroupDn),
    RTCComponentUniversalServices: servers,
    RTCHSUniversalServices: servers,
    RTCUniversalConfigReplicator: servers,
    CSAdministrator: [operatorDn],
  };
}

const names = [
  "RTCUniversalServerAdmins RTCUniversalUserAdmins RTCUniversalReadOnlyAdmins",
  "RTCHSUniversalServices RTCComponentUniversalServices RTCProxyUniversalServices RTCUniversalConfigReplicator RTCSBAUniversalServices",
  "RTCUniversalGlobalWriteGroup RTCUniversalGlobalReadOnlyGroup RTCUniversalUserReadOnlyGroup RTCUniversalServerReadOnlyGroup RTCUniversalSBATechnicians",
  "CSAdministrator CSArchivingAdministrator CSHelpDesk CSLocationAdministrator CSResponseGroupAdministrator CSServerAdministrator CSUserAdministrator",
  "CSViewOnlyAdministrator CSVoiceAdministrator CsPersistentChatAdministrator CsResponseGroupManager",
].flatMap((line) => line.split(" "));

/** The groups of forest preparation, and the operator who runs ocsumutil. */
export function groupEntries(): readonly Entry[] {
  const members = membersOf();
  return [
    ...names.map((name, index) => group(contoso, rtcGroupDn(name), ridBase.group + index, members[name] ?? [])),
    group(contoso, operatorsDn, ridBase.group + names.length, [operatorDn]),
    user(contoso, operatorDn, ridBase.operator, "ucoperator", { displayName: "UC Operator" }),
  ];
}

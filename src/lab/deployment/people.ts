import type { Entry } from "../types.ts";
import { accountSid, ridBase, user } from "./accounts.ts";
import { organizationalUnit } from "./entry.ts";
import type { GivenAttributes } from "./entry.ts";
import { databaseDn } from "./exchange-organization.ts";
import { contoso, fabrikam } from "./forests.ts";
import { lyncPools, sipDomain } from "./hosts.ts";
import type { LyncPool } from "./hosts.ts";
import { poolServiceDn } from "./lync-topology.ts";
import { branchPlan, contosoPlan, legacyPlan, planDn, policyDn } from "./plans.ts";
import type { PlanSpec } from "./plans.ts";

const legacyRoot = "/o=Fabrikam/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)";
/** The server on which all mailboxes are. */
const mailboxServer = "EX2";
const mailboxUnitDn = `OU=Linked Mailboxes,${fabrikam.rootDn}`;

/** A person with Enterprise Voice in the Lync forest and a linked mailbox in the Exchange forest; numbered from 1. */
export interface Person {
  readonly alias: string;
  readonly sipUri: string;
  readonly extension: string;
  readonly lineUri: string;
  readonly plan: PlanSpec;
  readonly pool: LyncPool | undefined;
  readonly rid: number;
}

/** The person with this number: every third at the branch, the others in turn on the two central pools. */
export function person(number: number): Person {
  const alias = `user${String(number).padStart(5, "0")}`;
  const branch = number % 3 === 0;
  const extension = String(100_000 + number);
  return {
    alias,
    sipUri: `${alias}@${sipDomain}`,
    extension,
    lineUri: `tel:+1${branch ? 503 : 425}6${extension};ext=${extension}`,
    plan: branch ? branchPlan : contosoPlan,
    pool: lyncPools[branch ? 2 : number % 2],
    rid: ridBase.user + number,
  };
}

/** The primary EUM address is the SIP address, the secondary the extension, both in the phone context of the plan. */
function eumAddresses(who: Person): readonly string[] {
  const context = `;phone-context=${who.plan.phoneContext}`;
  return [`EUM:${who.sipUri}${context}`, `eum:${who.extension}${context}`];
}

/** DN of a person's account in the Lync forest. */
export function lyncUserDn(alias: string): string {
  return `CN=${alias},OU=Staff,${contoso.rootDn}`;
}

/** DN of a person's mailbox in the Exchange forest. */
export function mailboxDn(alias: string): string {
  return `CN=${alias},${mailboxUnitDn}`;
}

function lyncUser(who: Person): Entry {
  return user(contoso, lyncUserDn(who.alias), who.rid, who.alias, {
    displayName: `Person ${who.alias}`,
    mail: `${who.alias}@${fabrikam.realm}`,
    "msRTCSIP-UserEnabled": true,
    "msRTCSIP-PrimaryUserAddress": `sip:${who.sipUri}`,
    "msRTCSIP-PrimaryHomeServer": who.pool === undefined ? undefined : poolServiceDn(who.pool),
    "msRTCSIP-OptionFlags": 385,
    "msRTCSIP-Line": who.lineUri,
    "msRTCSIP-DeploymentLocator": "SRV:",
    "msRTCSIP-FederationEnabled": true,
    "msRTCSIP-InternetAccessEnabled": true,
    proxyAddresses: [`SMTP:${who.alias}@${fabrikam.realm}`, `sip:${who.sipUri}`, ...eumAddresses(who)],
  });
}

function mailboxAttributes(alias: string, number: number): GivenAttributes {
  const mailboxGuid = Buffer.alloc(16, 0xa5);
  mailboxGuid.writeUInt32BE(number);
  return {
    displayName: `Person ${alias}`,
    mail: `${alias}@${fabrikam.realm}`,
    mailNickname: alias,
    homeMDB: databaseDn,
    legacyExchangeDN: `${legacyRoot}/cn=Recipients/cn=${alias}`,
    msExchHomeServerName: `${legacyRoot}/cn=Configuration/cn=Servers/cn=${mailboxServer}`,
    msExchMailboxGuid: new Uint8Array(mailboxGuid),
    msExchRecipientDisplayType: 1073741824,
  };
}

function umAttributes(plan: PlanSpec): GivenAttributes {
  return {
    msExchUMEnabledFlags: 831,
    msExchUMEnabledFlags2: -1,
    msExchUMServerWritableFlags: 1,
    msExchUMTemplateLink: policyDn(plan),
    msExchUMRecipientDialPlanLink: planDn(plan),
    msExchUMListInDirectorySearch: 1,
  };
}

/** A linked mailbox: a disabled account (514) that names the SID of its owner in the other forest. */
function linkedMailbox(who: Person, number: number): Entry {
  return user(fabrikam, mailboxDn(who.alias), who.rid, who.alias, {
    ...mailboxAttributes(who.alias, number),
    ...umAttributes(who.plan),
    userAccountControl: 514,
    msExchRecipientTypeDetails: 2,
    msExchMasterAccountSid: accountSid(contoso, who.rid),
    proxyAddresses: [`SMTP:${who.alias}@${fabrikam.realm}`, `sip:${who.sipUri}`, ...eumAddresses(who)],
  });
}

/** Mailboxes that no rule on Lync users may touch: one on the PBX plan, one without UM. */
function otherMailboxes(): readonly Entry[] {
  const lobby = `SMTP:lobby@${fabrikam.realm}`;
  return [
    user(fabrikam, mailboxDn("lobby"), ridBase.extra, "lobby", {
      ...mailboxAttributes("lobby", 4_000_000_001),
      ...umAttributes(legacyPlan),
      msExchRecipientTypeDetails: 1,
      proxyAddresses: [lobby, `EUM:900001;phone-context=${legacyPlan.phoneContext}`],
    }),
    user(fabrikam, mailboxDn("archive"), ridBase.extra + 1, "archive", {
      ...mailboxAttributes("archive", 4_000_000_002),
      msExchRecipientTypeDetails: 1,
      proxyAddresses: [`SMTP:archive@${fabrikam.realm}`],
    }),
  ];
}

/** Accounts without a mailbox here: one with voice mail in the cloud, one with instant messaging only, one that Lync does not know. */
function otherUsers(): readonly Entry[] {
  const home = lyncPools[0];
  return [
    user(contoso, lyncUserDn("cloud"), ridBase.extra + 2, "cloud", {
      displayName: "Voice mail in the cloud",
      "msRTCSIP-UserEnabled": true,
      "msRTCSIP-PrimaryUserAddress": `sip:cloud@${sipDomain}`,
      "msRTCSIP-PrimaryHomeServer": home === undefined ? undefined : poolServiceDn(home),
      "msRTCSIP-OptionFlags": 385,
      "msRTCSIP-Line": "tel:+14256800001;ext=800001",
      "msRTCSIP-DeploymentLocator": "SRV:",
      msExchUCVoiceMailSettings: "CsHostedVoiceMail=1",
      proxyAddresses: [`sip:cloud@${sipDomain}`],
    }),
    user(contoso, lyncUserDn("messenger"), ridBase.extra, "messenger", {
      displayName: "Instant messaging only",
      "msRTCSIP-UserEnabled": true,
      "msRTCSIP-PrimaryUserAddress": `sip:messenger@${sipDomain}`,
      "msRTCSIP-PrimaryHomeServer": home === undefined ? undefined : poolServiceDn(home),
      "msRTCSIP-OptionFlags": 257,
      "msRTCSIP-DeploymentLocator": "SRV:",
      proxyAddresses: [`sip:messenger@${sipDomain}`],
    }),
    user(contoso, lyncUserDn("janitor"), ridBase.extra + 1, "janitor", { displayName: "No Lync" }),
  ];
}

/** The accounts of the Lync forest for this many people. */
export function lyncPeople(count: number): readonly Entry[] {
  return [...Array.from({ length: count }, (_, index) => lyncUser(person(index + 1))), ...otherUsers()];
}

/** The mailboxes of the Exchange forest for this many people. */
export function mailboxes(count: number): readonly Entry[] {
  return [organizationalUnit(mailboxUnitDn), ...Array.from({ length: count }, (_, index) => linkedMailbox(person(index + 1), index + 1)), ...otherMailboxes()];
}

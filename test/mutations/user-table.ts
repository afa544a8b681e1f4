import { serialNumber } from "../../src/lab/deployment/exchange-servers.ts";
import type { Change } from "../../src/lab/deployment/mutations.ts";
import { fabrikam } from "../../src/lab/deployment/forests.ts";
import { lyncUserDn, mailboxDn, person } from "../../src/lab/deployment/people.ts";
import { inExchange, inLync, serverDn } from "../../src/lab/deployment/planting.ts";
import { branchPlan, legacyPlan, planDn, policyDn } from "../../src/lab/deployment/plans.ts";
import { mutation, withSetup, type Mutation } from "./mutation.ts";
import { nothingLeft, turns, warns, type OutcomeChange } from "./outcome-changes.ts";

const [first, second] = [person(1), person(2)];
const [name, otherName, cloudName] = ["Person user00001", "Person user00002", "Voice mail in the cloud"];
const smtp = `SMTP:${first.alias}@${fabrikam.realm}`;
const sip = `sip:${first.sipUri}`;
const inContext = (address: string): string => `${address};phone-context=${first.plan.phoneContext}`;
const [primary, secondary] = [`EUM:${inContext(first.sipUri)}`, `eum:${inContext(first.extension)}`];

const onAccount = (attribute: string, ...values: readonly string[]): Change => inLync(lyncUserDn(first.alias), attribute, ...values);
const onMailbox = (attribute: string, ...values: readonly string[]): Change => inExchange(mailboxDn(first.alias), attribute, ...values);
const onCloudUser = (attribute: string, ...values: readonly string[]): Change => inLync(lyncUserDn("cloud"), attribute, ...values);
/** proxyAddresses on the mailbox and its copy on the account. */
const addresses = (...values: readonly string[]): readonly Change[] => [onMailbox("proxyAddresses", smtp, ...values), onAccount("proxyAddresses", smtp, ...values)];

/** Passes of users are counted, so that one who fails is new among the findings. */
const fails = (rule: string, ...subjects: readonly string[]): readonly OutcomeChange[] => turns("none", "fail", rule, ...subjects);
const nowWarns = (rule: string, ...subjects: readonly string[]): readonly OutcomeChange[] => turns("none", "warn", rule, ...subjects);

const ofAccounts: readonly Mutation[] = [
  mutation("user-no-mailbox", "The mailbox of a voice user is gone", [{ kind: "removeEntry", forest: fabrikam.name, dn: mailboxDn(first.alias) }], fails("user/mailbox", name)),
  mutation("user-not-um-enabled", "The mailbox of a voice user is not enabled for UM", [onMailbox("msExchUMEnabledFlags", "830")], fails("user/um-enabled", name)),
  mutation("user-no-sip-proxy", "A user has no sip: proxy address", [onAccount("proxyAddresses", smtp, primary, secondary)], fails("user/sip-proxy", name)),
  mutation("mailbox-other-sip-proxy", "The mailbox has the SIP address of before the wedding", [onMailbox("proxyAddresses", smtp, "sip:maiden@contoso.test", primary, secondary)], fails("user/sip-proxy", name)),
  mutation("user-no-voice", "A user of voice mail has no Enterprise Voice", [onAccount("msRTCSIP-OptionFlags", "257")], fails("user/enterprise-voice", name)),
  mutation("user-remote-call-control", "A user of voice mail has remote call control", [onAccount("msRTCSIP-OptionFlags", "401")], fails("user/enterprise-voice", name)),
  mutation("user-disabled", "A user of voice mail is not enabled for Lync", [onAccount("msRTCSIP-UserEnabled", "FALSE")], fails("user/enabled", name)),
  mutation("user-homeless", "A user of voice mail has no home pool", [onAccount("msRTCSIP-PrimaryHomeServer")], fails("user/enabled", name)),
  mutation("user-line-blanks", "A line URI is written with blanks", [onAccount("msRTCSIP-Line", "tel:+1 425 610 0001")], fails("user/line-uri", name)),
  mutation("user-line-of-other", "Two users have one line URI", [onAccount("msRTCSIP-Line", second.lineUri)], fails("user/line-uri-unique", name, otherName)),
  mutation("user-sip-address-of-other", "A user without voice has the SIP address of another, in capitals", [inLync(lyncUserDn("messenger"), "msRTCSIP-PrimaryUserAddress", sip.toUpperCase()), inLync(lyncUserDn("messenger"), "proxyAddresses", sip)], fails("user/sip-address-unique", "Instant messaging only", name)),
  mutation("user-not-copied", "The EUM addresses did not come to the Lync forest", [onAccount("proxyAddresses", smtp, sip)], fails("user/copied-to-lync-forest", name)),
  mutation("user-copy-left", "An old extension stayed in the Lync forest", [onAccount("proxyAddresses", smtp, sip, primary, secondary, `eum:${inContext("109999")}`)], nowWarns("user/copied-to-lync-forest", name)),
];

const ofMailboxes: readonly Mutation[] = [
  mutation("eum-primary-of-other", "The primary EUM address is another SIP address", addresses(sip, `EUM:${inContext("maiden@contoso.test")}`, secondary), fails("user/sip-resource", name)),
  mutation("eum-primary-lost", "The primary EUM address is lost", addresses(sip, secondary), fails("user/primary-eum", name)),
  mutation("eum-primary-old-context", "The primary EUM address has the phone context of another plan", addresses(sip, `EUM:${first.sipUri};phone-context=${branchPlan.phoneContext}`, secondary), fails("user/primary-eum", name)),
  mutation("eum-no-extension", "A UM mailbox has no extension", addresses(sip, primary), fails("user/extension", name)),
  mutation("eum-short-extension", "An extension has five digits", addresses(sip, primary, `eum:${inContext("10001")}`), fails("user/extension-digits", name)),
  mutation("eum-extension-of-other", "Two mailboxes have one extension", addresses(sip, primary, `eum:${inContext(second.extension)}`), fails("user/extension-unique", name, otherName)),
  mutation("mailbox-of-pbx-plan", "The mailbox of a voice user is in the plan of the PBX", [onMailbox("msExchUMRecipientDialPlanLink", planDn(legacyPlan)), onMailbox("msExchUMTemplateLink", policyDn(legacyPlan))], fails("user/primary-plan", name)),
  mutation("mailbox-policy-of-other-plan", "The policy of a mailbox belongs to another plan", [onMailbox("msExchUMTemplateLink", policyDn(branchPlan))], fails("user/mailbox-policy", name)),
  mutation("mailbox-no-policy", "A UM mailbox has no policy", [onMailbox("msExchUMTemplateLink")], fails("user/mailbox-policy", name)),
  mutation(
    "mailbox-on-2010",
    "A mailbox is on MBX1, which is Exchange 2010 SP3",
    [inExchange(serverDn("MBX1"), "serialNumber", serialNumber([14, 3, 123, 4])), onMailbox("msExchHomeServerName", "/o=Fabrikam/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Configuration/cn=Servers/cn=MBX1")],
    warns("dial-plan/one-version", "BranchUM", "ContosoUM"),
    turns("not-applicable", "pass", "dial-plan/servers-2010", "BranchUM", "ContosoUM"),
    nowWarns("user/missed-calls", name),
  ),
];

const hosting: readonly Mutation[] = [
  mutation("hosted-beside-um", "A user of UM here is marked as hosted", [onAccount("msExchUCVoiceMailSettings", "CsHostedVoiceMail=1")], fails("user/hosted-precedence", name)),
  mutation("hosted-odd-value", "The voice mail settings hold something that nobody knows", [onCloudUser("msExchUCVoiceMailSettings", "CsHostedVoiceMail=1", "Hosted=yes")], nowWarns("user/hosted-values", cloudName)),
  mutation("hosted-two-words", "Lync says hosted, Exchange says not", [onCloudUser("msExchUCVoiceMailSettings", "CsHostedVoiceMail=1", "ExchangeHostedVoiceMail=0")], nowWarns("user/hosted-conflict", cloudName), nothingLeft("user/hosted-precedence")),
  mutation("not-hosted-and-no-um", "A user who is marked as not hosted has no UM either", [onAccount("msExchUCVoiceMailSettings", "CsHostedVoiceMail=0"), onMailbox("msExchUMEnabledFlags", "830")], nowWarns("user/no-voice-mail", name)),
  withSetup({ profile: "cloud-voicemail" }, mutation("cloud-user-no-voice", "A user of Cloud Voicemail has no Enterprise Voice", [onCloudUser("msRTCSIP-OptionFlags", "257")], fails("user/cloud-voice", cloudName), fails("user/enterprise-voice", cloudName))),
  withSetup({ profile: "cloud-voicemail" }, mutation("cloud-user-not-marked", "A voice user without a mailbox here is not marked as hosted", [onCloudUser("msExchUCVoiceMailSettings")], fails("user/cloud-voice", cloudName), nothingLeft("user/hosted-conflict", "user/hosted-policy", "user/hosted-precedence", "user/hosted-values"))),
];

/** Users: what Lync says of them, their mailboxes, and where their voice mail is. */
export const userMutations: readonly Mutation[] = [...ofAccounts, ...ofMailboxes, ...hosting];

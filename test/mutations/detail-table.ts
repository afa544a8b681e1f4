import { entry } from "../../src/lab/deployment/entry.ts";
import { gatewayDn } from "../../src/lab/deployment/exchange-plans.ts";
import { fabrikam } from "../../src/lab/deployment/forests.ts";
import { exchangeServers, lyncPools } from "../../src/lab/deployment/hosts.ts";
import type { Change } from "../../src/lab/deployment/mutations.ts";
import { callRouterDn, configuration, dns, huntGroupDn, inExchange, serverDn } from "../../src/lab/deployment/planting.ts";
import { contosoPlan, legacyPlan, organizationDn, planDn, sipPlans, type PlanSpec } from "../../src/lab/deployment/plans.ts";
import { contactNames } from "./lab-contacts.ts";
import { embeddedOnly, mutation, type Mutation } from "./mutation.ts";
import { fails, manyUsers, turns, warns, type OutcomeChange } from "./outcome-changes.ts";

const plan = (attribute: string, ...values: readonly string[]): Change => inExchange(planDn(contosoPlan), attribute, ...values);
const attendant = (attribute: string, ...values: readonly string[]): Change => inExchange(`CN=ContosoAA,CN=UM AutoAttendant Container,${organizationDn}`, attribute, ...values);
const add = (dn: string, objectClass: string, attributes: Parameters<typeof entry>[2]): Change => ({ kind: "addEntry", forest: fabrikam.name, entry: entry(dn, objectClass, attributes) });
const rules = (...patterns: readonly (readonly [pattern: string, translation: string])[]) => patterns.map(([Pattern, Translation], at) => ({ Name: `Rule ${at + 1}`, Description: null, Pattern, Translation, IsInternalExtension: false }));

/** Another SIP dial plan as New-UMDialPlan, the administrators and exchucutil would leave it: with servers, call routers and a hunt group at each pool's gateway. */
function anotherPlan(name: string): readonly Change[] {
  const made: PlanSpec = { ...contosoPlan, name, phoneContext: `${name}.${fabrikam.realm}` };
  const links = [...sipPlans, made].map(planDn);
  return [
    add(planDn(made), "top container msExchContainer msExchUMDialPlan", { msExchUMDialPlanURIType: 3, msExchUMDialPlanVoipSecurity: 3, msExchUMPhoneContext: made.phoneContext, msExchUMNumberingPlanDigits: 6, msExchUMCountryCode: "1", msExchUMFaxEnabled: false }),
    ...exchangeServers.filter(({ umService }) => umService).map(({ name: server }) => inExchange(serverDn(server), "msExchUMServerDialPlanLink", ...links)),
    ...exchangeServers.filter(({ callRouter }) => callRouter).map(({ name: server }) => inExchange(callRouterDn(server), "msExchUMServerDialPlanLink", ...links)),
    ...lyncPools.map(({ cn }) => add(huntGroupDn(cn, made), "top container msExchContainer msExchUMHuntGroup", { msExchUMHuntGroupDialPlanLink: planDn(made), msExchUMPilotIdentifier: name })),
  ];
}

/** What a SIP dial plan without numbers, of servers of Exchange 2013 and later, has that is no pass. */
function newcomer(name: string): readonly OutcomeChange[] {
  return ["contact/subscriber-access", "dial-plan/access-numbers", "dial-plan/matches-lync-dial-plan", "dial-plan/servers-2010"].flatMap((rule) => turns("none", "not-applicable", rule, name));
}

/** Smaller matters of dial plans, auto attendants and servers. */
export const detailTable: readonly Mutation[] = [
  mutation("plan-name-space", "A SIP dial plan has a space in its name", anotherPlan("Sales UM"), turns("none", "fail", "dial-plan/name", "Sales UM"), newcomer("Sales UM")),
  mutation(
    "plan-name-of-51",
    "The name of a SIP dial plan leaves no room for its policy",
    anotherPlan("SalesInAllOfNorthAmericaAndTheIslandsOfTheCaribbean"),
    turns("none", "warn", "dial-plan/name-length", "SalesInAllOfNorthAmericaAndTheIslandsOfTheCaribbean"),
    newcomer("SalesInAllOfNorthAmericaAndTheIslandsOfTheCaribbean"),
  ),
  mutation("plan-digits", "Extensions of ContosoUM have 21 digits", [plan("msExchUMNumberingPlanDigits", "21")], fails("dial-plan/extension-digits", "ContosoUM"), turns("none", "fail", "user/extension-digits", manyUsers)),
  mutation("plan-no-country", "ContosoUM has no country code", [plan("msExchUMCountryCode")], warns("dial-plan/country-code", "ContosoUM")),
  mutation("plan-access-extension", "The access number of ContosoUM is an extension", [plan("msExchUMVoiceMailPilotNumbers", "5000")], fails("dial-plan/access-numbers", "ContosoUM")),
  mutation("plan-offers-fax", "ContosoUM offers fax", [plan("msExchUMFaxEnabled", "TRUE")], warns("dial-plan/no-fax", "ContosoUM")),
  mutation(
    "plan-too-few",
    "Three Lync dial plans share two SIP dial plans",
    [configuration("CsDialPlan", "Site:Redmond", { SimpleName: "Redmond", NormalizationRules: rules(["^(\\d{4})$", "+1425555$1"]) })],
    warns("dial-plan/per-location", "Lync configuration"),
  ),
  mutation(
    "plan-legacy-linked",
    "EX1 is linked to the telephone extension plan",
    [inExchange(serverDn("EX1"), "msExchUMServerDialPlanLink", ...[...sipPlans, legacyPlan].map(planDn))],
    warns("dial-plan/servers-only-sip", "EX1"),
  ),
  mutation(
    "lync-plan-unsuitable",
    "The dial plan of Portland leaves numbers as they are dialled",
    [configuration("CsDialPlan", "Site:Portland", { NormalizationRules: rules(["^(\\d{4})$", "$1"]) })],
    fails("dial-plan/lync-plan-suitable", "sba1.contoso.test"),
  ),
  mutation("lync-plan-keeps", "The dial plan of Portland keeps E.164 numbers", [configuration("CsDialPlan", "Site:Portland", { NormalizationRules: rules(["^(\\+\\d+)$", "$1"]) })]),
  mutation(
    "user-plan-unsuitable",
    "A dial plan of users makes no E.164 numbers",
    [configuration("CsDialPlan", "Tag:Sales", { SimpleName: "Sales", NormalizationRules: [] })],
    turns("none", "fail", "dial-plan/user-plan-suitable", "Tag:Sales"),
    warns("dial-plan/per-location", "Lync configuration"),
  ),
  mutation("attendant-as-created", "ContosoAA is disabled, as it was created", [attendant("msExchUMAutoAttendantFlags", "0")], warns("auto-attendant/enabled", "ContosoAA")),
  mutation(
    "attendant-name-space",
    "An auto attendant has a space in its name",
    [add(`CN=Front Desk,CN=UM AutoAttendant Container,${organizationDn}`, "top container msExchContainer msExchUMAutoAttendant", { msExchUMAutoAttendantDialPlanLink: planDn(contosoPlan), msExchUMAutoAttendantFlags: 1, msExchUMAutoAttendantDialedNumbers: "+14255550102" })],
    turns("none", "fail", "auto-attendant/name", "Front Desk"),
    turns("none", "fail", "contact/attendant-has-contact", "Front Desk"),
  ),
  mutation("attendant-number", "ContosoAA has an extension for a number", [attendant("msExchUMAutoAttendantDialedNumbers", "5001")], fails("auto-attendant/numbers", "ContosoAA"), fails("contact/attendant-has-contact", "ContosoAA"), warns("contact/kind", contactNames.attendant)),
  mutation(
    "attendants-one-number",
    "Both auto attendants have one number",
    [attendant("msExchUMAutoAttendantDialedNumbers", "+15035550101")],
    fails("auto-attendant/numbers", "BranchAA", "ContosoAA"),
    warns("contact/kind", contactNames.attendant),
  ),
  embeddedOnly(
    "Active Directory itself takes no common name of more than 64 characters",
    mutation(
      "gateway-name-of-70",
      "A gateway has a name of 70 characters",
      [add(gatewayDn("x".repeat(70)), "top container msExchContainer msExchUMIPGateway", { msExchUMIPGatewayAddress: "pbxgw.fabrikam.test", msExchUMIPGatewayPort: 5060, msExchUMIPGatewayStatus: 0, msExchUMOutcallsAllowed: false, msExchUMIPGatewayFlags2: -1 })],
      turns("none", "warn", "gateway/name", "x".repeat(70)),
      fails("gateway/resolves", "LegacyPBX Gateway"),
      turns("none", "fail", "gateway/resolves", "x".repeat(70)),
    ),
  ),
  mutation("call-limit", "EX1 takes two calls at once", [inExchange(serverDn("EX1"), "msExchUMMaximumCallsAllowed", "2")], warns("startup/call-limit", "EX1")),
  mutation(
    "no-numbers",
    "There are contacts, but no plan and no auto attendant has a number",
    [...sipPlans.map((one) => inExchange(planDn(one), "msExchUMVoiceMailPilotNumbers")), ...["ContosoAA", "BranchAA"].map((name) => inExchange(`CN=${name},CN=UM AutoAttendant Container,${organizationDn}`, "msExchUMAutoAttendantDialedNumbers"))],
    warns("version/exchange-first", "Fabrikam"),
    turns("pass", "not-applicable", "dial-plan/access-numbers", "BranchUM", "ContosoUM"),
    warns("auto-attendant/numbers", "BranchAA", "ContosoAA"),
    turns("pass", "not-applicable", "contact/attendant-has-contact", "BranchAA", "ContosoAA"),
    warns("contact/kind", contactNames.attendant, contactNames.branchAttendant),
  ),
  embeddedOnly(
    "the DNS servers of the real lab have no zone for the reverse names of IPv6 addresses",
    mutation(
      "ipv6-of-2010",
      "MBX1 is Exchange 2010 and has an IPv6 address",
      [inExchange(serverDn("MBX1"), "serialNumber", "Version 14.3 (Build 30123.4)"), dns("inside", "AAAA", "mbx1.fabrikam.test", "2001:db8::24")],
      turns("none", "warn", "version/ipv6", "MBX1"),
      warns("dial-plan/one-version", "BranchUM", "ContosoUM"),
      turns("not-applicable", "pass", "dial-plan/servers-2010", "BranchUM", "ContosoUM"),
      turns("pass", "unknown", "dns/um-servers-reverse", "MBX1"),
    ),
  ),
];

import { dialPlanEntries } from "../../src/lab/deployment/exchange-plans.ts";
import { contoso, fabrikam } from "../../src/lab/deployment/forests.ts";
import { contactUnitDn } from "../../src/lab/deployment/lync-contacts.ts";
import type { Change } from "../../src/lab/deployment/mutations.ts";
import { configuration, dns, dnsRemoved, inExchange } from "../../src/lab/deployment/planting.ts";
import { branchPlan, organizationDn, planDn } from "../../src/lab/deployment/plans.ts";
import { allContacts, contactNames, contactRules } from "./lab-contacts.ts";
import { mutation, withSetup, type Mutation } from "./mutation.ts";
import { fails, manyUsers, nothingLeft, turns, warns } from "./outcome-changes.ts";

const domain = "contoso.test";
const attendantDn = (name: string): string => `CN=${name},CN=UM AutoAttendant Container,${organizationDn}`;
const attendant = (attribute: string, ...values: readonly string[]): Change => inExchange(attendantDn("ContosoAA"), attribute, ...values);
const plan = (attribute: string, ...values: readonly string[]): Change => inExchange(planDn(branchPlan), attribute, ...values);
const lyncPlan = (identity: string, SimpleName: string, ...rules: readonly (readonly [pattern: string, translation: string])[]): Change =>
  configuration("CsDialPlan", identity, { SimpleName, NormalizationRules: rules.map(([Pattern, Translation]) => ({ Name: Pattern, Description: null, Pattern, Translation, IsInternalExtension: false })) });
const toDigits = ["^\\+?(\\d+)$", "$1"] as const;

/** A copy of an object of the Exchange organization under another name in the same container. */
function copy(dn: string, name: string, attributes: Readonly<Record<string, readonly string[]>>): Change {
  const original = dialPlanEntries().find((one) => one.dn === dn);
  if (original === undefined) throw new Error(`no entry ${dn}`);
  return { kind: "addEntry", forest: fabrikam.name, entry: { ...original, dn: `CN=${name}${dn.slice(dn.indexOf(","))}`, attributes: { ...original.attributes, cn: [name], ...attributes } } };
}

/** A further SIP dial plan in which nothing is, with a name that is not as it should be. */
const furtherPlan = (name: string): Change => copy(planDn(branchPlan), name, { msExchUMPhoneContext: [`${name}.fabrikam.test`], msExchUMVoiceMailPilotNumbers: ["+15035550177"], msExchUMDialPlanDialedNumbers: ["+15035550177"] });
const longName = "HeadquartersAndAllOtherLocationsOfContosoInNorthAmerica";

/** Names and numbers, and the records by which clients find their servers. */
export const namingTable: readonly Mutation[] = [
  mutation("attendant-no-number", "An auto attendant has no number", [attendant("msExchUMAutoAttendantDialedNumbers")], warns("auto-attendant/numbers", "ContosoAA"), turns("pass", "not-applicable", "contact/attendant-has-contact", "ContosoAA"), warns("contact/kind", contactNames.attendant)),
  mutation("access-number-missing", "A dial plan has no access number", [plan("msExchUMVoiceMailPilotNumbers")], turns("pass", "not-applicable", "dial-plan/access-numbers", "BranchUM")),
  mutation("country-code-odd", "A dial plan has a country code with a plus", [plan("msExchUMCountryCode", "+1")], warns("dial-plan/country-code", "BranchUM")),
  mutation("digits-few", "Extensions have two digits", [plan("msExchUMNumberingPlanDigits", "2")], warns("dial-plan/extension-digits", "BranchUM"), turns("none", "fail", "user/extension-digits", manyUsers)),
  mutation(
    "pool-plan-empty",
    "The global Lync dial plan has no rules",
    [lyncPlan("Global", "DefaultProfile")],
    fails("dial-plan/lync-plan-suitable", "lyncpool.contoso.test", "lyncse1.contoso.test"),
    turns("none", "warn", "user/voice-policy", manyUsers),
  ),
  mutation(
    "pool-plan-digits",
    "No rule of the global Lync dial plan leads to E.164",
    [lyncPlan("Global", "DefaultProfile", toDigits)],
    fails("dial-plan/lync-plan-suitable", "lyncpool.contoso.test", "lyncse1.contoso.test"),
  ),
  mutation(
    "plan-name-blank",
    "A dial plan has a blank in its name",
    [furtherPlan("Sales UM")],
    turns("none", "warn", "contact/subscriber-access", "Sales UM"),
    turns("none", "not-applicable", "dial-plan/encryption-matches-lync", "Sales UM"),
    turns("none", "not-applicable", "dial-plan/matches-lync-dial-plan", "Sales UM"),
    turns("none", "fail", "dial-plan/name", "Sales UM"),
    turns("none", "not-applicable", "dial-plan/one-version", "Sales UM"),
    turns("none", "not-applicable", "dial-plan/servers-2010", "Sales UM"),
    turns("none", "fail", "dial-plan/servers-2013", "Sales UM"),
    turns("none", "warn", "dial-plan/two-servers", "Sales UM"),
    turns("none", "not-applicable", "gateway/one-allows-outcalls", "Sales UM"),
    fails("hunt-group/exists", "1:1", "1:2", "2:1"),
    turns("none", "fail", "hunt-group/one-to-one", "Sales UM"),
  ),
  mutation(
    "plan-name-long",
    "A dial plan has a long name",
    [furtherPlan(longName)],
    turns("none", "warn", "contact/subscriber-access", longName),
    turns("none", "not-applicable", "dial-plan/encryption-matches-lync", "HeadquartersAndAllOtherLocationsOfContosoInNorthAmerica"),
    turns("none", "not-applicable", "dial-plan/matches-lync-dial-plan", "HeadquartersAndAllOtherLocationsOfContosoInNorthAmerica"),
    turns("none", "warn", "dial-plan/name-length", "HeadquartersAndAllOtherLocationsOfContosoInNorthAmerica"),
    turns("none", "not-applicable", "dial-plan/one-version", "HeadquartersAndAllOtherLocationsOfContosoInNorthAmerica"),
    turns("none", "not-applicable", "dial-plan/servers-2010", "HeadquartersAndAllOtherLocationsOfContosoInNorthAmerica"),
    turns("none", "fail", "dial-plan/servers-2013", "HeadquartersAndAllOtherLocationsOfContosoInNorthAmerica"),
    turns("none", "warn", "dial-plan/two-servers", "HeadquartersAndAllOtherLocationsOfContosoInNorthAmerica"),
    turns("none", "not-applicable", "gateway/one-allows-outcalls", "HeadquartersAndAllOtherLocationsOfContosoInNorthAmerica"),
    fails("hunt-group/exists", "1:1", "1:2", "2:1"),
    turns("none", "fail", "hunt-group/one-to-one", "HeadquartersAndAllOtherLocationsOfContosoInNorthAmerica"),
  ),
  mutation(
    "contacts-missing",
    "ocsumutil was not run: there are no contacts",
    allContacts.map((name): Change => ({ kind: "removeEntry", forest: contoso.name, dn: `CN=${name},${contactUnitDn}` })),
    fails("contact/attendant-has-contact", "BranchAA", "ContosoAA"),
    warns("contact/subscriber-access", "BranchUM", "ContosoUM"),
    nothingLeft(...contactRules),
    warns("enterprise-voice/rerouting-numbers", "Site:Portland"),
    warns("version/exchange-first", "Fabrikam"),
  ),
  mutation("discovery-missing-outside", "Clients outside find no lyncdiscover", [dnsRemoved("outside", "A", `lyncdiscover.${domain}`)], warns("dns/discovery", "contoso.test")),
  mutation(
    "fallback-missing",
    "Clients inside find no fallback name",
    [dnsRemoved("inside", "A", `sip.${domain}`), dns("inside", "SRV", `_sipinternaltls._tcp.${domain}`, `lyncpool.${domain} 5061 0 100`)],
    warns("dns/sign-in-fallback", "contoso.test"),
  ),
  mutation("simple-url-dead-outside", "A simple URL does not resolve outside", [dnsRemoved("outside", "A", `meet.${domain}`)], warns("dns/simple-urls", "Global Meet contoso.test")),
  withSetup({ phoneEdition: true }, mutation(
    "phones-no-updates",
    "Phones find no updates",
    [dnsRemoved("inside", "A", `ucupdates-r2.${domain}`)],
    turns("none", "warn", "dns/phones", "contoso.test"),
  )),
];

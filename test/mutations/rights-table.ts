import { group, groupType, ridBase } from "../../src/lab/deployment/accounts.ts";
import { entry } from "../../src/lab/deployment/entry.ts";
import { containerGrants } from "../../src/lab/deployment/exchange-organization.ts";
import { contoso, fabrikam } from "../../src/lab/deployment/forests.ts";
import { contactUnitDn } from "../../src/lab/deployment/lync-contacts.ts";
import { contactUnitGrants, userUnitGrants } from "../../src/lab/deployment/lync-permissions.ts";
import type { Change } from "../../src/lab/deployment/mutations.ts";
import { inExchange } from "../../src/lab/deployment/planting.ts";
import { organizationDn } from "../../src/lab/deployment/plans.ts";
import { embeddedOnly, mutation, withSetup, type Mutation } from "./mutation.ts";
import { fails, warns } from "./outcome-changes.ts";

const staff = `OU=Staff,${contoso.rootDn}`;
const planContainer = `CN=UM DialPlan Container,${organizationDn}`;
const managers = `CN=Organization Management,OU=Microsoft Exchange Security Groups,${fabrikam.rootDn}`;
const aces = (dn: string, list: readonly string[]): Change => ({ kind: "setAces", forest: contoso.name, dn, aces: list });
const contactGrants = contactUnitGrants.aces ?? [];
const userGrants = userUnitGrants.aces ?? [];

/** A domain-local group of the Exchange forest that holds one of the Lync groups, and rights on the container of dial plans that name it. */
function throughLocalGroup(list: readonly string[]): readonly Change[] {
  const principal = `CN={contoso:RTCComponentUniversalServices},CN=ForeignSecurityPrincipals,${fabrikam.rootDn}`;
  return [
    { kind: "addEntry", forest: fabrikam.name, entry: entry(principal, "top foreignSecurityPrincipal") },
    { kind: "addEntry", forest: fabrikam.name, entry: group(fabrikam, `CN=UM Readers,CN=Users,${fabrikam.rootDn}`, ridBase.group + 80, [principal], groupType.domainLocal) },
    { kind: "setAces", forest: fabrikam.name, dn: planContainer, aces: list },
  ];
}

const untried = "it has not been run against Samba: entries for accounts of another forest are written into none of its LDIF files yet";

/** What may be written where accounts stand, who manages Exchange, and which forests there are. */
export const rightsTable: readonly Mutation[] = [
  mutation("contact-unit-incomplete", "Phone numbers of contacts may not be written", [aces(contactUnitDn, contactGrants.filter((ace) => !ace.includes("{attr:otherIpPhone}")))], warns("permission/contact-unit-writes", contactUnitDn)),
  mutation(
    "contact-unit-denial",
    "One attribute of a property set is taken away on contacts",
    [aces(contactUnitDn, ["(OD;CIIO;WP;{attr:msRTCSIP-Line};{class:contact};{RTCUniversalUserAdmins})", ...contactGrants])],
    warns("permission/contact-unit-writes", contactUnitDn),
  ),
  mutation(
    "contact-unit-denial-through-group",
    "What is granted to the group is denied to one that it is in",
    [aces(contactUnitDn, ["(OD;CIIO;WP;{attr:proxyAddresses};{class:contact};{RTCUniversalGlobalReadOnlyGroup})", ...contactGrants])],
    warns("permission/contact-unit-writes", contactUnitDn),
  ),
  mutation("contact-unit-denial-of-users", "A denial for users is of no interest to contacts", [aces(contactUnitDn, ["(OD;CIIO;WP;{attr:proxyAddresses};{class:user};{RTCUniversalUserAdmins})", ...contactGrants])]),
  mutation("user-unit-not-granted", "Grant-CsOUPermission was not run for users: preparation of the domain grants no voice mail settings", [aces(staff, [])], warns("permission/user-unit-writes", staff)),
  withSetup(
    { profile: "cloud-voicemail" },
    mutation("user-unit-settings", "The voice mail settings of users may not be written", [aces(staff, userGrants.filter((ace) => !ace.includes("msExchUCVoiceMailSettings")))], warns("permission/user-unit-writes", staff)),
  ),
  mutation("exchucutil-operator", "Who runs exchucutil left Organization Management", [inExchange(managers, "member")], fails("permission/exchucutil-runner", "FABRIKAM\\exoperator")),
  mutation(
    "phone-context-denied",
    "One of the groups is denied to read the phone context of dial plans",
    [{ kind: "setAces", forest: fabrikam.name, dn: planContainer, aces: ["(OD;CI;RP;{attr:msExchUMPhoneContext};;{contoso:RTCComponentUniversalServices})", ...(containerGrants.aces ?? [])] }],
    warns("permission/lync-reads-containers", "UM DialPlan Container"),
  ),
  embeddedOnly(
    untried,
    mutation("grant-through-local-group", "A group of the Exchange forest, with the Lync group in it, has the rights on dial plans", throughLocalGroup((containerGrants.aces ?? []).map((ace) => ace.replace("{contoso:RTCComponentUniversalServices}", "{UM Readers}")))),
  ),
  embeddedOnly(
    untried,
    mutation(
      "denial-through-local-group",
      "A group of the Exchange forest, with the Lync group in it, is denied to read dial plans",
      throughLocalGroup(["(D;CI;RP;;;{UM Readers})", ...(containerGrants.aces ?? [])]),
      fails("permission/lync-reads-containers", "UM DialPlan Container"),
    ),
  ),
  mutation(
    "lync-left-in-exchange-forest",
    "The Exchange forest still holds an RTC Service of its own",
    [{ kind: "addEntry", forest: fabrikam.name, entry: entry(`CN=RTC Service,CN=Services,${fabrikam.configurationDn}`, "top container") }],
    warns("forest/supported-topology", "the deployment"),
  ),
];

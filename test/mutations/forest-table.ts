import { contoso, fabrikam } from "../../src/lab/deployment/forests.ts";
import { rtcGroupDn, operatorDn } from "../../src/lab/deployment/lync-groups.ts";
import { contactUnitDn } from "../../src/lab/deployment/lync-contacts.ts";
import { contactUnitGrants } from "../../src/lab/deployment/lync-permissions.ts";
import type { Change } from "../../src/lab/deployment/mutations.ts";
import { inExchange, inLync } from "../../src/lab/deployment/planting.ts";
import { organizationDn } from "../../src/lab/deployment/plans.ts";
import { containerGrants, organizationGrants } from "../../src/lab/deployment/exchange-organization.ts";
import { forestTrustInfo, trustDn } from "../../src/lab/deployment/trusts.ts";
import { group, ridBase } from "../../src/lab/deployment/accounts.ts";
import { mutation, type Mutation } from "./mutation.ts";
import { fails, nothingLeft, warns } from "./outcome-changes.ts";

const exchangeTrust = (attribute: string, ...values: readonly (string | Uint8Array)[]): Change => inExchange(trustDn(fabrikam), attribute, ...values);
const lyncTrust = (attribute: string, ...values: readonly (string | Uint8Array)[]): Change => inLync(trustDn(contoso), attribute, ...values);
const aces = (forest: string, dn: string, list: readonly string[]): Change => ({ kind: "setAces", forest, dn, aces: list });
const container = (name: string): string => `CN=${name},${organizationDn}`;

/** The first top level name of a forest trust, disabled by an administrator (TLN flags 0x2, [MS-ADTS] 6.1.6.9.3.1). */
function withNameDisabled(): Uint8Array {
  const info = Uint8Array.from(forestTrustInfo(contoso));
  info[12] = 2; // version, count, length of the record, then its flags
  return info;
}

/** Groups of the Exchange forest with the names of Lync's, and entries that name them. */
function localNamesakes(): readonly Change[] {
  const names = ["RTCUniversalServerAdmins", "RTCComponentUniversalServices"];
  const added = names.map((name, index): Change => ({ kind: "addEntry", forest: fabrikam.name, entry: group(fabrikam, `CN=${name},CN=Users,${fabrikam.rootDn}`, ridBase.group + 90 + index, []) }));
  const local = (containerAces: readonly string[] | undefined): readonly string[] => (containerAces ?? []).map((ace) => ace.replace("{contoso:", "{fabrikam:"));
  return [...added, aces(fabrikam.name, container("UM DialPlan Container"), local(containerGrants.aces))];
}

/** Trusts, rights and groups. */
export const forestTable: readonly Mutation[] = [
  mutation(
    "trust-missing",
    "There is no trust at all",
    [{ kind: "removeEntry", forest: contoso.name, dn: trustDn(contoso) }, { kind: "removeEntry", forest: fabrikam.name, dn: trustDn(fabrikam) }],
    fails("forest/exchange-trusts-lync", "fabrikam.test"),
    nothingLeft("forest/selective-authentication", "forest/trust-covers-forest", "forest/trust-has-both-halves"),
  ),
  mutation(
    "trust-of-exchange-only",
    "Exchange trusts Lync, but not the other way round",
    [exchangeTrust("trustDirection", "2"), lyncTrust("trustDirection", "1")],
    warns("forest/exchange-trusts-lync", "fabrikam.test"),
  ),
  mutation(
    "trust-half-missing",
    "Only the Exchange forest has the trust",
    [{ kind: "removeEntry", forest: contoso.name, dn: trustDn(contoso) }],
    fails("forest/trust-has-both-halves", "fabrikam.test → contoso.test"),
  ),
  mutation(
    "trust-halves-differ",
    "The halves of the trust have the same direction",
    [exchangeTrust("trustDirection", "2"), lyncTrust("trustDirection", "2")],
    warns("forest/exchange-trusts-lync", "fabrikam.test"),
    fails("forest/trust-has-both-halves", "contoso.test → fabrikam.test", "fabrikam.test → contoso.test"),
  ),
  mutation(
    "trust-disabled",
    "The trust is disabled on the Exchange side",
    [exchangeTrust("trustDirection", "0")],
    fails("forest/exchange-trusts-lync", "fabrikam.test"),
    fails("forest/trust-has-both-halves", "contoso.test → fabrikam.test"),
    nothingLeft("forest/selective-authentication", "forest/trust-covers-forest"),
  ),
  mutation(
    "trust-external",
    "The trust is external, not forest transitive",
    [exchangeTrust("trustAttributes", "0"), lyncTrust("trustAttributes", "0")],
    warns("forest/trust-covers-forest", "fabrikam.test → contoso.test"),
  ),
  mutation("trust-quarantined", "The trust filters SIDs", [exchangeTrust("trustAttributes", "12")], warns("forest/trust-covers-forest", "fabrikam.test → contoso.test")),
  mutation("trust-selective", "The trust has selective authentication", [exchangeTrust("trustAttributes", "24")], warns("forest/selective-authentication", "fabrikam.test → contoso.test")),
  mutation(
    "trust-name-disabled",
    "The name suffix of the Lync forest is disabled in the trust",
    [exchangeTrust("msDS-TrustForestTrustInfo", withNameDisabled())],
    warns("forest/trust-covers-forest", "fabrikam.test → contoso.test"),
  ),
  mutation(
    "exchucutil-not-run",
    "exchucutil never granted rights on the dial plan container",
    [aces(fabrikam.name, container("UM DialPlan Container"), [])],
    fails("permission/lync-reads-containers", "UM DialPlan Container"),
  ),
  mutation(
    "attendants-not-granted",
    "Rights on the auto attendant container are missing",
    [aces(fabrikam.name, container("UM AutoAttendant Container"), [])],
    fails("permission/lync-reads-containers", "UM AutoAttendant Container"),
  ),
  mutation(
    "organization-not-granted",
    "Rights on the organization are missing",
    [aces(fabrikam.name, organizationDn, (organizationGrants.aces ?? []).filter((ace) => !ace.includes("{contoso:")))],
    fails("permission/lync-reads-containers", "Fabrikam"),
  ),
  mutation(
    "services-not-granted",
    "Only one of the two groups has rights on the dial plan container",
    [aces(fabrikam.name, container("UM DialPlan Container"), (containerGrants.aces ?? []).filter((ace) => !ace.includes("RTCComponentUniversalServices")))],
    fails("permission/lync-reads-containers", "UM DialPlan Container"),
  ),
  mutation(
    "services-denied",
    "One of the groups is denied to read dial plans",
    [aces(fabrikam.name, container("UM DialPlan Container"), ["(D;CI;RP;;;{contoso:RTCComponentUniversalServices})", ...(containerGrants.aces ?? [])])],
    fails("permission/lync-reads-containers", "UM DialPlan Container"),
  ),
  mutation(
    "grants-not-inherited",
    "Rights on the dial plan container are not inherited by what is below",
    [aces(fabrikam.name, container("UM DialPlan Container"), (containerGrants.aces ?? []).map((ace) => ace.replace("(A;CI;", "(A;;")))],
    fails("permission/lync-reads-containers", "UM DialPlan Container"),
  ),
  mutation(
    "administrative-groups-not-granted",
    "An older build of exchucutil left out the administrative groups",
    [aces(fabrikam.name, container("Administrative Groups"), [])],
    warns("permission/administrative-groups", "Administrative Groups"),
  ),
  mutation(
    "grants-of-namesakes",
    "exchucutil ran without -Forest and granted rights to local groups of the same names",
    localNamesakes(),
    fails("permission/groups-of-lync-forest", "UM DialPlan Container"),
    fails("permission/lync-reads-containers", "UM DialPlan Container"),
  ),
  mutation(
    "operator-user-admins",
    "The operator is not in RTCUniversalUserAdmins, which may create contacts",
    [inLync(rtcGroupDn("RTCUniversalUserAdmins"), "member")],
    fails("permission/operator-creates-contacts", "CONTOSO\\ucoperator"),
    fails("permission/operator-groups", "CONTOSO\\ucoperator"),
  ),
  mutation(
    "operator-direct",
    "The operator is a direct member of the groups",
    [inLync(rtcGroupDn("RTCUniversalUserAdmins"), "member", operatorDn), inLync(rtcGroupDn("RTCUniversalServerAdmins"), "member", operatorDn)],
  ),
  mutation("operator-disabled", "The operator's account is disabled", [inLync(operatorDn, "userAccountControl", "514")], warns("permission/operator-account", "CONTOSO\\ucoperator")),
  mutation(
    "operator-missing",
    "There is no such operator",
    [{ kind: "removeEntry", forest: contoso.name, dn: operatorDn }],
    warns("permission/operator-account", "CONTOSO\\ucoperator"),
    fails("permission/operator-creates-contacts", "CONTOSO\\ucoperator"),
    fails("permission/operator-groups", "CONTOSO\\ucoperator"),
  ),
  mutation(
    "contacts-not-granted",
    "Nobody may create contacts in the organizational unit",
    [aces(contoso.name, contactUnitDn, (contactUnitGrants.aces ?? []).filter((ace) => !ace.includes("CCDC")))],
    fails("permission/operator-creates-contacts", "CONTOSO\\ucoperator"),
  ),
  mutation(
    "contacts-denied",
    "The operators are denied to create contacts",
    [aces(contoso.name, contactUnitDn, ["(OD;;CC;{class:contact};;{RTCUniversalUserAdmins})", ...(contactUnitGrants.aces ?? [])])],
    fails("permission/operator-creates-contacts", "CONTOSO\\ucoperator"),
  ),
];

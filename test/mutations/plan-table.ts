import { lyncPools } from "../../src/lab/deployment/hosts.ts";
import { callRouterDn, configuration, inExchange, serverDn } from "../../src/lab/deployment/planting.ts";
import { branchPlan, contosoPlan, legacyPlan, planDn } from "../../src/lab/deployment/plans.ts";
import { allContacts, contactNames } from "./lab-contacts.ts";
import { mutation, withSetup, type Mutation } from "./mutation.ts";
import { fails, manyUsers, nothingLeft, turns, warns } from "./outcome-changes.ts";
import { securedPbx } from "./secured-pbx.ts";

const security = (plan: typeof contosoPlan, value: string) => inExchange(planDn(plan), "msExchUMDialPlanVoipSecurity", value);
const uriType = (plan: typeof contosoPlan, value: string) => inExchange(planDn(plan), "msExchUMDialPlanURIType", value);
const encryption = (identity: string, EncryptionLevel: string) => configuration("CsMediaConfiguration", identity, { EncryptionLevel });
const pools = lyncPools.map(({ fqdn }) => fqdn);

/** Dial plans: type, names, security against media encryption, servers. */
export const planTable: readonly Mutation[] = [
  mutation(
    "plan-unsecured",
    "ContosoUM is unsecured although the pools require media encryption",
    [security(contosoPlan, "2")],
    fails("dial-plan/encryption-matches-lync", "ContosoUM"),
    turns("pass", "not-applicable", "security/secured-preferred", "ContosoUM"),
    fails("security/sip-plan-secured", "ContosoUM"),
  ),
  mutation("media-supported", "Lync only supports media encryption, which Secured plans accept", [encryption("Global", "SupportEncryption")]),
  mutation(
    "media-supported-unsecured",
    "Lync supports media encryption and a plan is unsecured",
    [encryption("Global", "SupportEncryption"), security(contosoPlan, "2")],
    fails("dial-plan/encryption-matches-lync", "ContosoUM"),
    turns("pass", "not-applicable", "security/secured-preferred", "ContosoUM"),
    fails("security/sip-plan-secured", "ContosoUM"),
  ),
  mutation(
    "media-supported-sip-secured",
    "Lync supports media encryption and a plan is SIPSecured, which fits",
    [encryption("Global", "SupportEncryption"), security(contosoPlan, "1")],
    warns("security/secured-preferred", "ContosoUM"),
  ),
  mutation(
    "media-refused",
    "Lync supports no media encryption and the plans are Secured",
    [encryption("Global", "DoNotSupportEncryption")],
    fails("dial-plan/encryption-matches-lync", "BranchUM", "ContosoUM"),
    warns("security/media-configuration", "lyncpool.contoso.test", "lyncse1.contoso.test", "sba1.contoso.test"),
  ),
  mutation(
    "media-refused-at-site",
    "The media configuration of one site supports no encryption",
    [encryption("Site:Portland", "DoNotSupportEncryption")],
    fails("dial-plan/encryption-matches-lync", "BranchUM", "ContosoUM"),
    warns("security/media-configuration", "sba1.contoso.test"),
  ),
  mutation(
    "media-refused-at-pool",
    "The media configuration of one pool supports no encryption",
    [encryption(`Service:Registrar:${pools[1] ?? ""}`, "DoNotSupportEncryption")],
    fails("dial-plan/encryption-matches-lync", "BranchUM", "ContosoUM"),
    warns("security/media-configuration", "lyncse1.contoso.test"),
  ),
  mutation("media-refused-elsewhere", "The media configuration of a site without a pool concerns nobody", [encryption("Site:Nowhere", "DoNotSupportEncryption")]),
  mutation(
    "no-sip-plan",
    "No dial plan is a SIP URI dial plan",
    [uriType(contosoPlan, "1"), uriType(branchPlan, "2")],
    warns("dial-plan/per-location", "Lync configuration"),
    warns("dial-plan/servers-only-sip", "CAS1", "EX1", "EX2", "MBX1"),
    fails("dial-plan/sip-plan-exists", "Fabrikam"),
    turns("pass", "not-applicable", "hunt-group/exists", "1:1", "1:2", "2:1"),
    warns("version/exchange-first", "Fabrikam"),
    warns("contact/kind", ...allContacts),
    nothingLeft("auto-attendant/enabled", "auto-attendant/name", "auto-attendant/numbers", "contact/attendant-has-contact", "contact/subscriber-access", "dial-plan/access-numbers", "dial-plan/country-code", "dial-plan/encryption-matches-lync", "dial-plan/extension-digits", "dial-plan/matches-lync-dial-plan", "dial-plan/name", "dial-plan/name-length", "dial-plan/no-fax", "dial-plan/one-version", "dial-plan/phone-context", "dial-plan/servers-2010", "dial-plan/servers-2013", "dial-plan/two-servers", "gateway/belongs-to-pool", "gateway/one-allows-outcalls", "gateway/outcalls-leave-by-main-pool", "hunt-group/one-to-one", "hunt-group/pilot-is-plan-name", "security/secured-preferred", "security/sip-plan-secured"),
    turns("none", "fail", "user/primary-plan", manyUsers),
    nothingLeft("user/extension", "user/extension-digits", "user/missed-calls", "user/primary-eum", "user/sip-resource"),
  ),
  mutation(
    "plan-context-other",
    "A dial plan was created under another name",
    [inExchange(planDn(contosoPlan), "msExchUMPhoneContext", "OldUM.fabrikam.test")],
    warns("dial-plan/phone-context", "ContosoUM"),
    fails("hunt-group/one-to-one", "ContosoUM"),
    warns("hunt-group/pilot-is-plan-name", "ContosoUM", "ContosoUM", "ContosoUM"),
    warns("contact/kind", contactNames.access, contactNames.attendant),
    turns("none", "fail", "user/extension", manyUsers),
    turns("none", "fail", "user/primary-eum", manyUsers),
  ),
  mutation(
    "plan-context-domain",
    "The phone context of a dial plan ends in another domain",
    [inExchange(planDn(branchPlan), "msExchUMPhoneContext", "BranchUM.hq.fabrikam.test")],
    warns("dial-plan/phone-context", "BranchUM"),
    warns("contact/kind", contactNames.branchAccess, contactNames.branchAttendant),
    turns("none", "fail", "user/extension", manyUsers),
    turns("none", "fail", "user/primary-eum", manyUsers),
  ),
  mutation(
    "legacy-plan-secured",
    "The telephone extension plan is secured, but its telephone system is called on the plain port",
    [security(legacyPlan, "3")],
    turns("none", "warn", "gateway/port", "LegacyPBX Gateway"),
    turns("none", "fail", "certificate/gateway-secured", "LegacyPBX Gateway"),
  ),
  mutation(
    "simple-name-empty",
    "A Lync dial plan has no simple name",
    [configuration("CsDialPlan", "Site:Portland", { SimpleName: "" })],
    fails("dial-plan/lync-simple-name", "Site:Portland"),
  ),
  mutation(
    "simple-name-twice",
    "Two Lync dial plans have the same simple name",
    [configuration("CsDialPlan", "Site:Portland", { SimpleName: "defaultprofile" })],
    fails("dial-plan/lync-simple-name", "Global", "Site:Portland"),
  ),
  mutation(
    "simple-name-characters",
    "A simple name holds a blank",
    [configuration("CsDialPlan", "Site:Portland", { SimpleName: "Portland Branch" })],
    fails("dial-plan/lync-simple-name", "Site:Portland"),
  ),
  mutation(
    "simple-name-long",
    "A simple name is longer than allowed",
    [configuration("CsDialPlan", "Site:Portland", { SimpleName: "x".repeat(257) })],
    fails("dial-plan/lync-simple-name", "Site:Portland"),
  ),
  mutation(
    "router-not-in-plan",
    "The call router of EX1 is not in ContosoUM",
    [inExchange(callRouterDn("EX1"), "msExchUMServerDialPlanLink", planDn(branchPlan))],
    fails("dial-plan/servers-2013", "ContosoUM"),
  ),
  mutation(
    "server-and-router-not-in-plan",
    "EX1 is in no way in ContosoUM",
    [inExchange(callRouterDn("EX1"), "msExchUMServerDialPlanLink", planDn(branchPlan)), inExchange(serverDn("EX1"), "msExchUMServerDialPlanLink", planDn(branchPlan))],
    fails("dial-plan/servers-2013", "ContosoUM"),
  ),
  mutation(
    "plan-of-one-server",
    "BranchUM is served by one server",
    ["EX2", "MBX1"].map((name) => inExchange(serverDn(name), "msExchUMServerDialPlanLink", planDn(contosoPlan))),
    fails("dial-plan/servers-2013", "BranchUM"),
    warns("dial-plan/two-servers", "BranchUM"),
  ),
  mutation(
    "plan-of-no-server",
    "BranchUM has no UM server at all",
    ["EX1", "EX2", "MBX1"].map((name) => inExchange(serverDn(name), "msExchUMServerDialPlanLink", planDn(contosoPlan))),
    fails("dial-plan/servers-2013", "BranchUM"),
    warns("dial-plan/two-servers", "BranchUM"),
    turns("pass", "not-applicable", "dial-plan/one-version", "BranchUM"),
  ),
  withSetup({ phoneEdition: true }, mutation("phones-healthy", "Phones with Lync Phone Edition fit the healthy deployment", [])),
  withSetup({ phoneEdition: true }, mutation(
    "phones-sip-secured",
    "Phones of pools that require encryption find a SIPSecured plan",
    [security(branchPlan, "1")],
    fails("dial-plan/encryption-matches-lync", "BranchUM"),
    turns("none", "fail", "security/phone-edition", "lyncpool.contoso.test", "lyncse1.contoso.test", "sba1.contoso.test"),
    turns("pass", "not-applicable", "security/secured-preferred", "BranchUM"),
  )),
  withSetup({ phoneEdition: true }, mutation(
    "phones-2019",
    "Phones with Lync Phone Edition meet Skype for Business Server 2019",
    [configuration("CsTopology", pools[1] ?? "", { ServiceVersion: 8 })],
    turns("none", "fail", "security/phone-edition", "lyncse1.contoso.test"),
  )),
  withSetup({ phoneEdition: true }, mutation(
    "phones-low",
    "Phones may sign in without encryption",
    [configuration("CsUCPhoneConfiguration", "Global", { SIPSecurityMode: "Low" })],
    turns("none", "warn", "security/phone-sign-in", "Global"),
  )),
  mutation(
    "um-service-tls",
    "EX1's UM service starts in TLS mode while an unsecured plan is served",
    [inExchange(serverDn("EX1"), "msExchUMStartupMode", "1")],
    warns("startup/um-service-dual", "EX1"),
    fails("startup/um-service-mode", "EX1"),
  ),
  mutation(
    "um-service-tls-only",
    "All plans are secured and EX1's UM service starts in TLS mode",
    [...securedPbx(), inExchange(serverDn("EX1"), "msExchUMStartupMode", "1")],
    warns("startup/um-service-dual", "EX1"),
  ),
  mutation(
    "call-router-tcp",
    "EX1's call router starts in TCP mode",
    [inExchange(callRouterDn("EX1"), "msExchUMStartupMode", "0")],
    turns("pass", "not-applicable", "startup/call-router-dual", "EX1"),
    fails("startup/call-router-mode", "EX1"),
  ),
  mutation(
    "call-router-tls",
    "EX1's call router starts in TLS mode while an unsecured plan is served",
    [inExchange(callRouterDn("EX1"), "msExchUMStartupMode", "1")],
    warns("startup/call-router-dual", "EX1"),
    fails("startup/call-router-mode", "EX1"),
  ),
];

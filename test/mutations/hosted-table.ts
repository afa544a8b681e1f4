import { edge, lyncPools } from "../../src/lab/deployment/hosts.ts";
import type { Change } from "../../src/lab/deployment/mutations.ts";
import { configuration, inExchange } from "../../src/lab/deployment/planting.ts";
import { branchPlan, contosoPlan, planDn } from "../../src/lab/deployment/plans.ts";
import { contactNames } from "./lab-contacts.ts";
import { mutation, withSetup, type Mutation } from "./mutation.ts";
import { fails, nothingLeft, turns, warns } from "./outcome-changes.ts";

const accessEdge = (patch: Readonly<Record<string, unknown>>): Change => configuration("CsAccessEdgeConfiguration", "Global", patch);
const provider = (patch: Readonly<Record<string, unknown>> | undefined, identity = "Cloud Voicemail"): Change => configuration("CsHostingProvider", identity, patch);
const policy = (patch: Readonly<Record<string, unknown>> | undefined, identity = "Global"): Change => configuration("CsHostedVoicemailPolicy", identity, patch);
const noPolicies = ["Global", "Tag:CloudVoicemail"].map((identity) => policy(undefined, identity));
const hosted = (...given: Parameters<typeof mutation>): Mutation => withSetup({ profile: "hosted" }, mutation(...given));
const cloud = (...given: Parameters<typeof mutation>): Mutation => withSetup({ profile: "cloud-voicemail" }, mutation(...given));

/** Voice mail that somebody else hosts: Edge, providers, policies. */
export const hostedTable: readonly Mutation[] = [
  hosted(
    "edge-default-route",
    "The Access Edge routes by a default route",
    [accessEdge({ RoutingMethod: "DefaultRoute" })],
    fails("edge/dns-routing", "Global"),
    nothingLeft("edge/partner-discovery"),
  ),
  hosted("edge-no-federation", "The Access Edge does not federate", [accessEdge({ AllowFederatedUsers: false })], fails("edge/federation-allowed", "Global")),
  cloud("edge-no-outside-users", "The Access Edge lets no users in from outside", [accessEdge({ AllowOutsideUsers: false })], fails("edge/outside-users", "Global")),
  cloud("edge-discovery-unset", "Nobody said whether partners are discovered", [accessEdge({ EnablePartnerDiscovery: null })], warns("edge/partner-discovery", "Global")),
  cloud("edge-old", "The Edge is of Lync Server 2013", [configuration("CsTopology", edge.internal.fqdn, { ServiceVersion: 6 })], fails("edge/version-for-cloud", "edgeint.contoso.test")),
  hosted(
    "edge-behind",
    "The Edge's replica of the configuration is not up to date",
    [configuration("CsManagementStoreReplicationStatus", edge.internal.fqdn, { UpToDate: false })],
    warns("edge/edge-replicated", "edgeint.contoso.test"),
    warns("enterprise-voice/configuration-replicated", "edgeint.contoso.test"),
  ),
  hosted(
    "edge-no-replica",
    "Nothing is known of a replica at the Edge",
    [configuration("CsManagementStoreReplicationStatus", edge.internal.fqdn, undefined)],
    warns("edge/edge-replicated", "edgeint.contoso.test"),
  ),
  hosted(
    "edge-missing",
    "The topology has no Edge",
    [configuration("CsTopology", edge.internal.fqdn, undefined)],
    turns("pass", "not-applicable", "dns/external-srv", "contoso.test"),
    fails("dns/federation-srv", "contoso.test"),
    turns("pass", "not-applicable", "dns/outside-srv-answers-agree", "contoso.test"),
    fails("hosted/prerequisites", "Lync configuration"),
    nothingLeft("certificate/edge-inside-name", "certificate/edge-no-wildcard", "certificate/edge-outside-names", "certificate/edge-trusted-outside", "dns/access-edge-resolves", "edge/edge-replicated", "endpoint/edge-listens"),
  ),
  hosted(
    "no-user-services",
    "No pool homes users",
    lyncPools.map(({ fqdn }) => configuration("CsTopology", fqdn, { Roles: ["Registrar", "MediationServer"] })),
    turns("pass", "not-applicable", "dns/web-name", "web-services-have-own-name"),
    fails("hosted/prerequisites", "Lync configuration"),
  ),
  cloud(
    "subscriber-access-left",
    "Subscriber access contacts are left, but no dial plan that they belong to",
    [contosoPlan, branchPlan].map((plan) => inExchange(planDn(plan), "msExchUMDialPlanURIType", "1")),
    fails("hosted/no-subscriber-access", contactNames.branchAccess, contactNames.access),
  ),
  hosted(
    "hosted-by-cloud",
    "Hosted Exchange UM is looked for where Cloud Voicemail is now",
    [provider({ ProxyFqdn: "exap.um.outlook.com" }), policy({ Destination: "exap.um.outlook.com" })],
    fails("hosted/not-online-um", "Global"),
    fails("hosted/policy-destination", "Tag:CloudVoicemail"),
  ),
  cloud("online-provider-missing", "There is no provider for Skype for Business Online", [provider(undefined, "Online")], warns("hosted/online-provider", "Lync configuration")),
  cloud(
    "online-provider-wrong",
    "The provider for Skype for Business Online is not enabled",
    [provider({ Enabled: false }, "Online")],
    warns("hosted/online-provider", "Lync configuration"),
  ),
  hosted(
    "no-policies",
    "There is no hosted voice mail policy",
    noPolicies,
    turns("none", "fail", "hosted/policy-destination", "the deployment"),
    turns("none", "unknown", "user/hosted-policy", "Voice mail in the cloud"),
    nothingLeft("hosted/not-online-um", "hosted/policy-organization", "hosted/policy-scope"),
  ),
  hosted(
    "policy-no-destination",
    "No policy has a destination",
    ["Global", "Tag:CloudVoicemail"].map((identity) => policy({ Destination: null }, identity)),
    fails("hosted/policy-destination", "Global", "Tag:CloudVoicemail"),
    turns("none", "fail", "user/hosted-policy", "Voice mail in the cloud"),
    nothingLeft("hosted/not-online-um", "hosted/policy-organization"),
  ),
  hosted("policy-destination-odd", "A policy's destination is no host name", [policy({ Destination: "um hoster" })], fails("hosted/policy-destination", "Global")),
  hosted("policy-destination-stray", "A policy's destination is no provider's proxy", [policy({ Destination: "um.elsewhere.test" })], fails("hosted/policy-destination", "Global")),
  hosted("policy-no-organization", "A policy names no organization", [policy({ Organization: null })], fails("hosted/policy-organization", "Global")),
  hosted("policy-organization-odd", "A policy's organization is no host name", [policy({ Organization: "Contoso Ltd" })], fails("hosted/policy-organization", "Global")),
  cloud("policy-organization-other", "A policy names no default domain of a tenant", [policy({ Organization: "contoso.com" })], warns("hosted/policy-organization", "Global")),
  hosted(
    "policy-of-empty-site",
    "A policy is for a site without a pool",
    [policy({ Destination: "um.hoster.test", Organization: "contoso.hoster.test" }, "Site:Nowhere")],
    turns("none", "warn", "hosted/policy-scope", "Site:Nowhere"),
  ),
  hosted(
    "provider-missing",
    "There is no provider for voice mail",
    [provider(undefined)],
    fails("hosted/policy-destination", "Global", "Tag:CloudVoicemail"),
    turns("none", "fail", "hosted/provider-settings", "the deployment"),
    nothingLeft("hosted/provider-proxy", "hosted/provider-verification"),
  ),
  hosted(
    "provider-disabled",
    "The provider for voice mail is not enabled",
    [provider({ Enabled: false })],
    fails("hosted/policy-destination", "Global", "Tag:CloudVoicemail"),
    fails("hosted/provider-settings", "Cloud Voicemail"),
  ),
  hosted(
    "provider-unshared",
    "The provider for voice mail does not share the address space",
    [provider({ EnabledSharedAddressSpace: false })],
    fails("hosted/provider-settings", "Cloud Voicemail"),
  ),
  hosted(
    "provider-unverified",
    "Messages of the provider are taken for always verifiable",
    [provider({ VerificationLevel: "AlwaysVerifiable" })],
    fails("hosted/provider-verification", "Cloud Voicemail"),
  ),
  hosted(
    "provider-twice",
    "Two providers have the same proxy",
    [provider({ Name: "Second", ProxyFqdn: "um.hoster.test", Enabled: false, EnabledSharedAddressSpace: true, HostsOCSUsers: true, IsLocal: false, VerificationLevel: "UseSourceVerification", AutodiscoverUrl: null }, "Second")],
    fails("hosted/provider-proxy", "Cloud Voicemail"),
    turns("none", "fail", "hosted/provider-settings", "Second"),
  ),
  cloud(
    "provider-other-proxy",
    "The provider's proxy is not that of Cloud Voicemail",
    [provider({ ProxyFqdn: "um.hoster.test" }), policy({ Destination: "um.hoster.test" }), policy({ Destination: "um.hoster.test" }, "Tag:CloudVoicemail")],
    fails("hosted/provider-proxy", "Cloud Voicemail"),
  ),
];

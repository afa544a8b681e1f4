import { edge, lyncPools, pstnGateway } from "../../src/lab/deployment/hosts.ts";
import { configuration, dnsRemoved } from "../../src/lab/deployment/planting.ts";
import { mutation, type Mutation } from "./mutation.ts";
import { fails, manyUsers, nothingLeft, turns, warns } from "./outcome-changes.ts";

const route = (patch: Readonly<Record<string, unknown>>) => configuration("CsVoiceRoute", "LongDistanceRoute", patch);
const policy = (...PstnUsages: readonly string[]) => configuration("CsVoicePolicy", "Global", { PstnUsages });
const usages = (...Usage: readonly string[]) => configuration("CsPstnUsage", "Global", { Usage });
const topology = (fqdn: string, patch: Readonly<Record<string, unknown>> | undefined) => configuration("CsTopology", fqdn, patch);
const withoutMediation = lyncPools.map(({ fqdn }) => topology(fqdn, { Roles: ["UserServices", "Registrar", "WebServices"] }));

/** Enterprise Voice: gateways, trunks, usages, routes, policies, rerouting, replication. */
export const voiceTable: readonly Mutation[] = [
  mutation(
    "replica-behind",
    "A Front End's replica of the configuration is not up to date",
    [configuration("CsManagementStoreReplicationStatus", "lyncfe1.contoso.test", { UpToDate: false })],
    warns("enterprise-voice/configuration-replicated", "lyncfe1.contoso.test"),
  ),
  mutation("pstn-gateway-dead", "The PSTN gateway does not resolve", [dnsRemoved("inside", "A", pstnGateway.fqdn)], fails("enterprise-voice/gateway-resolves", "pstngw1.contoso.test")),
  mutation(
    "trunk-missing",
    "The PSTN gateway has no trunk to a Mediation Server",
    [topology(pstnGateway.fqdn, { MediationPool: null })],
    fails("enterprise-voice/gateway-trunk", "pstngw1.contoso.test"),
  ),
  mutation(
    "trunk-to-nowhere",
    "The trunk leads to a pool that is gone",
    [topology(pstnGateway.fqdn, { MediationPool: "oldpool.contoso.test" })],
    fails("enterprise-voice/gateway-trunk", "pstngw1.contoso.test"),
  ),
  mutation(
    "trunk-other-port",
    "The trunk leads to a port on which no Mediation Server listens",
    [topology(pstnGateway.fqdn, { MediationServerPort: 5068 })],
    fails("enterprise-voice/gateway-trunk", "pstngw1.contoso.test"),
  ),
  mutation(
    "no-mediation",
    "No pool has a Mediation Server",
    withoutMediation,
    turns("pass", "unknown", "enterprise-voice/gateway-trunk", "pstngw1.contoso.test"),
    fails("enterprise-voice/mediation-pool", "Lync configuration"),
  ),
  mutation(
    "no-pstn-gateway",
    "There is no PSTN gateway",
    [topology(pstnGateway.fqdn, undefined)],
    fails("enterprise-voice/mediation-pool", "Lync configuration"),
    turns("pass", "not-applicable", "enterprise-voice/trunk-configuration", "Lync configuration"),
    nothingLeft("enterprise-voice/gateway-resolves", "enterprise-voice/gateway-trunk", "enterprise-voice/trunk-encryption"),
  ),
  mutation(
    "policy-empty",
    "The voice policy names no usage",
    [policy()],
    fails("enterprise-voice/policy-usages", "Global"),
    warns("enterprise-voice/usage-in-policy", "Local", "Long Distance"),
    nothingLeft("enterprise-voice/usage-has-route"),
    turns("none", "warn", "user/voice-policy", manyUsers),
  ),
  mutation("policy-usage-gone", "The voice policy names a usage that is gone", [policy("Local", "Long Distance", "Old")], warns("enterprise-voice/policy-usages", "Global")),
  mutation(
    "policy-usages-gone",
    "All usages of the voice policy are gone",
    [policy("Old")],
    fails("enterprise-voice/policy-usages", "Global"),
    warns("enterprise-voice/usage-in-policy", "Local", "Long Distance"),
    nothingLeft("enterprise-voice/usage-has-route"),
  ),
  mutation("usage-unused", "A usage is in no policy and no route", [usages("Local", "Long Distance", "Spare")], turns("none", "warn", "enterprise-voice/usage-in-policy", "Spare")),
  mutation("usage-in-no-policy", "A usage has a route, but is in no policy", [policy("Local")], warns("enterprise-voice/usage-in-policy", "Long Distance")),
  mutation("usage-without-route", "A usage of the policy has no route", [route({ PstnUsages: ["Local"] })], fails("enterprise-voice/usage-has-route", "Long Distance")),
  mutation(
    "route-without-gateway",
    "A route has no gateway",
    [route({ PstnGatewayList: [] })],
    warns("enterprise-voice/route-in-policy", "LongDistanceRoute"),
    fails("enterprise-voice/usage-has-route", "Long Distance"),
  ),
  mutation(
    "route-without-usage",
    "A route has no usage",
    [route({ PstnUsages: [] })],
    warns("enterprise-voice/route-in-policy", "LongDistanceRoute"),
    fails("enterprise-voice/usage-has-route", "Long Distance"),
  ),
  mutation("route-usage-gone", "A route names a usage that is gone", [route({ PstnUsages: ["Long Distance", "Old"] })], warns("enterprise-voice/route-in-policy", "LongDistanceRoute")),
  mutation(
    "route-pattern-invalid",
    "A route's number pattern is no regular expression",
    [route({ NumberPattern: "^\\+(\\d+$" })],
    warns("enterprise-voice/route-pattern", "LongDistanceRoute"),
    fails("enterprise-voice/usage-has-route", "Long Distance"),
  ),
  mutation(
    "trunk-no-global",
    "There is no global trunk configuration",
    [configuration("CsTrunkConfiguration", "Global", undefined)],
    warns("enterprise-voice/trunk-configuration", "Lync configuration"),
    turns("pass", "unknown", "enterprise-voice/trunk-encryption", "pstngw1.contoso.test"),
  ),
  mutation(
    "trunk-no-srtp",
    "The trunk does not support SRTP, although the gateway listens on TLS only",
    [configuration("CsTrunkConfiguration", "Global", { SRTPMode: "NotSupported" })],
    warns("enterprise-voice/trunk-encryption", "pstngw1.contoso.test"),
  ),
  mutation(
    "rerouting-incomplete",
    "Voice mail rerouting lacks a number",
    [configuration("CsVoicemailReroutingConfiguration", "Site:Portland", { AutoAttendantNumber: null })],
    warns("enterprise-voice/rerouting-numbers", "Site:Portland"),
  ),
  mutation(
    "rerouting-stray",
    "Voice mail rerouting leads to a number that no contact has",
    [configuration("CsVoicemailReroutingConfiguration", "Site:Portland", { SubscriberAccessNumber: "+15035559999" })],
    warns("enterprise-voice/rerouting-numbers", "Site:Portland"),
  ),
  mutation(
    "edge-replica-behind",
    "The Edge's replica of the configuration is not up to date",
    [configuration("CsManagementStoreReplicationStatus", edge.internal.fqdn, { UpToDate: false })],
    warns("enterprise-voice/configuration-replicated", "edgeint.contoso.test"),
  ),
];

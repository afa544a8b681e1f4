import { gatewayDn } from "./exchange-plans.ts";
import { contoso, fabrikam } from "./forests.ts";
import { exchangeServers, lyncPools, sipDomain } from "./hosts.ts";
import { rtcGroupDn } from "./lync-groups.ts";
import type { Change } from "./mutations.ts";
import { certificate, dns, endpointTls, huntGroupDn, inExchange, inLync, serverDn } from "./planting.ts";
import { branchPlan, contosoPlan, planDn } from "./plans.ts";
import { trustDn } from "./trusts.ts";

/** A mistake that administrators really make, as changes of the healthy deployment. */
export interface Mistake {
  readonly id: string;
  /** What was done wrong, for people. */
  readonly title: string;
  readonly changes: readonly Change[];
}

const [ex1, ex2, cas1] = exchangeServers;
const [, standard] = lyncPools;

/** The planted mistakes of the demo: a dozen, each of which calls, or the set-up, would stumble over. */
export function demoMistakes(): readonly Mistake[] {
  if (ex1 === undefined || ex2 === undefined || cas1 === undefined || standard === undefined) throw new Error("the deployment lacks its hosts");
  return [
    { id: "plan-sip-secured", title: "BranchUM is SIPSecured although the pools require media encryption", changes: [inExchange(planDn(branchPlan), "msExchUMDialPlanVoipSecurity", "1")] },
    { id: "pilot-wrong", title: "A hunt group's pilot identifier is a number instead of the plan's name", changes: [inExchange(huntGroupDn(standard.cn, contosoPlan), "msExchUMPilotIdentifier", "5000")] },
    { id: "outcalls-two", title: "A second gateway allows outgoing calls", changes: [inExchange(gatewayDn(standard.cn), "msExchUMOutcallsAllowed", "TRUE")] },
    { id: "gateway-gone", title: "The gateway of the branch pool still bears an old name", changes: [inExchange(gatewayDn("2:1"), "msExchUMIPGatewayAddress", "oldsba.contoso.test")] },
    { id: "certificate-expiring", title: "EX2's certificate expires in ten days", changes: [certificate(`server:${ex2.fqdn}`, { notAfterDays: 10 })] },
    { id: "certificate-self-signed", title: "CAS1 still has the self-signed certificate of set-up", changes: [certificate(`server:${cas1.fqdn}`, { issuer: `server:${cas1.fqdn}`, usages: ["serverAuth"], crlUrls: undefined }), endpointTls(cas1.fqdn, 5061, { chain: [] })] },
    { id: "intermediate-missing", title: "EX1's call router does not send the issuing CA", changes: [endpointTls(ex1.fqdn, 5061, { chain: [] })] },
    { id: "startup-tcp", title: "MBX1's UM service starts in TCP mode", changes: [inExchange(serverDn("MBX1"), "msExchUMStartupMode", "0")] },
    { id: "server-not-in-plan", title: "EX2's UM service is not in BranchUM", changes: [inExchange(serverDn("EX2"), "msExchUMServerDialPlanLink", planDn(contosoPlan))] },
    { id: "trust-one-way", title: "The Exchange forest does not trust the Lync forest", changes: [inLync(trustDn(contoso), "trustDirection", "2"), inExchange(trustDn(fabrikam), "trustDirection", "1")] },
    { id: "operator-one-group", title: "The operator of ocsumutil is in one of the two groups only", changes: [inLync(rtcGroupDn("RTCUniversalServerAdmins"), "member")] },
    { id: "srv-wrong-domain", title: "The sign-in SRV record leads to a name of another domain", changes: [dns("inside", "SRV", `_sipinternaltls._tcp.${sipDomain}`, "ex1.fabrikam.test 5061 0 100")] },
  ];
}

import type { CertificateSpec } from "../types.ts";
import { certificateSpecs } from "./certificate-specs.ts";
import { gatewayDn } from "./exchange-plans.ts";
import { contoso, fabrikam } from "./forests.ts";
import { exchangeServers, lyncPools, sipDomain } from "./hosts.ts";
import { rtcGroupDn } from "./lync-groups.ts";
import { branchPlan, contosoPlan, organizationDn, planDn } from "./plans.ts";
import type { Change } from "./mutations.ts";

/** A mistake that administrators really make, as changes of the healthy deployment. */
export interface Mistake {
  readonly id: string;
  /** What was done wrong, for people. */
  readonly title: string;
  readonly changes: readonly Change[];
}

function certificate(id: string, changes: Partial<CertificateSpec>): Change {
  const spec = certificateSpecs().find((one) => one.id === id);
  if (spec === undefined) throw new Error(`no certificate ${id}`);
  return { kind: "replaceCertificate", certificate: { ...spec, ...changes } };
}

function set(forest: string, dn: string, name: string, ...values: readonly string[]): Change {
  return { kind: "setAttribute", forest, dn, name, values };
}

const [ex1, ex2, cas1] = exchangeServers;
const [, standard] = lyncPools;
const exchange = fabrikam.name;

/** The planted mistakes of the demo: a dozen, each of which calls, or the set-up, would stumble over. */
export function demoMistakes(): readonly Mistake[] {
  if (ex1 === undefined || ex2 === undefined || cas1 === undefined || standard === undefined) throw new Error("the deployment lacks its hosts");
  return [
    { id: "plan-sip-secured", title: "BranchUM is SIPSecured although the pools require media encryption", changes: [set(exchange, planDn(branchPlan), "msExchUMDialPlanVoipSecurity", "1")] },
    { id: "pilot-wrong", title: "A hunt group's pilot identifier is a number instead of the plan's name", changes: [set(exchange, `CN=${contosoPlan.name},${gatewayDn(standard.cn)}`, "msExchUMPilotIdentifier", "5000")] },
    { id: "outcalls-two", title: "A second gateway allows outgoing calls", changes: [set(exchange, gatewayDn(standard.cn), "msExchUMOutcallsAllowed", "TRUE")] },
    { id: "gateway-gone", title: "The gateway of the branch pool still bears an old name", changes: [set(exchange, gatewayDn("2:1"), "msExchUMIPGatewayAddress", "oldsba.contoso.test")] },
    { id: "certificate-expiring", title: "EX2's certificate expires in ten days", changes: [certificate(`server:${ex2.fqdn}`, { notAfterDays: 10 })] },
    { id: "certificate-self-signed", title: "CAS1 still has the self-signed certificate of set-up", changes: [certificate(`server:${cas1.fqdn}`, { issuer: `server:${cas1.fqdn}`, usages: ["serverAuth"] })] },
    { id: "intermediate-missing", title: "EX1's call router does not send the issuing CA", changes: [{ kind: "setEndpoint", host: ex1.fqdn, port: 5061, endpoint: { tls: { certificate: `server:${ex1.fqdn}`, chain: [], clientCertificate: "required", clientAnchors: ["ca:contoso-root", "ca:fabrikam-root"], maxVersion: "TLSv1.2" } } }] },
    { id: "startup-tcp", title: "MBX1's UM service starts in TCP mode", changes: [set(exchange, serverDn("MBX1"), "msExchUMStartupMode", "0")] },
    { id: "server-not-in-plan", title: "EX2's UM service is not in BranchUM", changes: [set(exchange, serverDn("EX2"), "msExchUMServerDialPlanLink", planDn(contosoPlan))] },
    { id: "trust-one-way", title: "The Exchange forest does not trust the Lync forest", changes: [set(contoso.name, `CN=${fabrikam.realm},CN=System,${contoso.rootDn}`, "trustDirection", "2"), set(exchange, `CN=${contoso.realm},CN=System,${fabrikam.rootDn}`, "trustDirection", "1")] },
    { id: "operator-one-group", title: "The operator of ocsumutil is in one of the two groups only", changes: [{ kind: "setAttribute", forest: contoso.name, dn: rtcGroupDn("RTCUniversalUserAdmins"), name: "member", values: undefined }] },
    { id: "srv-wrong-domain", title: "The sign-in SRV record leads to a name of another domain", changes: [{ kind: "setDns", view: "inside", name: `_sipinternaltls._tcp.${sipDomain}`, type: "SRV", data: [["ex1.fabrikam.test", "5061", "0", "100"]] }] },
  ];
}

/** DN of an Exchange server object. */
export function serverDn(name: string): string {
  return `CN=${name},CN=Servers,CN=Exchange Administrative Group (FYDIBOHF23SPDLT),CN=Administrative Groups,${organizationDn}`;
}

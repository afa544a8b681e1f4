import { factOf, valueOf } from "../../model/fact-read.ts";
import { endpointId, isIpAddress, normalName } from "../../model/ids.ts";
import { unknown, type Unknown } from "../../model/observation.ts";
import type { Subject, SubjectIndex } from "../../model/subject.ts";
import { noThumbprint, type EndpointPlan, type PlannedEndpoint } from "./planned-endpoint.ts";

/** The port for gateways of secured plans, also where the object leaves it to Exchange (key gw.port). Another one is a mistake of its own, and TLS is not expected there. */
const securedPort = 5061;

/** Whether a plan is secured and none of SIP URIs, the gateways of which are Lync pools; the reason where that was not read. */
function isSecuredPbxPlan(plan: Subject): boolean | Unknown {
  const uriType = factOf(plan, "umDialPlan", "uriType");
  const security = factOf(plan, "umDialPlan", "voipSecurity");
  if (uriType.state === "known" && uriType.value === "SipName") return false;
  if (security.state === "known" && security.value === "Unsecured") return false;
  if (uriType.state === "unknown") return uriType;
  if (security.state === "unknown") return security;
  return true;
}

/** Whether a gateway serves such a plan. A group that leads to no plan that was read leaves it open. */
function servesSecuredPbxPlan(gateway: Subject, subjects: SubjectIndex): boolean | Unknown {
  const groups = subjects.all("umHuntGroup").filter((group) => valueOf(group, "umHuntGroup", "gateway") === gateway.id);
  const verdicts = groups.map((group) => {
    const id = valueOf(group, "umHuntGroup", "dialPlan");
    const plan = subjects.all("umDialPlan").find((one) => one.id === id);
    return plan === undefined ? unknown("not-collected", `the dial plan of hunt group ${group.name} was not read, so that nobody knows whether gateway ${gateway.name} needs TLS`) : isSecuredPbxPlan(plan);
  });
  return verdicts.includes(true) || (verdicts.find((verdict) => verdict !== false) ?? false);
}

/** TLS endpoints of telephone equipment on secured dial plans (key cert.gw.secured). Pools have endpoints of their own, and over TLS nothing can be known by an address. */
export function gatewayEndpoints(subjects: SubjectIndex): EndpointPlan {
  const endpoints: PlannedEndpoint[] = [];
  const missing: Unknown[] = [];
  const pools = new Set(subjects.all("lyncPool").flatMap((pool) => valueOf(pool, "lyncPool", "fqdn") ?? []).map(normalName));
  for (const gateway of subjects.all("umIpGateway")) {
    const serves = servesSecuredPbxPlan(gateway, subjects);
    const address = valueOf(gateway, "umIpGateway", "address");
    const port = valueOf(gateway, "umIpGateway", "port");
    if (serves === false || (address !== undefined && (isIpAddress(address) || pools.has(normalName(address))))) continue;
    if (serves !== true) missing.push(serves);
    else if (address === undefined || port === undefined) missing.push(unknown("not-collected", `address or port of gateway ${gateway.name} were not read`));
    else if (port === 0 || port === securedPort) {
      const host = normalName(address);
      endpoints.push({ id: endpointId(host, securedPort), host, port: securedPort, side: "gateway", role: "gateway", transport: "tls", knownAs: [host], assignedThumbprint: noThumbprint, source: "directory" });
    }
  }
  return { endpoints, missing };
}

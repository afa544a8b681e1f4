import { gatewayDn } from "../../src/lab/deployment/exchange-plans.ts";
import { pbxGateway } from "../../src/lab/deployment/hosts.ts";
import type { Change } from "../../src/lab/deployment/mutations.ts";
import { furtherCertificate, inExchange } from "../../src/lab/deployment/planting.ts";
import { legacyPlan, planDn } from "../../src/lab/deployment/plans.ts";
import type { CertificateSpec } from "../../src/lab/types.ts";

const { fqdn } = pbxGateway;
const id = `server:${fqdn}`;

/** The telephone extension plan is secured, and its telephone system speaks TLS on the port for it, with this certificate. */
export function securedPbx(certificate: Partial<CertificateSpec> = {}, chain: readonly string[] = ["ca:fabrikam-issuing"]): readonly Change[] {
  return [
    inExchange(planDn(legacyPlan), "msExchUMDialPlanVoipSecurity", "3"),
    inExchange(gatewayDn(pbxGateway.name), "msExchUMIPGatewayPort", "5061"),
    furtherCertificate(id, "server:ex1.fabrikam.test", { commonName: fqdn, dnsNames: [fqdn], ...certificate }),
    { kind: "setEndpoint", host: fqdn, port: 5061, endpoint: { tls: { certificate: id, chain, clientCertificate: "required", clientAnchors: ["ca:fabrikam-root", "ca:contoso-root"], maxVersion: "TLSv1.2" }, sip: true, product: "PBX/1.0" } },
  ];
}

import type { Change } from "../../src/lab/deployment/mutations.ts";
import { certificate, dns, endpointTls } from "../../src/lab/deployment/planting.ts";
import type { CertificateSpec } from "../../src/lab/types.ts";
import { fails, turns, warns } from "./outcome-changes.ts";
import { mutation, type Mutation } from "./mutation.ts";

const frontEnd = "lyncfe2.contoso.test";
const edgeInside = "edgeint.contoso.test";
const access = "access.contoso.test";
const of = (host: string, changes: Partial<CertificateSpec>): Change => certificate(`server:${host}`, changes);
const sends = (host: string, port: number, ...chain: readonly string[]): Change => endpointTls(host, port, { chain });
/** Where a certification authority of Active Directory publishes its list in the directory. */
const inDirectory = "ldap:///CN=Contoso%20Issuing%20CA%201,CN=pki,CN=CDP,CN=Public%20Key%20Services,CN=Services,CN=Configuration,DC=contoso,DC=test?certificateRevocationList?base?objectClass=cRLDistributionPoint";

/** Certificates of pools and of the Edge. */
export const lyncCertificateTable: readonly Mutation[] = [
  mutation(
    "fe-own-name",
    "A Front End's certificate has the server's name instead of the pool's",
    [of(frontEnd, { commonName: frontEnd })],
    fails("certificate/lync-names", "lyncfe2.contoso.test:5061"),
  ),
  mutation(
    "fe-lacks-pool",
    "A Front End's certificate lacks the pool among the alternative names",
    [of(frontEnd, { dnsNames: [frontEnd, "sip.contoso.test"] })],
    fails("certificate/lync-names", "lyncfe2.contoso.test:5061"),
  ),
  mutation(
    "fe-lacks-server",
    "A Front End's certificate lacks the server among the alternative names",
    [of(frontEnd, { dnsNames: ["lyncpool.contoso.test", "sip.contoso.test"] })],
    fails("certificate/lync-names", "lyncfe2.contoso.test:5061"),
  ),
  mutation(
    "fe-lacks-sign-in",
    "A Front End's certificate lacks the sign-in name",
    [of(frontEnd, { dnsNames: ["lyncpool.contoso.test", frontEnd] })],
    warns("certificate/lync-sign-in-names", "lyncfe2.contoso.test:5061"),
  ),
  mutation(
    "fe-wildcard",
    "A Front End's certificate is for a wildcard",
    [of(frontEnd, { commonName: "*.contoso.test" })],
    fails("certificate/lync-names", "lyncfe2.contoso.test:5061"),
    fails("certificate/no-wildcard-subject", "lyncfe2.contoso.test:5061"),
  ),
  mutation(
    "fe-no-crl",
    "A Front End's certificate names no revocation list",
    [of(frontEnd, { crlUrls: undefined })],
    fails("certificate/lync-revocation-list", "lyncfe2.contoso.test:5061"),
    turns("pass", "not-applicable", "certificate/revocation", "CN=lyncpool.contoso.test"),
    turns("pass", "not-applicable", "certificate/revocation-list", "CN=lyncpool.contoso.test"),
  ),
  mutation(
    "fe-crl-ldap",
    "A Front End's revocation list is in the directory only",
    [of(frontEnd, { crlUrls: [inDirectory] })],
    warns("certificate/lync-revocation-list", "lyncfe2.contoso.test:5061"),
    turns("pass", "unknown", "certificate/revocation", "CN=lyncpool.contoso.test"),
    warns("certificate/revocation-list", "CN=lyncpool.contoso.test"),
  ),
  mutation(
    "fe-self-signed",
    "A Front End has a self-signed certificate",
    [of(frontEnd, { issuer: `server:${frontEnd}` }), sends(frontEnd, 5061)],
    turns("pass", "not-applicable", "certificate/chain-sent", "lyncfe2.contoso.test:5061"),
    turns("pass", "not-applicable", "certificate/lync-revocation-list", "lyncfe2.contoso.test:5061"),
    fails("certificate/not-self-signed", "lyncfe2.contoso.test:5061"),
    turns("pass", "not-applicable", "certificate/revocation", "CN=lyncpool.contoso.test"),
    turns("pass", "not-applicable", "certificate/revocation-list", "CN=lyncpool.contoso.test"),
    turns("pass", "not-applicable", "certificate/signature-algorithm", "lyncfe2.contoso.test:5061"),
    turns("pass", "not-applicable", "certificate/trusted-by-other-side", "lyncfe2.contoso.test:5061"),
  ),
  mutation("fe-expiring", "A Front End's certificate expires in 20 days", [of(frontEnd, { notAfterDays: 20 })], warns("certificate/validity", "lyncfe2.contoso.test:5061")),
  mutation(
    "fe-lacks-fallback",
    "DNS has sipinternal for the pool, which its certificates do not name",
    [dns("inside", "A", "sipinternal.contoso.test", "127.0.10.21", "127.0.10.22")],
    turns("not-applicable", "warn", "certificate/sign-in-fallback-names", "lyncfe1.contoso.test:5061", "lyncfe2.contoso.test:5061"),
  ),
  mutation(
    "edge-lacks-fallback",
    "DNS has sipexternal for the Access Edge, whose certificate does not name it",
    [dns("outside", "A", "sipexternal.contoso.test", "127.0.30.61")],
    turns("not-applicable", "warn", "certificate/sign-in-fallback-names", "access.contoso.test:5061"),
  ),
  mutation(
    "fe-sends-leaf-only",
    "A Front End does not send its issuing authority",
    [sends(frontEnd, 5061)],
    warns("certificate/chain-sent", "lyncfe2.contoso.test:5061"),
    fails("certificate/trusted-by-other-side", "lyncfe2.contoso.test:5061"),
  ),
  mutation(
    "edge-inside-name",
    "The inner side of the Edge has the certificate of another name",
    [of(edgeInside, { commonName: "edge01.contoso.test", dnsNames: ["edge01.contoso.test"] })],
    fails("certificate/edge-inside-name", "edgeint.contoso.test:5061"),
  ),
  mutation(
    "edge-outside-name",
    "The outer certificate of the Edge has another common name",
    [of(access, { commonName: "sip.contoso.test" })],
    fails("certificate/edge-outside-names", "access.contoso.test:5061"),
  ),
  mutation(
    "edge-outside-not-repeated",
    "The outer certificate does not repeat its name among the alternative names",
    [of(access, { dnsNames: ["webconf.contoso.test", "sip.contoso.test"] })],
    fails("certificate/edge-outside-names", "access.contoso.test:5061"),
  ),
  mutation(
    "edge-outside-no-domain",
    "The outer certificate of the Edge lacks the SIP domain",
    [of(access, { dnsNames: [access, "webconf.contoso.test"] })],
    fails("certificate/edge-outside-names", "access.contoso.test:5061"),
  ),
  mutation(
    "edge-outside-wildcard",
    "The outer certificate of the Edge holds a wildcard",
    [of(access, { dnsNames: [access, "webconf.contoso.test", "sip.contoso.test", "*.contoso.test"] })],
    fails("certificate/edge-no-wildcard", "access.contoso.test:5061"),
  ),
  mutation(
    "edge-outside-private",
    "The outer certificate of the Edge is of the company's own authority",
    [of(access, { issuer: "ca:contoso-issuing" }), sends(access, 5061, "ca:contoso-issuing")],
    fails("certificate/edge-trusted-outside", "access.contoso.test:5061"),
  ),
];

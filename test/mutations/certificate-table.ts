import { certificateSpecs } from "../../src/lab/deployment/certificate-specs.ts";
import { callRouterDn, certificate, endpointStopped, endpointTls, inExchange, serverDn } from "../../src/lab/deployment/planting.ts";
import type { Change } from "../../src/lab/deployment/mutations.ts";
import type { CertificateSpec, EndpointSpec } from "../../src/lab/types.ts";
import { fails, turns, warns } from "./outcome-changes.ts";
import { silent } from "./unseen-endpoints.ts";
import { embeddedOnly, mutation, withUnseen, type Mutation } from "./mutation.ts";

const um = "ex2.fabrikam.test";
const frontEnd = "lyncfe2.contoso.test";
const edgeInside = "edgeint.contoso.test";
const access = "access.contoso.test";
const of = (host: string, changes: Partial<CertificateSpec>): Change => certificate(`server:${host}`, changes);
const endpoint = (host: string, port: number, changes: Partial<EndpointSpec>): Change => ({ kind: "setEndpoint", host, port, endpoint: changes });
const sends = (host: string, port: number, ...chain: readonly string[]): Change => endpointTls(host, port, { chain });
/** Where a certification authority of Active Directory publishes its list in the directory. */
const inDirectory = "ldap:///CN=Contoso%20Issuing%20CA%201,CN=pki,CN=CDP,CN=Public%20Key%20Services,CN=Services,CN=Configuration,DC=contoso,DC=test?certificateRevocationList?base?objectClass=cRLDistributionPoint";
/** The certificate of a UM server and what both of its services send, by another authority. */
function issuedBy(side: string): readonly Change[] {
  const issuer = `ca:${side}-issuing`;
  const { crlUrls = [], issuerUrls = [] } = certificateSpecs().find((one) => one.issuer === issuer) ?? {};
  return [of(um, { issuer, crlUrls, issuerUrls }), sends(um, 5061, issuer), sends(um, 5063, issuer)];
}

/** Certificates of UM servers. */
const umCertificates: readonly Mutation[] = [
  mutation(
    "um-expired",
    "EX2's certificate has expired",
    [of(um, { notBeforeDays: -400, notAfterDays: -3 })],
    turns("pass", "not-applicable", "certificate/second-opinion", "ex2.fabrikam.test:5061", "ex2.fabrikam.test:5063"),
    fails("certificate/validity", "ex2.fabrikam.test:5061", "ex2.fabrikam.test:5063"),
  ),
  mutation(
    "um-not-yet-valid",
    "EX2's certificate is not valid yet",
    [of(um, { notBeforeDays: 2 })],
    turns("pass", "not-applicable", "certificate/second-opinion", "ex2.fabrikam.test:5061", "ex2.fabrikam.test:5063"),
    fails("certificate/validity", "ex2.fabrikam.test:5061", "ex2.fabrikam.test:5063"),
  ),
  mutation("um-key-1024", "EX2's certificate has a short key", [of(um, { keyBits: 1024 })], warns("certificate/key", "ex2.fabrikam.test:5061", "ex2.fabrikam.test:5063")),
  mutation(
    "um-key-512",
    "EX2's certificate has a key that is broken",
    [of(um, { keyBits: 512 })],
    fails("certificate/key", "ex2.fabrikam.test:5061", "ex2.fabrikam.test:5063"),
    turns("pass", "not-applicable", "certificate/second-opinion", "ex2.fabrikam.test:5061", "ex2.fabrikam.test:5063"),
  ),
  embeddedOnly("WebCrypto, with which the real lab makes certificates, knows no MD5", mutation("um-md5", "EX2's certificate is signed with MD5", [of(um, { digest: "md5" })], turns("pass", "not-applicable", "certificate/second-opinion", "ex2.fabrikam.test:5061", "ex2.fabrikam.test:5063"), fails("certificate/signature-algorithm", "ex2.fabrikam.test:5061", "ex2.fabrikam.test:5063"))),
  mutation(
    "um-sha1",
    "EX2's certificate is signed with SHA-1",
    [of(um, { digest: "sha1" })],
    turns("pass", "not-applicable", "certificate/second-opinion", "ex2.fabrikam.test:5061", "ex2.fabrikam.test:5063"),
    warns("certificate/signature-algorithm", "ex2.fabrikam.test:5061", "ex2.fabrikam.test:5063"),
  ),
  mutation(
    "um-no-usage",
    "EX2's certificate does not say what it is for",
    [of(um, { usages: undefined })],
    warns("certificate/server-usage", "ex2.fabrikam.test:5061", "ex2.fabrikam.test:5063"),
  ),
  mutation(
    "um-client-usage",
    "EX2's certificate is for clients only",
    [of(um, { usages: ["clientAuth"] })],
    fails("certificate/server-usage", "ex2.fabrikam.test:5061", "ex2.fabrikam.test:5063"),
  ),
  mutation("um-server-usage", "EX2's certificate is for servers only", [of(um, { usages: ["serverAuth"] })], warns("certificate/client-usage", "ex2.fabrikam.test:5063")),
  mutation(
    "um-other-name",
    "EX2 has the certificate of another name",
    [of(um, { commonName: "mail.fabrikam.test", dnsNames: ["mail.fabrikam.test"] })],
    turns("pass", "not-applicable", "certificate/um-name-in-subject", "ex2.fabrikam.test:5061", "ex2.fabrikam.test:5063"),
    fails("certificate/um-names", "ex2.fabrikam.test:5061", "ex2.fabrikam.test:5063"),
  ),
  mutation(
    "um-wildcard-subject",
    "EX2's certificate is for a wildcard",
    [of(um, { commonName: "*.fabrikam.test", dnsNames: ["*.fabrikam.test"] })],
    fails("certificate/no-wildcard-subject", "ex2.fabrikam.test:5061", "ex2.fabrikam.test:5063"),
    warns("certificate/um-name-in-subject", "ex2.fabrikam.test:5061", "ex2.fabrikam.test:5063"),
  ),
  mutation(
    "um-wildcard-alternative",
    "EX2's certificate names it by a wildcard only",
    [of(um, { commonName: "mail.fabrikam.test", dnsNames: ["mail.fabrikam.test", "*.fabrikam.test"] })],
    warns("certificate/um-name-in-subject", "ex2.fabrikam.test:5061", "ex2.fabrikam.test:5063"),
  ),
  mutation(
    "um-alternative-only",
    "EX2's certificate names it among the alternative names",
    [of(um, { commonName: "mail.fabrikam.test", dnsNames: ["mail.fabrikam.test", um] })],
    warns("certificate/um-name-in-subject", "ex2.fabrikam.test:5061", "ex2.fabrikam.test:5063"),
  ),
  mutation(
    "um-subject-no-host",
    "EX2's certificate has no host name as common name",
    [of(um, { commonName: "Exchange UM", dnsNames: [um] })],
    warns("certificate/um-name-in-subject", "ex2.fabrikam.test:5061", "ex2.fabrikam.test:5063"),
    fails("certificate/um-names", "ex2.fabrikam.test:5061", "ex2.fabrikam.test:5063"),
  ),
  mutation("um-subject-only", "EX2's certificate has no alternative names", [of(um, { dnsNames: [] })]),
  mutation(
    "um-other-authority",
    "EX2's certificate is of an authority that nobody trusts",
    issuedBy("stranger"),
    warns("certificate/chain-sent", "ex2.fabrikam.test:5061", "ex2.fabrikam.test:5063"),
    fails("certificate/trusted-by-other-side", "ex2.fabrikam.test:5061", "ex2.fabrikam.test:5063"),
  ),
  mutation("um-lync-authority", "EX2's certificate is of the Lync side's authority", issuedBy("contoso")),
  mutation(
    "um-assigned-other",
    "Another certificate is assigned to EX2's UM service",
    [inExchange(serverDn("EX2"), "msExchUMCertificateThumbprint", "0123456789ABCDEF0123456789ABCDEF01234567")],
    warns("certificate/um-assigned", "ex2.fabrikam.test:5063"),
  ),
  mutation(
    "um-unassigned",
    "No certificate is assigned to EX2's call router",
    [inExchange(callRouterDn("EX2"), "msExchUMCertificateThumbprint")],
    warns("certificate/um-assigned", "ex2.fabrikam.test:5061"),
  ),
  mutation(
    "um-root-sent",
    "EX2's call router sends the root too",
    [sends(um, 5061, "ca:fabrikam-issuing", "ca:fabrikam-root")],
    turns("none", "not-applicable", "certificate/revocation", "CN=Fabrikam Root CA"),
    turns("none", "not-applicable", "certificate/revocation-list", "CN=Fabrikam Root CA"),
    warns("certificate/root-not-sent", "ex2.fabrikam.test:5061"),
  ),
  mutation(
    "um-wrong-order",
    "EX2's call router sends its chain in the wrong order",
    [sends(um, 5061, "ca:fabrikam-root", "ca:fabrikam-issuing")],
    warns("certificate/chain-sent", "ex2.fabrikam.test:5061"),
    turns("none", "not-applicable", "certificate/revocation", "CN=Fabrikam Root CA"),
    turns("none", "not-applicable", "certificate/revocation-list", "CN=Fabrikam Root CA"),
    warns("certificate/root-not-sent", "ex2.fabrikam.test:5061"),
  ),
  mutation(
    "um-unrelated-sent",
    "EX2's call router sends a foreign authority",
    [sends(um, 5061, "ca:fabrikam-issuing", "ca:public-issuing")],
    warns("certificate/chain-sent", "ex2.fabrikam.test:5061"),
  ),
  mutation(
    "authority-expiring",
    "The issuing authority of the Lync side expires soon",
    [certificate("ca:contoso-issuing", { notAfterDays: 20 })],
    warns("certificate/validity", "edgeint.contoso.test:5061", "lyncfe1.contoso.test:5061", "lyncfe2.contoso.test:5061", "lyncse1.contoso.test:5061", "sba1.contoso.test:5061"),
  ),
];

/** Certificates of pools and of the Edge. */
const lyncCertificates: readonly Mutation[] = [
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
];

/** What listens, and how. */
const endpoints: readonly Mutation[] = [
  withUnseen(
    [`${um}:5063`],
    mutation(
      "um-stopped",
      "EX2's UM service is not running",
      [endpointStopped(um, 5062), endpointStopped(um, 5063)],
      silent(`${um}:5063`),
      turns("pass", "not-applicable", "endpoint/answers-sip", `${um}:5062`),
      fails("endpoint/um-listens", `${um}:5062`, `${um}:5063`),
    ),
  ),
  withUnseen([`${um}:5061`], mutation("router-stopped", "EX2's call router does not listen on TLS", [endpointStopped(um, 5061)], silent(`${um}:5061`), fails("endpoint/um-listens", `${um}:5061`))),
  withUnseen([`${frontEnd}:5061`], mutation("fe-stopped", "A Front End is not running", [endpointStopped(frontEnd, 5061)], silent(`${frontEnd}:5061`), fails("endpoint/lync-listens", `${frontEnd}:5061`))),
  withUnseen([`${access}:5061`], mutation("edge-stopped", "The outer side of the Edge is not running", [endpointStopped(access, 5061)], silent(`${access}:5061`), fails("endpoint/edge-listens", `${access}:5061`))),
  withUnseen(
    [`${um}:5063`],
    mutation(
      "um-plain",
      "EX2's UM service answers without TLS on its TLS port",
      [endpoint(um, 5063, { tls: undefined })],
      fails("endpoint/answers-tls", `${um}:5063`),
      turns("pass", "unknown", "endpoint/answers-sip", `${um}:5063`),
      turns("pass", "unknown", "endpoint/tls-version", `${um}:5063`),
    ),
  ),
  mutation(
    "um-no-client-certificate",
    "EX2's UM service asks for no client certificate",
    [endpointTls(um, 5063, { clientCertificate: "none" })],
    fails("certificate/mutual-tls", "ex2.fabrikam.test:5063"),
  ),
  mutation("um-tls11", "EX2's UM service speaks TLS 1.1 only", [endpointTls(um, 5063, { maxVersion: "TLSv1.1" })], warns("endpoint/tls-version", "ex2.fabrikam.test:5063")),
  mutation("um-unavailable", "EX2's UM service is out of service", [endpoint(um, 5063, { sipStatus: 503 })], warns("endpoint/answers-sip", "ex2.fabrikam.test:5063")),
];

/** Certificates and endpoints. */
export const certificateTable: readonly Mutation[] = [...umCertificates, ...lyncCertificates, ...endpoints];

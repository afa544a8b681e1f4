import { certificateSpecs } from "../../src/lab/deployment/certificate-specs.ts";
import type { Change } from "../../src/lab/deployment/mutations.ts";
import { callRouterDn, certificate, endpointTls, furtherCertificate, inExchange, serverDn } from "../../src/lab/deployment/planting.ts";
import type { CertificateSpec } from "../../src/lab/types.ts";
import { fails, turns, warns } from "./outcome-changes.ts";
import { embeddedOnly, mutation, type Mutation } from "./mutation.ts";
import { securedPbx } from "./secured-pbx.ts";

const um = "ex2.fabrikam.test";
const of = (host: string, changes: Partial<CertificateSpec>): Change => certificate(`server:${host}`, changes);
const sends = (host: string, port: number, ...chain: readonly string[]): Change => endpointTls(host, port, { chain });
/** The certificate of a UM server and what both of its services send, by another authority. */
function issuedBy(side: string): readonly Change[] {
  const issuer = `ca:${side}-issuing`;
  const { crlUrls = [], issuerUrls = [] } = certificateSpecs().find((one) => one.issuer === issuer) ?? {};
  return [of(um, { issuer, crlUrls, issuerUrls }), sends(um, 5061, issuer), sends(um, 5063, issuer)];
}

/** Certificates of UM servers. */
export const certificateTable: readonly Mutation[] = [
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
    "um-two-certificates",
    "EX2's call router still shows an older certificate than its UM service",
    [furtherCertificate("older:ex2", `server:${um}`, { notBeforeDays: -300, notAfterDays: 60 }), endpointTls(um, 5061, { certificate: "older:ex2" })],
    warns("certificate/same-on-all-ports", "ex2.fabrikam.test:5063"),
    warns("certificate/um-assigned", "ex2.fabrikam.test:5061"),
  ),
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
  mutation("pbx-certified", "The telephone system of a secured plan has a certificate of the authority", securedPbx()),
  mutation(
    "pbx-self-signed",
    "The telephone system of a secured plan made its certificate itself",
    securedPbx({ issuer: "server:pbxgw.fabrikam.test", crlUrls: undefined, issuerUrls: [] }, []),
    turns("none", "fail", "certificate/gateway-secured", "LegacyPBX Gateway"),
    turns("none", "fail", "certificate/not-self-signed", "pbxgw.fabrikam.test:5061"),
    ["chain-sent", "signature-algorithm"].flatMap((rule) => turns("none", "not-applicable", `certificate/${rule}`, "pbxgw.fabrikam.test:5061")),
    ["revocation", "revocation-list"].flatMap((rule) => turns("none", "not-applicable", `certificate/${rule}`, "CN=pbxgw.fabrikam.test")),
  ),
  mutation(
    "pbx-other-name",
    "The telephone system of a secured plan has the certificate of another name",
    securedPbx({ commonName: "phones.fabrikam.test", dnsNames: ["phones.fabrikam.test"] }),
    turns("none", "fail", "certificate/gateway-secured", "LegacyPBX Gateway"),
  ),
  mutation(
    "pbx-untrusted",
    "The telephone system of a secured plan has a certificate of an authority that Exchange does not trust",
    securedPbx({ issuer: "ca:stranger-issuing", crlUrls: undefined, issuerUrls: [] }, ["ca:stranger-issuing"]),
    turns("none", "fail", "certificate/gateway-secured", "LegacyPBX Gateway"),
    turns("none", "warn", "certificate/chain-sent", "pbxgw.fabrikam.test:5061"),
    ["revocation", "revocation-list"].flatMap((rule) => turns("none", "not-applicable", `certificate/${rule}`, "CN=pbxgw.fabrikam.test")),
  ),
  mutation(
    "authority-expiring",
    "The issuing authority of the Lync side expires soon",
    [certificate("ca:contoso-issuing", { notAfterDays: 20 })],
    warns("certificate/validity", "edgeint.contoso.test:5061", "lyncfe1.contoso.test:5061", "lyncfe2.contoso.test:5061", "lyncse1.contoso.test:5061", "sba1.contoso.test:5061"),
  ),
];

import type { CertificateSpec } from "../types.ts";
import { contoso, fabrikam } from "./forests.ts";
import { edge, exchangeServers, lyncPools, pkiServer, sipDomain } from "./hosts.ts";

/** Days between the start of the lab and the issue of its certificates. */
const issuedDaysAgo = -40;

const serverAndClient = ["serverAuth", "clientAuth"] as const;

function authority(id: string, commonName: string, issuer: string, notAfterDays: number): CertificateSpec {
  return {
    id,
    commonName,
    dnsNames: [],
    issuer,
    ca: true,
    notBeforeDays: issuedDaysAgo - 300,
    notAfterDays,
    usages: undefined,
    keyBits: 2048,
    digest: "sha256",
  };
}

/** A root and the issuing authority below it. */
function authorities(side: string, company: string): readonly CertificateSpec[] {
  const root = `ca:${side}-root`;
  return [authority(root, `${company} Root CA`, root, 3650), { ...authority(`ca:${side}-issuing`, `${company} Issuing CA 1`, root, 1825), ...published(root) }];
}

/** What a certificate says of its authority: where its list is (Lync refuses certificates that name none) and where its own certificate is. */
function published(issuer: string): Pick<CertificateSpec, "crlUrls" | "issuerUrls"> {
  const name = issuer.slice(issuer.indexOf(":") + 1);
  return { crlUrls: [`http://${pkiServer.fqdn}/crl/${name}.crl`], issuerUrls: [`http://${pkiServer.fqdn}/aia/${name}.cer`] };
}

function leaf(id: string, commonName: string, dnsNames: readonly string[], issuer: string, usages: CertificateSpec["usages"] = serverAndClient): CertificateSpec {
  const dates = { notBeforeDays: issuedDaysAgo, notAfterDays: 365 };
  return { id, commonName, dnsNames: [...new Set(dnsNames)], issuer, ca: false, ...dates, usages, keyBits: 2048, digest: "sha256", ...published(issuer) };
}

/** Front End certificate: the pool as common name, pool and server in the alternative names, and the strict sign-in name of the SIP domain. */
function lyncCertificates(): readonly CertificateSpec[] {
  return lyncPools.flatMap((pool) =>
    pool.members.map((member) => leaf(`server:${member.fqdn}`, pool.fqdn, [pool.fqdn, member.fqdn, `sip.${sipDomain}`], "ca:contoso-issuing")),
  );
}

/**
 * All certificates. Ids: `ca:<side>-root`, `ca:<side>-issuing` (sides contoso, fabrikam, public, stranger), `server:<fqdn>`, `dc:<fqdn>`, `client:scanner`,
 * and `client:stranger`, which no server accepts.
 */
export function certificateSpecs(): readonly CertificateSpec[] {
  const { access, internal, webConferencing } = edge;
  return [
    ...authorities("contoso", "Contoso"),
    ...authorities("fabrikam", "Fabrikam"),
    ...authorities("public", "Public Trust"),
    ...authorities("stranger", "Stranger"),
    leaf(`dc:${contoso.domainController}`, contoso.domainController, [contoso.domainController, contoso.realm], "ca:contoso-issuing"),
    leaf(`dc:${fabrikam.domainController}`, fabrikam.domainController, [fabrikam.domainController, fabrikam.realm], "ca:fabrikam-issuing"),
    ...exchangeServers.map((server) => leaf(`server:${server.fqdn}`, server.fqdn, [server.fqdn], "ca:fabrikam-issuing")),
    ...lyncCertificates(),
    leaf(`server:${internal.fqdn}`, internal.fqdn, [internal.fqdn], "ca:contoso-issuing"),
    leaf(`server:${access.fqdn}`, access.fqdn, [access.fqdn, webConferencing.fqdn, `sip.${sipDomain}`], "ca:public-issuing"),
    leaf("client:scanner", `scanner.${contoso.realm}`, [`scanner.${contoso.realm}`], "ca:contoso-issuing", ["clientAuth"]),
    leaf("client:stranger", `stranger.${contoso.realm}`, [`stranger.${contoso.realm}`], "ca:stranger-issuing", ["clientAuth"]),
  ];
}

/** Path of a certificate to its root, without the root: what a server sends after its leaf. Loops end at the first repetition. */
export function intermediatesOf(certificates: readonly CertificateSpec[], id: string): readonly string[] {
  const found: string[] = [];
  let current = certificates.find((certificate) => certificate.id === id);
  while (current !== undefined && current.issuer !== current.id) {
    const issuer: CertificateSpec | undefined = certificates.find((certificate) => certificate.id === current?.issuer);
    if (issuer === undefined || issuer.issuer === issuer.id || found.includes(issuer.id)) break;
    found.push(issuer.id);
    current = issuer;
  }
  return found;
}

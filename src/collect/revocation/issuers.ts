import type { Certificate } from "../../x509/certificate.ts";
import { isSelfIssued } from "../../x509/certificate.ts";
import { verifySignature } from "../../x509/signature.ts";
import { notFetched, type NotFetched } from "./fetched.ts";
import type { Fetcher } from "./fetcher.ts";
import { makeOnce } from "./make-once.ts";
import { inOrderOfTrial } from "./source-address.ts";

/** An issuer's certificate. */
export interface FoundIssuer {
  readonly certificate: Certificate;
}

/** One that was fetched, and where. */
export interface FetchedIssuer extends FoundIssuer {
  readonly url: string;
}

/** Certificates among which issuers are found. */
export interface IssuerPool {
  /** The issuer of a certificate: one at hand, else one that is fetched where the certificate says (AIA caIssuers, RFC 5280 section 4.2.2.1). */
  issuerOf(certificate: Certificate): Promise<FoundIssuer | NotFetched>;
  /** The same where the certificate says, whatever is at hand. */
  fetchIssuer(certificate: Certificate): Promise<FetchedIssuer | NotFetched>;
  /** Certificates of one subject name. */
  named(key: string): readonly Certificate[];
}

const caIssuers = "1.3.6.1.5.5.7.48.2";
const maxUrls = 4;
/** Certificates of one name that are tried: key changes make a few; more is an attack on our time. */
const maxNamesakes = 16;

/** Addresses where a certificate says that its issuer's certificate is. */
function issuerUrls(certificate: Certificate): readonly string[] {
  const access = certificate.decoded.authorityInfoAccess ?? [];
  return inOrderOfTrial(access.flatMap(({ method, location }) => (method === caIssuers && location.kind === "uri" ? [location.value] : []))).slice(0, maxUrls);
}

/** Whether one certificate's key signed the other. */
export function issued(issuer: Certificate, certificate: Certificate): boolean {
  return issuer.subject.key === certificate.issuer.key && verifySignature(certificate, issuer.publicKey) === "valid";
}

/** Tries the addresses of a certificate in turn until one gives what issued it. */
async function fetchIssuer(certificate: Certificate, fetcher: Fetcher): Promise<FetchedIssuer | NotFetched> {
  if (isSelfIssued(certificate)) return notFetched("refused", "malformed", "it is self-issued, but not signed with its own key");
  let failure: NotFetched | undefined;
  for (const url of issuerUrls(certificate)) {
    const fetched = await fetcher.fetch(url);
    if (fetched.outcome !== "fetched") {
      failure ??= { ...fetched, detail: `${url}: ${fetched.detail}` };
      continue;
    }
    const found = fetched.certificates.slice(0, maxNamesakes).find((one) => issued(one, certificate));
    if (found !== undefined) return { certificate: found, url };
    failure ??= notFetched("failed", "malformed", `${url}: ${fetched.problem ?? "the certificate there did not issue it"}`);
  }
  return failure ?? notFetched("refused", "not-collected", "it was not sent, is no trust anchor, and the certificate does not say where to fetch it");
}

/** Makes a pool of certificates at hand; those that are fetched join it. */
export function createIssuerPool(certificates: Iterable<Certificate>, fetcher: Fetcher): IssuerPool {
  const bySubject = new Map<string, Map<string, Certificate>>();
  const add = (certificate: Certificate): void => {
    const namesakes = bySubject.get(certificate.subject.key) ?? new Map<string, Certificate>();
    if (namesakes.size < maxNamesakes) namesakes.set(certificate.sha256, certificate);
    bySubject.set(certificate.subject.key, namesakes);
  };
  for (const certificate of certificates) add(certificate);
  const named = (key: string): readonly Certificate[] => [...(bySubject.get(key)?.values() ?? [])];
  const searches = new Map<string, Promise<FoundIssuer | NotFetched>>();
  const fetches = new Map<string, Promise<FetchedIssuer | NotFetched>>();
  const fetch = (certificate: Certificate): Promise<FetchedIssuer | NotFetched> => makeOnce(fetches, certificate.sha256, () => fetchIssuer(certificate, fetcher));
  const search = async (certificate: Certificate): Promise<FoundIssuer | NotFetched> => {
    const known = named(certificate.issuer.key).find((one) => issued(one, certificate));
    if (known !== undefined) return { certificate: known };
    const found = await fetch(certificate);
    if ("certificate" in found) add(found.certificate);
    return found;
  };
  return { named, fetchIssuer: fetch, issuerOf: (certificate) => makeOnce(searches, certificate.sha256, () => search(certificate)) };
}

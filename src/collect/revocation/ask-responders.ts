import type { RecordValue } from "../../model/kinds.ts";
import type { Certificate } from "../../x509/certificate.ts";
import { DerError } from "../../x509/der.ts";
import { readOcsp } from "../../x509/ocsp.ts";
import { revocationStatus, type RevocationAnswer } from "../../x509/index.ts";
import type { NotFetched } from "./fetched.ts";
import type { Fetcher } from "./fetcher.ts";
import { ocspRequest } from "./ocsp-request.ts";

type Check = RecordValue<"RevocationCheck">;

/** What the responders of a certificate say. */
export interface ResponderAnswers {
  readonly verdicts: readonly (RevocationAnswer & { readonly der: Uint8Array; readonly isPast: boolean })[];
  readonly checks: readonly Check[];
  readonly failures: readonly NotFetched[];
}

const ocsp = "1.3.6.1.5.5.7.48.1";
const maxResponders = 3;

/** Addresses of the OCSP responders that a certificate names. */
export function responderUrls(certificate: Certificate): readonly string[] {
  const access = certificate.decoded.authorityInfoAccess ?? [];
  return [...new Set(access.flatMap(({ method, location }) => (method === ocsp && location.kind === "uri" ? [location.value] : [])))].slice(0, maxResponders);
}

/** When the first answer was made and how long it holds; nothing where the answer cannot be read. */
function timesOf(der: Uint8Array): { readonly thisUpdate?: string; readonly nextUpdate?: string } {
  try {
    const answer = readOcsp(der);
    const first = "refused" in answer ? undefined : answer.answers[0];
    const text = (seconds: number): string => new Date(seconds * 1000).toISOString();
    return first === undefined ? {} : { thisUpdate: text(first.thisUpdate.seconds), ...(first.nextUpdate === undefined ? {} : { nextUpdate: text(first.nextUpdate.seconds) }) };
  } catch (error) {
    if (error instanceof DerError) return {};
    throw error;
  }
}

/** Asks the responders of a certificate in turn until one gives a usable answer (RFC 6960, RFC 5019). */
export async function askResponders(certificate: Certificate, issuer: Certificate, fetcher: Fetcher, at: Date): Promise<ResponderAnswers> {
  const verdicts: (RevocationAnswer & { readonly der: Uint8Array; readonly isPast: boolean })[] = [];
  const checks: Check[] = [];
  const failures: NotFetched[] = [];
  const request = ocspRequest(certificate, issuer);
  for (const url of request === undefined ? [] : responderUrls(certificate)) {
    const fetched = await fetcher.ask(url, request ?? new Uint8Array(0));
    if (fetched.outcome !== "fetched") {
      failures.push(fetched);
      checks.push({ url, method: "ocsp", outcome: fetched.outcome, detail: fetched.detail });
      continue;
    }
    const [der = new Uint8Array(0)] = fetched.bodies;
    const verdict = await revocationStatus({ ocsp: der }, { certificate: certificate.der, issuer: issuer.der, at });
    const times = timesOf(der);
    verdicts.push({ ...verdict, der, isPast: times.nextUpdate !== undefined && Date.parse(times.nextUpdate) < at.getTime() });
    checks.push({ url, method: "ocsp", outcome: "fetched", detail: verdict.reason, ...times });
    if (verdict.status !== "unknown") break;
  }
  return { verdicts, checks, failures };
}

import type { FactValue } from "../../model/kinds.ts";
import { unknown, type Observation, type Unknown } from "../../model/observation.ts";

/** The facts that only a connection shows. */
export const probedFacts = [
  "reachable",
  "speaksTls",
  "protocol",
  "cipher",
  "certificate",
  "chain",
  "clientCertificateRequested",
  "clientCertificateAccepted",
  "opensslVerdict",
  "sipStatus",
  "sipProduct",
  "sipRedirectTargets",
] as const;

type ProbedFact = (typeof probedFacts)[number];

/** One observation of each fact of a probe. */
export type EndpointFacts = { readonly [F in ProbedFact]: Observation<FactValue<"endpoint", F>> };
/** The facts of a TLS handshake. */
export type TlsFacts = Omit<EndpointFacts, "reachable" | keyof SipFacts>;
/** The facts of a SIP exchange. */
export type SipFacts = Pick<EndpointFacts, "sipStatus" | "sipProduct" | "sipRedirectTargets">;

/** TLS facts of which none is known, for one reason. */
export function noTls(why: Unknown): TlsFacts {
  return { speaksTls: why, protocol: why, cipher: why, certificate: why, chain: why, clientCertificateRequested: why, clientCertificateAccepted: why, opensslVerdict: why };
}

/** SIP facts of which none is known, for one reason. */
export function noSip(why: Unknown): SipFacts {
  return { sipStatus: why, sipProduct: why, sipRedirectTargets: why };
}

/** Facts of which none is known, for one reason. */
export function noFacts(why: Unknown): EndpointFacts {
  return { reachable: why, ...noTls(why), ...noSip(why) };
}

/** Why an endpoint that is plain TCP has no TLS facts. */
export const plainTcp = unknown("not-collected", "the endpoint is plain TCP: no TLS handshake was tried");

import { rootsText } from "../../model/judging-side.ts";
import { absent, known, unknown, type Observation, type Unknown } from "../../model/observation.ts";
import { describeCertificate, describeCertificates } from "./certificate-record.ts";
import type { ClearHandshake } from "./clear-handshake.ts";
import { noSip, noTls, type SipFacts, type TlsFacts } from "./endpoint-facts.ts";
import type { MadeHandshake } from "./handshake.ts";
import type { SipExchange } from "./sip-exchange.ts";
import { targetText } from "./sip-target.ts";
import { floodCode } from "./tap.ts";
import type { JudgingContext } from "./tls-contexts.ts";
import { endText, refusesCertificate, type TlsEnd } from "./tls-failure.ts";

/** A refusal of our certificate in TLS 1.3 comes after the handshake: an end sooner than this after our request may be one. */
const graceMs = 300;

function sentCertificates(chain: readonly Buffer[], source: string): Pick<TlsFacts, "certificate" | "chain"> {
  const [leaf] = chain;
  if (leaf === undefined) {
    const none = unknown("malformed", "the server sent no certificate", source);
    return { certificate: none, chain: none };
  }
  return { certificate: describeCertificate(leaf, source), chain: describeCertificates(chain, source) };
}

/** TLS facts of a handshake that was not made: what the server said in clear stands, be it that it then refused our certificate. */
export function failedTlsFacts(seen: Readonly<ClearHandshake>, end: TlsEnd, why: Unknown, hasIdentity: boolean, source: string): TlsFacts {
  const none = noTls(why);
  if (seen.answered === "other") return { ...none, speaksTls: known(false, source) };
  if (seen.protocol === undefined) return none;
  const ended = seen.helloDone || seen.certificateRequested;
  const refused = hasIdentity && seen.certificateRequested && refusesCertificate(end, true);
  return {
    ...none,
    speaksTls: known(true, source),
    protocol: known(seen.protocol, source),
    ...(seen.certificates === undefined ? {} : sentCertificates(seen.certificates, source)),
    ...(ended ? { clientCertificateRequested: known(seen.certificateRequested, source) } : {}),
    clientCertificateAccepted: refused ? known(false, source) : acceptanceUnasked(hasIdentity, ended ? seen.certificateRequested : true) ?? why,
  };
}

/** Why nobody can say whether our certificate is accepted: there is none, or it was not asked for. */
function acceptanceUnasked(hasIdentity: boolean, requested: boolean): Unknown | undefined {
  if (!hasIdentity) return unknown("not-collected", "no client certificate is configured");
  return requested ? undefined : unknown("not-collected", "the server did not ask for a client certificate");
}

/** Whether the server went on after our certificate. A TLS 1.3 handshake is over before the server has looked at it, so that only a sign of life counts. */
function acceptance(made: MadeHandshake, exchange: SipExchange, hasIdentity: boolean, roundTripMs: number, source: string): Observation<boolean> {
  const unasked = acceptanceUnasked(hasIdentity, made.certificateRequested);
  if (unasked !== undefined) return unasked;
  const { result } = exchange;
  if (exchange.heard) return known(true, source);
  if (result.ending === "closed") {
    if (refusesCertificate(result.end, true)) return known(false, source);
    if (exchange.tookMs <= graceMs + 2 * roundTripMs) return unknown("unreachable", `${endText(result.end)} right after our certificate, without saying why`, source);
  }
  if (made.protocol !== "TLSv1.3" || made.ticketCame()) return known(true, source);
  return result.ending === "late" ? result.why : unknown("unreachable", `${endText(result.ending === "closed" ? result.end : undefined)} without a sign that it took our certificate`, source);
}

/** TLS facts of a handshake and of what followed it. */
export function madeTlsFacts(made: MadeHandshake, exchange: SipExchange, judging: JudgingContext, hasIdentity: boolean, roundTripMs: number, source: string): TlsFacts {
  return {
    speaksTls: known(true, source),
    protocol: known(made.protocol, source),
    cipher: known(made.cipher, source),
    ...sentCertificates(made.chain, source),
    clientCertificateRequested: known(made.certificateRequested, source),
    clientCertificateAccepted: acceptance(made, exchange, hasIdentity, roundTripMs, source),
    opensslVerdict: judging.unjudged ?? known(made.verdict, `OpenSSL, by ${rootsText(judging.judgedBy)}`),
  };
}

function unanswered(exchange: SipExchange, requested: boolean, source: string): Unknown | undefined {
  const { result } = exchange;
  switch (result.ending) {
    case "answer":
      return undefined;
    case "malformed":
      return unknown("malformed", result.detail, source);
    case "late":
      return unknown(result.why.reason, result.why.detail, source);
    case "closed": {
      const detail = `no SIP answer: ${endText(result.end)}`;
      if (refusesCertificate(result.end, requested)) return unknown("denied", detail, source);
      if (result.end?.code === floodCode) return unknown("malformed", detail, source);
      return result.isInside ? unknown("truncated", `${endText(result.end)} in the middle of its answer`, source) : unknown("unreachable", detail, source);
    }
  }
}

/** SIP facts of an exchange; `requested` says whether the server had asked for a certificate. */
export function sipFacts(exchange: SipExchange, requested: boolean, source: string): SipFacts {
  const why = unanswered(exchange, requested, source);
  if (why !== undefined || exchange.result.ending !== "answer") return noSip(why ?? unknown("collector-error", "no answer"));
  const { status, product, targets } = exchange.result.answer;
  return { sipStatus: known(status, source), sipProduct: product === undefined ? absent(source) : known(product, source), sipRedirectTargets: targets.length === 0 ? absent(source) : known(targets.map(targetText), source) };
}

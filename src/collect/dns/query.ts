import { confirmAbsence, interpretReply, type AnswerOrigin, type ServerFailure, type Step } from "./answer.ts";
import { encodeQuery, type Question, type Reply } from "./message.ts";
import type { DnsServer } from "./server.ts";
import { exchangeTcp } from "./transport-tcp.ts";
import { createUdpClient, type UdpClient } from "./transport-udp.ts";
import type { DnsCounters, Exchange } from "./transport.ts";

/** A server with its sockets and what is known about its health. */
export interface Upstream {
  readonly server: DnsServer;
  readonly udp: UdpClient;
  readonly counters: DnsCounters;
  /** Questions in a row that it let time out or that could not be sent to it. */
  silentQuestions: number;
}

/** How one attempt at a server is made. */
export interface AttemptOptions {
  /** Time for the next exchange, in milliseconds; asked anew for each one, as an attempt may need several. */
  readonly timeoutMs: () => number;
  readonly signal: AbortSignal;
  /** After a time-out it goes without EDNS, which some firewalls drop in silence, and from a socket that sees replies from other addresses too. */
  readonly afterSilence: boolean;
}

/** A step that says something, with where it came from. */
export type UsableStep = Exclude<Step, { kind: "failed" | "unproven" }> & { readonly origin: AnswerOrigin };

/** A server's failure, whether it replied at all, and whether asking again may help. */
export interface FailedAttempt {
  readonly kind: "failed";
  readonly failure: ServerFailure;
  readonly replied: boolean;
  readonly mayPass: boolean;
}

/** Prepares a server for queries. */
export function createUpstream(server: DnsServer, counters: DnsCounters, signal: AbortSignal): Upstream {
  return { server, udp: createUdpClient(server, counters, signal), counters, silentQuestions: 0 };
}

const formErr = 1;
const notImp = 4;

interface Sent {
  readonly exchange: Exchange;
  readonly viaTcp: boolean;
}

/** UDP, then TCP when the reply did not fit (RFC 7766 section 5). */
async function send(upstream: Upstream, query: Buffer, { timeoutMs, signal, afterSilence }: AttemptOptions): Promise<Sent> {
  const overUdp = await upstream.udp.exchange(query, timeoutMs(), afterSilence ? "any" : "server");
  if (overUdp.kind === "failed" || !overUdp.reply.truncated) return { exchange: overUdp, viaTcp: false };
  const overTcp = await exchangeTcp(upstream.server, query, { timeoutMs: timeoutMs(), signal }, upstream.counters);
  const isCutOff = overTcp.kind === "failed" && (overTcp.reason === "unreachable" || overTcp.reason === "timeout");
  return { exchange: isCutOff ? { ...overTcp, reason: "truncated", detail: `too long for UDP, and ${overTcp.detail}` } : overTcp, viaTcp: true };
}

/** FORMERR or NOTIMP is how servers from before EDNS answer it (RFC 6891 section 7): the same is asked once more without. */
async function sendWithFallback(upstream: Upstream, question: Question, options: AttemptOptions): Promise<Sent> {
  const sent = await send(upstream, encodeQuery(question, !options.afterSilence), options);
  const code = sent.exchange.kind === "reply" ? sent.exchange.reply.responseCode : 0;
  if (options.afterSilence || (code !== formErr && code !== notImp)) return sent;
  upstream.counters.withoutEdns += 1;
  return send(upstream, encodeQuery(question, false), options);
}

/** A reply that came, with what it means. */
async function understand(upstream: Upstream, question: Question, reply: Reply, options: AttemptOptions): Promise<Exclude<Step, { kind: "unproven" }>> {
  const step = interpretReply(question, reply);
  if (step.kind !== "unproven") return step;
  const { exchange } = await sendWithFallback(upstream, { name: question.name, type: "SOA" }, options);
  return exchange.kind === "reply" ? confirmAbsence(exchange.reply) : { kind: "failed", reason: exchange.reason, detail: `empty reply without SOA, and when asked for the SOA: ${exchange.detail}` };
}

/** Asks one server once: over UDP, without EDNS if it refuses that, over TCP if need be, with a second question when an empty reply proves nothing. Never throws. */
export async function attempt(upstream: Upstream, question: Question, options: AttemptOptions): Promise<UsableStep | FailedAttempt> {
  const { exchange, viaTcp } = await sendWithFallback(upstream, question, options);
  const { server } = upstream;
  if (exchange.kind === "failed") {
    return { kind: "failed", failure: { server, reason: exchange.reason, detail: exchange.detail }, replied: exchange.reason === "malformed" || viaTcp, mayPass: true };
  }
  const step = await understand(upstream, question, exchange.reply, options);
  const { authoritative, authenticData } = exchange.reply;
  // Of what is said in whole replies only "could not get the answer" may be otherwise a moment later.
  if (step.kind === "failed") return { kind: "failed", failure: { server, reason: step.reason, detail: step.detail }, replied: true, mayPass: step.reason === "unreachable" || step.reason === "timeout" };
  return { ...step, origin: { server, viaTcp, authoritative, authenticData } };
}

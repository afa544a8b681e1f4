import { randomBytes } from "node:crypto";
import type { Socket } from "node:net";
import type { JudgingSide } from "../../model/config.ts";
import { judgeOf } from "../../model/judging-side.ts";
import { known, unknown } from "../../model/observation.ts";
import { hostText, isHostName, parseAddress, resolveTarget } from "./address.ts";
import { connectTcp } from "./connect-tcp.ts";
import { noFacts, noSip, noTls, plainTcp, type EndpointFacts } from "./endpoint-facts.ts";
import type { PlannedEndpoint } from "./planned-endpoint.ts";
import type { EndpointRequest } from "./endpoint-request.ts";
import { makeHandshake } from "./handshake.ts";
import { failedTlsFacts, madeTlsFacts, sipFacts } from "./probe-facts.ts";
import type { Allowance } from "./settle-within.ts";
import { askOptions } from "./sip-exchange.ts";
import type { OptionsRequest } from "./sip-message.ts";
import type { JudgingContext } from "./tls-contexts.ts";

/** What all probes of a run share. */
export interface ProbeSettings {
  readonly request: EndpointRequest;
  readonly contexts: Readonly<Record<JudgingSide, JudgingContext>>;
  readonly now: () => number;
}

/** Longest time for one endpoint, and for one SIP answer: a service of this kind that needs longer does not work. */
const maxEndpointMs = 30_000;
const maxAnswerMs = 8_000;

/** Sender of requests where nothing better is known (RFC 3323 section 4.1.1.3). */
const nobody = "anonymous.invalid";

interface Probe {
  readonly endpoint: PlannedEndpoint;
  readonly settings: ProbeSettings;
  readonly signal: AbortSignal;
  readonly answerAllowance: Allowance;
}

interface Connection {
  readonly socket: Socket;
  readonly roundTripMs: number;
  /** Where the facts come from: `sip.contoso.test:5061 (192.0.2.7:5061)`. */
  readonly where: string;
}

function optionsFor({ endpoint, settings }: Probe): OptionsRequest {
  const { host, port, transport } = endpoint;
  const { sipIdentity } = settings.request;
  return { host, port, transport, sender: isHostName(sipIdentity) ? sipIdentity : nobody, mark: randomBytes(12).toString("hex") };
}

async function probeTcp(probe: Probe, { socket, where }: Connection): Promise<EndpointFacts> {
  const source = `SIP ${where}`;
  const exchange = await askOptions(socket, optionsFor(probe), probe.answerAllowance, probe.settings.now);
  return { reachable: known(true, `TCP ${where}`), ...noTls(plainTcp), ...sipFacts(exchange, false, source) };
}

async function probeTls(probe: Probe, { socket, roundTripMs, where }: Connection): Promise<EndpointFacts> {
  const { endpoint, settings } = probe;
  const source = `TLS ${where}`;
  const reachable = known(true, `TCP ${where}`);
  const hasIdentity = settings.request.identity !== undefined;
  const judging = settings.contexts[judgeOf(endpoint.side)];
  const result = await makeHandshake(socket, endpoint.host, judging, probe.answerAllowance, source);
  if (!result.made) return { reachable, ...failedTlsFacts(result.seen, result.end, result.why, hasIdentity, source), ...noSip(result.why) };
  const { handshake } = result;
  try {
    const exchange = await askOptions(handshake.socket, optionsFor(probe), probe.answerAllowance, settings.now, handshake.whenTaken);
    return { reachable, ...madeTlsFacts(handshake, exchange, judging, hasIdentity, roundTripMs, source), ...sipFacts(exchange, handshake.certificateRequested, `SIP ${where}`) };
  } finally {
    handshake.socket.destroy();
  }
}

async function probeWithin(probe: Probe): Promise<EndpointFacts> {
  const { endpoint, settings, signal } = probe;
  const { request } = settings;
  const name = `${endpoint.host}:${endpoint.port}`;
  if (!isHostName(endpoint.host) || !(endpoint.port >= 1 && endpoint.port <= 65_535)) return noFacts(unknown("malformed", `${name} is no host name and port`));
  const redirection = Object.hasOwn(request.connectTo, name) ? request.connectTo[name] : undefined;
  const to = redirection === undefined ? endpoint : parseAddress(redirection);
  if (to === undefined) return noFacts(unknown("malformed", `connectTo of ${name} is not address:port`));
  const target = await resolveTarget(to.host, to.port, request.lookup, probe.answerAllowance);
  if (target.state !== "known") return noFacts(target.state === "unknown" ? target : unknown("unreachable", `${to.host} has no address`));
  const tcp = await connectTcp(target.value, { signal, timeoutMs: request.limits.connectTimeoutMs }, settings.now);
  switch (tcp.outcome) {
    case "unknown":
      return noFacts(tcp.why);
    case "refused": {
      const tried = target.value.addresses.map((address) => `${hostText(address)}:${to.port}`).join(", ");
      const why = unknown("unreachable", `nothing listens there (${tried} refused the connection)`);
      return { ...noFacts(why), reachable: known(false, `TCP ${name} (${tried})`) };
    }
    case "connected": {
      const connection = { socket: tcp.socket, roundTripMs: tcp.tookMs, where: `${name} (${tcp.address})` };
      try {
        return await (endpoint.transport === "tls" ? probeTls(probe, connection) : probeTcp(probe, connection));
      } finally {
        tcp.socket.destroy();
      }
    }
  }
}

/** Looks at one endpoint over TCP, TLS and SIP. Never throws for what the endpoint does, and ends within 30 s, or the target's time where that is shorter. */
export async function probeEndpoint(endpoint: PlannedEndpoint, settings: ProbeSettings, signal: AbortSignal): Promise<EndpointFacts> {
  const { operationTimeoutMs, targetTimeoutMs } = settings.request.limits;
  const own = new AbortController();
  const timer = setTimeout(() => own.abort(new DOMException("the time for this endpoint is up", "TimeoutError")), Math.min(targetTimeoutMs, maxEndpointMs));
  const both = AbortSignal.any([signal, own.signal]);
  try {
    return await probeWithin({ endpoint, settings, signal: both, answerAllowance: { signal: both, timeoutMs: Math.min(operationTimeoutMs, maxAnswerMs) } });
  } catch (error) {
    return noFacts(unknown("collector-error", error instanceof Error ? error.message : "unknown cause"));
  } finally {
    clearTimeout(timer);
  }
}

import { request as httpRequest, type IncomingMessage, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP } from "node:net";
import { notFetched, type NotFetched } from "./fetched.ts";
import { findPeers, hostOf, type FoundPeers, type Peer, type PeerSettings } from "./http-peers.ts";

/** One request: a GET, or a POST when there is a body. */
export interface HttpAsk {
  readonly url: URL;
  readonly body?: { readonly bytes: Uint8Array; readonly type: string };
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

/** What holds for all requests of a run. */
export interface HttpSettings extends PeerSettings {
  readonly connectTimeoutMs: number;
  /** Takes note of received bytes; false when the run has taken as many as it may. */
  readonly take: (bytes: number) => boolean;
}

/** The body of a 200 answer, where a redirect leads, or why there is neither. */
export type HttpAnswer = { readonly outcome: "fetched"; readonly body: Buffer } | { readonly outcome: "redirect"; readonly to: string } | NotFetched;

const maxHeaderBytes = 16_384;
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

function failureOf(error: NodeJS.ErrnoException, signal: AbortSignal, url: URL): NotFetched {
  if (signal.aborted) return lateness(signal, url);
  const code = error.code ?? error.message;
  if (code === "UMPREFLIGHT_CONNECT_TIMEOUT") return notFetched("failed", "timeout", `${url.host} did not accept a connection in time`);
  if (code.startsWith("HPE_")) return notFetched("failed", "malformed", `${url.host} does not answer in HTTP (${code})`);
  return notFetched("failed", code === "ETIMEDOUT" ? "timeout" : "unreachable", code === "ECONNREFUSED" ? `${url.host} refused the connection: nothing listens there` : `${url.host} cannot be reached (${code})`);
}

/** Why a fetch ended early: its own or the total time was up, or the run was interrupted. */
export function lateness(signal: AbortSignal, url: URL): NotFetched {
  const isTimeout = signal.reason instanceof Error && signal.reason.name === "TimeoutError";
  return isTimeout ? notFetched("failed", "timeout", `${url.host} did not answer in full in time`) : notFetched("failed", "not-collected", `interrupted before ${url.host} had answered`);
}

function statusFailure(response: IncomingMessage, url: URL): NotFetched {
  const status = response.statusCode ?? 0;
  const isGone = status === 404 || status === 410;
  return { outcome: isGone ? "not-found" : "failed", reason: status === 401 || status === 403 ? "denied" : "unreachable", detail: `${url.host} answered with the status ${status}`, httpStatus: status };
}

/** Takes the answer's body within the limit. */
function readBody(response: IncomingMessage, { url, maxBytes, signal }: HttpAsk, settings: HttpSettings): Promise<HttpAnswer> {
  return new Promise((resolve) => {
    const end = (answer: HttpAnswer): void => {
      resolve(answer);
      response.destroy();
    };
    const chunks: Buffer[] = [];
    let length = 0;
    const tooLong = notFetched("failed", "truncated", `${url.host} sends more than ${maxBytes} bytes`);
    const encoding = response.headers["content-encoding"] ?? "identity";
    if (encoding.toLowerCase() !== "identity") return end(notFetched("failed", "unsupported", `${url.host} answers in the encoding ${encoding.slice(0, 40)}, which was not asked for`));
    if (Number(response.headers["content-length"] ?? 0) > maxBytes) return end(tooLong);
    response.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length > maxBytes) end(tooLong);
      else if (!settings.take(chunk.length)) end(notFetched("failed", "truncated", "more was fetched in this run than is kept"));
      else chunks.push(chunk);
    });
    response.once("end", () => (response.complete ? end({ outcome: "fetched", body: Buffer.concat(chunks) }) : end(notFetched("failed", "truncated", `${url.host} cut its answer off`))));
    response.once("error", () => end(signal.aborted ? lateness(signal, url) : notFetched("failed", "truncated", `${url.host} cut its answer off`)));
    response.once("close", () => end(signal.aborted ? lateness(signal, url) : notFetched("failed", "truncated", `${url.host} cut its answer off`)));
  });
}

function take(response: IncomingMessage, ask: HttpAsk, settings: HttpSettings): Promise<HttpAnswer> | HttpAnswer {
  const { location } = response.headers;
  const status = response.statusCode ?? 0;
  if (status === 200) return readBody(response, ask, settings);
  response.destroy();
  return redirects.has(status) && location !== undefined ? { outcome: "redirect", to: location } : statusFailure(response, ask.url);
}

function optionsFor(ask: HttpAsk, { address, port }: Peer): RequestOptions & { readonly servername?: string; readonly rejectUnauthorized: boolean } {
  const { url, body, signal } = ask;
  const host = hostOf(url);
  return {
    host: address,
    port,
    path: `${url.pathname}${url.search}`,
    method: body === undefined ? "GET" : "POST",
    agent: false, // a connection of its own, without the proxies that a shared agent may have
    signal,
    setHost: false,
    maxHeaderSize: maxHeaderBytes,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    rejectUnauthorized: false, // what is fetched is signed; whose certificate the web server has does not matter, and nothing secret is sent
    headers: { Host: url.host, "User-Agent": "umpreflight", Accept: "*/*", "Accept-Encoding": "identity", Connection: "close", ...(body === undefined ? {} : { "Content-Type": body.type, "Content-Length": body.bytes.length }) },
  };
}

function exchange(ask: HttpAsk, peer: Peer, settings: HttpSettings): Promise<HttpAnswer> {
  const { url, body, signal } = ask;
  return new Promise((resolve) => {
    const sent = (url.protocol === "https:" ? httpsRequest : httpRequest)(optionsFor(ask, peer));
    const timer = setTimeout(() => sent.destroy(Object.assign(new Error("no connection"), { code: "UMPREFLIGHT_CONNECT_TIMEOUT" })), settings.connectTimeoutMs);
    sent.once("socket", (socket) => socket.once(url.protocol === "https:" ? "secureConnect" : "connect", () => clearTimeout(timer)));
    sent.once("response", (response) => resolve(take(response, ask, settings)));
    sent.on("error", (error: NodeJS.ErrnoException) => resolve(failureOf(error, signal, url)));
    sent.once("close", () => {
      clearTimeout(timer);
      resolve(notFetched("failed", "unreachable", `${url.host} closed the connection`));
    });
    sent.end(body?.bytes);
  });
}

function raceAbort<T>(signal: AbortSignal, late: () => T, work: Promise<T>): Promise<T> {
  if (signal.aborted) return Promise.resolve(late());
  return new Promise((resolve, reject) => {
    const stop = (): void => resolve(late());
    signal.addEventListener("abort", stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}

/** Makes one HTTP exchange, with the first of the host's addresses that answers. Never throws for what a server does; redirects are told, not followed. */
export async function askHttp(ask: HttpAsk, settings: HttpSettings): Promise<HttpAnswer> {
  const { url, signal } = ask;
  const found = await raceAbort<FoundPeers | NotFetched>(signal, () => lateness(signal, url), findPeers(url, settings));
  if (!("peers" in found)) return found;
  let last: HttpAnswer = notFetched("failed", "unreachable", `${url.host} has no address`);
  for (const peer of found.peers) {
    last = await exchange(ask, peer, settings);
    if (last.outcome !== "failed" || (last.reason !== "unreachable" && last.reason !== "timeout") || signal.aborted) return last;
  }
  return last;
}

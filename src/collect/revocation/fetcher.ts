import { decodeBodies, type DecodedBody } from "./decode-body.ts";
import { notFetched, type Fetched, type NotFetched } from "./fetched.ts";
import { askHttp, lateness, type HttpAnswer, type HttpSettings } from "./http-client.ts";
import { makeOnce } from "./make-once.ts";
import type { RevocationRequest } from "./request.ts";
import { sourceAddress } from "./source-address.ts";

/** What an address holds, read. */
export type FetchedObjects = ({ readonly outcome: "fetched" } & DecodedBody) | NotFetched;

/** Fetches what certificates point to; each address once, and read once: lists are large. Nothing throws for what a server does. */
export interface Fetcher {
  /** Lists or certificates by http or LDAP. */
  fetch(url: string): Promise<FetchedObjects>;
  /** An OCSP answer to a request; http only. */
  ask(url: string, request: Uint8Array): Promise<Fetched>;
}

const maxBodyBytes = 20 * 1024 * 1024;
const maxOcspBytes = 1024 * 1024;
/** In all, of a run. What is kept for later certificates is part of it. */
const maxRunBytes = 128 * 1024 * 1024;
const maxFetches = 500;
const maxRedirects = 3;
const maxFetchMs = 15_000;
/** Longest address of an OCSP request by GET (RFC 5019 section 5). */
const maxGetLength = 255;

interface Work {
  readonly request: RevocationRequest;
  readonly http: HttpSettings;
  readonly signal: AbortSignal;
  fetches: number;
}

type Post = { readonly bytes: Uint8Array; readonly type: string };

async function follow(start: URL, body: Post | undefined, maxBytes: number, signal: AbortSignal, { http }: Work): Promise<Fetched> {
  let url = start;
  for (let hops = 0; hops <= maxRedirects; hops += 1) {
    const answer: HttpAnswer = await askHttp({ url, ...(body === undefined ? {} : { body }), maxBytes, signal }, http);
    if (answer.outcome === "fetched") return { outcome: "fetched", bodies: [answer.body] };
    if (answer.outcome !== "redirect") return answer;
    const next = URL.canParse(answer.to, url.href) ? sourceAddress(new URL(answer.to, url.href).href) : undefined;
    if (next?.scheme !== "http") return notFetched("refused", "unsupported", `${url.host} leads elsewhere, but not to an http address that is followed`);
    url = next.url;
  }
  return notFetched("failed", "unsupported", `${start.host} leads elsewhere more than ${maxRedirects} times`);
}

/** Runs one fetch within its own time and that of all. */
async function timed(work: Work, where: URL, run: (signal: AbortSignal) => Promise<Fetched>): Promise<Fetched> {
  const { request, signal } = work;
  work.fetches += 1;
  if (work.fetches > maxFetches) return notFetched("refused", "truncated", `more than ${maxFetches} addresses are named; the rest is not asked`);
  if (signal.aborted) return lateness(signal, where);
  const own = new AbortController();
  const timer = setTimeout(() => own.abort(new DOMException("the time of this fetch is up", "TimeoutError")), Math.min(request.limits.operationTimeoutMs, maxFetchMs));
  try {
    return await run(AbortSignal.any([signal, own.signal]));
  } catch (error) {
    return notFetched("failed", "collector-error", error instanceof Error ? error.message : "unknown cause");
  } finally {
    clearTimeout(timer);
  }
}

async function fetchSource(text: string, work: Work): Promise<Fetched> {
  const address = sourceAddress(text);
  switch (address.scheme) {
    case "unusable":
      return notFetched("refused", "unsupported", `the address is not followed: ${address.why}`);
    case "http":
      return timed(work, address.url, (signal) => follow(address.url, undefined, maxBodyBytes, signal, work));
    case "ldap": {
      const { dn, attribute, host } = address;
      const fetched = await timed(work, new URL(text), (signal) => work.request.readDirectory({ dn, attribute, host }, signal));
      const isLarge = fetched.outcome === "fetched" && fetched.bodies.reduce((sum, { length }) => sum + length, 0) > maxBodyBytes;
      return isLarge ? notFetched("failed", "truncated", `the directory holds more than ${maxBodyBytes} bytes there`) : fetched;
    }
  }
}

/** OCSP by GET where the address is short enough, so that caches on the way can answer; by POST where it is not, or where the responder takes no GET (RFC 5019 section 5). */
async function askResponder(text: string, request: Uint8Array, work: Work): Promise<Fetched> {
  const address = sourceAddress(text);
  if (address.scheme !== "http") return notFetched("refused", "unsupported", "a responder is asked by http only");
  const { url } = address;
  const byGet = `${text.replace(/\/$/u, "")}/${encodeURIComponent(Buffer.from(request).toString("base64"))}`;
  if (url.search === "" && byGet.length <= maxGetLength) {
    const answer = await timed(work, url, (signal) => follow(new URL(byGet), undefined, maxOcspBytes, signal, work));
    if (answer.outcome === "fetched" || answer.httpStatus === undefined) return answer;
  }
  return timed(work, url, (signal) => follow(url, { bytes: request, type: "application/ocsp-request" }, maxOcspBytes, signal, work));
}

/** Makes a fetcher for one run; `signal` ends all of it. */
export function createFetcher(request: RevocationRequest, signal: AbortSignal): Fetcher {
  let received = 0;
  const { connectTimeoutMs } = request.limits;
  const take = (bytes: number): boolean => {
    received += bytes;
    return received <= maxRunBytes;
  };
  const http: HttpSettings = { allowLoopback: request.fetch.allowLoopback, connectTimeoutMs, connectTo: request.connectTo, lookup: request.lookup, take };
  const work: Work = { request, http, signal, fetches: 0 };
  const read = async (url: string): Promise<FetchedObjects> => {
    const fetched = await fetchSource(url, work);
    return fetched.outcome === "fetched" ? { outcome: "fetched", ...decodeBodies(fetched.bodies) } : fetched;
  };
  const objects = new Map<string, Promise<FetchedObjects>>();
  const answers = new Map<string, Promise<Fetched>>();
  return {
    fetch: (url) => makeOnce(objects, url, () => read(url)),
    ask: (url, ask) => makeOnce(answers, `${url} ${Buffer.from(ask).toString("base64")}`, () => askResponder(url, ask, work)),
  };
}

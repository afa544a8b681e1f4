import type { Reply } from "./message.ts";
import type { UnknownReason } from "../../model/observation.ts";

/** Why one exchange with a server gave no reply. */
export interface ExchangeFailure {
  readonly kind: "failed";
  readonly reason: UnknownReason;
  readonly detail: string;
}

/** The outcome of one query sent to one server over one transport; transports never throw. */
export type Exchange = { readonly kind: "reply"; readonly reply: Reply } | ExchangeFailure;

/** What bounds one exchange over TCP. */
export interface ExchangeLimits {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** What a view has done so far, for diagnosis. */
export interface DnsCounters {
  /** Queries sent over UDP and TCP. */
  udp: number;
  tcp: number;
  /** Datagrams thrown away: from another address, for no open query, or with another question. */
  ignored: number;
  /** Replies that could not be read. */
  malformed: number;
  /** Queries repeated without EDNS because the server refused it. */
  withoutEdns: number;
}

const reasonByCode: Readonly<Record<string, UnknownReason>> = {
  ECONNREFUSED: "unreachable",
  ECONNRESET: "unreachable",
  EPIPE: "unreachable",
  EHOSTUNREACH: "unreachable",
  EHOSTDOWN: "unreachable",
  ENETUNREACH: "unreachable",
  ENETDOWN: "unreachable",
  EADDRNOTAVAIL: "unreachable",
  EAFNOSUPPORT: "unreachable",
  EINVAL: "unreachable", // an address of a kind that this host has no route for
  EACCES: "unreachable", // a local firewall
  EPERM: "unreachable",
  ETIMEDOUT: "timeout",
};

/** A failed exchange. */
export function failed(reason: UnknownReason, detail: string): ExchangeFailure {
  return { kind: "failed", reason, detail };
}

/** A socket's error as data; a code that says nothing about the server (no free descriptor, for one) is our own failure. */
export function failedByError(error: unknown): ExchangeFailure {
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
  return failed(reasonByCode[code] ?? "collector-error", code);
}

/** The failure of whatever was under way or waiting when the run was stopped. */
export const interrupted: ExchangeFailure = failed("not-collected", "the run was interrupted");

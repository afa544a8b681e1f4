import { TLSSocket } from "node:tls";
import { bind, refuseCredentials } from "./client-bind.ts";
import { LdapConnection } from "./client-connection.ts";
import type { ClientLimits, ConnectContext, DirectoryClient, DirectoryTarget, Entry, Outcome } from "./client-contract.ts";
import { failed } from "./client-contract.ts";
import { failureOfAbort } from "./client-failure.ts";
import type { SearchSettings } from "./client-search.ts";
import { isAuthenticated, mayBeImplicit } from "./client-implicit.ts";
import { search, searchAll } from "./client-search.ts";
import { openTransport } from "./client-transport.ts";

const defaultPageSize = 1000;
const defaultLimits: ClientLimits = { maxMessageBytes: 32 * 1024 * 1024, maxResponseBytes: 64 * 1024 * 1024, maxSearchBytes: 256 * 1024 * 1024, maxConcurrent: 8, maxRangeValues: 1_000_000 };

async function readEntry(settings: SearchSettings, request: Parameters<typeof search>[1]): Promise<Outcome<Entry>> {
  const result = await searchAll(settings, request, 1);
  const [entry] = result.entries;
  if (entry !== undefined && result.complete) {
    return { ok: true, value: entry };
  }
  return failed(result.complete ? { reason: "denied", code: "client:no-entry", detail: `${request.base} exists, but the account cannot see it or the filter leaves it out` } : result.failure);
}

/** The client over a bound connection; `release` frees what watches over it. */
function createClient(target: DirectoryTarget, settings: SearchSettings, tlsVersion: string | undefined, release: () => void): DirectoryClient {
  return {
    server: `${target.host}:${target.port}`,
    tlsVersion,
    search: (request) => search(settings, request),
    searchAll: (request, options) => searchAll(settings, request, options.maxEntries),
    readEntry: (dn, attributes, options = {}) => readEntry(settings, { filter: { present: "objectClass" }, ...options, base: dn, scope: "base", attributes }),
    lost: () => settings.connection.failure,
    async close() {
      release();
      await settings.connection.close();
    },
  };
}

/** Fails the connection when the run is aborted or the total time is used up; returns how to stop watching. */
function watch(connection: LdapConnection, target: DirectoryTarget, signal: AbortSignal, timeLeftMs: number): () => void {
  const onAbort = (): void => connection.fail(failureOfAbort(signal));
  const detail = `everything asked of ${target.host} took longer than ${target.totalTimeoutMs} ms`;
  const timer = setTimeout(() => connection.fail({ reason: "timeout", code: "client:total-timeout", detail }), timeLeftMs);
  timer.unref(); // an open socket keeps the process alive, a lost one must not
  signal.addEventListener("abort", onAbort, { once: true });
  if (signal.aborted) {
    onAbort();
  }
  return () => {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
  };
}

function refuseTarget(target: DirectoryTarget): Outcome<never> | undefined {
  const { port } = target.address ?? target;
  if (!Number.isInteger(port) || port < 1 || port > 65_535 || target.host === "") {
    return failed({ reason: "collector-error", code: "client:target", detail: `${target.host}:${port} is no address` });
  }
  const failure = refuseCredentials(target);
  return failure === undefined ? undefined : failed(failure);
}

/**
 * Connects to a directory server and authenticates. The client that comes back can search and be closed; nothing here can write to a directory.
 * Whatever the server does is a failure in the result, never an exception; a failed attempt leaves no connection behind.
 */
export async function connectDirectory(target: DirectoryTarget, context: ConnectContext): Promise<Outcome<DirectoryClient>> {
  const refusal = refuseTarget(target);
  if (refusal !== undefined) {
    return refusal;
  }
  const deadline = context.now() + target.totalTimeoutMs;
  const socket = await openTransport(target, { signal: context.signal, timeoutMs: Math.min(target.connectTimeoutMs, target.totalTimeoutMs) });
  if (!socket.ok) {
    return socket;
  }
  const server = `${target.host}:${target.port}`;
  const limits: ClientLimits = { ...defaultLimits, ...target.limits };
  const { operationTimeoutMs } = target;
  const connection = new LdapConnection(socket.value, { server, limits, operationTimeoutMs });
  const release = watch(connection, target, context.signal, Math.max(1, deadline - context.now()));
  const settings: SearchSettings = { connection, pageSize: target.pageSize ?? defaultPageSize, operationTimeoutMs, limits };
  const bound = await bind(connection, target);
  if (!bound.ok && !(mayBeImplicit(target, bound.failure) && (await isAuthenticated(settings)))) {
    release();
    await connection.close();
    return bound;
  }
  const tlsVersion = socket.value instanceof TLSSocket ? (socket.value.getProtocol() ?? undefined) : undefined;
  return { ok: true, value: createClient(target, settings, tlsVersion, release) };
}

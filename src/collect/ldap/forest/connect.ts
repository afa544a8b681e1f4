import type { CollectContext } from "../../../model/collector.ts";
import { known, type Observation } from "../../../model/observation.ts";
import { connectDirectory } from "../client.ts";
import { failed, type DirectoryClient, type DirectoryTarget, type Outcome, type ReadFailure } from "../client-contract.ts";
import type { ServerRole } from "../locate.ts";
import { readerOf, type Reader } from "./reader.ts";
import type { DirectoryRequest, ForestRequest, ServerChoice } from "./request.ts";

const ports = {
  domainController: { ldaps: 636, starttls: 389, plaintext: 389 },
  globalCatalog: { ldaps: 3269, starttls: 3268, plaintext: 3268 },
} as const;
/** Servers of one domain that are tried: with every one dead, each costs the time of a connection. */
const maxServers = 16;
const maxToldFailures = 3;
const rootDseAttributes = ["rootDomainNamingContext", "configurationNamingContext", "schemaNamingContext", "defaultNamingContext", "tokenGroups"];

/** What connecting needs: what was asked for, the forest and the run around it. */
export interface Connecting {
  readonly request: DirectoryRequest;
  readonly forest: ForestRequest;
  readonly context: CollectContext;
}

/** `host:port`, `[address]:port` or either without a port. */
function addressOf(text: string): { readonly host: string; readonly port: number | undefined } {
  const [, bracketed, plain, port] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d+))?$/.exec(text) ?? [];
  const host = bracketed ?? plain ?? text; // an IPv6 address without brackets has no port
  return { host: host.toLowerCase(), port: port === undefined ? undefined : Number(port) };
}

function targetOf({ request, forest }: Connecting, server: ServerChoice): DirectoryTarget {
  const { limits, lookup } = request;
  const instead = request.connectTo[`${server.host}:${server.port}`];
  const address = instead === undefined ? undefined : addressOf(instead);
  return {
    host: server.host,
    port: server.port,
    ...(address === undefined ? {} : { address: { host: address.host, port: address.port ?? server.port } }),
    security: forest.config.security,
    tls: forest.tls,
    credentials: forest.credentials,
    allowPlaintextBind: forest.config.sendPasswordInClearText,
    connectTimeoutMs: limits.connectTimeoutMs,
    operationTimeoutMs: limits.operationTimeoutMs,
    totalTimeoutMs: limits.targetTimeoutMs,
    pageSize: limits.pageSize,
    ...(lookup === undefined ? {} : { lookup }),
    limits: { maxConcurrent: limits.parallelSearches },
  };
}

/** Servers to try for a domain: those of the configuration for the forest root, else those that DNS names. */
async function serversOf({ request, forest }: Connecting, domain: string, role: ServerRole): Promise<Observation<readonly ServerChoice[]>> {
  const { servers, security, name } = forest.config;
  if (servers === undefined || domain !== name) return request.locate(domain, role, name);
  const choices = servers.map((server) => {
    const { host, port } = addressOf(server);
    return { host, port: role === "domainController" && port !== undefined ? port : ports[role][security] };
  });
  return known(choices, "configuration");
}

/** Connects to one server and asks it who it is. */
async function openServer(connecting: Connecting, server: ServerChoice): Promise<Outcome<Reader>> {
  const { forest, context } = connecting;
  const connected: Outcome<DirectoryClient> = await connectDirectory(targetOf(connecting, server), { signal: context.signal, now: context.now });
  if (!connected.ok) return connected;
  const client = connected.value;
  const rootDse = await client.readEntry("", rootDseAttributes);
  if (rootDse.ok) return { ok: true, value: readerOf(client, rootDse.value, forest.config.name) };
  await client.close();
  return rootDse;
}

/** One failure for all servers that were tried; the last one gives reason and code. */
function failureOfAll(failures: readonly ReadFailure[], domain: string): ReadFailure {
  const last = failures.at(-1);
  if (last === undefined) return { reason: "unreachable", detail: `no server of ${domain} is known` };
  const told = failures.slice(0, maxToldFailures).map(({ detail }) => detail);
  const more = failures.length > maxToldFailures ? [`and ${failures.length - maxToldFailures} more`] : [];
  return { ...last, detail: [...told, ...more].join("; ") };
}

/**
 * Connects to the first server of a domain that lets us in. A refusal of the credentials ends the search: every other server would refuse them too, and each
 * refusal brings the account nearer to its lockout.
 */
export async function openReader(connecting: Connecting, domain: string, role: ServerRole): Promise<Outcome<Reader>> {
  const { request, context } = connecting;
  const servers = await serversOf(connecting, domain, role);
  if (servers.state === "unknown") return failed({ reason: servers.reason, detail: servers.detail });
  const deadline = context.now() + request.limits.targetTimeoutMs;
  const failures: ReadFailure[] = [];
  for (const server of servers.state === "known" ? servers.value.slice(0, maxServers) : []) {
    const opened = await openServer(connecting, server);
    if (opened.ok) return opened;
    const { failure } = opened;
    failures.push(failure.detail.includes(server.host) ? failure : { ...failure, detail: `${server.host}:${server.port}: ${failure.detail}` });
    if (failure.code?.startsWith("ldap:49") === true || context.signal.aborted || context.now() > deadline) break;
  }
  return failed(failureOfAll(failures, domain));
}

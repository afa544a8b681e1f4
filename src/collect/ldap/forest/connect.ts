import type { CollectContext } from "../../../model/collector.ts";
import { known, unknown, type Observation } from "../../../model/observation.ts";
import { connectDirectory } from "../client.ts";
import { failed, type DirectoryClient, type DirectoryTarget, type Entry, type Outcome } from "../client-contract.ts";
import { bytesList, text } from "../client-entry.ts";
import { sidToText } from "../decode-sid.ts";
import type { DirectoryRequest, ForestRequest, ServerChoice } from "./request.ts";
import type { ForestSession } from "./session.ts";

const ports = {
  domainController: { ldaps: 636, starttls: 389, plaintext: 389 },
  globalCatalog: { ldaps: 3269, starttls: 3268, plaintext: 3268 },
} as const;
/** SIDs that every authenticated account carries. */
const everybody = ["S-1-1-0", "S-1-5-11"];

function addressOf(text: string): { readonly host: string; readonly port: number } {
  const colon = text.lastIndexOf(":");
  return { host: text.slice(0, colon).replace(/^\[|\]$/g, ""), port: Number(text.slice(colon + 1)) };
}

/** Connects to one server with the forest's credentials. */
export function connectTo(request: DirectoryRequest, forest: ForestRequest, server: ServerChoice, context: CollectContext): Promise<Outcome<DirectoryClient>> {
  const { limits, lookup } = request;
  const instead = request.connectTo[`${server.host}:${server.port}`];
  const target: DirectoryTarget = {
    host: server.host,
    port: server.port,
    ...(instead === undefined ? {} : { address: addressOf(instead) }),
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
  return connectDirectory(target, { signal: context.signal, now: context.now });
}

/** Servers to try for a domain: those of the configuration for the forest root, else those that DNS names. */
export async function serversOf(request: DirectoryRequest, forest: ForestRequest, domain: string, role: "domainController" | "globalCatalog"): Promise<Observation<readonly ServerChoice[]>> {
  const { servers, security, name } = forest.config;
  if (servers === undefined || domain !== name) {
    const located = await request.locate(domain, role);
    return located.state === "known" ? known(located.value.map(({ host }) => ({ host, port: ports[role][security] })), located.source) : located;
  }
  const choices = servers.map((server) => {
    const [host = "", port] = server.split(":");
    return { host: host.toLowerCase(), port: role === "domainController" && port !== undefined ? Number(port) : ports[role][security] };
  });
  return known(choices, "configuration");
}

/** Connects to the first server of a domain that lets us in; a refusal of the credentials ends the search, since every other server would refuse them too and lock the account. */
export async function connectDomain(request: DirectoryRequest, forest: ForestRequest, domain: string, role: "domainController" | "globalCatalog", context: CollectContext): Promise<Outcome<DirectoryClient>> {
  const servers = await serversOf(request, forest, domain, role);
  if (servers.state !== "known") return failed({ reason: servers.state === "unknown" ? servers.reason : "unreachable", detail: servers.state === "unknown" ? servers.detail : `DNS names no ${role === "globalCatalog" ? "global catalog" : "domain controller"} of ${domain}` });
  let last: Outcome<DirectoryClient> = failed({ reason: "unreachable", detail: `no server of ${domain} is known` });
  for (const server of servers.value) {
    last = await connectTo(request, forest, server, context);
    if (last.ok || last.failure.code?.startsWith("ldap:49") === true) return last;
  }
  return last;
}

/** A mandatory text of the rootDSE. */
function rootText(entry: Entry, name: string): string | undefined {
  const reading = text(entry, name);
  return reading.state === "value" ? reading.value : undefined;
}

/** The account's own SIDs, as the server sees the connection ([MS-ADTS] 3.1.1.3.2, tokenGroups of the rootDSE). */
function sidsOf(entry: Entry): ReadonlySet<string> | undefined {
  const groups = bytesList(entry, "tokenGroups");
  if (groups.state !== "value") return undefined;
  const sids = groups.value.map(sidToText);
  return sids.includes(undefined) ? undefined : new Set([...everybody, ...sids.flatMap((sid) => sid ?? [])]);
}

/** Opens a forest: a domain controller of the root domain, its rootDSE, and the global catalog. */
export async function openForest(request: DirectoryRequest, forest: ForestRequest, context: CollectContext): Promise<Observation<ForestSession>> {
  const { name } = forest.config;
  const connected = await connectDomain(request, forest, name, "domainController", context);
  if (!connected.ok) return unknown(connected.failure.reason, connected.failure.detail);
  const client = connected.value;
  const source = `directory ${name} (${client.server})`;
  const root = await client.readEntry("", ["rootDomainNamingContext", "configurationNamingContext", "schemaNamingContext", "namingContexts", "tokenGroups"]);
  const fields = root.ok ? (["rootDomainNamingContext", "configurationNamingContext", "schemaNamingContext"] as const).map((field) => rootText(root.value, field)) : [];
  const [rootDn, configurationDn, schemaDn] = fields;
  if (!root.ok || rootDn === undefined || configurationDn === undefined || schemaDn === undefined) {
    await client.close();
    return root.ok ? unknown("unsupported", `${client.server} is no Active Directory domain controller: its rootDSE names no forest`, source) : unknown(root.failure.reason, root.failure.detail, source);
  }
  const catalog = await connectDomain(request, forest, name, "globalCatalog", context);
  return known({ forest: forest.config, client, catalog, rootDse: root.value, rootDn, configurationDn, schemaDn, ownSids: sidsOf(root.value), source }, source);
}

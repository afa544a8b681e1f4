import { type DnsService, startDns } from "./dns/server.ts";
import { type HttpService, startHttp } from "./http/server.ts";
import type { ForestService } from "./ldap/forest-service.ts";
import { type LdapPort, ldapPorts, startLdap } from "./ldap/server.ts";
import type { Listener } from "./net/listener.ts";
import { type EndpointService, startEndpoint } from "./sip/server.ts";
import type { EndpointSpec, Forest } from "./types.ts";

/** A domain controller that runs. */
export interface RunningForest {
  forest: Forest;
  readonly service: ForestService;
  readonly ports: Readonly<Record<LdapPort, Listener>>;
}

/** An endpoint that runs. */
export interface RunningEndpoint {
  spec: EndpointSpec;
  readonly service: EndpointService;
  readonly listener: Listener;
}

/** A DNS server that runs. */
export interface RunningDns {
  readonly service: DnsService;
  readonly listener: Listener;
}

/** The web server of all hosts that publish something, and which these are (`host:port`). */
export interface RunningHttp {
  hosts: readonly string[];
  readonly service: HttpService;
  readonly listener: Listener;
}

/** Everything that listens. */
export interface RunningServers {
  readonly forests: Map<string, RunningForest>;
  /** By `host:port`, lower case. */
  readonly endpoints: Map<string, RunningEndpoint>;
  readonly dns: Readonly<Record<"inside" | "outside", RunningDns>>;
  readonly http: RunningHttp;
}

/** `host:port` of an endpoint. */
export function endpointKey({ host, port }: Pick<EndpointSpec, "host" | "port">): string {
  return `${host.toLowerCase()}:${port}`;
}

/** Starts a domain controller. */
export async function runForest(forest: Forest, service: ForestService): Promise<RunningForest> {
  return { forest, service, ports: await startLdap(service) };
}

/** Starts an endpoint. */
export async function runEndpoint(spec: EndpointSpec, service: EndpointService): Promise<RunningEndpoint> {
  return { spec, service, listener: await startEndpoint(service) };
}

/** Starts a DNS server. */
export async function runDns(service: DnsService): Promise<RunningDns> {
  return { service, listener: await startDns(service) };
}

/** Starts the web server. */
export async function runHttp(service: HttpService, hosts: readonly string[]): Promise<RunningHttp> {
  return { hosts, service, listener: await startHttp(service) };
}

/** The four ports of a domain controller by `host:port`. */
function controllerPorts({ forest, ports }: RunningForest): readonly (readonly [string, Listener])[] {
  const names = Object.keys(ldapPorts) as LdapPort[];
  return names.map((name) => [`${forest.domainController.toLowerCase()}:${ldapPorts[name].official}`, ports[name]] as const);
}

/** Everything that listens under an official name, by `host:port`. */
export function listenersByName(servers: RunningServers): ReadonlyMap<string, Listener> {
  const endpoints = [...servers.endpoints].map(([key, { listener }]) => [key, listener] as const);
  const publishing = servers.http.hosts.map((host) => [host, servers.http.listener] as const);
  return new Map([...publishing, ...[...servers.forests.values()].flatMap(controllerPorts), ...endpoints]);
}

/** The listeners that a name in a request for misbehaviour means. @throws Error where there is no such server */
export function listenersOf(servers: RunningServers, name: string): readonly Listener[] {
  const [kind, rest = ""] = name.split(/:(.*)/u);
  if (kind === "ldap") {
    const found = servers.forests.get(rest);
    if (found !== undefined) return Object.values(found.ports);
  }
  if (kind === "dns" && (rest === "inside" || rest === "outside")) return [servers.dns[rest].listener];
  const found = listenersByName(servers).get(name.toLowerCase());
  if (found === undefined) throw new Error(`lab: no server ${name}`);
  return [found];
}

/** Everything that listens. */
export function allListeners({ forests, endpoints, dns, http }: RunningServers): readonly Listener[] {
  return [...[...forests.values()].flatMap(({ ports }) => Object.values(ports)), ...[...endpoints.values()].map(({ listener }) => listener), dns.inside.listener, dns.outside.listener, http.listener];
}

import { systemServers, parseServer, type DnsServer } from "../collect/dns/server.ts";
import { createView, type DnsView } from "../collect/dns/resolver.ts";
import { chooseServers, srvNames } from "../collect/ldap/locate.ts";
import type { ServerChoice } from "../collect/ldap/forest/request.ts";
import type { Config, DnsViewConfig, ForestConfig } from "../model/config.ts";
import { ConfigError } from "../model/errors.ts";
import { known, unknown, type Observation } from "../model/observation.ts";

/** The DNS views of a run. */
export interface RunViews {
  readonly inside: DnsView;
  readonly outside: DnsView | undefined;
}

function serversOf(view: DnsViewConfig, name: string): readonly DnsServer[] {
  return view.servers.flatMap((text): readonly DnsServer[] => {
    if (text === "system") return systemServers();
    const server = parseServer(text);
    if (server === undefined) throw new ConfigError("dns-server", `DNS view ${name}: ${text} is no address`, { hint: "Write an IP address, with a port where it is not 53: 10.0.0.53 or 10.0.0.53:5353." });
    return [server];
  });
}

/** Opens the DNS views of the configuration. @throws ConfigError for a server that is no address */
export function openViews(config: Config, signal: AbortSignal, now: () => number): RunViews {
  const view = (name: string, from: DnsViewConfig): DnsView => createView({ name, servers: serversOf(from, name), concurrency: config.limits.parallelQueries, signal, now });
  return { inside: view("inside", config.dns.inside), outside: config.dns.outside === undefined ? undefined : view("outside", config.dns.outside) };
}

/** Finds the servers of a domain by DNS SRV (RFC 2782, [MS-ADTS] 6.3.2.3). */
export function locateThrough(view: DnsView, forests: readonly ForestConfig[], random: () => number) {
  return async (domain: string, role: "domainController" | "globalCatalog", forestName: string): Promise<Observation<readonly ServerChoice[]>> => {
    const security = forests.find(({ name }) => name === forestName)?.security ?? "ldaps";
    // a tree of its own name has its servers below that name, not below the forest's
    const within = domain === forestName || domain.endsWith(`.${forestName}`) ? forestName : domain;
    for (const name of srvNames(role, domain)) {
      const answer = await view.lookup(name, "SRV");
      if (answer.outcome === "unknown") return unknown(answer.reason, `${name}: ${answer.detail}`, `DNS ${view.name}`);
      const records = answer.outcome === "answer" ? answer.records.flatMap((record) => (record.type === "SRV" ? [record] : [])) : [];
      const servers = chooseServers(records, { role, security, within, random });
      if (servers.length > 0) return known(servers, `DNS ${view.name}`);
      const outside = records.find(({ offered }) => offered);
      if (outside !== undefined) return unknown("denied", `${name} names ${outside.target}, which is outside ${within}; the password is not sent there. If it is right, name it under servers`, `DNS ${view.name}`);
    }
    return unknown("unreachable", `DNS names no ${role === "globalCatalog" ? "global catalog" : "domain controller"} of ${domain}`, `DNS ${view.name}`);
  };
}

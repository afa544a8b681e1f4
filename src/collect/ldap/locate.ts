/** The data of an SRV record (RFC 2782). */
export interface SrvRecord {
  readonly priority: number;
  readonly weight: number;
  readonly port: number;
  readonly target: string;
}

/** What kind of directory server is looked for. */
export type ServerRole = "domainController" | "globalCatalog";

/** A server to try. */
export interface DirectoryEndpoint {
  /** Lower case, without the final dot. */
  readonly host: string;
  readonly port: number;
}

const maxServers = 512;

/** Names to ask for SRV records, best first: those of the own site, then all ([MS-ADTS] 6.3.2.3). For a global catalog `domain` is the forest root. */
export function srvNames(role: ServerRole, domain: string, site?: string): readonly string[] {
  const role_ = role === "globalCatalog" ? "gc" : "dc";
  const everywhere = `_ldap._tcp.${role_}._msdcs.${domain}`;
  return site === undefined ? [everywhere] : [`_ldap._tcp.${site}._sites.${role_}._msdcs.${domain}`, everywhere];
}

/** Takes one record of a group with equal priority by the running sum of weights (RFC 2782, "Weight"). */
function pick(group: readonly SrvRecord[], random: () => number): SrvRecord | undefined {
  // Weight 0 first, so that it has a very small chance rather than none.
  const ordered = group.toSorted((a, b) => Math.min(a.weight, 1) - Math.min(b.weight, 1));
  const total = ordered.reduce((sum, record) => sum + record.weight, 0);
  const wanted = Math.floor(random() * (total + 1));
  let sum = 0;
  return ordered.find((record) => {
    sum += record.weight;
    return sum >= wanted;
  });
}

/** Records in the order in which to try them: by priority, within it at random by weight. `random` gives numbers in [0, 1). */
export function orderSrvRecords(records: readonly SrvRecord[], random: () => number): readonly SrvRecord[] {
  const ordered: SrvRecord[] = [];
  const priorities = [...new Set(records.map((record) => record.priority))].sort((a, b) => a - b);
  for (const priority of priorities) {
    let group = records.filter((record) => record.priority === priority).slice(0, maxServers);
    while (group.length > 0) {
      const chosen = pick(group, random) ?? group[0];
      if (chosen !== undefined) {
        ordered.push(chosen);
      }
      group = group.filter((record) => record !== chosen);
    }
  }
  return ordered.slice(0, maxServers);
}

function portFor(role: ServerRole, security: "ldaps" | "starttls" | "plaintext", advertised: number): number {
  // Domain controllers register the plain ports only; the TLS ports are fixed.
  return security === "ldaps" ? (role === "globalCatalog" ? 3269 : 636) : advertised;
}

/**
 * The servers to try, in order and without repeats. `[]` when the records say that the service is not offered (a single `.` target, RFC 2782) or name nobody.
 * `random` gives numbers in [0, 1). Names that are not `within` the forest are left out: DNS can be forged, the certificate is checked against the very name that DNS
 * gave, and a password would go to whoever holds a certificate for that.
 */
export function chooseServers(records: readonly SrvRecord[], choice: { readonly role: ServerRole; readonly security: "ldaps" | "starttls" | "plaintext"; readonly within: string; readonly random: () => number }): readonly DirectoryEndpoint[] {
  const endpoints = new Map<string, DirectoryEndpoint>();
  for (const record of orderSrvRecords(records, choice.random)) {
    const host = record.target.toLowerCase().replace(/\.$/, "");
    const port = portFor(choice.role, choice.security, record.port);
    if (host !== "" && isWithin(host, choice.within) && !endpoints.has(`${host}:${port}`)) {
      endpoints.set(`${host}:${port}`, { host, port });
    }
  }
  return [...endpoints.values()];
}

function isWithin(host: string, domain: string): boolean {
  const parent = domain.toLowerCase();
  return host === parent || host.endsWith(`.${parent}`);
}

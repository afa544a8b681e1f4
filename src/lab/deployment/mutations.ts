import type { CertificateSpec, Deployment, DnsRecord, EndpointSpec } from "../types.ts";
import { changeEntries } from "./directory-changes.ts";
import type { DirectoryChange } from "./directory-changes.ts";

/** One change of a deployment, as data: a planted mistake is a list of these, for the embedded and for the real lab alike. */
export type Change =
  | DirectoryChange
  /** Replaces all records of this name, type and view; a record of view "both" counts for each. */
  | { readonly kind: "setDns"; readonly view: "inside" | "outside"; readonly name: string; readonly type: DnsRecord["type"]; readonly data: readonly (readonly string[])[] }
  /** Removes the records of this name and type (all types when left out) from a view. */
  | { readonly kind: "removeDns"; readonly view: "inside" | "outside"; readonly name: string; readonly type?: DnsRecord["type"] }
  /** Replaces the certificate of this id, or adds it. */
  | { readonly kind: "replaceCertificate"; readonly certificate: CertificateSpec }
  /** Changes some properties of a listening service; undefined stops it; an unknown host and port need a whole EndpointSpec. */
  | { readonly kind: "setEndpoint"; readonly host: string; readonly port: number; readonly endpoint: Partial<EndpointSpec> | undefined }
  /** Changes properties of the object of a cmdlet noun with this Identity, adds it when there is none, or removes it when the patch is undefined. */
  | { readonly kind: "setLyncConfiguration"; readonly noun: string; readonly identity: string; readonly patch: Readonly<Record<string, unknown>> | undefined };

/** A step from one deployment to another. */
export type Mutation = (deployment: Deployment) => Deployment;

function same(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

/** The records without those that match; one of view "both" stays in the other view. */
function withoutDns(dns: readonly DnsRecord[], view: "inside" | "outside", name: string, type: DnsRecord["type"] | undefined): readonly DnsRecord[] {
  return dns.flatMap((record) => {
    const hit = same(record.name, name) && (type === undefined || record.type === type);
    if (!hit) return [record];
    if (record.view === "both") return [{ ...record, view: view === "inside" ? ("outside" as const) : ("inside" as const) }];
    return record.view === view ? [] : [record];
  });
}

function withEndpoint(endpoints: readonly EndpointSpec[], change: Extract<Change, { kind: "setEndpoint" }>): readonly EndpointSpec[] {
  const matches = (item: EndpointSpec): boolean => same(item.host, change.host) && item.port === change.port;
  const { endpoint } = change;
  if (endpoint === undefined) return endpoints.filter((item) => !matches(item));
  if (endpoints.some(matches)) return endpoints.map((item) => (matches(item) ? { ...item, ...endpoint } : item));
  const { sip, product } = endpoint;
  if (sip === undefined || product === undefined) throw new Error(`no endpoint ${change.host}:${change.port}, and not enough to make one`);
  return [...endpoints, { tls: undefined, ...endpoint, sip, product, host: change.host, port: change.port }];
}

function withCertificate(certificates: readonly CertificateSpec[], certificate: CertificateSpec): readonly CertificateSpec[] {
  if (!certificates.some((item) => item.id === certificate.id)) return [...certificates, certificate];
  return certificates.map((item) => (item.id === certificate.id ? certificate : item));
}

function withLyncConfiguration(deployment: Deployment, change: Extract<Change, { kind: "setLyncConfiguration" }>): Deployment["lyncConfiguration"] {
  const { noun, identity, patch } = change;
  const objects = deployment.lyncConfiguration[noun] ?? [];
  const matches = (item: Readonly<Record<string, unknown>>): boolean => same(String(item["Identity"]), identity);
  let changed: readonly Readonly<Record<string, unknown>>[];
  if (patch === undefined) changed = objects.filter((item) => !matches(item));
  else if (objects.some(matches)) changed = objects.map((item) => (matches(item) ? { ...item, ...patch } : item));
  else changed = [...objects, { Identity: identity, ...patch }];
  return { ...deployment.lyncConfiguration, [noun]: changed };
}

function applyChange(deployment: Deployment, change: Change): Deployment {
  switch (change.kind) {
    case "setAttribute":
    case "addEntry":
    case "removeEntry":
    case "setAces": {
      if (!deployment.forests.some((forest) => forest.name === change.forest)) throw new Error(`no forest ${change.forest}`);
      return { ...deployment, forests: deployment.forests.map((forest) => (forest.name === change.forest ? { ...forest, entries: changeEntries(forest.entries, change) } : forest)) };
    }
    case "setDns": {
      const records = change.data.map((data): DnsRecord => ({ view: change.view, name: change.name, type: change.type, data }));
      return { ...deployment, dns: [...withoutDns(deployment.dns, change.view, change.name, change.type), ...records] };
    }
    case "removeDns":
      return { ...deployment, dns: withoutDns(deployment.dns, change.view, change.name, change.type) };
    case "replaceCertificate":
      return { ...deployment, certificates: withCertificate(deployment.certificates, change.certificate) };
    case "setEndpoint":
      return { ...deployment, endpoints: withEndpoint(deployment.endpoints, change) };
    case "setLyncConfiguration":
      return { ...deployment, lyncConfiguration: withLyncConfiguration(deployment, change) };
    default:
      return change satisfies never;
  }
}

/** The deployment after the changes, made one after the other; the given one stays as it is. Throws where a change names something that is not there. */
export function applyChanges(deployment: Deployment, changes: readonly Change[]): Deployment {
  return changes.reduce(applyChange, deployment);
}

/** A list of changes as a step from one deployment to another. */
export function mutation(...changes: readonly Change[]): Mutation {
  return (deployment) => applyChanges(deployment, changes);
}

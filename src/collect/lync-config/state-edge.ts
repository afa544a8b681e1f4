import { isIpAddress, normalName } from "../../model/ids.ts";
import { known, unknown, type Observation } from "../../model/observation.ts";
import type { Observer } from "../../model/subject.ts";
import { valueOf } from "./field.ts";
import type { Field, Section } from "./field-types.ts";
import type { LyncPublicProvider, LyncReplicationStatus, LyncSimpleUrl, LyncSimpleUrlConfiguration } from "./items.ts";
import { changedField, fieldOf, nameField, requiredField, sectionGap, type SourceText } from "./state-fields.ts";
import { stateSection } from "./state-objects.ts";
import { portsOf, siteName } from "./state-topology.ts";
import type { Topology, TopologyGateway } from "./topology-types.ts";

/** States the public providers. */
export function statePublicProviders(observer: Observer, section: Section<LyncPublicProvider>, source: SourceText): Observation<readonly string[]> {
  return stateSection(observer, "publicProvider", section, source, (id, provider) => {
    observer.observe("publicProvider", id, "identity", requiredField(provider.identity, source, "Identity"));
    observer.observe("publicProvider", id, "proxyFqdn", nameField(provider.proxyFqdn, source, "ProxyFqdn"));
    observer.observe("publicProvider", id, "enabled", requiredField(provider.enabled, source, "Enabled"));
  });
}

/** States the replicas of the Central Management Store. */
export function stateReplicas(observer: Observer, section: Section<LyncReplicationStatus>, source: SourceText): Observation<readonly string[]> {
  return stateSection(observer, "configurationReplica", section, source, (id, replica) => {
    observer.observe("configurationReplica", id, "fqdn", nameField(replica.replicaFqdn, source, "ReplicaFqdn"));
    observer.observe("configurationReplica", id, "upToDate", requiredField(replica.upToDate, source, "UpToDate"));
    observer.observe("configurationReplica", id, "lastStatusReport", fieldOf(replica.lastStatusReport, source));
    observer.observe("configurationReplica", id, "productVersion", fieldOf(replica.productVersion, source));
  });
}

/** The host of an http or https URL, lower case. */
function hostOf(url: string): string | undefined {
  try {
    const { protocol, hostname } = new URL(url);
    return /^https?:$/.test(protocol) && hostname !== "" && !isIpAddress(hostname) ? normalName(hostname) : undefined;
  } catch {
    return undefined;
  }
}

function stateSimpleUrl(observer: Observer, scope: Field<string>, url: LyncSimpleUrl, at: number, source: SourceText): string {
  const name = [valueOf(scope) ?? "?", valueOf(url.component) ?? `no. ${at + 1}`, valueOf(url.domain) ?? "?"].join(" ");
  const id = `simpleUrl/${name.toLowerCase()}/${at}`;
  observer.subject({ kind: "simpleUrl", id, name });
  observer.observe("simpleUrl", id, "identity", requiredField(scope, source, "Identity"));
  observer.observe("simpleUrl", id, "component", requiredField(url.component, source, "Component"));
  observer.observe("simpleUrl", id, "domain", requiredField(url.domain, source, "Domain"));
  observer.observe("simpleUrl", id, "url", requiredField(url.activeUrl, source, "ActiveUrl"));
  observer.observe("simpleUrl", id, "host", changedField(url.activeUrl, source, "ActiveUrl", hostOf));
  return id;
}

/** States the simple URLs of all collections. */
export function stateSimpleUrls(observer: Observer, section: Section<LyncSimpleUrlConfiguration>, source: SourceText): Observation<readonly string[]> {
  const gap = sectionGap(section, source);
  const ids: string[] = [];
  for (const { identity, simpleUrls } of section.state === "read" ? section.items : []) {
    const urls = requiredField(simpleUrls, source, "SimpleUrl");
    if (urls.state !== "known") return urls;
    ids.push(...urls.value.map((url, at) => stateSimpleUrl(observer, identity, url, at, source)));
  }
  return gap ?? known(ids, source);
}

function mediationPools(gateway: TopologyGateway, source: SourceText): Observation<readonly string[]> {
  return changedField(gateway.mediationPools, source, "the Mediation pools", (names) => names.map(normalName));
}

/** States the trunks to PSTN gateways of the topology. */
export function statePstnGateways(observer: Observer, section: Section<Topology>, source: SourceText): Observation<readonly string[]> {
  const gap = sectionGap(section, source);
  const [topology] = section.state === "read" ? section.items : [];
  if (topology === undefined) return gap ?? unknown("malformed", "the topology is empty", source);
  const gateways = requiredField(topology.gateways, source, "the gateways");
  if (gateways.state !== "known") return gateways;
  const met = new Map<string, number>();
  const ids = gateways.value.map((gateway, at) => {
    const fqdn = nameField(gateway.poolFqdn, source, "the FQDN of the gateway");
    const name = fqdn.state === "known" ? fqdn.value : `no. ${at + 1}`;
    const count = (met.get(name) ?? 0) + 1;
    met.set(name, count);
    const id = `pstnGateway/${name}${count === 1 ? "" : `#${count}`}`;
    const pool = valueOf(topology.pools)?.find((one) => normalName(valueOf(one.fqdn) ?? "") === name);
    observer.subject({ kind: "pstnGateway", id, name });
    observer.observe("pstnGateway", id, "fqdn", fqdn);
    observer.observe("pstnGateway", id, "site", pool === undefined ? unknown("malformed", "the topology has no pool of that name", source) : siteName(topology, pool, source));
    observer.observe("pstnGateway", id, "mediationPools", mediationPools(gateway, source));
    observer.observe("pstnGateway", id, "mediationServerPort", requiredField(gateway.mediationServerPort, source, "MediationServerPort"));
    observer.observe("pstnGateway", id, "ports", portsOf(requiredField(gateway.ports, source, "the ports"), source));
    return id;
  });
  return gap ?? known(ids, source);
}


import { singletonId } from "../../../model/ids.ts";
import type { FactValue } from "../../../model/kinds.ts";
import { readFact, refTo } from "../read-fact.ts";
import { addEdge, addNode, nodeId, type MapGraph } from "./graph.ts";
import { edgeNode, poolNode } from "./lync.ts";

type SrvFact = "internalTls" | "externalTls" | "federation";

const services: Readonly<Record<SrvFact, string>> = { internalTls: "_sipinternaltls, inside", externalTls: "_sip._tls, outside", federation: "_sipfederationtls, outside" };

/** SIP domains with where their SRV records lead, and the hosting providers. */
export function addOutside(graph: MapGraph): void {
  const { subjects, notShown } = graph;
  readFact(subjects, "lyncConfiguration", singletonId.lyncConfiguration, "sipDomains", notShown);
  const hosts = hostNodes(graph);
  for (const { id, name } of subjects.all("sipDomain")) addDomain(graph, hosts, id, name);
  readFact(subjects, "lyncConfiguration", singletonId.lyncConfiguration, "hostingProviders", notShown);
  for (const { id, name } of subjects.all("hostingProvider")) addProvider(graph, id, name);
}

/** The node behind every host name that a record can lead to. */
function hostNodes({ subjects, notShown, nodes }: MapGraph): ReadonlyMap<string, string> {
  const hosts = new Map<string, string>();
  const put = (name: string, node: string): void => {
    if (nodes.has(node) && !hosts.has(name)) hosts.set(name, node);
  };
  for (const { id } of subjects.all("lyncPool")) {
    const fqdn = readFact(subjects, "lyncPool", id, "fqdn", notShown) ?? "";
    for (const name of [fqdn, ...(readFact(subjects, "lyncPool", id, "frontEnds", notShown) ?? [])]) put(name, poolNode(fqdn));
  }
  for (const { id } of subjects.all("topologyPool")) {
    const fqdn = readFact(subjects, "topologyPool", id, "fqdn", notShown) ?? "";
    const names = [fqdn, ...(readFact(subjects, "topologyPool", id, "machines", notShown) ?? [])];
    for (const name of names) put(name, poolNode(fqdn));
    for (const name of [...names, ...(readFact(subjects, "topologyPool", id, "externalFqdns", notShown) ?? [])]) put(name, edgeNode(fqdn));
  }
  for (const { id } of subjects.all("exchangeServer")) put(readFact(subjects, "exchangeServer", id, "fqdn", notShown) ?? "", nodeId("exchange-server", id));
  return hosts;
}

function targetsOf({ subjects, notShown }: MapGraph, domain: string, fact: SrvFact): { readonly record: string; readonly targets: FactValue<"srvRecordSet", "targets"> } | undefined {
  const record = readFact(subjects, "sipDomain", domain, fact, notShown);
  const targets = record === undefined ? undefined : readFact(subjects, "srvRecordSet", record, "targets", notShown);
  return record === undefined || targets === undefined ? undefined : { record, targets };
}

function addDomain(graph: MapGraph, hosts: ReadonlyMap<string, string>, id: string, name: string): void {
  const { subjects, notShown } = graph;
  const node = nodeId("sip-domain", id);
  const isDefault = subjects.get("sipDomain", id)?.facts["isDefault"];
  addNode(graph, { id: node, kind: "sip-domain", label: name, detail: isDefault?.state === "known" && isDefault.value === true ? "default SIP domain" : undefined, subjects: [refTo(subjects, "sipDomain", id)] });
  for (const fact of ["internalTls", "externalTls", "federation"] as const) {
    const found = targetsOf(graph, id, fact);
    for (const { target } of found?.targets ?? []) {
      const to = hosts.get(target);
      if (to === undefined) notShown.add(`${services[fact]} of ${name} leads to ${target}, which is no server or pool of this map.`);
      else addEdge(graph, { from: node, to, label: services[fact], subjects: [refTo(subjects, "srvRecordSet", found?.record ?? "")] });
    }
  }
}

function addProvider(graph: MapGraph, id: string, name: string): void {
  const { subjects, notShown } = graph;
  if (readFact(subjects, "hostingProvider", id, "isLocal", notShown) === true) return;
  const proxy = readFact(subjects, "hostingProvider", id, "proxyFqdn", notShown);
  const enabled = readFact(subjects, "hostingProvider", id, "enabled", notShown);
  const node = nodeId("provider", id);
  addNode(graph, { id: node, kind: "provider", label: name, detail: `${proxy ?? "proxy not read"}${enabled === false ? ", disabled" : ""}`, subjects: [refTo(subjects, "hostingProvider", id)] });
  for (const edge of graph.nodes.values()) if (edge.kind === "edge-pool") addEdge(graph, { from: edge.id, to: node, label: "hosting provider", subjects: [] });
}

import { singletonId } from "../../../model/ids.ts";
import type { SubjectRef } from "../../../model/subject.ts";
import { readFact, refTo } from "../read-fact.ts";
import { addEdge, addNode, nodeId, refsTo, type MapGraph } from "./graph.ts";

const configuration = singletonId.lyncConfiguration;
const versions: ReadonlyMap<number, string> = new Map([[5, "Lync 2010"], [6, "Lync 2013"], [7, "Skype for Business 2015"], [8, "Skype for Business 2019"]]);

/** Pools of directory and topology, Edge pools and PSTN gateways. */
export function addLync(graph: MapGraph): void {
  const { subjects, notShown } = graph;
  for (const { id } of subjects.all("lyncDeployment")) for (const fact of ["pools", "edgePools"] as const) readFact(subjects, "lyncDeployment", id, fact, notShown);
  readFact(subjects, "lyncConfiguration", configuration, "topologyPools", notShown);
  for (const { id } of subjects.all("lyncPool")) addPool(graph, id);
  for (const { id } of subjects.all("topologyPool")) addTopologyPool(graph, id);
  for (const { id } of subjects.all("lyncDeployment")) addNamedEdges(graph, id);
  readFact(subjects, "lyncConfiguration", configuration, "pstnGateways", notShown);
  for (const { id, name } of subjects.all("pstnGateway")) addPstnGateway(graph, id, name);
  joinEdges(graph);
}

/** Pools are found by FQDN, which gateways, trunks and records name. */
export function poolNode(fqdn: string): string {
  return nodeId("pool", fqdn);
}

/** Edge pools are found by their inside FQDN. */
export function edgeNode(fqdn: string): string {
  return nodeId("edge-pool", fqdn);
}

function addPool(graph: MapGraph, id: string): void {
  const { subjects, notShown } = graph;
  const fqdn = readFact(subjects, "lyncPool", id, "fqdn", notShown);
  if (fqdn === undefined) return;
  const topology = readFact(subjects, "lyncPool", id, "topologyPool", notShown);
  const branch = readFact(subjects, "lyncPool", id, "branch", notShown) === true;
  const director = readFact(subjects, "lyncPool", id, "director", notShown) === true;
  const what = branch ? "survivable branch" : director ? "Director" : "Front End";
  const about = [refTo(subjects, "lyncPool", id), ...(topology === undefined ? [] : [refTo(subjects, "topologyPool", topology)]), ...refsTo(subjects, "endpoint", readFact(subjects, "lyncPool", id, "endpoints", notShown) ?? [])];
  const forest = readFact(subjects, "lyncPool", id, "forest", notShown);
  addNode(graph, { id: poolNode(fqdn), kind: "pool", label: fqdn, detail: [what, ...(topology === undefined ? [] : topologyText(graph, topology, what))].join(", "), parent: forest === undefined ? undefined : nodeId("forest", forest), subjects: about });
  for (const gateway of readFact(subjects, "lyncPool", id, "gateways", notShown) ?? []) addEdge(graph, { from: nodeId("gateway", gateway), to: poolNode(fqdn), label: "address", subjects: [] });
}

function topologyText({ subjects, notShown }: MapGraph, id: string, told: string): readonly string[] {
  const roles = readFact(subjects, "topologyPool", id, "roles", notShown) ?? [];
  const version = readFact(subjects, "topologyPool", id, "serviceVersion", notShown);
  return [...(roles.includes("MediationServer") && told !== "Mediation" ? ["Mediation"] : []), ...(version === undefined ? ["version not read"] : [versions.get(version) ?? `service version ${version}`])];
}

/** The forest of the only Lync deployment: a topology does not say in which forest its machines are. */
function onlyForest({ subjects, notShown }: MapGraph): string | undefined {
  const [first, ...others] = subjects.all("lyncDeployment");
  const forest = first === undefined || others.length > 0 ? undefined : readFact(subjects, "lyncDeployment", first.id, "forest", notShown);
  return forest === undefined ? undefined : nodeId("forest", forest);
}

/** Pools that only the topology knows. File stores, databases and gateways are pools of it, too, and not meant here. */
function addTopologyPool(graph: MapGraph, id: string): void {
  const { subjects, notShown } = graph;
  const fqdn = readFact(subjects, "topologyPool", id, "fqdn", notShown);
  const roles = readFact(subjects, "topologyPool", id, "roles", notShown);
  if (fqdn === undefined || roles === undefined) return;
  const about = [refTo(subjects, "topologyPool", id)];
  if (roles.includes("EdgeServer")) {
    const outside = readFact(subjects, "topologyPool", id, "accessEdgeFqdn", notShown);
    addNode(graph, { id: edgeNode(fqdn), kind: "edge-pool", label: fqdn, detail: [...(outside === undefined ? [] : [outside]), ...topologyText(graph, id, "Edge")].join(", "), subjects: [...about, ...edgeEndpoints(graph, [fqdn, ...(outside === undefined ? [] : [outside])])] });
  } else if (roles.includes("Registrar") || roles.includes("MediationServer")) {
    const what = roles.includes("Registrar") ? (readFact(subjects, "topologyPool", id, "director", notShown) === true ? "Director" : "Front End") : "Mediation";
    addNode(graph, { id: poolNode(fqdn), kind: "pool", label: fqdn, detail: [what, ...topologyText(graph, id, what)].join(", "), parent: onlyForest(graph), subjects: about });
  }
}

function edgeEndpoints({ subjects }: MapGraph, hosts: readonly string[]): readonly SubjectRef[] {
  const sides = ["edge-internal", "edge-external"];
  const meant = subjects.all("endpoint").filter(({ facts: { side, host } }) => side?.state === "known" && host?.state === "known" && sides.includes(String(side.value)) && hosts.includes(String(host.value)));
  return meant.map(({ id }) => refTo(subjects, "endpoint", id));
}

function addNamedEdges(graph: MapGraph, deployment: string): void {
  for (const fqdn of readFact(graph.subjects, "lyncDeployment", deployment, "edgePools", graph.notShown) ?? []) addNode(graph, { id: edgeNode(fqdn), kind: "edge-pool", label: fqdn, detail: "topology not read", subjects: edgeEndpoints(graph, [fqdn]) });
}

function addPstnGateway(graph: MapGraph, id: string, name: string): void {
  const { subjects, notShown } = graph;
  const node = nodeId("pstn-gateway", id);
  const site = readFact(subjects, "pstnGateway", id, "site", notShown);
  addNode(graph, { id: node, kind: "pstn-gateway", label: name, detail: site === undefined ? undefined : `site ${site}`, subjects: [refTo(subjects, "pstnGateway", id)] });
  for (const fqdn of readFact(subjects, "pstnGateway", id, "mediationPools", notShown) ?? []) addEdge(graph, { from: poolNode(fqdn), to: node, label: "trunk", subjects: [] });
}

/** Which pool uses which Edge pool is not among the facts: all pools of a deployment can reach its Edge pools. With one Edge pool it is plain. */
function joinEdges(graph: MapGraph): void {
  const edges = [...graph.nodes.values()].filter(({ kind }) => kind === "edge-pool");
  const [only] = edges;
  if (only === undefined) return;
  if (edges.length > 1) graph.notShown.add(`Which pool uses which of the ${edges.length} Edge pools is not read: no lines are drawn between them.`);
  else for (const { id, kind } of graph.nodes.values()) if (kind === "pool") addEdge(graph, { from: id, to: only.id, label: "the only Edge pool", subjects: [] });
}

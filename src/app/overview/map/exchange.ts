import type { FactValue, RecordValue } from "../../../model/kinds.ts";
import type { SubjectRef } from "../../../model/subject.ts";
import { readFact, refTo } from "../read-fact.ts";
import { addEdge, addNode, nodeId, refsTo, type MapGraph } from "./graph.ts";

/** Dial plans, servers, gateways, hunt groups and auto attendants of the Exchange organisations. */
export function addExchange(graph: MapGraph): void {
  const { subjects, notShown } = graph;
  for (const { id } of subjects.all("exchangeOrganization")) for (const fact of ["dialPlans", "ipGateways", "huntGroups", "autoAttendants", "servers", "callRouters"] as const) readFact(subjects, "exchangeOrganization", id, fact, notShown);
  for (const { id, name } of subjects.all("umDialPlan")) addPlan(graph, id, name);
  for (const { id, name } of subjects.all("exchangeServer")) addServer(graph, id, name);
  for (const { id, name } of subjects.all("umIpGateway")) addGateway(graph, id, name);
  for (const { id, name } of subjects.all("umHuntGroup")) addHuntGroup(graph, id, name);
  for (const { id, name } of subjects.all("umAutoAttendant")) addAutoAttendant(graph, id, name);
}

function forestOf(forest: string | undefined): string | undefined {
  return forest === undefined ? undefined : nodeId("forest", forest);
}

function addPlan(graph: MapGraph, id: string, name: string): void {
  const { subjects, notShown } = graph;
  const uriType = readFact(subjects, "umDialPlan", id, "uriType", notShown);
  const security = readFact(subjects, "umDialPlan", id, "voipSecurity", notShown);
  addNode(graph, { id: nodeId("dial-plan", id), kind: "dial-plan", label: name, detail: [uriType ?? "URI type not read", security ?? "security not read"].join(", "), parent: forestOf(readFact(subjects, "umDialPlan", id, "forest", notShown)), subjects: [refTo(subjects, "umDialPlan", id)] });
}

/** `Exchange2010SP3` as people write it. */
export function productText(product: FactValue<"exchangeServer", "product">): string {
  return product.replace(/^Exchange(\d{4})/u, "Exchange $1 ").trimEnd();
}

function versionText({ major, minor, build }: RecordValue<"Version">): string {
  return `${major}.${minor}.${build}`;
}

function addServer(graph: MapGraph, id: string, name: string): void {
  const { subjects, notShown } = graph;
  const product = readFact(subjects, "exchangeServer", id, "product", notShown);
  const version = readFact(subjects, "exchangeServer", id, "version", notShown);
  const router = readFact(subjects, "exchangeServer", id, "callRouter", notShown);
  const endpoints = readFact(subjects, "exchangeServer", id, "endpoints", notShown) ?? [];
  const detail = `${product === undefined ? "version not read" : productText(product)}${version === undefined ? "" : ` (${versionText(version)})`}`;
  const about: readonly SubjectRef[] = [refTo(subjects, "exchangeServer", id), ...(router === undefined ? [] : [refTo(subjects, "umCallRouter", router)]), ...refsTo(subjects, "endpoint", endpoints)];
  const node = nodeId("exchange-server", id);
  addNode(graph, { id: node, kind: "exchange-server", label: name, detail, parent: forestOf(readFact(subjects, "exchangeServer", id, "forest", notShown)), subjects: about });
  const plans = new Set([...(readFact(subjects, "exchangeServer", id, "dialPlans", notShown) ?? []), ...(router === undefined ? [] : (readFact(subjects, "umCallRouter", router, "dialPlans", notShown) ?? []))]);
  for (const plan of plans) addEdge(graph, { from: node, to: nodeId("dial-plan", plan), label: "serves", subjects: [] });
}

function addGateway(graph: MapGraph, id: string, name: string): void {
  const { subjects, notShown } = graph;
  const address = readFact(subjects, "umIpGateway", id, "address", notShown);
  const status = readFact(subjects, "umIpGateway", id, "status", notShown);
  const node = nodeId("gateway", id);
  addNode(graph, { id: node, kind: "gateway", label: name, detail: `${address ?? "address not read"}${status === undefined || status === "Enabled" ? "" : `, ${status}`}`, parent: forestOf(readFact(subjects, "umIpGateway", id, "forest", notShown)), subjects: [refTo(subjects, "umIpGateway", id)] });
}

function addHuntGroup(graph: MapGraph, id: string, name: string): void {
  const { subjects, notShown } = graph;
  const gateway = readFact(subjects, "umHuntGroup", id, "gateway", notShown);
  const plan = readFact(subjects, "umHuntGroup", id, "dialPlan", notShown);
  const pilot = readFact(subjects, "umHuntGroup", id, "pilotIdentifier", notShown);
  const node = nodeId("hunt-group", id);
  const parent = graph.nodes.get(nodeId("gateway", gateway ?? ""))?.parent;
  const about = [refTo(subjects, "umHuntGroup", id)];
  addNode(graph, { id: node, kind: "hunt-group", label: name, detail: pilot === undefined || pilot === name ? undefined : `pilot ${pilot}`, parent, subjects: about });
  if (plan !== undefined) addEdge(graph, { from: nodeId("dial-plan", plan), to: node, label: "hunt group", subjects: about });
  if (gateway !== undefined) addEdge(graph, { from: node, to: nodeId("gateway", gateway), label: "hunt group", subjects: about });
}

function addAutoAttendant(graph: MapGraph, id: string, name: string): void {
  const { subjects, notShown } = graph;
  const plan = readFact(subjects, "umAutoAttendant", id, "dialPlan", notShown);
  const enabled = readFact(subjects, "umAutoAttendant", id, "enabled", notShown);
  const node = nodeId("auto-attendant", id);
  addNode(graph, { id: node, kind: "auto-attendant", label: name, detail: enabled === false ? "disabled" : undefined, parent: graph.nodes.get(nodeId("dial-plan", plan ?? ""))?.parent, subjects: [refTo(subjects, "umAutoAttendant", id)] });
  if (plan !== undefined) addEdge(graph, { from: node, to: nodeId("dial-plan", plan), label: "auto attendant", subjects: [] });
}

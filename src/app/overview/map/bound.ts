import { compareText } from "../../../model/compare-text.ts";
import type { DeploymentMap, MapEdge, MapNode, MapNodeKind } from "../../../model/overview.ts";
import { counted } from "../../../report/shorten.ts";
import { firstFew } from "../read-fact.ts";
import { addEdge, distinct, type MapGraph } from "./graph.ts";

/** More of a kind in one place are drawn as one: nobody reads them one by one on a picture. */
const kindLimit: Readonly<Record<MapNodeKind, number>> = { forest: 40, "dial-plan": 40, gateway: 40, "hunt-group": 24, "auto-attendant": 24, "exchange-server": 48, pool: 40, "edge-pool": 20, "pstn-gateway": 30, provider: 20, "sip-domain": 30 };
const kindText: Readonly<Record<MapNodeKind, string>> = { forest: "forest", "dial-plan": "dial plan", gateway: "UM IP gateway", "hunt-group": "hunt group", "auto-attendant": "auto attendant", "exchange-server": "Exchange server", pool: "pool", "edge-pool": "Edge pool", "pstn-gateway": "PSTN gateway", provider: "hosting provider", "sip-domain": "SIP domain" };
const edgeLimit = 3000;
/** Of all nodes and edges together: a report is held in memory but for its findings. */
const subjectLimit = 20_000;
const notShownLimit = 50;

/** Makes a map small enough to be drawn and to be held in memory, and says what it leaves out. */
export function boundedMap(graph: MapGraph): DeploymentMap {
  collapseHuntGroups(graph);
  const stand = new Map<string, string>();
  const byPlace = Map.groupBy(graph.nodes.values(), ({ kind, parent = "" }) => `${kind} ${parent}`);
  const nodes = [...byPlace.values()].flatMap((these) => together(these, graph, stand));
  const edges = redirected(graph, stand);
  if (edges.length > edgeLimit) graph.notShown.add(`${edges.length - edgeLimit} of ${edges.length} lines are left out.`);
  const budget = { left: subjectLimit, cut: 0 };
  const bounded = { nodes: nodes.map((node) => cut(node, budget)), edges: edges.slice(0, edgeLimit).map((edge) => cut(edge, budget)) };
  if (budget.cut > 0) graph.notShown.add(`The outcomes of ${counted(budget.cut, "subject")} colour nothing here: there are too many.`);
  return { ...bounded, notShown: firstFew(graph.notShown, notShownLimit) };
}

/** A script makes a hunt group for every gateway and plan: hundreds are lines between the two instead. */
function collapseHuntGroups({ nodes, edges, notShown, subjects }: MapGraph): void {
  const groups = [...nodes.values()].filter(({ kind }) => kind === "hunt-group");
  if (groups.length <= kindLimit["hunt-group"]) return;
  const ends = new Map(groups.map(({ id }): [string, { plan?: MapEdge; gateway?: MapEdge }] => [id, {}]));
  for (const [key, edge] of edges) {
    const [to, from] = [ends.get(edge.to), ends.get(edge.from)];
    if (to !== undefined) to.plan = edge;
    if (from !== undefined) from.gateway = edge;
    if (to !== undefined || from !== undefined) edges.delete(key);
  }
  for (const { id } of groups) nodes.delete(id);
  for (const { plan, gateway } of ends.values()) if (plan !== undefined && gateway !== undefined) addEdge({ nodes, edges, notShown, subjects }, { from: plan.from, to: gateway.to, label: "hunt group", subjects: plan.subjects });
  notShown.add(`${counted(groups.length, "hunt group")} are drawn as lines between dial plans and gateways.`);
}

function together(these: readonly MapNode[], { notShown }: MapGraph, stand: Map<string, string>): readonly MapNode[] {
  const [first] = these;
  if (first === undefined || these.length <= kindLimit[first.kind]) return these;
  const id = `many/${first.kind}/${first.parent ?? ""}`;
  for (const one of these) stand.set(one.id, id);
  const names = these.map(({ label }) => label).toSorted(compareText);
  const label = counted(these.length, kindText[first.kind]);
  notShown.add(`${label}${first.parent === undefined ? "" : ` of ${first.parent.slice(first.parent.indexOf("/") + 1)}`} are drawn as one.`);
  return [{ id, kind: first.kind, label, detail: `${names[0] ?? ""} … ${names.at(-1) ?? ""}`, ...(first.parent === undefined ? {} : { parent: first.parent }), subjects: distinct(these.flatMap(({ subjects }) => subjects)), count: these.length }];
}

function redirected({ edges }: MapGraph, stand: ReadonlyMap<string, string>): readonly MapEdge[] {
  const merged = new Map<string, { readonly edge: MapEdge; readonly subjects: MapEdge["subjects"][number][] }>();
  for (const edge of edges.values()) {
    const [from, to] = [stand.get(edge.from) ?? edge.from, stand.get(edge.to) ?? edge.to];
    const key = JSON.stringify([from, to, edge.label]);
    const before = merged.get(key);
    if (before === undefined) merged.set(key, { edge: { ...edge, from, to }, subjects: [...edge.subjects] });
    else before.subjects.push(...edge.subjects);
  }
  return [...merged.values()].map(({ edge, subjects }) => ({ ...edge, subjects: distinct(subjects) }));
}

function cut<T extends Pick<MapNode, "subjects">>(thing: T, budget: { left: number; cut: number }): T {
  const subjects = thing.subjects.slice(0, Math.max(0, budget.left));
  budget.left -= subjects.length;
  budget.cut += thing.subjects.length - subjects.length;
  return { ...thing, subjects };
}

import { singletonId } from "../../../model/ids.ts";
import type { SubjectRef } from "../../../model/subject.ts";
import { readFact, refTo } from "../read-fact.ts";
import { addEdge, addNode, nodeId, refsTo, type MapGraph } from "./graph.ts";

const roleText = { lync: "Lync", exchange: "Exchange" } as const;

/** Forests, with the organisations and deployments in them, and the trusts between them. */
export function addForests(graph: MapGraph): void {
  const { subjects, notShown } = graph;
  readFact(subjects, "deployment", singletonId.deployment, "forests", notShown);
  for (const { id, name } of subjects.all("forest")) {
    const roles = readFact(subjects, "forest", id, "roles", notShown) ?? [];
    const organization = roles.includes("exchange") ? readFact(subjects, "forest", id, "exchangeOrganization", notShown) : undefined;
    const deployment = roles.includes("lync") ? readFact(subjects, "forest", id, "lyncDeployment", notShown) : undefined;
    const inside = [...(organization === undefined ? [] : [refTo(subjects, "exchangeOrganization", organization)]), ...(deployment === undefined ? [] : [refTo(subjects, "lyncDeployment", deployment)])];
    addNode(graph, { id: nodeId("forest", id), kind: "forest", label: name, detail: roles.map((role) => roleText[role]).join(", "), subjects: [refTo(subjects, "forest", id), ...inside, ...containersOf(graph, organization)] });
  }
  for (const { id } of subjects.all("forest")) addTrusts(graph, id);
}

function containersOf({ subjects, notShown }: MapGraph, organization: string | undefined): readonly SubjectRef[] {
  return organization === undefined ? [] : refsTo(subjects, "exchangeContainer", readFact(subjects, "exchangeOrganization", organization, "containers", notShown) ?? []);
}

/** Each side has an object of its own for a trust: both colour one edge, from the forest that trusts to the one that is trusted. */
function addTrusts(graph: MapGraph, forest: string): void {
  const { subjects, notShown } = graph;
  const elsewhere: string[] = [];
  for (const id of readFact(subjects, "forest", forest, "trusts", notShown) ?? []) {
    if (readFact(subjects, "trust", id, "withinForest", notShown) === true) continue;
    const partner = readFact(subjects, "trust", id, "partner", notShown);
    const direction = readFact(subjects, "trust", id, "direction", notShown);
    if (partner === undefined || direction === undefined) continue;
    const other = subjects.all("forest").find(({ id: one, name }) => one === partner || name.toLowerCase() === partner);
    if (other === undefined) elsewhere.push(partner);
    else addTrust(graph, { id, from: nodeId("forest", forest), to: nodeId("forest", other.id), direction });
  }
  if (elsewhere.length > 0) notShown.add(`Trusts of ${forest} with domains that were not to be read: ${elsewhere.slice(0, 5).join(", ")}${elsewhere.length > 5 ? ` and ${elsewhere.length - 5} more` : ""}.`);
}

interface Trust {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly direction: "disabled" | "inbound" | "outbound" | "bidirectional";
}

function addTrust(graph: MapGraph, { id, from, to, direction }: Trust): void {
  const subjects = [refTo(graph.subjects, "trust", id)];
  switch (direction) {
    case "outbound":
      return addEdge(graph, { from, to, label: "trusts", subjects });
    case "inbound":
      return addEdge(graph, { from: to, to: from, label: "trusts", subjects });
    case "bidirectional": {
      const [first = from, second = to] = [from, to].toSorted();
      return addEdge(graph, { from: first, to: second, label: "trust each other", bothWays: true, subjects });
    }
    case "disabled":
      return addEdge(graph, { from, to, label: "trust is disabled", subjects });
    default:
      return direction satisfies never;
  }
}

import type { DeploymentMap, MapEdge, MapNode } from "../../model/overview.ts";
import type { DrawingWords } from "../words/page-words.ts";

/** A line of the drawing: an edge of the map, or half of many that run through one dot. */
export interface MapLine extends MapEdge {
  /** Whether its end has an arrow. */
  readonly arrow: boolean;
}

/** A dot through which the lines from each of some nodes to each of others run: forty servers in thirty dial plans are 70 lines and not 1,200. */
export interface MapDot {
  readonly id: string;
  readonly parent: string | undefined;
  readonly title: string;
}

/** What is drawn between nodes. */
export interface MapLines {
  readonly lines: readonly MapLine[];
  readonly dots: readonly MapDot[];
  /** Trusts: they join frames, not boxes. */
  readonly trusts: readonly MapEdge[];
}

/** How many lines a dot must save. */
const leastSaved = 4;

/** The lines of a map. Nodes with the same neighbours by edges of the same label share a dot. */
export function mapLines({ nodes, edges }: DeploymentMap, words: DrawingWords): MapLines {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const drawn = edges.filter(({ from, to }) => byId.has(from) && byId.has(to) && from !== to);
  const isTrust = ({ from, to }: MapEdge): boolean => byId.get(from)?.kind === "forest" && byId.get(to)?.kind === "forest";
  const lines: MapLine[] = [];
  const dots: MapDot[] = [];
  for (const bundle of bundlesOf(drawn.filter((edge) => !isTrust(edge) && byId.get(edge.from)?.kind !== "forest" && byId.get(edge.to)?.kind !== "forest"))) {
    const { sources, targets } = bundle;
    if (sources.size * targets.size < sources.size + targets.size + leastSaved) lines.push(...bundle.edges.map((edge) => ({ ...edge, arrow: true })));
    else addDot(bundle, byId, dots, lines, words);
  }
  return { lines, dots, trusts: drawn.filter(isTrust) };
}

interface Bundle {
  readonly label: string;
  readonly edges: MapEdge[];
  readonly sources: Map<string, MapEdge[]>;
  readonly targets: Map<string, MapEdge[]>;
}

function bundlesOf(edges: readonly MapEdge[]): Iterable<Bundle> {
  const bySource = Map.groupBy(edges, ({ from, label, bothWays }) => JSON.stringify([from, label, bothWays === true]));
  const bundles = new Map<string, Bundle>();
  for (const these of bySource.values()) {
    const [first] = these;
    if (first === undefined) continue;
    const key = JSON.stringify([first.label, first.bothWays === true, these.map(({ to }) => to).toSorted()]);
    const bundle = bundles.get(key) ?? { label: first.label, edges: [], sources: new Map<string, MapEdge[]>(), targets: new Map<string, MapEdge[]>() };
    bundles.set(key, bundle);
    for (const edge of these) {
      bundle.edges.push(edge);
      append(bundle.sources, edge.from, edge);
      append(bundle.targets, edge.to, edge);
    }
  }
  return bundles.values();
}

function append(lists: Map<string, MapEdge[]>, key: string, edge: MapEdge): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [edge]);
  else list.push(edge);
}

function addDot({ label, sources, targets }: Bundle, byId: ReadonlyMap<string, MapNode>, dots: MapDot[], lines: MapLine[], words: DrawingWords): void {
  const id = `dot/${dots.length}`;
  const parents = new Set([...sources.keys(), ...targets.keys()].map((one) => byId.get(one)?.parent));
  const [parent] = parents;
  dots.push({ id, parent: parents.size === 1 ? parent : undefined, title: words.eachWithEach(label, sources.size, targets.size) });
  const half = (edges: readonly MapEdge[]): Pick<MapLine, "label" | "subjects"> => ({ label, subjects: edges.flatMap(({ subjects }) => subjects) });
  for (const [from, edges] of sources) lines.push({ from, to: id, arrow: false, ...half(edges) });
  for (const [to, edges] of targets) lines.push({ from: id, to, arrow: true, ...half(edges) });
}

import type { DeploymentMap, MapEdge, MapNode, MapNodeKind } from "../../model/overview.ts";

/** Columns in which kinds stand from left to right. A line leads to a later one, but for those of SIP domains, which name what is before them. */
const column: Readonly<Record<MapNodeKind, number>> = { forest: 0, "exchange-server": 1, "auto-attendant": 1, "dial-plan": 2, "hunt-group": 3, gateway: 4, pool: 5, "edge-pool": 6, "pstn-gateway": 6, provider: 7, "sip-domain": 8 };

/** Whether a line joins what such lines join on a map of this program: trusts join forests, others lead across the columns. Any other could make a drawing of hundreds of columns, at which the layout would work for minutes. */
function fits(from: MapNode, to: MapNode): boolean {
  if (from.kind === "forest" || to.kind === "forest") return from.kind === to.kind;
  return from.kind === "sip-domain" ? column[to.kind] < column[from.kind] : column[from.kind] < column[to.kind];
}

/**
 * The same map with numbers for ids, as the layout takes it. The library keeps nodes in plain objects, where ids of somebody else's report such as `__proto__` would reach
 * every object of the program. Of nodes with the same id the first counts; only forests hold others, and none holds a forest; lines that no map of this program has
 * are left out.
 */
export function numberedMap({ nodes, edges, notShown }: DeploymentMap): DeploymentMap {
  const first = new Map(nodes.toReversed().map((node) => [node.id, node]));
  const kept = nodes.filter((node) => first.get(node.id) === node);
  const numbers = new Map(kept.map(({ id }, index) => [id, `node/${index}`]));
  const parentOf = ({ kind, parent }: MapNode): string | undefined => (kind === "forest" || parent === undefined || first.get(parent)?.kind !== "forest" ? undefined : numbers.get(parent));
  return {
    notShown,
    nodes: kept.map((node) => {
      const { parent: _, ...own } = node;
      const parent = parentOf(node);
      return { ...own, id: numbers.get(node.id) ?? "", ...(parent === undefined ? {} : { parent }) };
    }),
    edges: edges.flatMap((edge): readonly MapEdge[] => {
      const [from, to] = [first.get(edge.from), first.get(edge.to)];
      return from === undefined || to === undefined || !fits(from, to) ? [] : [{ ...edge, from: numbers.get(from.id) ?? "", to: numbers.get(to.id) ?? "" }];
    }),
  };
}

import { Graph, layout } from "@dagrejs/dagre";
import type { DeploymentMap, MapNode } from "../../model/overview.ts";
import { wordsOf } from "../words.ts";
import { frameAround, roomForFrames } from "./map-frames.ts";
import { mapLines, type MapDot, type MapLine } from "./map-lines.ts";
import { around, centre, type Place, type Point } from "./map-place.ts";
import { route } from "./map-route.ts";
import { boxOf, type NodeBox } from "./map-text.ts";
import { drawTrusts, trustGap, type DrawnTrust } from "./map-trusts.ts";

/** Where everything on the map is. */
export interface MapLayout {
  readonly width: number;
  readonly height: number;
  readonly frames: readonly { readonly node: MapNode; readonly place: Place }[];
  readonly boxes: readonly { readonly node: MapNode; readonly box: NodeBox; readonly place: Place }[];
  readonly dots: readonly { readonly dot: MapDot; readonly at: Point }[];
  readonly lines: readonly { readonly line: MapLine; readonly points: readonly Point[] }[];
  readonly trusts: readonly DrawnTrust[];
  /** Lines that are not drawn, because they are too many. */
  readonly undrawn: number;
}

/** What the library places within seconds. */
const lineLimit = 300;
const margin = 10;
const dotSize = 10;

/** Kinds that stand at the end, whatever direction their lines have. */
const endsLast = new Set<MapNode["kind"]>(["sip-domain"]);

interface Parts {
  readonly frames: readonly MapNode[];
  readonly boxed: readonly { readonly node: MapNode; readonly box: NodeBox }[];
  readonly dots: readonly MapDot[];
  readonly lines: readonly MapLine[];
}

/** Lets the library place boxes, dots and the points of lines. */
function graphOf({ frames, boxed, dots, lines }: Parts, ends: (line: MapLine) => readonly [string, string]): Graph {
  const graph = new Graph({ compound: true, multigraph: true });
  graph.setGraph({ rankdir: "LR", nodesep: 12, edgesep: 8, ranksep: 64, marginx: margin, marginy: margin });
  const framed = new Set(frames.map(({ id }) => id));
  for (const id of framed) graph.setNode(id, {});
  for (const { node, box } of boxed) graph.setNode(node.id, { width: box.width, height: box.height });
  for (const { id } of dots) graph.setNode(id, { width: dotSize, height: dotSize });
  for (const { id, parent } of [...boxed.map(({ node }) => node), ...dots]) if (parent !== undefined && framed.has(parent)) graph.setParent(id, parent);
  for (const [index, line] of lines.entries()) graph.setEdge(...ends(line), {}, String(index));
  layout(graph);
  return graph;
}

function placeIn(graph: Graph, id: string): Place {
  const { x = 0, y = 0, width = 0, height = 0 } = graph.node(id) as { x?: number; y?: number; width?: number; height?: number };
  return { x: x - width / 2, y: y - height / 2, width, height };
}

/** Places nodes from left to right along their edges, forests as frames around what is in them. */
export function mapLayout(map: DeploymentMap, words = wordsOf().page.drawing): MapLayout {
  const { lines: all, dots, trusts } = mapLines(map, words);
  const lines = all.slice(0, lineLimit);
  const kinds = new Map(map.nodes.map(({ id, kind }) => [id, kind]));
  const inside = new Set(map.nodes.flatMap(({ parent }) => (parent === undefined ? [] : [parent])));
  const frames = map.nodes.filter(({ kind, id }) => kind === "forest" && inside.has(id));
  const framed = new Set(frames.map(({ id }) => id));
  const boxed = map.nodes.filter(({ id }) => !framed.has(id)).map((node) => ({ node, box: boxOf(node, words) }));
  const turned = ({ from }: MapLine): boolean => endsLast.has(kinds.get(from) ?? "forest");
  const ends = (line: MapLine): readonly [string, string] => (turned(line) ? [line.to, line.from] : [line.from, line.to]);
  const graph = graphOf({ frames, boxed, dots, lines }, ends);
  const members = frames.map(({ id }) => boxed.filter(({ node }) => node.parent === id).map(({ node }) => placeIn(graph, node.id)));
  const down = roomForFrames(members, boxed.filter(({ node }) => node.parent === undefined || !framed.has(node.parent)).map(({ node }) => placeIn(graph, node.id)));
  const at = (id: string): Place => {
    const place = placeIn(graph, id);
    return { ...place, y: place.y + down(place.y) };
  };
  const places = new Map([...boxed.map(({ node }) => node), ...dots].map(({ id }): [string, Place] => [id, at(id)]));
  const placeOf = (id: string): Place => places.get(id) ?? { x: 0, y: 0, width: 0, height: 0 };
  for (const { id } of frames) places.set(id, frameAround(boxed.filter(({ node }) => node.parent === id).map(({ node }) => placeOf(node.id))));
  const obstacles = boxed.map(({ node }) => placeOf(node.id));
  return moved({
    frames: frames.map((node) => ({ node, place: placeOf(node.id) })),
    boxes: boxed.map(({ node, box }) => ({ node, box, place: placeOf(node.id) })),
    dots: dots.map((dot) => ({ dot, at: centre(placeOf(dot.id)) })),
    lines: lines.map((line, index) => {
      const [from, to] = ends(line);
      const { points = [] } = graph.edge(from, to, String(index)) as { points?: readonly Point[] };
      const whole = route(placeOf(from), points.slice(1, -1).map(({ x, y }) => ({ x, y: y + down(y) })), placeOf(to), obstacles);
      return { line, points: turned(line) ? whole.toReversed() : whole };
    }),
    trusts: drawTrusts(trusts, placeOf, [...frames.map(({ id }) => placeOf(id)), ...obstacles]),
    undrawn: all.length - lines.length,
  });
}

type Unmoved = Omit<MapLayout, "width" | "height">;

/** Everything moved so that all of it is on the drawing, which begins at 0,0. */
function moved({ frames, boxes, dots, lines, trusts, undrawn }: Unmoved): MapLayout {
  const spot = ({ x, y }: Point): Place => ({ x, y, width: 0, height: 0 });
  const { x: left, y: top, width, height } = around([
    { x: 0, y: 0, width: 200, height: 40 },
    ...[...frames, ...boxes].map(({ place }) => place),
    ...lines.flatMap(({ points }) => points.map(spot)),
    ...trusts.flatMap(({ points }) => points.map(({ x, y }) => spot({ x, y: y - trustGap / 2 }))),
  ]);
  const point = ({ x, y }: Point): Point => ({ x: x - left + margin, y: y - top + margin });
  const place = (one: Place): Place => ({ ...one, ...point(one) });
  return {
    undrawn,
    width: width + 2 * margin,
    height: height + 2 * margin,
    frames: frames.map((frame) => ({ ...frame, place: place(frame.place) })),
    boxes: boxes.map((box) => ({ ...box, place: place(box.place) })),
    dots: dots.map(({ dot, at }) => ({ dot, at: point(at) })),
    lines: lines.map((line) => ({ ...line, points: line.points.map(point) })),
    trusts: trusts.map((trust) => ({ ...trust, points: trust.points.map(point) })),
  };
}

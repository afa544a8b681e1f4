import type { MapEdge } from "../../model/overview.ts";
import { overlapAcross, type Place, type Point } from "./map-place.ts";

/** Between the lines of two trusts. */
export const trustGap = 26;
/** Below the top of a frame, beside its name. */
const nameHeight = 17;

/** A trust as it is drawn: over everything with its name, or from side to side without. */
export interface DrawnTrust {
  readonly edge: MapEdge;
  readonly points: readonly Point[];
  readonly over: boolean;
}

/** The lines of trusts between frames: over the tops where nothing else is there, else from side to side. Each has a lane of its own. */
export function drawTrusts(edges: readonly MapEdge[], placeOf: (id: string) => Place, places: readonly Place[]): readonly DrawnTrust[] {
  const top = Math.min(...places.map(({ y }) => y), 0);
  const left = Math.min(...places.map(({ x }) => x), 0);
  let lanes = 0;
  return edges.map((edge, index) => {
    const [from, to] = [placeOf(edge.from), placeOf(edge.to)];
    const open = (frame: Place): boolean => !places.some((other) => other !== frame && other.y < frame.y && overlapAcross(other, frame));
    const aside = 14 * (index + 1);
    if (!overlapAcross(from, to) && open(from) && open(to)) {
      lanes += 1;
      return { edge, over: true, points: overTop(from, to, top - trustGap * (lanes - 0.3), aside) };
    }
    return { edge, over: false, points: overlapAcross(from, to) ? along(from, to, left - 18 - aside, aside) : sideToSide(from, to, aside) };
  });
}

function overTop(from: Place, to: Place, height: number, aside: number): readonly Point[] {
  const inward = from.x < to.x ? aside : -aside;
  const [start, end] = [from.x + from.width / 2 + inward, to.x + to.width / 2 - inward];
  return [{ x: start, y: from.y }, { x: start, y: height }, { x: end, y: height }, { x: end, y: to.y }];
}

function along(from: Place, to: Place, lane: number, aside: number): readonly Point[] {
  const [start, end] = [from.y + aside, to.y + aside];
  return [{ x: from.x, y: start }, { x: lane, y: start }, { x: lane, y: end }, { x: to.x, y: end }];
}

function sideToSide(from: Place, to: Place, aside: number): readonly Point[] {
  const rightward = from.x < to.x;
  const lift = { from: from.y + nameHeight + aside / 2, to: to.y + nameHeight };
  const [start, end] = [rightward ? from.x + from.width : from.x, rightward ? to.x : to.x + to.width];
  const turn = rightward ? end - 12 - aside / 2 : end + 12 + aside / 2;
  return [{ x: start, y: lift.from }, { x: turn, y: lift.from }, { x: turn, y: lift.to }, { x: end, y: lift.to }];
}

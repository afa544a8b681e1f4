import { centre, type Place, type Point } from "./map-place.ts";

const samples = 12;
const clearance = 3;

/** From the middle of the side of one box to that of the other, through the points between. */
function betweenSides(from: Place, between: readonly Point[], to: Place): readonly Point[] {
  const [start, end] = [centre(from), centre(to)];
  const forward = start.x <= end.x ? 1 : -1;
  return [{ x: start.x + (forward * from.width) / 2, y: start.y }, ...between, { x: end.x - (forward * to.width) / 2, y: end.y }];
}

/** A point of the curve between two points that leaves and enters both sideways, as the drawing has it. */
function onCurve(a: Point, b: Point, t: number): Point {
  const u = 1 - t;
  const half = (a.x + b.x) / 2;
  return { x: u ** 3 * a.x + 3 * u * t * half + t ** 3 * b.x, y: (u ** 3 + 3 * u ** 2 * t) * a.y + (3 * u * t ** 2 + t ** 3) * b.y };
}

function isFree(a: Point, b: Point, boxes: readonly Place[]): boolean {
  const [left, right] = [Math.min(a.x, b.x), Math.max(a.x, b.x)];
  const [top, bottom] = [Math.min(a.y, b.y), Math.max(a.y, b.y)];
  return boxes.every(({ x, y, width, height }) => {
    if (x > right || x + width < left || y > bottom + clearance || y + height < top - clearance) return true;
    for (let step = 1; step < samples; step += 1) {
      const at = onCurve(a, b, step / samples);
      if (at.x > x && at.x < x + width && at.y > y - clearance && at.y < y + height + clearance) return false;
    }
    return true;
  });
}

/** The points of a line between two boxes, without the detours that no box is the reason for. */
export function route(from: Place, between: readonly Point[], to: Place, boxes: readonly Place[]): readonly Point[] {
  const points = betweenSides(from, between, to);
  const [start] = points;
  const kept = start === undefined ? [] : [start];
  for (let at = 0; at < points.length - 1; ) {
    at = farthestFree(points, at, boxes);
    const point = points[at];
    if (point !== undefined) kept.push(point);
  }
  return kept;
}

/** The last of some points to which the way from one of them is free; the next one where none is. */
function farthestFree(points: readonly Point[], from: number, boxes: readonly Place[]): number {
  const here = points[from];
  for (let to = points.length - 1; to > from + 1; to -= 1) {
    const there = points[to];
    if (here !== undefined && there !== undefined && isFree(here, there, boxes)) return to;
  }
  return from + 1;
}

/** A point of the drawing. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A place on the drawing; `x` and `y` are its upper left corner. */
export interface Place extends Point {
  readonly width: number;
  readonly height: number;
}

/** The middle of a place. */
export function centre({ x, y, width, height }: Place): Point {
  return { x: x + width / 2, y: y + height / 2 };
}

/** Whether two places share any ground. */
export function overlap(a: Place, b: Place): boolean {
  return overlapAcross(a, b) && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Whether one place is, in part, above or below the other. */
export function overlapAcross(a: Place, b: Place): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width;
}

/** The smallest place that holds others. */
export function around(places: readonly Place[]): Place {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, width, height } of places) [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x + width), Math.max(bottom, y + height)];
  return { x: left, y: top, width: right - left, height: bottom - top };
}

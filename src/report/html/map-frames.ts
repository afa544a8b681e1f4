import { around, overlap, type Place } from "./map-place.ts";

/** Above the boxes of a frame, for its name. */
const frameTop = 34;
const framePad = 12;

/** The frame around some boxes, with room for its name. */
export function frameAround(boxes: readonly Place[]): Place {
  const { x, y, width, height } = around(boxes);
  return { x: x - framePad, y: y - frameTop, width: width + 2 * framePad, height: height + frameTop + framePad };
}

/**
 * How far down things at some height move, so that no frame lies over another frame or a box outside of it: the layout leaves no room for names of frames. Where one does, the
 * drawing is cut open above its boxes.
 */
export function roomForFrames(frames: readonly (readonly Place[])[], outside: readonly Place[]): (y: number) => number {
  const held = frames.filter((boxes) => boxes.length > 0);
  const whole = held.map(frameAround);
  const cuts = held.flatMap((boxes, index) => {
    const own = whole[index];
    const others = [...whole.filter((_, at) => at !== index), ...outside];
    return own !== undefined && others.some((other) => overlap(own, other)) ? [around(boxes).y] : [];
  });
  return (y) => cuts.filter((cut) => cut <= y + 0.5).length * (frameTop + framePad);
}

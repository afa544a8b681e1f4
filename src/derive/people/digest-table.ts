import { hash } from "node:crypto";

/** Numbers texts in the order in which they come, without keeping them: 8 bytes of a SHA-256 digest for each, and 4 for each place of the index. */
export interface DigestTable {
  /** How many different texts there are. */
  readonly size: number;
  /** The number of a text, which is added where it is new. */
  add(text: string): number;
  /** The number of a text, or undefined. */
  find(text: string): number | undefined;
}

/** The first 64 bits of a text's SHA-256 digest: two texts of a million share them once in 37 million directories, and nobody can make two that do at will cheaply. */
function digest64(text: string): readonly [high: number, low: number] {
  const bytes = hash("sha256", text, "buffer");
  return [bytes.readUInt32LE(0), bytes.readUInt32LE(4)];
}

/** The same as a number that a column can hold: 52 bits. */
export function digest52(text: string): number {
  const [high, low] = digest64(text);
  return (high & 0xfffff) * 0x100000000 + low;
}

function grown(column: Uint32Array, length: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(length);
  larger.set(column);
  return larger;
}

/** An empty table: open addressing over typed arrays, which lie outside the heap. */
export function createDigestTable(): DigestTable {
  let size = 0;
  let high = new Uint32Array(1024);
  let low = new Uint32Array(1024);
  /** Number + 1 of the text at each place; 0 is free. At most two thirds are taken. */
  let places = new Uint32Array(2048);
  const placeOf = (h: number, l: number): number => {
    const mask = places.length - 1;
    for (let at = (h ^ l) & mask; ; at = (at + 1) & mask) {
      const there = places[at] ?? 0;
      if (there === 0 || (high[there - 1] === h && low[there - 1] === l)) return at;
    }
  };
  const spread = (): void => {
    places = new Uint32Array(places.length * 2);
    for (let number = 0; number < size; number += 1) places[placeOf(high[number] ?? 0, low[number] ?? 0)] = number + 1;
  };
  return {
    get size() {
      return size;
    },
    find(text) {
      const [h, l] = digest64(text);
      const there = places[placeOf(h, l)] ?? 0;
      return there === 0 ? undefined : there - 1;
    },
    add(text) {
      const [h, l] = digest64(text);
      const there = places[placeOf(h, l)] ?? 0;
      if (there !== 0) return there - 1;
      if (size === high.length) [high, low] = [grown(high, size * 2), grown(low, size * 2)];
      high[size] = h;
      low[size] = l;
      size += 1;
      if (size * 3 > places.length * 2) spread();
      else places[placeOf(h, l)] = size;
      return size - 1;
    },
  };
}

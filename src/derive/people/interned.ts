import { unknown, type Observation } from "../../model/observation.ts";

/** Keeps observations of which there are few different ones, and gives each a number that fits into 16 bits. */
export interface Interned<T> {
  numberOf(observation: Observation<T>): number;
  at(number: number): Observation<T>;
}

const maxKept = 60_000;

/** An empty collection. Values refer to few objects; reasons that name their object each could be many, and then say less. */
export function createInterned<T extends string | boolean>(): Interned<T> {
  const tooMany: Observation<T> = unknown("truncated", "too many different reasons to keep them");
  const kept: Observation<T>[] = [tooMany];
  const numbers = new Map<string, number>();
  return {
    numberOf(observation) {
      const key = JSON.stringify(observation);
      const there = numbers.get(key);
      if (there !== undefined) return there;
      if (kept.length >= maxKept) return 0;
      numbers.set(key, kept.length);
      return kept.push(observation) - 1;
    },
    at: (number) => kept[number] ?? tooMany,
  };
}

/** Runs tasks, at most a fixed number at once; the others wait in the order in which they came. */
export type Gate = <T>(task: () => Promise<T>) => Promise<T>;

/** Makes a gate for `limit` tasks at once. */
export function createGate(limit: number): Gate {
  let running = 0;
  const waiting = new Set<() => void>(); // a set takes its first member out in constant time, an array of thousands does not
  return async (task) => {
    if (running < limit) running += 1;
    else await new Promise<void>((admit) => waiting.add(admit));
    try {
      return await task();
    } finally {
      const next = waiting.values().next().value;
      if (next === undefined) {
        running -= 1;
      } else {
        waiting.delete(next); // the place is handed on, so `running` stays
        next();
      }
    }
  };
}

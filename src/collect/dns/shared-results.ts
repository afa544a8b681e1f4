/** Results by key for the length of a run: who asks for the same while it is under way, or after it, gets the same promise. */
export interface SharedResults<T> {
  get(key: string, make: () => Promise<T>): Promise<T>;
}

/** Makes a store that forgets its oldest results once they weigh more than `maxWeight` together, so that lying servers cannot fill the memory. */
export function createSharedResults<T>(weigh: (result: T) => number, maxWeight: number): SharedResults<T> {
  const entries = new Map<string, { readonly result: Promise<T>; weight: number }>();
  let total = 0;
  const evict = (): void => {
    for (const [key, { weight }] of entries) {
      if (total <= maxWeight) return;
      entries.delete(key);
      total -= weight;
    }
  };
  const settle = (key: string, entry: { readonly result: Promise<T>; weight: number }, weight: number): void => {
    if (entries.get(key) !== entry) return;
    total += weight - entry.weight;
    entry.weight = weight;
    evict();
  };
  return {
    get(key, make) {
      const known = entries.get(key);
      if (known !== undefined) return known.result;
      const entry = { result: make(), weight: 1 };
      entries.set(key, entry);
      total += 1;
      // A rejection is the caller's to handle; it is forgotten here so that asking again is possible.
      void entry.result.then((result) => settle(key, entry, weigh(result)), () => { entries.delete(key); total -= 1; });
      return entry.result;
    },
  };
}

/** True where all bits of `mask` are set; works for signed 32-bit values as the directory stores them. */
export function hasFlags(value: number, mask: number): boolean {
  return (value & mask) === (mask | 0);
}

/** Names of the single-bit masks in `names` that `value` has set, in the order of `names`. */
export function flagNames<Name extends string>(value: number, names: Readonly<Record<Name, number>>): readonly Name[] {
  return Object.entries<number>(names).flatMap(([name, mask]) => (hasFlags(value, mask) ? [name as Name] : []));
}

/** The generation in `msRTCSIP-PoolVersion`: stored in the high word (0x60000), but small numbers were documented too. */
export function poolGeneration(value: number): number {
  return value >= 0x10000 ? value >>> 16 : value;
}

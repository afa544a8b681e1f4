/** The generation in `msRTCSIP-PoolVersion`: stored in the high word (0x60000), but small numbers were documented too. */
export function poolGeneration(value: number): number {
  return value >= 0x10000 ? value >>> 16 : value;
}

/** Bytes that were received and not yet used up; at most `maxBytes` of them. */
export interface ByteBuffer {
  /** Adds bytes; false when that would be more than the limit, and nothing is added. */
  add(chunk: Uint8Array): boolean;
  /** What is there. Valid until the next call of `add` or `drop`. */
  bytes(): Buffer;
  /** Removes the first `count` bytes. */
  drop(count: number): void;
}

const firstBytes = 4096;

/** Makes an empty buffer. It grows by doubling, so that a peer that sends single bytes costs no more than one that sends all at once. */
export function createByteBuffer(maxBytes: number): ByteBuffer {
  let store = Buffer.alloc(firstBytes);
  let start = 0;
  let end = 0;
  return {
    add(chunk) {
      const length = end - start;
      if (length + chunk.length > maxBytes) return false;
      if (end + chunk.length > store.length) {
        let size = store.length;
        while (size < 2 * (length + chunk.length)) size *= 2;
        const grown = Buffer.alloc(size);
        store.copy(grown, 0, start, end);
        store = grown;
        start = 0;
        end = length;
      }
      store.set(chunk, end);
      end += chunk.length;
      return true;
    },
    bytes: () => store.subarray(start, end),
    drop(count) {
      start = Math.min(end, start + count);
    },
  };
}

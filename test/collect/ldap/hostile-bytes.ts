/** Random bytes, at most `longest`. */
export function randomBytes(random: () => number, longest: number): Buffer {
  return Buffer.from(Array.from({ length: Math.floor(random() * (longest + 1)) }, () => Math.floor(random() * 256)));
}

/** Every prefix of `good`, and `good` with each byte replaced by values that break lengths. */
export function* damaged(good: Buffer): Generator<Buffer> {
  for (let at = 0; at < good.length; at += 1) {
    yield good.subarray(0, at);
    for (const value of [0x00, 0x01, 0x0f, 0x10, 0x7f, 0x80, 0xff]) {
      const changed = Buffer.from(good);
      changed[at] = value;
      yield changed;
    }
  }
}

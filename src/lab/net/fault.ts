import type { Misbehaviour } from "../types.ts";

/** A misbehaviour in force. `after` answers of a connection are sent properly first; undefined lets it begin with the connection. */
export interface Fault {
  readonly how: Misbehaviour;
  readonly after: number | undefined;
}

/** Bytes that begin no message of any protocol here, always the same. */
export const garbage: Buffer = Buffer.from(Array.from({ length: 512 }, (_, index) => (index * 167 + 255) % 256));

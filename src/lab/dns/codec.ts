import { createRequire } from "node:module";

/** A question of a DNS message. */
export interface Question {
  readonly name: string;
  readonly type: string;
  readonly class?: string;
}

/** An answer as the codec takes it; the shape of `data` depends on the type. */
export interface Answer {
  readonly name: string;
  readonly type: string;
  readonly ttl?: number;
  readonly data?: unknown;
  /** EDNS: what the sender takes over UDP, in bytes. */
  readonly udpPayloadSize?: number;
  readonly flags?: number;
  readonly options?: readonly unknown[];
}

/** A DNS message; `flags` includes the response code in its low four bits. */
export interface Packet {
  readonly id?: number;
  readonly type?: "query" | "response";
  readonly flags?: number;
  readonly questions?: readonly Question[];
  readonly answers?: readonly Answer[];
  readonly authorities?: readonly Answer[];
  readonly additionals?: readonly Answer[];
}

interface Codec {
  readonly decode: (bytes: Buffer) => Packet & { readonly opcode?: string };
  readonly encode: (packet: Packet) => Buffer;
}

// dns-packet ships no types
const codec = createRequire(import.meta.url)("dns-packet") as Codec;

/** Response codes (RFC 1035 section 4.1.1). */
export const rcode = { noError: 0, formatError: 1, serverFailure: 2, nameError: 3, notImplemented: 4, refused: 5 } as const;

/** Bits of the flags of a message. */
export const flag = { authoritative: 0x400, truncated: 0x200, recursionDesired: 0x100 } as const;

/** Decodes a query; undefined where it is none. Answers to nobody are how two servers talk for ever. */
export function decodeQuery(bytes: Buffer): (Packet & { readonly opcode?: string }) | undefined {
  if (bytes.length < 12 || ((bytes[2] ?? 0x80) & 0x80) !== 0) return undefined;
  try {
    return codec.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Encodes a message. */
export function encodePacket(packet: Packet): Buffer {
  return codec.encode(packet);
}

/** The part of the untyped codec dns-packet 5 that is used; `data` stays unknown until the record's type says what it is. */
declare module "dns-packet" {
  export interface PacketQuestion {
    readonly name: string;
    readonly type: string;
    readonly class?: string;
  }
  export interface PacketRecord {
    readonly name: string;
    readonly type: string;
    readonly class?: string;
    readonly ttl?: number;
    readonly data?: unknown;
    /** Of OPT only: the size that the sender can receive over UDP, the upper bits of the response code, flags, options. */
    readonly udpPayloadSize?: number;
    readonly flags?: number;
    readonly extendedRcode?: number;
    readonly options?: readonly unknown[];
  }
  export interface Packet {
    readonly type: "query" | "response";
    readonly id: number;
    /** Header bits without QR; the low four are the response code. */
    readonly flags: number;
    readonly questions: readonly PacketQuestion[];
    readonly answers?: readonly PacketRecord[];
    readonly authorities?: readonly PacketRecord[];
    readonly additionals?: readonly PacketRecord[];
  }
  export const AUTHORITATIVE_ANSWER: number;
  export const TRUNCATED_RESPONSE: number;
  export const RECURSION_DESIRED: number;
  export const RECURSION_AVAILABLE: number;
  export const AUTHENTIC_DATA: number;
  export const DNSSEC_OK: number;
  export function encode(packet: Packet): Buffer;
  export function decode(bytes: Buffer): Packet;
  export const answer: { decode(bytes: Buffer, offset: number): { readonly name: string; readonly type: string; readonly ttl: number; readonly data: unknown } };
}

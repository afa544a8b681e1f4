import { createHash } from "node:crypto";

/** SID text as the bytes that LDAP carries ([MS-DTYP] 2.4.2.2). */
export function sidBytes(sid: string): Uint8Array {
  const [revision = 0, authority = 0, ...subAuthorities] = sid.split("-").slice(1).map(Number);
  const bytes = Buffer.alloc(8 + 4 * subAuthorities.length);
  bytes.writeUInt8(revision, 0);
  bytes.writeUInt8(subAuthorities.length, 1);
  bytes.writeUIntBE(authority, 2, 6);
  subAuthorities.forEach((value, index) => bytes.writeUInt32LE(value, 8 + 4 * index));
  return new Uint8Array(bytes);
}

/** The bytes of a SID as text; the other way round of sidBytes. */
export function sidText(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes);
  const subAuthorities = Array.from({ length: buffer.readUInt8(1) }, (_, index) => buffer.readUInt32LE(8 + 4 * index));
  return ["S", buffer.readUInt8(0), buffer.readUIntBE(2, 6), ...subAuthorities].join("-");
}

/** GUID text as the bytes that LDAP carries: the first three fields little-endian ([MS-DTYP] 2.3.4.2). */
export function guidBytes(guid: string): Uint8Array {
  const plain = Buffer.from(guid.replaceAll("-", ""), "hex");
  const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
  return Uint8Array.from(order, (from) => plain[from] ?? 0);
}

/** A GUID that depends on the text only, for what the products number at random. */
export function guidFor(text: string): string {
  const hash = createHash("sha256").update(text).digest("hex");
  return [hash.slice(0, 8), hash.slice(8, 12), `4${hash.slice(13, 16)}`, `8${hash.slice(17, 20)}`, hash.slice(20, 32)].join("-");
}

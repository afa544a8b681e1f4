import { createHash } from "node:crypto";

/** A SID in binary form ([MS-DTYP] section 2.4.2.2) from its text, or undefined where the text is none. */
export function sidBytes(text: string): Buffer | undefined {
  const match = /^S-1-(\d{1,15})((?:-\d{1,10}){1,15})$/iu.exec(text);
  if (match === null) return undefined;
  const parts = (match[2] ?? "").split("-").slice(1).map(Number);
  const bytes = Buffer.alloc(8 + 4 * parts.length);
  bytes[0] = 1;
  bytes[1] = parts.length;
  bytes.writeUIntBE(Number(match[1]), 2, 6);
  for (const [index, part] of parts.entries()) bytes.writeUInt32LE(part >>> 0, 8 + 4 * index);
  return bytes;
}

/** The text form of a binary SID, or undefined where the bytes are none. */
export function sidText(bytes: Uint8Array): string | undefined {
  const view = Buffer.from(bytes);
  const count = view[1] ?? 0;
  if (view.length < 8 || view.length !== 8 + 4 * count) return undefined;
  const parts = Array.from({ length: count }, (_, index) => view.readUInt32LE(8 + 4 * index));
  return ["S", view[0], view.readUIntBE(2, 6), ...parts].join("-");
}

/** A GUID in the mixed byte order of Active Directory ([MS-DTYP] section 2.3.4.2) from its text, or undefined. */
export function guidBytes(text: string): Buffer | undefined {
  if (!/^\{?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$/iu.test(text)) return undefined;
  const bytes = Buffer.from(text.replaceAll(/[{}-]/gu, ""), "hex");
  return Buffer.concat([bytes.subarray(0, 4).toReversed(), bytes.subarray(4, 6).toReversed(), bytes.subarray(6, 8).toReversed(), bytes.subarray(8)]);
}

/** The text form of a GUID in the byte order of Active Directory. */
export function guidText(bytes: Uint8Array): string {
  const hex = (from: number, to: number, swap: boolean) => {
    const part = Buffer.from(bytes.subarray(from, to)); // a copy, as reversing works in place
    return (swap ? part.reverse() : part).toString("hex");
  };
  return [hex(0, 4, true), hex(4, 6, true), hex(6, 8, true), hex(8, 10, false), hex(10, 16, false)].join("-");
}

/** A GUID that depends on nothing but its seed. */
export function guidFor(seed: string): string {
  const bytes = createHash("sha256").update(seed).digest().subarray(0, 16);
  bytes[7] = ((bytes[7] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return guidText(bytes);
}

const longestSid = 68;

/** A SID at the start of `bytes` with its length ([MS-DTYP] 2.4.2.2); undefined when it is malformed. */
export function readSid(bytes: Uint8Array): { readonly text: string; readonly length: number } | undefined {
  const count = bytes[1];
  if (bytes[0] !== 1 || count === undefined || count > 15 || bytes.length < 8 + count * 4) {
    return undefined;
  }
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, 8 + count * 4);
  const authority = view.readUIntBE(2, 6);
  const parts = Array.from({ length: count }, (_, index) => view.readUInt32LE(8 + index * 4));
  // [MS-DTYP] 2.4.2.1: authorities from 2^32 on are written in hexadecimal.
  return { text: ["S-1", authority >= 0x100000000 ? `0x${authority.toString(16).toUpperCase().padStart(12, "0")}` : authority, ...parts].join("-"), length: view.length };
}

/** The text form `S-1-5-…` of a binary SID that fills `bytes`; undefined when it is malformed. */
export function sidToText(bytes: Uint8Array): string | undefined {
  const sid = bytes.length > longestSid ? undefined : readSid(bytes);
  return sid?.length === bytes.length ? sid.text : undefined;
}

/** The binary form of `S-1-…` text; undefined when it is malformed. */
export function sidFromText(text: string): Buffer | undefined {
  const match = text.length > 200 ? null : /^S-1-(0x[0-9a-f]{1,12}|\d{1,10})((?:-\d{1,10}){0,15})$/i.exec(text);
  const parts = match?.[2]?.split("-").slice(1).map(Number) ?? [];
  if (match === null || parts.some((part) => part > 0xffffffff)) {
    return undefined;
  }
  const bytes = Buffer.alloc(8 + parts.length * 4);
  bytes.writeUInt8(1, 0);
  bytes.writeUInt8(parts.length, 1);
  bytes.writeUIntBE(Number(match[1]), 2, 6);
  for (const [index, part] of parts.entries()) {
    bytes.writeUInt32LE(part, 8 + index * 4);
  }
  return bytes;
}

/** A SID in one spelling, for use as a key; undefined when it is malformed. */
export function canonicalSid(text: string): string | undefined {
  const bytes = sidFromText(text);
  return bytes === undefined ? undefined : sidToText(bytes);
}

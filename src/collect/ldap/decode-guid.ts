/** The text form of 16 bytes as Active Directory stores GUIDs: the first three fields little-endian ([MS-DTYP] 2.3.4.2). Lower case, without braces. */
export function guidToText(bytes: Uint8Array): string | undefined {
  if (bytes.length !== 16) {
    return undefined;
  }
  const hex = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15].map((at) => (bytes[at] ?? 0).toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** A GUID text, with or without braces and in any case, as lower case without braces; undefined when it is none. */
export function canonicalGuid(text: string): string | undefined {
  return /^(\{?)([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(\}?)$/i.exec(text)?.[2]?.toLowerCase();
}

import { canonicalGuid, guidToText } from "./decode-guid.ts";
import { canonicalSid, sidToText } from "./decode-sid.ts";

/** A DN with the identity that LDAP_SERVER_EXTENDED_DN_OID adds. */
export interface ExtendedDn {
  readonly dn: string;
  /** Lower case, without braces. */
  readonly guid?: string;
  readonly sid?: string;
}

const maxTokens = 16;
const hex = /^(?:[0-9a-f]{2}){8,68}$/i;

/** GUID as text (flag 1) or as the hexadecimal of its bytes (flag 0). */
function readGuid(value: string): string | undefined {
  return canonicalGuid(value) ?? (hex.test(value) ? guidToText(Buffer.from(value, "hex")) : undefined);
}

/** SID as text (flag 1) or as the hexadecimal of its bytes (flag 0). */
function readSidValue(value: string): string | undefined {
  return canonicalSid(value) ?? (hex.test(value) ? sidToText(Buffer.from(value, "hex")) : undefined);
}

/**
 * Takes `<GUID=…>;<SID=…>;DN` apart ([MS-ADTS] 3.1.1.3.4.1.5); text without such a prefix is taken as a plain DN. Unknown `<…>` items are left out.
 * Undefined when an item is cut off, or a GUID or SID is malformed: an identity is never guessed.
 */
export function parseExtendedDn(text: string): ExtendedDn | undefined {
  let rest = text;
  let guid: string | undefined;
  let sid: string | undefined;
  for (let count = 0; rest.startsWith("<"); count += 1) {
    const end = rest.indexOf(">");
    const match = /^<([A-Za-z_0-9]+)=([^<>]*)$/.exec(rest.slice(0, Math.max(0, end)));
    if (end < 0 || match === null || count >= maxTokens) {
      return undefined;
    }
    const [, name = "", value = ""] = match;
    if (name.toUpperCase() === "GUID") {
      guid = readGuid(value);
    }
    if (name.toUpperCase() === "SID") {
      sid = readSidValue(value);
    }
    if ((name.toUpperCase() === "GUID" && guid === undefined) || (name.toUpperCase() === "SID" && sid === undefined)) {
      return undefined;
    }
    rest = rest[end + 1] === ";" ? rest.slice(end + 2) : rest.slice(end + 1);
  }
  return { dn: rest, ...(guid === undefined ? {} : { guid }), ...(sid === undefined ? {} : { sid }) };
}

import { children, contentOf, DerError, finish, into, rawOf, take, next, type Element } from "./der.ts";
import { oidOf } from "./der-values.ts";
import { parseName, type Name } from "./name.ts";

/** One GeneralName (RFC 5280 section 4.2.1.6). IP holds 4 or 16 bytes in a certificate, 8 or 32 in a constraint. */
export type GeneralName =
  | { readonly kind: "other"; readonly oid: string; readonly raw: Uint8Array }
  | { readonly kind: "email"; readonly value: string }
  | { readonly kind: "dns"; readonly value: string }
  | { readonly kind: "x400"; readonly raw: Uint8Array }
  | { readonly kind: "directory"; readonly name: Name }
  | { readonly kind: "edi"; readonly raw: Uint8Array }
  | { readonly kind: "uri"; readonly value: string }
  | { readonly kind: "ip"; readonly bytes: Uint8Array }
  | { readonly kind: "registeredId"; readonly oid: string; readonly raw: Uint8Array };

function ascii(element: Element): string {
  const bytes = contentOf(element);
  if (bytes.some((byte) => byte > 0x7f)) throw new DerError("a name has characters outside ASCII");
  return Buffer.from(bytes).toString("latin1");
}

/** Reads one GeneralName. */
export function parseGeneralName(element: Element): GeneralName {
  switch (element.tag) {
    case 0xa0: {
      const reader = into(element);
      const oid = oidOf(take(reader, 0x06, "the type of an other name"));
      into(take(reader, 0xa0, "the value of an other name"));
      finish(reader, "an other name");
      return { kind: "other", oid, raw: rawOf(element) };
    }
    case 0x81:
      return { kind: "email", value: ascii(element) };
    case 0x82:
      return { kind: "dns", value: ascii(element) };
    case 0xa3:
      return { kind: "x400", raw: rawOf(element) };
    case 0xa4: {
      const reader = into(element);
      const name = parseName(take(reader, 0x30, "a directory name"));
      finish(reader, "a directory name");
      return { kind: "directory", name };
    }
    case 0xa5:
      return { kind: "edi", raw: rawOf(element) };
    case 0x86:
      return { kind: "uri", value: ascii(element) };
    case 0x87:
      return { kind: "ip", bytes: contentOf(element) };
    case 0x88:
      return { kind: "registeredId", oid: oidOf(element), raw: rawOf(element) };
    default:
      throw new DerError("a general name has an unknown type");
  }
}

/** Reads the contents of GeneralNames, which must hold at least one name. */
export function parseGeneralNames(element: Element): readonly GeneralName[] {
  const names = children(element, 65_536).map(parseGeneralName);
  if (names.length === 0) throw new DerError("a list of names is empty");
  return names;
}

/** A subject or issuer alternative name: IP addresses of 4 or 16 bytes. */
export function parseAlternativeNames(element: Element): readonly GeneralName[] {
  const names = parseGeneralNames(element);
  if (names.some((name) => name.kind === "ip" && name.bytes.length !== 4 && name.bytes.length !== 16)) throw new DerError("an IP address has the wrong length");
  return names;
}

/** The permitted and excluded subtrees of a CA (RFC 5280 section 4.2.1.10). */
export interface NameConstraints {
  readonly permitted: readonly GeneralName[];
  readonly excluded: readonly GeneralName[];
}

function isContiguousMask(mask: Uint8Array): boolean {
  const bits = [...mask].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return /^1*0*$/.test(bits);
}

function subtree(element: Element): GeneralName {
  if (element.tag !== 0x30) throw new DerError("a name constraint is not a sequence");
  const reader = into(element);
  const base = parseGeneralName(next(reader));
  // RFC 5280 fixes minimum at 0 and forbids maximum; an explicit minimum 0 is harmless.
  if (reader.position < reader.end) {
    const minimum = take(reader, 0x80, "the minimum of a name constraint");
    if (minimum.end - minimum.body !== 1 || minimum.bytes[minimum.body] !== 0) throw new DerError("a name constraint has a minimum");
  }
  finish(reader, "a name constraint");
  if (base.kind === "ip") {
    const half = base.bytes.length / 2;
    if (half !== 4 && half !== 16) throw new DerError("an IP constraint has the wrong length");
    if (!isContiguousMask(base.bytes.subarray(half))) throw new DerError("an IP constraint has a mask with gaps");
  }
  if (base.kind === "dns" && base.value.includes("*")) throw new DerError("a DNS constraint has a wildcard");
  return base;
}

function subtrees(element: Element | undefined): readonly GeneralName[] {
  if (element === undefined) return [];
  const found = children(element, 65_536).map(subtree);
  if (found.length === 0) throw new DerError("a list of name constraints is empty");
  return found;
}

/** Reads NameConstraints from the contents of its sequence. */
export function parseNameConstraints(element: Element): NameConstraints {
  const reader = into(element);
  const permitted = reader.bytes[reader.position] === 0xa0 && reader.position < reader.end ? next(reader) : undefined;
  const excluded = reader.bytes[reader.position] === 0xa1 && reader.position < reader.end ? next(reader) : undefined;
  finish(reader, "the name constraints");
  if (permitted === undefined && excluded === undefined) throw new DerError("the name constraints are empty");
  return { permitted: subtrees(permitted), excluded: subtrees(excluded) };
}

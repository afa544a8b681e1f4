import { children, contentOf, DerError, rawOf, take, TAG, into, finish, next, type Element } from "./der.ts";
import { hexOf, oidOf } from "./der-values.ts";
import { ATTRIBUTE_NAMES } from "./oids.ts";

/** One attribute of a name: `text` is absent when the value is not a character string. */
export interface NameAttribute {
  readonly oid: string;
  readonly text?: string;
  readonly canonical: string;
}

/** A distinguished name, read from DER; `canonical` holds one comparison key per RDN, `key` all of them. */
export interface Name {
  readonly raw: Uint8Array;
  readonly attributes: readonly NameAttribute[];
  readonly canonical: readonly string[];
  readonly key: string;
  readonly text: string;
}

const MAX_RDNS = 256;
/** Largest name that is read; real ones have a few hundred bytes. */
const MAX_NAME_BYTES = 32_768;

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new DerError("a name has a string that is not UTF-8");
  }
}

function wideText(bytes: Uint8Array, width: 2 | 4): string {
  if (bytes.length % width !== 0) throw new DerError("a name has a string that is cut off");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = "";
  for (let at = 0; at < bytes.length; at += width) {
    const code = width === 2 ? view.getUint16(at) : view.getUint32(at);
    if (code > 0x10ffff || (width === 4 && code >= 0xd800 && code <= 0xdfff)) throw new DerError("a name has an impossible character");
    text += width === 2 ? String.fromCharCode(code) : String.fromCodePoint(code);
  }
  return text;
}

/** The text of a directory string of any type (RFC 5280 appendix A), or nothing when the element is no string. */
function stringText(element: Element): string | undefined {
  const bytes = contentOf(element);
  switch (element.tag) {
    case 0x0c:
      return utf8(bytes);
    case 0x12: // NumericString
    case 0x13: // PrintableString
    case 0x16: // IA5String
    case 0x1a: // VisibleString
      if (bytes.some((byte) => byte > 0x7f)) throw new DerError("a name has a string with characters outside ASCII");
      return Buffer.from(bytes).toString("latin1");
    case 0x14: // TeletexString: every issuer that still writes it means Latin-1
      return Buffer.from(bytes).toString("latin1");
    case 0x1e:
      return wideText(bytes, 2);
    case 0x1c:
      return wideText(bytes, 4);
    default:
      return undefined;
  }
}

/** Longest text with other than ASCII characters that is normalised, in UTF-16 units: reordering combining marks takes quadratic time, and some characters grow eighteenfold. RFC 5280 allows names of at most 128 characters for nearly all attributes. */
const MAX_NORMALIZED = 128;

function normalized(text: string): string | undefined {
  // oxlint-disable-next-line no-control-regex -- plain ASCII is its own normal form
  if (/^[\u0000-\u007f]*$/.test(text)) return text;
  if (text.length > MAX_NORMALIZED) return undefined;
  const result = text.normalize("NFKC");
  return result.length > 4 * MAX_NORMALIZED ? undefined : result;
}

/** The comparison form of RFC 5280 section 7.1 / RFC 4518: compatibility normalised, case folded, spaces collapsed and trimmed. */
function canonicalText(text: string): string {
  const folded = normalized(text);
  // Beyond the limit names are compared as they are; the mark keeps them apart from folded ones.
  return folded === undefined ? `\u0000${text}` : folded.toLowerCase().replaceAll(/\s+/g, " ").trim();
}

function attribute(element: Element): NameAttribute {
  const reader = into(element);
  const oid = oidOf(take(reader, TAG.oid, "the type of a name attribute"));
  const value = next(reader);
  finish(reader, "a name attribute");
  const text = stringText(value);
  // The prefix keeps a value that is not text from equalling a text of the same spelling.
  const canonical = text === undefined ? `${oid}#${hexOf(rawOf(value))}` : `${oid}=${canonicalText(text)}`;
  return text === undefined ? { oid, canonical } : { oid, text, canonical };
}

/** RFC 4514 section 2.4 escaping; control characters become hexadecimal pairs. */
function escaped(text: string): string {
  return text
    .replaceAll(/[\\,+"<>;=]/g, (character) => `\\${character}`)
    // oxlint-disable-next-line no-control-regex -- control characters are what is escaped here
    .replaceAll(/[\u0000-\u001f\u007f]/g, (character) => `\\${character.charCodeAt(0).toString(16).padStart(2, "0")}`)
    .replace(/^[ #]/, (character) => `\\${character}`)
    .replace(/ $/, "\\ ");
}

function attributeText(item: NameAttribute): string {
  const type = ATTRIBUTE_NAMES.get(item.oid) ?? item.oid;
  return `${type}=${item.text === undefined ? item.canonical.slice(item.oid.length) : escaped(item.text)}`;
}

function canonicalRdn(items: readonly NameAttribute[]): string {
  return items.map((item) => `${item.canonical.length}:${item.canonical}`).sort().join("+");
}

/** One relative distinguished name: the contents of its SET. */
export function parseRdn(element: Element): { readonly attributes: readonly NameAttribute[]; readonly canonical: string; readonly text: string } {
  const attributes = children(element, 64).map((child) => {
    if (child.tag !== TAG.sequence) throw new DerError("a name attribute is not a sequence");
    return attribute(child);
  });
  if (attributes.length === 0) throw new DerError("a name has an empty part");
  return { attributes, canonical: canonicalRdn(attributes), text: attributes.map(attributeText).join("+") };
}

/** Reads a Name (RFC 5280 section 4.1.2.4); `text` is in RFC 4514 order, most specific part first. */
export function parseName(element: Element): Name {
  if (element.end - element.body > MAX_NAME_BYTES) throw new DerError("a name is too long");
  const rdns = children(element, MAX_RDNS).map((child) => {
    if (child.tag !== TAG.set) throw new DerError("a part of a name is not a set");
    return parseRdn(child);
  });
  const canonical = rdns.map((rdn) => rdn.canonical);
  return {
    raw: rawOf(element),
    attributes: rdns.flatMap((rdn) => rdn.attributes),
    canonical,
    key: canonical.map((rdn) => `${rdn.length}:${rdn}`).join("/"),
    text: rdns.map((rdn) => rdn.text).reverse().join(","),
  };
}

/** The texts of all attributes of one type, in encoded order. */
export function attributeTexts(name: Name, oid: string): readonly string[] {
  return name.attributes.flatMap((item) => (item.oid === oid && item.text !== undefined ? [item.text] : []));
}

/** Whether `name` lies in the subtree of `base`: the base's RDNs begin the name's (RFC 5280 section 4.2.1.10). */
export function isWithin(name: Name, base: Name): boolean {
  return base.canonical.length <= name.canonical.length && base.canonical.every((rdn, index) => rdn === name.canonical[index]);
}

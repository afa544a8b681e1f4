import { readDnValue } from "./decode-dn-value.ts";

/** One attribute type and value of an RDN; the value is unescaped. */
export interface DnPart {
  readonly type: string;
  readonly value: string;
}

/** One RDN: nearly always one part, more when joined by `+`. */
export type Rdn = readonly DnPart[];

const longestDn = 32_768;
const partType = / *(?:OID\.)?([a-z][a-z0-9-]*|\d+(?:\.\d+)*) *=/iy;

/** The RDNs of a DN (RFC 4514), leaf first; `[]` for the empty DN, undefined when the text is no DN. Takes linear time. */
export function parseDn(text: string): readonly Rdn[] | undefined {
  const rdns: Rdn[] = [];
  let parts: DnPart[] = [];
  let at = 0;
  if (text === "" || text.length > longestDn) {
    return text === "" ? rdns : undefined;
  }
  for (;;) {
    partType.lastIndex = at;
    const type = partType.exec(text)?.[1];
    const read = type === undefined ? undefined : readDnValue(text, partType.lastIndex);
    const separator = read === undefined ? "" : text[read.end];
    if (type === undefined || read === undefined || !(separator === undefined || separator === "," || separator === "+")) {
      return undefined;
    }
    parts.push({ type, value: read.value });
    if (separator !== "+") {
      rdns.push(parts);
      parts = [];
    }
    if (separator === undefined) {
      return rdns;
    }
    at = read.end + 1;
  }
}

/** A value escaped for use in a DN (RFC 4514, section 2.4). */
export function escapeDnValue(value: string): string {
  return value
    .replace(/[\\",+;<>=]/g, "\\$&")
    .replace(/^[ #]| $/g, "\\$&")
    .replace(/\p{Cc}/gu, (control) => [...Buffer.from(control)].map((octet) => `\\${octet.toString(16).padStart(2, "0")}`).join(""));
}

/** The text of RDNs in one canonical spelling of escapes. */
export function formatDn(rdns: readonly Rdn[]): string {
  return rdns.map((rdn) => rdn.map(({ type, value }) => `${type}=${escapeDnValue(value)}`).join("+")).join(",");
}

/** The DN of a child: `childDn("CN", "UM DialPlan Container", parent)`. */
export function childDn(type: string, value: string, parent: string): string {
  return parent === "" ? `${type}=${escapeDnValue(value)}` : `${type}=${escapeDnValue(value)},${parent}`;
}

function canonicalRdn(rdn: Rdn): Rdn {
  const parts = rdn.map(({ type, value }) => ({ type: type.toLowerCase(), value: value.normalize("NFC").toLowerCase().replace(/ {2,}/g, " ") }));
  return parts.sort((a, b) => (formatDn([[a]]) < formatDn([[b]]) ? -1 : 1));
}

/** A key under which two spellings of one DN are equal (case, escapes, order within an RDN); text that is no DN is its own key. */
export function dnKey(text: string): string {
  const rdns = parseDn(text);
  return rdns === undefined ? text.toLowerCase() : formatDn(rdns.map(canonicalRdn));
}

/** True where two texts name the same object. */
export function sameDn(a: string, b: string): boolean {
  return dnKey(a) === dnKey(b);
}

/** The DN one level up (`levels` levels), in canonical escapes; undefined at the top and for text that is no DN. */
export function parentDn(text: string, levels = 1): string | undefined {
  const rdns = parseDn(text);
  return rdns === undefined || rdns.length <= levels ? undefined : formatDn(rdns.slice(levels));
}

/** True where `text` lies below `ancestor`, at any depth, and is not it. */
export function isBelow(text: string, ancestor: string): boolean {
  const [below, above] = [parseDn(text), parseDn(ancestor)];
  if (below === undefined || above === undefined || below.length <= above.length) {
    return false;
  }
  return formatDn(below.slice(below.length - above.length).map(canonicalRdn)) === formatDn(above.map(canonicalRdn));
}

/** The value of the leaf RDN, the name of the object; of text that is no DN, and of the empty DN, the text itself. */
export function rdnValue(text: string): string {
  return parseDn(text)?.[0]?.[0]?.value ?? text;
}

/** The DNS name of the domain that holds an object, from the DC components at the end of its DN, lower case; undefined where there are none. */
export function dnToDnsDomain(text: string): string | undefined {
  const labels: string[] = [];
  for (const rdn of (parseDn(text) ?? []).toReversed()) {
    const [part] = rdn;
    if (rdn.length !== 1 || part === undefined || part.type.toLowerCase() !== "dc") {
      break;
    }
    labels.unshift(part.value.toLowerCase());
  }
  return labels.length === 0 ? undefined : labels.join(".");
}

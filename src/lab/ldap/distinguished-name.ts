/** One relative distinguished name, unescaped. */
export interface Rdn {
  readonly type: string;
  readonly value: string;
}

const maxParts = 100;
const maxLength = 8192;

/** Splits at unescaped commas. */
function pieces(dn: string): readonly string[] {
  const found: string[] = [];
  let from = 0;
  for (let at = 0; at < dn.length; at += 1) {
    if (dn[at] === "\\") at += 1;
    else if (dn[at] === ",") {
      found.push(dn.slice(from, at));
      from = at + 1;
    }
  }
  return [...found, dn.slice(from)];
}

function unescape(value: string): string {
  if (!value.includes("\\")) return value.trim();
  return value
    .trimStart()
    .replace(/(?<!\\) +$/u, "")
    .replaceAll(/((?:\\[0-9a-f]{2})+)|\\(.)/giu, (whole: string, hex: string | undefined, plain: string | undefined) =>
      hex === undefined ? (plain ?? whole) : Buffer.from(hex.replaceAll("\\", ""), "hex").toString("utf8"),
    );
}

/** Parses a distinguished name (RFC 4514), leaf first; undefined where it is not one. */
export function parseDn(dn: string): readonly Rdn[] | undefined {
  if (dn.trim() === "") return [];
  if (dn.length > maxLength) return undefined;
  const parts = pieces(dn);
  if (parts.length > maxParts) return undefined;
  const rdns = parts.map((part): Rdn | undefined => {
    const at = part.indexOf("=");
    const type = part.slice(0, at).trim();
    return at < 1 || !/^[a-z][\w.-]*$/iu.test(type) ? undefined : { type, value: unescape(part.slice(at + 1)) };
  });
  return rdns.every((rdn) => rdn !== undefined) ? rdns : undefined;
}

function keyOf({ type, value }: Rdn): string {
  return `${type.toLowerCase()}=${value.toLowerCase().replaceAll(/[\\,]/gu, (sign) => `\\${sign.charCodeAt(0).toString(16)}`)}`;
}

/** A form under which equal names are equal: case and escapes are folded, and a bare comma only separates. */
export function dnKey(rdns: readonly Rdn[]): string {
  return rdns.map(keyOf).join(",");
}

/** {@link dnKey} of text; text that is no name stands for itself. */
export function textKey(dn: string): string {
  const rdns = parseDn(dn);
  return rdns === undefined ? dn.toLowerCase() : dnKey(rdns);
}

/** The DNS name that the DC parts at the end of a name spell, or undefined without any. */
export function dnsNameOf(rdns: readonly Rdn[]): string | undefined {
  const labels: string[] = [];
  for (const { type, value } of rdns.toReversed()) {
    if (type.toLowerCase() !== "dc") break;
    labels.unshift(value);
  }
  return labels.length === 0 ? undefined : labels.join(".");
}

/** The distinguished name of a DNS domain. */
export function domainDn(realm: string): string {
  return realm
    .split(".")
    .map((label) => `DC=${label}`)
    .join(",");
}

import { isIP } from "node:net";
import { domainToASCII } from "node:url";

/** Lower case for ASCII only, as DNS compares names (RFC 4343); `toLowerCase` would also fold letters that DNS keeps apart. */
export function foldCase(name: string): string {
  return /[A-Z]/.test(name) ? name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) : name;
}

/**
 * The name as it is asked for: ASCII (IDNA), lower case, without trailing dot; undefined when it is no DNS name. Labels of letters, digits, hyphen and
 * underscore, and the slash of delegated reverse zones (RFC 2317), at most 63 long, 253 in all. An IP address is refused: asked for, it would be "absent".
 */
export function toQueryName(text: string): string | undefined {
  const isPlain = text.length <= 253 && /^[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*$/.test(text); // nearly every name: no need for what follows
  if (isPlain && isIP(text) === 0) return text;
  // domainToASCII reads a URL host: it would cut at a slash and decode percent signs, so such characters are refused before it.
  if (text.length > 1024 || /[^a-z0-9._/\u0080-\u{10ffff}-]/iu.test(text)) return undefined;
  const isAscii = /^\p{ASCII}*$/u.test(text);
  if (!isAscii && text.includes("/")) return undefined;
  const name = foldCase(isAscii ? text : domainToASCII(text)).replace(/\.$/, "");
  const fits = name.length <= 253 && name.split(".").every((label) => label.length >= 1 && label.length <= 63);
  return fits && isIP(name) === 0 ? name : undefined;
}

/** The sixteen-bit groups of a valid IPv6 address without zone. */
function ipv6Groups(address: string): readonly number[] {
  const withoutDots = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, a: string, b: string, c: string, d: string) =>
    `${(Number(a) * 256 + Number(b)).toString(16)}:${(Number(c) * 256 + Number(d)).toString(16)}`);
  const [head = [], tail = []] = withoutDots.split("::").map((half) => (half === "" ? [] : half.split(":").map((group) => Number.parseInt(group, 16))));
  return [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => 0), ...tail];
}

/** The owner name of an address's PTR records (RFC 1035 section 3.5, RFC 3596 section 2.5); undefined when it is no IP address. */
export function reverseName(address: string): string | undefined {
  const bare = address.replace(/%.*$/, "");
  switch (isIP(bare)) {
    case 4:
      return `${bare.split(".").toReversed().join(".")}.in-addr.arpa`;
    case 6: {
      const nibbles = ipv6Groups(bare).map((group) => group.toString(16).padStart(4, "0")).join("");
      return `${nibbles.split("").toReversed().join(".")}.ip6.arpa`;
    }
    default:
      return undefined;
  }
}

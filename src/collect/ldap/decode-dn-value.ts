/** Where a value of an RDN ended, and the value. */
export interface DnValue {
  readonly value: string;
  readonly end: number;
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const plainRun = /[^\\",+;]+/y;
const hexPair = /\\([0-9a-f]{2})/iy;

/** Decodes a run of `\xx` pairs, which are the octets of UTF-8 text (RFC 4514, section 3); undefined when they are not. */
function readHexPairs(text: string, start: number): DnValue | undefined {
  const octets: number[] = [];
  let end = start;
  for (;;) {
    hexPair.lastIndex = end;
    const match = hexPair.exec(text);
    if (match === null) {
      break;
    }
    octets.push(Number.parseInt(match[1] ?? "", 16));
    end += 3;
  }
  try {
    return { value: utf8.decode(Uint8Array.from(octets)), end };
  } catch {
    return undefined;
  }
}

/** Reads what a backslash at `start` stands for. */
function readEscape(text: string, start: number): DnValue | undefined {
  hexPair.lastIndex = start;
  if (hexPair.test(text)) {
    return readHexPairs(text, start);
  }
  const next = text[start + 1];
  return next !== undefined && ' "#+,;<=>\\'.includes(next) ? { value: next, end: start + 2 } : undefined;
}

/** An OCTET STRING or a string type as `#` and hexadecimal BER; other types keep their hexadecimal form. */
function readHexString(text: string, start: number): DnValue | undefined {
  const match = /^#((?:[0-9a-f]{2})+) *(?=$|[,+])/i.exec(text.slice(start, start + 4096));
  if (match === null) {
    return undefined;
  }
  const end = start + match[0].length;
  const bytes = Buffer.from(match[1] ?? "", "hex");
  const [tag = 0, length = 0] = bytes;
  const raw = { value: `#${(match[1] ?? "").toLowerCase()}`, end };
  if (![0x04, 0x0c, 0x13, 0x16].includes(tag) || length >= 0x80 || bytes.length !== 2 + length) {
    return raw;
  }
  try {
    return { value: utf8.decode(bytes.subarray(2)), end };
  } catch {
    return raw;
  }
}

/** A value in quotation marks, as RFC 2253 still allowed. */
function readQuoted(text: string, start: number): DnValue | undefined {
  const parts: string[] = [];
  let at = start + 1;
  while (text[at] !== '"') {
    if (at >= text.length) {
      return undefined;
    }
    const piece = text[at] === "\\" ? readEscape(text, at) : { value: text.slice(at, at + 1), end: at + 1 };
    if (piece === undefined) {
      return undefined;
    }
    parts.push(piece.value);
    at = piece.end;
  }
  const after = /^ */.exec(text.slice(at + 1));
  return { value: parts.join(""), end: at + 1 + (after?.[0].length ?? 0) };
}

/** By hand, since the pattern ` +$` takes quadratic time on a long run of spaces in the middle. */
function withoutTrailingSpaces(text: string): string {
  let end = text.length;
  while (text[end - 1] === " ") {
    end -= 1;
  }
  return text.slice(0, end);
}

/** Reads the attribute value at `start`, up to an unescaped `,` or `+` or the end. Unescaped spaces around it do not belong to it. */
export function readDnValue(text: string, start: number): DnValue | undefined {
  let at = start;
  while (text[at] === " ") {
    at += 1;
  }
  if (text[at] === "#") {
    return readHexString(text, at);
  }
  if (text[at] === '"') {
    return readQuoted(text, at);
  }
  const parts: string[] = [];
  let plainLast = false;
  while (at < text.length && text[at] !== "," && text[at] !== "+") {
    plainRun.lastIndex = at;
    const run = plainRun.exec(text);
    const piece = run === null ? (text[at] === "\\" ? readEscape(text, at) : undefined) : { value: run[0], end: at + run[0].length };
    if (piece === undefined) {
      return undefined;
    }
    plainLast = run !== null;
    parts.push(piece.value);
    at = piece.end;
  }
  const last = parts.at(-1);
  if (plainLast && last !== undefined) {
    parts[parts.length - 1] = withoutTrailingSpaces(last);
  }
  return { value: parts.join(""), end: at };
}

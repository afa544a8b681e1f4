import { createHmac, randomBytes } from "node:crypto";
import { permutation, type Permutation } from "./pseudonym.ts";
import { isWellKnown } from "./well-known-words.ts";

/** Replaces the names in a text. */
export type TextRedaction = (text: string) => string;

const hexadecimal = "0123456789abcdef";
const letters = "abcdefghijklmnopqrstuvwxyz";
const digits = "0123456789";
/** Ideographs have no case; a name with letters beyond ASCII keeps that property. */
const firstIdeograph = 0x4e00;
const ideographs = 20_000;
/** Shorter runs of digits are ports, versions and the numbers of servers. */
const longNumber = 5;
const numberPrefix = 2;
const cacheLimit = 200_000;

/** What a text is made of, what is longest and most special first. */
const parts = new RegExp(
  [
    String.raw`(?<sid>S-1-5-21-\d+-\d+-\d+)`,
    String.raw`(?<kept>(?<![\w:.])::[fF]{4}:(?=(?:\d{1,3}\.){3}\d)|[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}|\d{4}-\d\d-\d\dT[\d:.]+Z|(?<![\w.])[0-2](?:\.\d+){4,}(?![\w.]))`,
    String.raw`(?<v4>(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w]|\.\d))`,
    String.raw`(?<v6>(?<![\w:.])(?:[0-9a-fA-F]{1,4}(?::[0-9a-fA-F]{1,4}){7}|(?=[0-9a-fA-F:]*::)[0-9a-fA-F:]{3,39})(?![\w:]|\.\d)|(?<![\w:.])(?=[0-9a-fA-F:]*::)[0-9a-fA-F:]{1,38}:(?=(?:\d{1,3}\.){3}\d))`,
    String.raw`(?<hex>(?<![\p{L}\d])(?=[0-9a-fA-F]*[0-9])(?=[0-9a-fA-F]*[a-fA-F])[0-9a-fA-F]{16,}(?![\p{L}\d]))`,
    String.raw`(?<number>\d{${longNumber},})`,
    String.raw`(?<word>[\p{L}\p{M}]+)`,
  ].join("|"),
  "gu",
);

/** The pseudonym with capitals where the word has them, so that it has the same lower case as the pseudonym of the word in lower case. */
function inCaseOf(word: string, pseudonym: string): string {
  return pseudonym.split("").map((character, index) => (word.charAt(index) === word.charAt(index).toLowerCase() ? character : character.toUpperCase())).join("");
}

interface Permutations {
  readonly letters: Permutation;
  readonly digits: Permutation;
  readonly hexadecimal: Permutation;
  readonly key: Buffer;
}

function wordPseudonym(word: string, { letters: permute, key }: Permutations): string {
  const lower = word.toLowerCase();
  if (isWellKnown(lower)) return word;
  if (!/^[a-z]+$/u.test(lower) || lower.length !== word.length) {
    const bytes = createHmac("sha512", key).update(word.normalize("NFC").toLowerCase()).digest();
    return Array.from(word, (_, index) => String.fromCodePoint(firstIdeograph + (bytes.readUInt16BE((index * 2) % (bytes.length - 1)) % ideographs))).join("");
  }
  // Well-known words stand for themselves, so that no other word may become one: the permutation is followed until it leaves them.
  let pseudonym = permute(lower);
  while (isWellKnown(pseudonym)) pseudonym = permute(pseudonym);
  return inCaseOf(word, pseudonym);
}

function addressPseudonym(address: string, { hexadecimal: permute }: Permutations): string {
  const bytes = address.split(".").map(Number);
  if (bytes.some((byte) => byte > 255)) return address;
  const mapped = permute(Buffer.from(bytes).toString("hex"));
  return [...Buffer.from(mapped, "hex")].join(".");
}

function numberPseudonym(number: string, { digits: permute }: Permutations): string {
  return number.slice(0, numberPrefix) + permute(number.slice(numberPrefix));
}

/**
 * Replaces names label by label: each word by another of the same length and case, always the same within one redaction and never the same for two words. Separators
 * stay, and so does what is equal, contained, a suffix or of a certain length. Well-known words, object ids, short numbers, moments and OIDs stay.
 */
export function createTextRedaction(key: Buffer = randomBytes(32)): TextRedaction {
  const permutations: Permutations = { letters: permutation(key, letters), digits: permutation(key, digits), hexadecimal: permutation(key, hexadecimal), key };
  const known = new Map<string, string>();
  const remembered = (part: string, pseudonym: (part: string, permutations: Permutations) => string): string => {
    const before = known.get(part);
    if (before !== undefined) return before;
    const made = pseudonym(part, permutations);
    if (known.size >= cacheLimit) known.clear();
    known.set(part, made);
    return made;
  };
  const ofHex = (text: string): string => {
    const pseudonym = permutations.hexadecimal(text.toLowerCase());
    return text === text.toLowerCase() ? pseudonym : pseudonym.toUpperCase();
  };
  return (text) =>
    text.replace(parts, (part, ...rest) => {
      const { sid, kept, v4, v6, hex, number } = rest.at(-1) as Readonly<Record<string, string | undefined>>;
      if (kept !== undefined) return part;
      if (sid !== undefined) return part.split("-").map((unit, index) => (index < 4 ? unit : permutations.digits(unit))).join("-");
      if (v4 !== undefined) return remembered(part, addressPseudonym);
      if (v6 !== undefined) return part.split(":").map((group) => (group.length < 2 ? group : ofHex(group))).join(":");
      if (hex !== undefined) return ofHex(part);
      return remembered(part, number === undefined ? wordPseudonym : numberPseudonym);
    });
}

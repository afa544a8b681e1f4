import { hash } from "node:crypto";

/** Another text of the same length over the same alphabet, never the same for two texts. */
export type Permutation = (text: string) => string;

const rounds = 8;
/** 32-bit numbers in a digest. */
const numbersInDigest = 8;

/**
 * A keyed permutation of the texts of each length over an alphabet: a Feistel network over the two halves, as in format-preserving encryption (NIST SP 800-38G).
 * Nothing needs to be remembered to keep different texts apart, however many there are. Takes time in proportion to the length.
 */
export function permutation(key: Buffer, alphabet: string): Permutation {
  const base = alphabet.length;
  const secret = key.toString("hex");
  const at = new Map(alphabet.split("").map((character, index) => [character, index]));
  const shifted = (half: readonly number[], other: readonly number[], round: number): number[] => {
    let digest = hash("sha256", `${secret} ${base} ${round} ${half.length} ${other.join(",")}`, "buffer");
    return half.map((value, index) => {
      const within = index % numbersInDigest;
      if (within === 0 && index > 0) digest = hash("sha256", digest, "buffer");
      return (value + digest.readUInt32BE(within * 4)) % base;
    });
  };
  return (text) => {
    let left = text.slice(0, text.length >> 1).split("").map((character) => at.get(character) ?? 0);
    let right = text.slice(text.length >> 1).split("").map((character) => at.get(character) ?? 0);
    for (let round = 0; round < rounds; round += 1) {
      if (round % 2 === 0) right = shifted(right, left, round);
      else left = shifted(left, right, round);
    }
    return [...left, ...right].map((index) => alphabet.charAt(index)).join("");
  };
}

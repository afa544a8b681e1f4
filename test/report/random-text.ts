import { randomNumbers } from "../random-numbers.ts";

const ranges: readonly (readonly [number, number])[] = [[0, 0x20], [0x20, 0x7f], [0x7f, 0xa1], [0xad, 0xae], [0x200b, 0x2070], [0x3000, 0x3100], [0xd800, 0xe000], [0xfdd0, 0xfe10], [0xfff0, 0x10000], [0, 0x10000]];
const tokens = ["]]>", "<!--", "&#0;", "\u001b]0;", "\u001b[", "\r\n", " ", ".", ",DC=", "CN=", "'", "\u2019", '"', "`", "$(", "#>", "<#", "|", ";", "=", "@", "{", "}", "](http://evil.test)", "@everyone", "</details>", "\\", "\\n", "<placeholder>"];

function hostileText(next: () => number): string {
  return Array.from({ length: Math.floor(next() * 60) }, () => {
    if (next() < 0.2) return tokens[Math.floor(next() * tokens.length)] ?? "";
    const [from, to] = ranges[Math.floor(next() * ranges.length)] ?? [0, 1];
    return String.fromCharCode(from + Math.floor(next() * (to - from)));
  }).join("");
}

/** Seeds of the texts that tests try. */
export const seeds = Array.from({ length: 12 }, (_, index) => index + 1);
/** Three hostile texts, always the same for a seed. */
export function textsOf(seed: number): readonly string[] {
  const next = randomNumbers(seed);
  return Array.from({ length: 3 }, () => hostileText(next));
}

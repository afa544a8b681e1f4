import type { ClientWords, Counting } from "../words/page-words.ts";

type Numbers = Pick<ClientWords, "thousands" | "noneIsOne">;

/** A whole number with its thousands apart. */
export function numberText({ thousands }: Pick<ClientWords, "thousands">, count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, thousands);
}

/** A text with what is put in for `{name}`; other braces stay. */
export function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (all, name: string) => (Object.hasOwn(values, name) ? (values[name] ?? all) : all));
}

/** A text that counts, for this number. */
export function countText(words: Numbers, { one, many }: Counting, count: number, values: Readonly<Record<string, string>> = {}): string {
  return filled(count === 1 || (count === 0 && words.noneIsOne) ? one : many, { ...values, n: numberText(words, count) });
}

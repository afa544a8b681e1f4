import { normalName } from "../model/ids.ts";

/** Whether two texts are the same DNS name. An empty text names nothing and equals nothing. */
export function sameName(a: string, b: string): boolean {
  const name = normalName(a);
  return name !== "" && name === normalName(b);
}

/** Whether a name is a domain or below it. */
export function inDomain(name: string, domain: string): boolean {
  const below = normalName(name);
  const above = normalName(domain);
  return above !== "" && (below === above || below.endsWith(`.${above}`));
}

/** All but the first label; empty for a name of one label. */
export function domainOf(name: string): string {
  const dot = name.indexOf(".");
  return dot === -1 ? "" : name.slice(dot + 1);
}

/** The first label. */
export function firstLabel(name: string): string {
  const dot = name.indexOf(".");
  return dot === -1 ? name : name.slice(0, dot);
}

/** Whether one of a certificate's dNSNames is exactly the name (RFC 9525 section 6.3). */
export function coversName(names: readonly string[], name: string): boolean {
  return names.some((candidate) => sameName(candidate, name));
}

/** Whether one of them matches through a wildcard that is the whole left-most label and stands for exactly one (RFC 9525 section 6.3). */
export function coversByWildcard(names: readonly string[], name: string): boolean {
  const domain = domainOf(normalName(name));
  return domain !== "" && firstLabel(name) !== "" && names.some((candidate) => candidate.startsWith("*.") && sameName(candidate.slice(2), domain));
}

/** The list without repetitions; the first spelling stays. */
export function distinct(list: readonly string[]): string[] {
  const seen = new Set<string>();
  return list.filter((item) => {
    const key = item.toLowerCase();
    return seen.has(key) ? false : seen.add(key) !== undefined;
  });
}

/** Each text that is there more than once, once. */
export function duplicates(list: readonly string[]): string[] {
  const seen = new Set<string>();
  return distinct(
    list.filter((item) => {
      const key = item.toLowerCase();
      return seen.has(key) || seen.add(key) === undefined;
    }),
  );
}

/** The texts of the list that are not among the others. */
export function without(list: readonly string[], others: readonly string[]): string[] {
  const out = new Set(others.map((item) => item.toLowerCase()));
  return list.filter((item) => !out.has(item.toLowerCase()));
}

const msPerDay = 86_400_000;

/** A moment `days` days later; an error where there is no such moment. */
export function addDays(time: Date, days: bigint): Date {
  const later = new Date(time.getTime() + Number(days) * msPerDay);
  if (Number.isNaN(later.getTime())) throw new RangeError(`addDays: ${days} days lead out of the calendar`);
  return later;
}

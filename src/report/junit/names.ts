import { createHash } from "node:crypto";
import type { TestCase } from "./test-case.ts";

/** How often a name is wanted in a class, and how often it was given already. */
export type Names = Map<string, { readonly wanted: number; given: number }>;

const keyOf = (className: string, name: string): string => `${className}\n${name}`;

/** Counts the names of a suite's cases. */
export function countNames(testCases: readonly TestCase[]): Names {
  const names: Names = new Map();
  for (const { className, name } of testCases) {
    const key = keyOf(className, name);
    names.set(key, { wanted: (names.get(key)?.wanted ?? 0) + 1, given: 0 });
  }
  return names;
}

/** A name that no other case of the class has: GitLab keeps the first of two equal names and drops the other. */
export function caseName(testCase: TestCase, names: Names): string {
  const { className, name, id, ambiguous } = testCase;
  const alone = names.get(keyOf(className, name))?.wanted === 1 && !ambiguous;
  const distinct = alone ? name : `${name} ${createHash("sha256").update(id).digest("hex").slice(0, 8)}`;
  const key = keyOf(className, distinct);
  const given = (names.get(key)?.given ?? 0) + 1;
  names.set(key, { wanted: names.get(key)?.wanted ?? 0, given });
  return given === 1 ? distinct : `${distinct} #${given}`;
}

import { expect, test } from "vitest";
import { createSharedResults } from "../../../src/collect/dns/shared-results.ts";

const weigh = (result: string): number => result.length;

test("one making for all who ask", async () => {
  const shared = createSharedResults(weigh, 100);
  let made = 0;
  const make = (): Promise<string> => { made += 1; return Promise.resolve("abc"); };
  expect(await Promise.all([shared.get("k", make), shared.get("k", make)])).toEqual(["abc", "abc"]);
  await shared.get("k", make);
  expect(made).toBe(1);
});

test("the oldest results go when all weigh too much", async () => {
  const shared = createSharedResults(weigh, 10);
  const made: string[] = [];
  const ask = (key: string): Promise<string> => shared.get(key, () => { made.push(key); return Promise.resolve("four"); });
  for (const key of ["a", "b", "c", "c", "b", "a"]) await ask(key);
  expect(made).toEqual(["a", "b", "c", "a"]);
});

test("a rejection is not kept", async () => {
  const shared = createSharedResults(weigh, 10);
  await expect(shared.get("k", () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  expect(await shared.get("k", () => Promise.resolve("whole"))).toBe("whole");
});

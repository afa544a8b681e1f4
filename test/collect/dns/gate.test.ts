import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { createGate } from "../../../src/collect/dns/gate.ts";

test("tasks enter in order, as many at once as allowed, and a failed one makes room too", async () => {
  const gate = createGate(2);
  const started: number[] = [];
  let running = 0;
  let most = 0;
  const results = await Promise.allSettled(Array.from({ length: 7 }, (_, index) => gate(async () => {
    started.push(index);
    running += 1;
    most = Math.max(most, running);
    await turn();
    running -= 1;
    if (index === 1) throw new Error("broken");
    return index;
  })));
  expect(started).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(most).toBe(2);
  expect(results.map((result) => (result.status === "fulfilled" ? result.value : "failed"))).toEqual([0, "failed", 2, 3, 4, 5, 6]);
});

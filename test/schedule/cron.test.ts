import { describe, expect, it } from "vitest";
import { nextRun, parseCron } from "../../src/schedule/cron.ts";

const local = (text: string): Date => new Date(text);
const next = (cron: string, after: string): string => {
  const moment = nextRun(parseCron(cron), local(after));
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}T${two(moment.getHours())}:${two(moment.getMinutes())}`;
};

describe("the next run", () => {
  // 2026-06-01 is a Monday.
  it.each([
    ["0 6 * * 1-5", "2026-06-01T05:59:59", "2026-06-01T06:00"],
    ["0 6 * * 1-5", "2026-06-01T06:00:00", "2026-06-02T06:00"],
    ["0 6 * * 1-5", "2026-06-05T06:00:00", "2026-06-08T06:00"],
    ["0 6 * * MON-FRI", "2026-06-06T00:00:00", "2026-06-08T06:00"],
    ["0 0 * * 7", "2026-06-01T00:00:00", "2026-06-07T00:00"],
    ["0 0 * * sun", "2026-06-01T00:00:00", "2026-06-07T00:00"],
    ["0 0 * * 5-7", "2026-06-06T00:00:00", "2026-06-07T00:00"],
    ["*/15 * * * *", "2026-06-01T23:50:00", "2026-06-02T00:00"],
    ["5/20 8 * * *", "2026-06-01T08:05:00", "2026-06-01T08:25"],
    ["0 9-17/4 * * *", "2026-06-01T13:00:00", "2026-06-01T17:00"],
    ["0,30 6,18 * * *", "2026-06-01T06:30:00", "2026-06-01T18:00"],
    ["0 0 31 * *", "2026-06-01T00:00:00", "2026-07-31T00:00"],
    ["0 0 29 2 *", "2026-06-01T00:00:00", "2028-02-29T00:00"],
    ["0 0 1 jan,JUL *", "2026-06-01T00:00:00", "2026-07-01T00:00"],
    // Both days: either suffices.
    ["0 0 13 * fri", "2026-06-01T00:00:00", "2026-06-05T00:00"],
    ["0 0 13 * fri", "2026-06-12T00:00:00", "2026-06-13T00:00"],
    ["@daily", "2026-06-01T00:00:00", "2026-06-02T00:00"],
    ["@Weekly", "2026-06-01T00:00:00", "2026-06-07T00:00"],
    ["59 23 31 12 *", "2026-12-31T23:59:00", "2027-12-31T23:59"],
  ])("%s after %s: %s", (cron, after, expected) => expect(next(cron, after)).toBe(expected));

  it("is always later, by whatever second", () => {
    const cron = parseCron("*/7 * * * *");
    let moment = local("2026-03-28T00:00:00");
    for (let count = 0; count < 1000; count += 1) {
      const following = nextRun(cron, moment);
      expect(following.getTime()).toBeGreaterThan(moment.getTime());
      moment = following;
    }
  });
});

it.each(["", "* * * *", "* * * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * 32 * *", "* * * 13 *", "* * * * 8", "5-1 * * * *", "*/0 * * * *", "*/-1 * * * *", "1//2 * * * *", "1-2-3 * * * *", "a * * * *", "* * * * mond", "1,,2 * * * *", "0 0 30 2 *", "0 0 31 4,6 *", "@sometimes", "1.5 * * * *", "٣ * * * *"])("%j is refused, with a remedy", (text) => expect(() => parseCron(text)).toThrow(expect.objectContaining({ code: "cron", hint: expect.stringContaining("Five fields") })));

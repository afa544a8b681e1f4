import { expect, it } from "vitest";
import { afterQuietHours } from "../../src/app/quiet-hours.ts";

const at = (day: number, hours: number, minutes = 0): Date => new Date(2026, 5, day, hours, minutes, 30);

it.each([
  ["before", { from: "22:00", to: "06:00" }, at(1, 21, 59), at(1, 21, 59)],
  ["in the evening", { from: "22:00", to: "06:00" }, at(1, 22), new Date(2026, 5, 2, 6)],
  ["after midnight", { from: "22:00", to: "06:30" }, at(2, 3), new Date(2026, 5, 2, 6, 30)],
  ["at their end", { from: "22:00", to: "06:00" }, at(2, 6), at(2, 6)],
  ["within a day", { from: "12:00", to: "13:00" }, at(1, 12, 30), new Date(2026, 5, 1, 13)],
  ["none", { from: "12:00", to: "12:00" }, at(1, 12), at(1, 12)],
])("quiet hours: %s", (_, hours, now, expected) => expect(afterQuietHours(now, hours)).toEqual(expected));

import { UsageError } from "../model/errors.ts";

/** A cron expression of five fields, as sorted lists of the values that fit. */
export interface Cron {
  readonly text: string;
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly daysOfMonth: readonly number[];
  readonly months: readonly number[];
  /** 0 is Sunday. */
  readonly daysOfWeek: readonly number[];
  /** Whether the field said anything but `*`: if both do, either suffices (crontab(5)). */
  readonly restrictsDayOfMonth: boolean;
  readonly restrictsDayOfWeek: boolean;
}

interface Field {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly names?: readonly string[];
}

const monthNames = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const dayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const fields = [
  { name: "minute", from: 0, to: 59 },
  { name: "hour", from: 0, to: 23 },
  { name: "day of month", from: 1, to: 31 },
  { name: "month", from: 1, to: 12, names: monthNames },
  { name: "day of week", from: 0, to: 7, names: dayNames },
] as const satisfies readonly Field[];
const shorthands: Readonly<Record<string, string>> = { "@hourly": "0 * * * *", "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@weekly": "0 0 * * 0", "@monthly": "0 0 1 * *", "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *" };

function refuse(text: string, why: string): never {
  throw new UsageError("cron", `${JSON.stringify(text)} is no schedule: ${why}`, { hint: 'Five fields: minute, hour, day of month, month, day of week; "0 6 * * 1-5" is at six on weekdays.' });
}

function valueOf(text: string, part: string, { name, from, to, names }: Field): number {
  const named = names?.indexOf(part.toLowerCase()) ?? -1;
  const value = named >= 0 ? named + (name === "month" ? 1 : 0) : /^\d{1,2}$/.test(part) ? Number(part) : Number.NaN;
  if (!(value >= from && value <= to)) refuse(text, `${JSON.stringify(part)} is no ${name} (${from} to ${to}${names === undefined ? "" : `, or ${names[0]} to ${names.at(-1)}`})`);
  return value;
}

function rangeOf(text: string, part: string, field: Field): readonly number[] {
  const [range = "", stepText, ...more] = part.split("/");
  if (more.length > 0 || (stepText !== undefined && !/^[1-9]\d?$/.test(stepText))) refuse(text, `${JSON.stringify(part)} has no proper step`);
  const [first = "", last, ...rest] = range.split("-");
  if (rest.length > 0) refuse(text, `${JSON.stringify(part)} is no range`);
  const from = range === "*" ? field.from : valueOf(text, first, field);
  const to = range === "*" ? (field.name === "day of week" ? 6 : field.to) : last === undefined ? (stepText === undefined ? from : field.to) : valueOf(text, last, field);
  if (to < from) refuse(text, `${JSON.stringify(part)} runs backwards`);
  const step = Number(stepText ?? 1);
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step);
}

function valuesOf(text: string, field: Field, value: string): readonly number[] {
  const values = value.split(",").flatMap((part) => rangeOf(text, part, field));
  // Seven is Sunday, too.
  const normal = field.name === "day of week" ? values.map((day) => day % 7) : values;
  return [...new Set(normal)].sort((a, b) => a - b);
}

/** Reads a cron expression: five fields with lists, ranges, steps and names, or `@daily` and the like. @throws UsageError that says which part is wrong */
export function parseCron(text: string): Cron {
  const parts = (shorthands[text.trim().toLowerCase()] ?? text).trim().split(/\s+/);
  if (parts.length !== fields.length) refuse(text, `it has ${parts.length} fields`);
  const [minutes = [], hours = [], daysOfMonth = [], months = [], daysOfWeek = []] = fields.map((field, index) => valuesOf(text, field, parts[index] ?? ""));
  const cron: Cron = { text: parts.join(" "), minutes, hours, daysOfMonth, months, daysOfWeek, restrictsDayOfMonth: !(parts[2] ?? "").startsWith("*"), restrictsDayOfWeek: !(parts[4] ?? "").startsWith("*") };
  if (!everComes(cron)) refuse(text, "no such day ever comes");
  return cron;
}

/** 30 February never comes; 29 February does. */
function everComes({ daysOfMonth, months, restrictsDayOfMonth, restrictsDayOfWeek }: Cron): boolean {
  if (!restrictsDayOfMonth || restrictsDayOfWeek) return true;
  const longest = (month: number): number => (month === 2 ? 29 : [4, 6, 9, 11].includes(month) ? 30 : 31);
  return months.some((month) => daysOfMonth.some((day) => day <= longest(month)));
}

function fitsDay(cron: Cron, day: Date): boolean {
  if (!cron.months.includes(day.getMonth() + 1)) return false;
  const ofMonth = cron.daysOfMonth.includes(day.getDate());
  const ofWeek = cron.daysOfWeek.includes(day.getDay());
  return cron.restrictsDayOfMonth && cron.restrictsDayOfWeek ? ofMonth || ofWeek : ofMonth && ofWeek;
}

/** Leap years lie at most eight years apart. */
const mostDays = 366 * 9;

/**
 * The next moment after `after` that fits, in local time. A time that the start of summer time skips comes an hour later that day; one that its end repeats comes once.
 */
export function nextRun(cron: Cron, after: Date): Date {
  for (let offset = 0; offset <= mostDays; offset += 1) {
    const day = new Date(after.getFullYear(), after.getMonth(), after.getDate() + offset);
    if (!fitsDay(cron, day)) continue;
    const moments = cron.hours.flatMap((hour) => cron.minutes.map((minute) => new Date(day.getFullYear(), day.getMonth(), day.getDate(), hour, minute).getTime()));
    const next = Math.min(...moments.filter((moment) => moment > after.getTime()));
    if (Number.isFinite(next)) return new Date(next);
  }
  return refuse(cron.text, "no such day ever comes");
}

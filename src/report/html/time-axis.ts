const dayMs = 86_400_000;

/** A stretch of time on a line of so many units. */
export interface TimeAxis {
  readonly from: number;
  readonly to: number;
  /** Where a moment is, between 0 and 1; moments outside are at the ends. */
  readonly at: (moment: number) => number;
  readonly ticks: readonly { readonly moment: number; readonly text: string }[];
}

/** Days before today and after it that are shown, at least and at most. */
const past = { least: 30, most: 180 };
const future = { least: 180, most: 1100 };
const steps = [1, 3, 6, 12] as const;
const mostTicks = 9;
/** Near the ends of what a date can be there are no months to step through. */
const farthest = 8e15;

/** Whole months between two dates are what people plan in. */
function ticksEvery(months: number, from: number, to: number): readonly number[] {
  const start = new Date(from);
  const ticks: number[] = [];
  for (let month = Math.ceil((start.getUTCMonth() + 1) / months) * months; ; month += months) {
    const moment = Date.UTC(start.getUTCFullYear(), month, 1);
    if (moment > to) return ticks;
    ticks.push(moment);
  }
}

/** An axis that shows today and as many of some dates as fit three years; what lies outside is at its ends, what is no date at its beginning. */
export function timeAxis(now: number, dates: readonly number[]): TimeAxis {
  const today = Math.abs(now) <= farthest ? now : 0;
  const inReach = dates.filter((date) => date > today - past.most * dayMs && date < today + future.most * dayMs);
  const from = Math.min(today - past.least * dayMs, ...inReach.map((date) => date - 14 * dayMs));
  const to = Math.max(today + future.least * dayMs, ...inReach.map((date) => date + 14 * dayMs));
  const ticks = steps.map((months) => ticksEvery(months, from, to)).find((list) => list.length <= mostTicks) ?? [];
  return { from, to, at: (moment) => (Number.isFinite(moment) ? Math.min(1, Math.max(0, (moment - from) / (to - from))) : 0), ticks: ticks.map((moment) => ({ moment, text: new Date(moment).toISOString().slice(0, 7) })) };
}

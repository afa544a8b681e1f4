import type { QuietHours } from "../model/notification.ts";

function minutesOf(time: string): number {
  const [hours, minutes] = time.split(":").map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}

/** The moment itself, or the end of the quiet hours in which it lies. Quiet hours are local and may pass midnight; `from` equal to `to` means none. */
export function afterQuietHours(now: Date, { from, to }: QuietHours): Date {
  const [begin, end] = [minutesOf(from), minutesOf(to)];
  const minute = now.getHours() * 60 + now.getMinutes();
  const quiet = begin <= end ? minute >= begin && minute < end : minute >= begin || minute < end;
  if (!quiet) return now;
  const over = new Date(now);
  over.setHours(Math.floor(end / 60), end % 60, 0, 0);
  if (over <= now) over.setDate(over.getDate() + 1);
  return over;
}

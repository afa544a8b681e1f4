import type { TrendPoint } from "../../model/drift.ts";
import { terminalText } from "../../model/terminal-text.ts";
import { countsText } from "./text.ts";

const bars = "▁▂▃▄▅▆▇█";
const zero = "·";

/** One character per run, higher where there are more; nothing is a dot. */
function sparkline(values: readonly number[]): string {
  const most = Math.max(0, ...values);
  return values.map((value) => (value === 0 ? zero : (bars[Math.max(0, Math.ceil((value / most) * bars.length) - 1)] ?? ""))).join("");
}

function row(cells: readonly (string | number)[]): string {
  const widths = [5, 24, 6, 6, 8, 8, 7];
  return cells.map((cell, index) => (index === 1 || index === 7 ? String(cell).padEnd(widths[index] ?? 0) : String(cell).padStart(widths[index] ?? 0))).join(" ").trimEnd();
}

/** How the counts went from run to run, oldest first. */
export function* trendText(trend: readonly TrendPoint[]): Iterable<string> {
  yield `${row(["run", "started", "fail", "warn", "unknown", "pass", "waived", "changes"])}\n`;
  for (const { run, startedAt, fail, warn, unknown, pass, waived, changes, complete } of trend) yield `${row([run, terminalText(startedAt), fail, warn, unknown, pass, waived, `${countsText({ counts: changes })}${complete ? "" : " (incomplete)"}`])}\n`;
  for (const name of ["fail", "warn", "unknown"] as const) yield `${name.padEnd(8)} ${sparkline(trend.map((point) => point[name]))}\n`;
}

import type { ReportHistory, TrendPoint } from "../../../model/drift.ts";
import { countsText } from "../../changes/text.ts";
import { counted, grouped } from "../../shorten.ts";
import { el, type PageElement } from "../element.ts";
import { dataTable, type Section } from "../section.ts";
import { badge, moment } from "../words.ts";

const runLimit = 120;
const tableLimit = 15;
const [width, height, foot] = [1000, 160, 4];
const series = ["fail", "unknown", "warn"] as const;

/** How failures, unknowns and warnings went from run to run. */
export function trendSection(history: ReportHistory | undefined): Section | undefined {
  if (history === undefined || history.trend.length === 0) return undefined;
  const runs = history.trend.slice(-runLimit);
  return {
    id: "trend",
    title: "Trend",
    note: String(history.trend.length),
    body: [
      el("p", { class: "intro" }, `${counted(runs.length, "run")}, oldest first`, history.trend.length > runs.length && ` (the last of ${grouped(history.trend.length)})`, ". ", series.map((name) => [badge(name), " "])),
      el("div", { class: "panel" }, chart(runs), el("div", { class: "axis quiet" }, moment(runs[0]?.startedAt ?? ""), moment(runs.at(-1)?.startedAt ?? ""))),
      el("details", { class: "fold" }, el("summary", {}, `The last ${counted(Math.min(tableLimit, runs.length), "run")} in numbers`), dataTable("Runs", ["Run", "Started", "Fail", "Unknown", "Warn", "Pass", "Waived", "Changes"], runs.slice(-tableLimit).toReversed().map(numbers))),
    ],
  };
}

function numbers({ run, startedAt, fail, unknown, warn, pass, waived, changes, complete }: TrendPoint): readonly (PageElement | string)[] {
  return [String(run), moment(startedAt), grouped(fail), grouped(unknown), grouped(warn), grouped(pass), grouped(waived), `${countsText({ counts: changes })}${complete ? "" : " (incomplete)"}`];
}

/** Stacked bars, worst at the bottom, each with its numbers as a tooltip. */
function chart(runs: readonly TrendPoint[]): PageElement {
  const most = Math.max(1, ...runs.map((run) => series.reduce((sum, name) => sum + run[name], 0)));
  const step = width / Math.max(runs.length, 12);
  const bars = runs.map((run, index) => {
    let top = height - foot;
    const rects = series.filter((name) => run[name] > 0).map((name) => {
      const tall = Math.max(1.5, (run[name] / most) * (height - foot - 8));
      top -= tall;
      return el("rect", { class: `fill-${name}`, x: (index * step + step * 0.1).toFixed(1), y: top.toFixed(1), width: (step * 0.8).toFixed(1), height: tall.toFixed(1) });
    });
    return el("g", { class: run.complete ? undefined : "incomplete" }, el("title", {}, `Run ${run.run}, ${run.startedAt}: ${series.map((name) => `${name} ${run[name]}`).join(", ")}${run.complete ? "" : ", incomplete"}`), el("rect", { class: "hit", x: (index * step).toFixed(1), y: 0, width: step.toFixed(1), height }), rects);
  });
  const last = runs.at(-1);
  return el("svg", { class: "chart", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `Failures, unknowns and warnings of ${counted(runs.length, "run")}; the last has ${last?.fail ?? 0} failures, ${last?.unknown ?? 0} unknowns and ${last?.warn ?? 0} warnings` }, bars, el("line", { class: "base", x1: 0, x2: width, y1: height - foot, y2: height - foot }));
}

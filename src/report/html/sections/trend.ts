import type { ReportHistory, TrendPoint } from "../../../model/drift.ts";
import { countsText } from "../../changes/text.ts";
import type { Words } from "../../words/words.ts";
import { el, type PageElement } from "../element.ts";
import { dataTable, type Section } from "../section.ts";
import { badge, moment } from "../words.ts";

const runLimit = 120;
const tableLimit = 15;
const [width, height, foot] = [1000, 160, 4];
const series = ["fail", "unknown", "warn"] as const;

/** How failures, unknowns and warnings went from run to run. */
export function trendSection(history: ReportHistory | undefined, words: Words): Section | undefined {
  if (history === undefined || history.trend.length === 0) return undefined;
  const said = words.page.section.trend;
  const runs = history.trend.slice(-runLimit);
  return {
    id: "trend",
    title: said.title,
    note: String(history.trend.length),
    body: [
      el("p", { class: "intro" }, said.intro(runs.length, history.trend.length), series.map((name) => [badge(words.page.client, name), " "])),
      el("div", { class: "panel" }, chart(runs, words), el("div", { class: "axis quiet" }, moment(runs[0]?.startedAt ?? ""), moment(runs.at(-1)?.startedAt ?? ""))),
      el("details", { class: "fold" }, el("summary", {}, said.inNumbers(Math.min(tableLimit, runs.length))), dataTable(said.caption, said.heads, runs.slice(-tableLimit).toReversed().map((run) => numbers(run, words)))),
    ],
  };
}

function numbers({ run, startedAt, fail, unknown, warn, pass, waived, changes, complete }: TrendPoint, words: Words): readonly (PageElement | string)[] {
  const { grouped } = words;
  return [String(run), moment(startedAt), grouped(fail), grouped(unknown), grouped(warn), grouped(pass), grouped(waived), `${countsText({ counts: changes }, words)}${complete ? "" : ` (${words.page.section.trend.incomplete})`}`];
}

/** Stacked bars, worst at the bottom, each with its numbers as a tooltip. */
function chart(runs: readonly TrendPoint[], words: Words): PageElement {
  const said = words.page.section.trend;
  const most = Math.max(1, ...runs.map((run) => series.reduce((sum, name) => sum + run[name], 0)));
  const step = width / Math.max(runs.length, 12);
  const bars = runs.map((run, index) => {
    let top = height - foot;
    const rects = series.filter((name) => run[name] > 0).map((name) => {
      const tall = Math.max(1.5, (run[name] / most) * (height - foot - 8));
      top -= tall;
      return el("rect", { class: `fill-${name}`, x: (index * step + step * 0.1).toFixed(1), y: top.toFixed(1), width: (step * 0.8).toFixed(1), height: tall.toFixed(1) });
    });
    return el("g", { class: run.complete ? undefined : "incomplete" }, el("title", {}, said.run(run.run, run.startedAt, `${series.map((name) => `${words.outcomes[name]} ${run[name]}`).join(", ")}${run.complete ? "" : `, ${said.incomplete}`}`)), el("rect", { class: "hit", x: (index * step).toFixed(1), y: 0, width: step.toFixed(1), height }), rects);
  });
  const last = runs.at(-1);
  return el("svg", { class: "chart", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": said.about(runs.length, last ?? { fail: 0, unknown: 0, warn: 0 }) }, bars, el("line", { class: "base", x1: 0, x2: width, y1: height - foot, y2: height - foot }));
}

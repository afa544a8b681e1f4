import type { Report } from "../../../model/report.ts";
import { counted, grouped, shortened } from "../../shorten.ts";
import { verdictSentence } from "../../verdict.ts";
import { wordsOf } from "../../words.ts";
import { el, type PageChild, type PageElement } from "../element.ts";
import type { Survey } from "../survey.ts";
import { moment, outcomeWords, type Mark } from "../words.ts";

/** The head of the page: may we go on, in words and in numbers. */
export function verdictView(report: Report, { tallies, causes }: Survey): PageElement {
  const { word } = verdictSentence(report);
  const { run, tool } = report;
  return el("header", { class: `verdict is-${word}` },
    el("p", { class: "over" }, `${tool.name} report, profile ${run.profile}, `, moment(run.startedAt)),
    el("h1", {}, headline(report, tallies.failures.blocker)),
    el("p", { class: "lead" }, leadText(report, causes.length)),
    run.planned !== undefined && el("p", { class: "note is-warn" }, el("strong", {}, shortened(wordsOf("en").say.planned(run.planned.titles), 1000))),
    !run.complete && el("p", { class: "note is-unknown" }, el("strong", {}, "This run is incomplete. "), el("a", { href: "#not-read" }, "Why, and what was not read")),
    tiles(report),
    bar(report));
}

function headline(report: Report, blockers: number): string {
  const { word, sentence } = verdictSentence(report);
  if (word === "not-ready" && blockers > 0) return `Not ready: ${counted(blockers, "failure")} ${blockers === 1 ? "stops" : "stop"} calls or set-up.`;
  return sentence.slice(0, sentence.indexOf(". ") + 1 || sentence.length);
}

function leadText({ summary, run }: Report, causes: number): string {
  const decided = summary.fail + summary.warn + summary.pass;
  const asked = decided + summary.unknown;
  const share = asked === 0 ? 0 : Math.floor((decided / asked) * 100);
  const parts = [
    summary.fail > 0 ? `${counted(summary.fail, "failure")} and ${counted(summary.warn, "warning")} in ${counted(asked, "check")}.` : `${counted(summary.warn, "warning")} in ${counted(asked, "check")}.`,
    causes > 1 ? `They come down to ${counted(causes, "root cause")}.` : "",
    asked === 0 ? "Nothing was checked." : `${share} % could be decided${summary.unknown > 0 ? `; ${counted(summary.unknown, "check")} could not, and unknown is never a pass` : ""}.`,
    summary.waived > 0 ? `${counted(summary.waived, "finding")} ${summary.waived === 1 ? "was" : "were"} accepted by waivers and not counted.` : "",
    run.targets.every(({ status }) => status === "read") ? "" : `${counted(run.targets.filter(({ status }) => status !== "read").length, "target")} not read, or only in part.`,
  ];
  return parts.filter((part) => part !== "").join(" ");
}

function counts({ summary }: Report): readonly (readonly [Mark, number])[] {
  return [["fail", summary.fail], ["unknown", summary.unknown], ["warn", summary.warn], ["pass", summary.pass], ["not-applicable", summary.notApplicable], ["waived", summary.waived]];
}

function tiles(report: Report): PageElement {
  return el("ul", { class: "tiles" }, counts(report).map(([mark, count]) => el("li", { class: `tile is-${mark}${count === 0 ? " is-zero" : ""}` }, el("span", { class: "number" }, grouped(count)), el("span", { class: "label" }, outcomeWords[mark]))));
}

/** The same numbers as one bar. What there is at all is at least visible. */
function bar(report: Report): PageChild {
  const parts = counts(report).filter(([, count]) => count > 0);
  const total = parts.reduce((sum, [, count]) => sum + count, 0);
  if (total === 0) return undefined;
  const least = 6;
  const widths = parts.map(([, count]) => Math.max(least, (count / total) * 1000));
  const scale = 1000 / widths.reduce((sum, width) => sum + width, 0);
  let at = 0;
  const segments = parts.map(([mark], index) => {
    const width = (widths[index] ?? 0) * scale;
    const segment = el("rect", { class: `fill-${mark}`, x: at.toFixed(1), y: 0, width: Math.max(0, width - 2).toFixed(1), height: 10 });
    at += width;
    return segment;
  });
  return el("svg", { class: "bar", viewBox: "0 0 1000 10", preserveAspectRatio: "none", role: "img", "aria-label": parts.map(([mark, count]) => `${outcomeWords[mark]} ${grouped(count)}`).join(", ") }, segments);
}

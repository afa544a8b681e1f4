import type { Report } from "../../../model/report.ts";
import { shortened } from "../../shorten.ts";
import { verdictSentence } from "../../verdict.ts";
import type { Words } from "../../words/words.ts";
import { el, type PageChild, type PageElement } from "../element.ts";
import type { Survey } from "../survey.ts";
import { moment, type Mark } from "../words.ts";

/** The head of the page: may we go on, in words and in numbers. */
export function verdictView(report: Report, { tallies, causes }: Survey, words: Words): PageElement {
  const { word } = verdictSentence(report, words);
  const { run, tool } = report;
  return el("header", { class: `verdict is-${word}` },
    el("p", { class: "over" }, words.page.head.over(tool.name, run.profile), moment(run.startedAt)),
    el("h1", {}, headline(report, tallies.failures.blocker, words)),
    el("p", { class: "lead" }, leadText(report, causes.length, words)),
    run.planned !== undefined && el("p", { class: "note is-warn" }, el("strong", {}, shortened(words.say.planned(run.planned.titles), 1000))),
    !run.complete && el("p", { class: "note is-unknown" }, el("strong", {}, `${words.say.thisRunIncomplete} `), el("a", { href: "#not-read" }, words.page.head.why)),
    tiles(report, words),
    bar(report, words));
}

function headline(report: Report, blockers: number, words: Words): string {
  const { word, sentence } = verdictSentence(report, words);
  if (word === "not-ready" && blockers > 0) return words.page.head.stops(blockers);
  return sentence.slice(0, sentence.indexOf(". ") + 1 || sentence.length);
}

function leadText({ summary, run }: Report, causes: number, words: Words): string {
  const decided = summary.fail + summary.warn + summary.pass;
  const asked = decided + summary.unknown;
  const share = asked === 0 ? 0 : Math.floor((decided / asked) * 100);
  const { head } = words.page;
  const unread = run.targets.filter(({ status }) => status !== "read").length;
  const parts = [
    summary.fail > 0 ? head.failuresIn(summary.fail, summary.warn, asked) : head.warningsIn(summary.warn, asked),
    causes > 1 ? head.comeDownTo(causes) : "",
    asked === 0 ? head.nothingChecked : head.decided(share, summary.unknown),
    summary.waived > 0 ? head.accepted(summary.waived) : "",
    unread > 0 ? head.targetsNotRead(unread) : "",
  ];
  return parts.filter((part) => part !== "").join(" ");
}

function counts({ summary }: Report): readonly (readonly [Mark, number])[] {
  return [["fail", summary.fail], ["unknown", summary.unknown], ["warn", summary.warn], ["pass", summary.pass], ["not-applicable", summary.notApplicable], ["waived", summary.waived]];
}

function tiles(report: Report, { grouped, page: { client } }: Words): PageElement {
  return el("ul", { class: "tiles" }, counts(report).map(([mark, count]) => el("li", { class: `tile is-${mark}${count === 0 ? " is-zero" : ""}` }, el("span", { class: "number" }, grouped(count)), el("span", { class: "label" }, client.outcomes[mark]))));
}

/** The same numbers as one bar. What there is at all is at least visible. */
function bar(report: Report, { grouped, page: { client } }: Words): PageChild {
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
  return el("svg", { class: "bar", viewBox: "0 0 1000 10", preserveAspectRatio: "none", role: "img", "aria-label": parts.map(([mark, count]) => `${client.outcomes[mark]} ${grouped(count)}`).join(", ") }, segments);
}

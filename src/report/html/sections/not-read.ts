import type { Report } from "../../../model/report.ts";
import { reasonText } from "../../finding-text.ts";
import { runProblems } from "../../run-problems.ts";
import { counted, shortened } from "../../shorten.ts";
import { el } from "../element.ts";
import type { Samples } from "../samples.ts";
import { dataTable, sentences, type Section } from "../section.ts";

const causeLimit = 60;

/** What could not be read and why, and what that costs. Always there: that everything was read is worth saying, too. */
export function notReadSection(report: Report, { unread, unreadLeftOut }: Samples): Section {
  const problems = runProblems(report).map(({ text }) => text);
  const rest = unread.length - causeLimit;
  const nothing = problems.length === 0 && unread.length === 0 && unreadLeftOut === 0;
  return {
    id: "not-read",
    title: "What could not be read",
    note: nothing ? undefined : String(problems.length + unread.length),
    body: [
      nothing && el("p", {}, "Nothing: every target was read, and every check could be decided."),
      problems.length > 0 && el("div", { class: "panel" }, el("h3", {}, "The run"), sentences(problems, 60)),
      unread.length > 0 && el("div", { class: "panel" }, el("h3", {}, "Why checks are unknown"), dataTable("Why checks are unknown", ["Reason", "Detail", "Costs"], unread.slice(0, causeLimit).map(({ reason, detail, checks }) => [reasonText(reason), shortened(detail, 500), counted(checks, "check")]))),
      rest > 0 && el("p", { class: "quiet" }, `and ${counted(rest, "more cause")}; the json report has all`),
      unreadLeftOut > 0 && el("p", { class: "quiet" }, `${counted(unreadLeftOut, "unknown check")} for other reasons, or for none that was given.`),
    ],
  };
}

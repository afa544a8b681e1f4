import type { Report } from "../../../model/report.ts";
import { reasonText } from "../../finding-text.ts";
import { runProblems } from "../../run-problems.ts";
import { shortened } from "../../shorten.ts";
import type { Words } from "../../words/words.ts";
import { el } from "../element.ts";
import type { Samples } from "../samples.ts";
import { dataTable, sentences, type Section } from "../section.ts";

const causeLimit = 60;

/** What could not be read and why, and what that costs. Always there: that everything was read is worth saying, too. */
export function notReadSection(report: Report, { unread, unreadLeftOut }: Samples, words: Words): Section {
  const problems = runProblems(report, words).map(({ text }) => text);
  const said = words.page.section.notRead;
  const rest = unread.length - causeLimit;
  const nothing = problems.length === 0 && unread.length === 0 && unreadLeftOut === 0;
  return {
    id: "not-read",
    title: said.title,
    note: nothing ? undefined : String(problems.length + unread.length),
    body: [
      nothing && el("p", {}, said.nothing),
      problems.length > 0 && el("div", { class: "panel" }, el("h3", {}, said.run), sentences(words, problems, 60)),
      unread.length > 0 && el("div", { class: "panel" }, el("h3", {}, said.why), dataTable(said.why, said.heads, unread.slice(0, causeLimit).map(({ reason, detail, checks }) => [reasonText(reason, words), shortened(words.text(detail), 500), words.count.checks(checks)]))),
      rest > 0 && el("p", { class: "quiet" }, words.say.jsonHasAll(words.count.moreCauses(rest))),
      unreadLeftOut > 0 && el("p", { class: "quiet" }, said.otherReasons(unreadLeftOut)),
    ],
  };
}

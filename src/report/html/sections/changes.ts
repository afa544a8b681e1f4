import { driftStates, type Comparison, type FindingChange } from "../../../model/drift.ts";
import { countsText, outcomeText } from "../../changes/text.ts";
import { shortened } from "../../shorten.ts";
import type { Words } from "../../words/words.ts";
import { findingAnchor } from "../anchor.ts";
import { el, type PageChild, type PageElement } from "../element.ts";
import { shownSubject } from "../make-card.ts";
import { notReadNote, type Section } from "../section.ts";
import { badge, moment } from "../words.ts";

const perState = 60;
const short = (text: string): string => shortened(text, 400);

/** What changed since the baseline, by state; what stands still is only counted. */
export function changesSection(comparison: Comparison | undefined, words: Words): Section | undefined {
  if (comparison === undefined) return undefined;
  const { before, changes, renamed, notes } = comparison;
  const said = words.page.section.changes;
  return {
    id: "changes",
    title: said.title,
    note: String(changes.filter(({ state }) => state !== "still").length),
    body: [
      el("p", { class: "intro" }, said.against(short(before.name)), moment(before.startedAt), `${words.colon(")", countsText(comparison, words))}.`),
      driftStates.filter((state) => state !== "still").map((state) => stateView(words, state, changes.filter((change) => change.state === state))),
      renamed.length > 0 && el("div", { class: "panel" }, el("h3", {}, said.renamed(renamed.length)), el("ul", { class: "plain" }, renamed.slice(0, perState).map(({ subject, from }) => el("li", {}, words.change.isNow(short(from), shownSubject(subject, words)))))),
      notReadNote(words, notes),
    ],
  };
}

function stateView(words: Words, state: FindingChange["state"], changes: readonly FindingChange[]): PageChild {
  if (changes.length === 0) return undefined;
  return el("div", { class: "panel" }, el("h3", {}, `${words.page.client.states[state]} (${changes.length})`), el("ul", { class: "changes" }, changes.slice(0, perState).map((change) => changeView(change, words))), changes.length > perState && el("p", { class: "quiet" }, words.say.jsonHasAll(words.count.moreFindings(changes.length - perState))));
}

function changeView(change: FindingChange, words: Words): PageElement {
  const { after, before, subject, message, differences, since, state } = change;
  const mark = change.disposition === "waived" ? "waived" : (after ?? before ?? "none");
  return el("li", { class: `is-${mark}` }, badge(words.page.client, mark), el("div", { class: "line" },
    state === "gone" ? el("strong", {}, shownSubject(subject, words)) : el("a", { href: `#${findingAnchor(change)}`, class: "subject" }, shownSubject(subject, words)),
    el("span", { class: "message" }, short(message)),
    el("span", { class: "quiet" }, outcomeText(change, words), since !== undefined && state !== "new" && [`, ${words.page.client.finding.since}`, moment(since)]),
    differences.slice(0, 6).map(({ what, fact, from, to }) => el("span", { class: "quiet" }, words.colon(short(what === "evidence" ? (fact ?? "") : what), `${short(from)} → ${short(to)}`)))));
}

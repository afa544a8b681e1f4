import { driftStates, type Comparison, type FindingChange } from "../../../model/drift.ts";
import { countsText, outcomeText } from "../../changes/text.ts";
import { counted, shortened } from "../../shorten.ts";
import { findingAnchor } from "../anchor.ts";
import { el, type PageChild, type PageElement } from "../element.ts";
import { shownSubject } from "../make-card.ts";
import { notReadNote, type Section } from "../section.ts";
import { badge, moment, stateWords } from "../words.ts";

const perState = 60;
const short = (text: string): string => shortened(text, 400);

/** What changed since the baseline, by state; what stands still is only counted. */
export function changesSection(comparison: Comparison | undefined): Section | undefined {
  if (comparison === undefined) return undefined;
  const { before, changes, renamed, notes } = comparison;
  return {
    id: "changes",
    title: "Changes",
    note: String(changes.filter(({ state }) => state !== "still").length),
    body: [
      el("p", { class: "intro" }, `Against ${short(before.name)} (`, moment(before.startedAt), `): ${countsText(comparison)}.`),
      driftStates.filter((state) => state !== "still").map((state) => stateView(state, changes.filter((change) => change.state === state))),
      renamed.length > 0 && el("div", { class: "panel" }, el("h3", {}, `Renamed (${renamed.length})`), el("ul", { class: "plain" }, renamed.slice(0, perState).map(({ subject, from }) => el("li", {}, `${short(from)} is now ${shownSubject(subject)}`)))),
      notReadNote(notes),
    ],
  };
}

function stateView(state: FindingChange["state"], changes: readonly FindingChange[]): PageChild {
  if (changes.length === 0) return undefined;
  return el("div", { class: "panel" }, el("h3", {}, `${stateWords[state]} (${changes.length})`), el("ul", { class: "changes" }, changes.slice(0, perState).map(changeView)), changes.length > perState && el("p", { class: "quiet" }, `and ${counted(changes.length - perState, "more finding")}; the json report has all`));
}

function changeView(change: FindingChange): PageElement {
  const { after, before, subject, message, differences, since, state } = change;
  const mark = change.disposition === "waived" ? "waived" : (after ?? before ?? "none");
  return el("li", { class: `is-${mark}` }, badge(mark), el("div", { class: "line" },
    state === "gone" ? el("strong", {}, shownSubject(subject)) : el("a", { href: `#${findingAnchor(change)}`, class: "subject" }, shownSubject(subject)),
    el("span", { class: "message" }, short(message)),
    el("span", { class: "quiet" }, outcomeText(change), since !== undefined && state !== "new" && [", since ", moment(since)]),
    differences.slice(0, 6).map(({ what, fact, from, to }) => el("span", { class: "quiet" }, `${short(what === "evidence" ? (fact ?? "") : what)}: ${short(from)} → ${short(to)}`))));
}

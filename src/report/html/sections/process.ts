import type { ProcessView } from "../../../model/overview.ts";
import { phaseOutcomes, type PhaseOutcome } from "../../process-outcomes.ts";
import { shortened } from "../../shorten.ts";
import type { Words } from "../../words/words.ts";
import { el, type PageChild, type PageElement } from "../element.ts";
import { summed, tallyText } from "../marks.ts";
import type { Section } from "../section.ts";
import type { MarkOf } from "../subject-mark.ts";
import type { Tallies } from "../tallies.ts";
import { badge } from "../words.ts";
import { shownSubject } from "../make-card.ts";

const detectedLimit = 60;
const short = (text: string): string => shortened(text, 400);

/** The deployment process, phase by phase, each as bad as the worst finding of its rules. */
export function processSection(view: ProcessView | undefined, tallies: Tallies, markOf: MarkOf, words: Words): Section | undefined {
  if (view === undefined || view.phases.length === 0) return undefined;
  const byRule = new Map([...tallies.rules].map(([rule, { tally }]) => [rule, { ...tally, notApplicable: tally["not-applicable"] }]));
  const said = words.page.section.process;
  const phases = phaseOutcomes(view, byRule);
  return {
    id: "process",
    title: words.colon(said.title, short(view.title)),
    short: said.title,
    note: String(phases.length),
    body: [
      el("p", { class: "intro" }, said.intro),
      el("ol", { class: "phases" }, phases.map((phase, index) => phaseView(phase, index, tallies, words))),
      detectedView(view, markOf, words),
    ],
  };
}

function phaseView({ phase, state, decidedBy, notRun }: PhaseOutcome, index: number, { rules: standings }: Tallies, words: Words): PageElement {
  const { title, summary, who, rules, notObservable } = phase;
  const said = words.page.section.process;
  const mark = state === "nothing-to-check" ? "none" : state;
  const { tally, worst } = summed(rules.flatMap((rule) => standings.get(rule) ?? []));
  return el("li", { class: `phase is-${mark}` },
    el("div", { class: "phase-head" }, el("span", { class: "step", "aria-hidden": "true" }, String(index + 1)), el("h3", {}, short(title)), badge(words.page.client, mark, state === "nothing-to-check" ? said.nothing : undefined)),
    el("p", {}, short(summary)),
    rules.length > 0 && el("p", { class: "quiet" }, tallyText(tally, words), decidedBy.length > 0 && worst !== undefined && [words.colon("", ""), el("a", { href: `#${worst.anchor}` }, said.worst), el("span", { class: "js-only" }, ", ", el("button", { type: "button", class: "link", "data-rules": JSON.stringify(rules), "data-title": short(title) }, said.allOfStep))]),
    notRun.length > 0 && el("p", { class: "quiet" }, said.notRun(notRun.length)),
    who.length > 0 && el("p", { class: "quiet" }, said.doneBy(who.slice(0, 10).map(short).join(", "))),
    notObservable.length > 0 && el("details", { class: "quiet" }, el("summary", {}, said.unseen(notObservable.length)), notObservable.slice(0, 30).map(short).join(", ")));
}

function detectedView({ detected }: ProcessView, markOf: MarkOf, words: Words): PageChild {
  if (detected.length === 0) return undefined;
  return el("details", { class: "fold" }, el("summary", {}, words.page.section.process.found(detected.length)),
    el("ul", { class: "plain" }, detected.slice(0, detectedLimit).map(({ product, subject, version, detail }) => {
      const { outcome, text } = markOf([subject]);
      return el("li", {}, el("strong", {}, words.colon(short(product), shownSubject(subject, words))), " ", version === undefined ? badge(words.page.client, "unknown", words.process.versionNotKnown) : short(version), " ", el("span", { class: "quiet" }, `${short(words.text(detail))}${outcome === "none" ? "" : `; ${text}`}`));
    })),
    detected.length > detectedLimit && el("p", { class: "quiet" }, words.page.section.process.moreProducts(detected.length - detectedLimit)));
}

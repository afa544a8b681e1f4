import type { ProcessView } from "../../../model/overview.ts";
import { phaseOutcomes, type PhaseOutcome } from "../../process-outcomes.ts";
import { counted, shortened } from "../../shorten.ts";
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
export function processSection(view: ProcessView | undefined, tallies: Tallies, markOf: MarkOf): Section | undefined {
  if (view === undefined || view.phases.length === 0) return undefined;
  const byRule = new Map([...tallies.rules].map(([rule, { tally }]) => [rule, { ...tally, notApplicable: tally["not-applicable"] }]));
  const phases = phaseOutcomes(view, byRule);
  return {
    id: "process",
    title: `Deployment process: ${short(view.title)}`,
    short: "Deployment process",
    note: String(phases.length),
    body: [
      el("p", { class: "intro" }, "The steps of the deployment in the order of the documents. A step is as bad as the worst finding of the rules behind it."),
      el("ol", { class: "phases" }, phases.map((phase, index) => phaseView(phase, index, tallies))),
      detectedView(view, markOf),
    ],
  };
}

function phaseView({ phase, state, decidedBy, notRun }: PhaseOutcome, index: number, { rules: standings }: Tallies): PageElement {
  const { title, summary, who, rules, notObservable } = phase;
  const mark = state === "nothing-to-check" ? "none" : state;
  const { tally, worst } = summed(rules.flatMap((rule) => standings.get(rule) ?? []));
  return el("li", { class: `phase is-${mark}` },
    el("div", { class: "phase-head" }, el("span", { class: "step", "aria-hidden": "true" }, String(index + 1)), el("h3", {}, short(title)), badge(mark, state === "nothing-to-check" ? "Nothing to check" : undefined)),
    el("p", {}, short(summary)),
    rules.length > 0 && el("p", { class: "quiet" }, tallyText(tally), decidedBy.length > 0 && worst !== undefined && [": ", el("a", { href: `#${worst.anchor}` }, "the worst"), el("span", { class: "js-only" }, ", ", el("button", { type: "button", class: "link", "data-rules": JSON.stringify(rules), "data-title": short(title) }, "all of this step"))]),
    notRun.length > 0 && el("p", { class: "quiet" }, `${counted(notRun.length, "rule")} behind it did not run.`),
    who.length > 0 && el("p", { class: "quiet" }, `Done by ${who.slice(0, 10).map(short).join(", ")}.`),
    notObservable.length > 0 && el("details", { class: "quiet" }, el("summary", {}, `${counted(notObservable.length, "requirement")} cannot be observed`), notObservable.slice(0, 30).map(short).join(", ")));
}

function detectedView({ detected }: ProcessView, markOf: MarkOf): PageChild {
  if (detected.length === 0) return undefined;
  return el("details", { class: "fold" }, el("summary", {}, `Products that were found (${detected.length})`),
    el("ul", { class: "plain" }, detected.slice(0, detectedLimit).map(({ product, subject, version, detail }) => {
      const { outcome, text } = markOf([subject]);
      return el("li", {}, el("strong", {}, `${short(product)}: ${shownSubject(subject)}`), " ", version === undefined ? badge("unknown", "version not known") : short(version), " ", el("span", { class: "quiet" }, `${short(detail)}${outcome === "none" ? "" : `; ${text}`}`));
    })),
    detected.length > detectedLimit && el("p", { class: "quiet" }, `and ${counted(detected.length - detectedLimit, "more product")}`));
}

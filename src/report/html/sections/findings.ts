import { areaOf } from "../../order.ts";
import { counted } from "../../shorten.ts";
import { el, type PageElement } from "../element.ts";
import { findingView } from "../finding-view.ts";
import type { Section } from "../section.ts";
import type { Survey } from "../survey.ts";
import type { Card } from "../card.ts";
import { areaWords } from "../words.ts";

/** The findings. Without its script the page shows the worst; with it, all that it holds, to be searched and filtered. */
export function findingsSection({ samples, bulk, tallies }: Survey): Section {
  const { worst } = samples;
  const problems = [...tallies.areas.values()].reduce((sum, { fail, warn, unknown }) => sum + fail + warn + unknown, 0);
  const seen = new Set<string>();
  const rest = worst.total - worst.cards.length;
  return {
    id: "findings",
    title: "Findings",
    note: String(problems),
    body: [
      bulk.kept < bulk.total && el("p", { class: "note is-unknown" }, `This page holds the ${counted(bulk.kept, "worst finding")} of ${counted(bulk.total, "finding")}; the numbers above are those of all. The json report has everything.`),
      el("div", { id: "explorer", class: "js-only" }),
      el("div", { id: "static-findings" },
        worst.total === 0 && el("p", {}, "Nothing failed, nothing is unknown, and nothing is to be warned of."),
        [...Map.groupBy(worst.cards, ({ head }) => areaOf(head.rule))].map(([area, cards]) => areaView(area, cards, seen)),
        rest > 0 && el("p", { class: "quiet" }, `and ${counted(rest, "more finding")} that want looking at. They are in this file, but only its script can show them.`)),
    ],
  };
}

function areaView(area: string, cards: readonly Card[], seen: Set<string>): PageElement {
  return el("section", { class: "area" }, el("h3", {}, areaWords(area)), [...Map.groupBy(cards, ({ head }) => head.rule).values()].map((ofRule) => el("div", { class: "rule" }, el("h4", {}, ofRule[0]?.head.title ?? ""), ofRule.map(({ head, detail }) => {
    const id = seen.has(head.anchor) ? undefined : head.anchor;
    seen.add(head.anchor);
    return findingView(head, detail, { id, open: false });
  }))));
}

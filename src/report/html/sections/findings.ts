import { areaOf } from "../../order.ts";
import type { Words } from "../../words/words.ts";
import { el, type PageElement } from "../element.ts";
import { findingView } from "../finding-view.ts";
import type { Section } from "../section.ts";
import type { Survey } from "../survey.ts";
import type { Card } from "../card.ts";
import { areaText } from "../words.ts";

/** The findings. Without its script the page shows the worst; with it, all that it holds, to be searched and filtered. */
export function findingsSection({ samples, bulk, tallies }: Survey, words: Words): Section {
  const { worst } = samples;
  const said = words.page.section.findings;
  const problems = [...tallies.areas.values()].reduce((sum, { fail, warn, unknown }) => sum + fail + warn + unknown, 0);
  const seen = new Set<string>();
  const rest = worst.total - worst.cards.length;
  return {
    id: "findings",
    title: said.title,
    note: String(problems),
    body: [
      bulk.kept < bulk.total && el("p", { class: "note is-unknown" }, said.kept(bulk.kept, bulk.total)),
      el("div", { id: "explorer", class: "js-only" }),
      el("div", { id: "static-findings" },
        worst.total === 0 && el("p", {}, said.none),
        [...Map.groupBy(worst.cards, ({ head }) => areaOf(head.rule))].map(([area, cards]) => areaView(words, area, cards, seen)),
        rest > 0 && el("p", { class: "quiet" }, said.more(rest))),
    ],
  };
}

function areaView({ page: { client } }: Words, area: string, cards: readonly Card[], seen: Set<string>): PageElement {
  return el("section", { class: "area" }, el("h3", {}, areaText(client, area)), [...Map.groupBy(cards, ({ head }) => head.rule).values()].map((ofRule) => el("div", { class: "rule" }, el("h4", {}, ofRule[0]?.head.title ?? ""), ofRule.map(({ head, detail }) => {
    const id = seen.has(head.anchor) ? undefined : head.anchor;
    seen.add(head.anchor);
    return findingView(client, head, detail, { id, open: false });
  }))));
}

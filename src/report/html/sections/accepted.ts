import type { Words } from "../../words/words.ts";
import { el, type PageElement } from "../element.ts";
import type { Card } from "../card.ts";
import type { Sample, Samples } from "../samples.ts";
import type { Section } from "../section.ts";
import { badge } from "../words.ts";

/** Findings that a waiver or the baseline accepts: the outcome stays visible. */
export function waiversSection({ waived }: Samples, words: Words): Section | undefined {
  if (waived.total === 0) return undefined;
  return { id: "waivers", title: words.page.section.waivers.title, note: String(waived.total), body: [el("p", { class: "intro" }, words.page.section.waivers.intro), list(words, waived, ({ detail }) => detail.waiver ?? "")] };
}

/** What rests on somebody's word and not on anything that was seen. */
export function statedSection({ stated }: Samples, words: Words): Section | undefined {
  if (stated.total === 0) return undefined;
  return { id: "stated", title: words.page.section.stated.title, note: String(stated.total), body: [el("p", { class: "intro" }, words.page.section.stated.intro), list(words, stated, ({ detail }) => detail.evidence.find(({ side }) => side === "stated")?.source ?? words.page.section.stated.nobody)] };
}

function list(words: Words, { cards, total }: Sample, below: (card: Card) => string): readonly (PageElement | false)[] {
  return [
    el("ul", { class: "changes" }, cards.map((card) => {
      const { outcome, subject, message, anchor, waived, title } = card.head;
      return el("li", { class: `is-${waived ? "waived" : outcome}` }, badge(words.page.client, outcome), el("div", { class: "line" }, el("a", { href: `#${anchor}`, class: "subject" }, waived ? subject : title), el("span", { class: "message" }, message), el("span", { class: "quiet" }, below(card))));
    })),
    total > cards.length && el("p", { class: "quiet" }, words.say.jsonHasAll(words.count.moreFindings(total - cards.length))),
  ];
}

import { counted } from "../../shorten.ts";
import { el, type PageElement } from "../element.ts";
import type { Card } from "../card.ts";
import type { Sample, Samples } from "../samples.ts";
import type { Section } from "../section.ts";
import { badge } from "../words.ts";

/** Findings that a waiver or the baseline accepts: the outcome stays visible. */
export function waiversSection({ waived }: Samples): Section | undefined {
  if (waived.total === 0) return undefined;
  return { id: "waivers", title: "Accepted by waivers", note: String(waived.total), body: [el("p", { class: "intro" }, "These are still so; somebody accepted them. They are not counted as failures."), list(waived, ({ detail }) => detail.waiver ?? "")] };
}

/** What rests on somebody's word and not on anything that was seen. */
export function statedSection({ stated }: Samples): Section | undefined {
  if (stated.total === 0) return undefined;
  return { id: "stated", title: "Stated, not seen", note: String(stated.total), body: [el("p", { class: "intro" }, "No source shows these; they are judged by what somebody stated in the configuration."), list(stated, ({ detail }) => detail.evidence.find(({ side }) => side === "stated")?.source ?? "nobody stated it")] };
}

function list({ cards, total }: Sample, below: (card: Card) => string): readonly (PageElement | false)[] {
  return [
    el("ul", { class: "changes" }, cards.map((card) => {
      const { outcome, subject, message, anchor, waived, title } = card.head;
      return el("li", { class: `is-${waived ? "waived" : outcome}` }, badge(outcome), el("div", { class: "line" }, el("a", { href: `#${anchor}`, class: "subject" }, waived ? subject : title), el("span", { class: "message" }, message), el("span", { class: "quiet" }, below(card))));
    })),
    total > cards.length && el("p", { class: "quiet" }, `and ${counted(total - cards.length, "more finding")}; the json report has all`),
  ];
}

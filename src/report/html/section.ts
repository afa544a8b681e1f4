import { shortened } from "../shorten.ts";
import type { Words } from "../words/words.ts";
import { el, type PageChild, type PageElement } from "./element.ts";

/** One section of the page. */
export interface Section {
  /** Id in the page, and its link. */
  readonly id: string;
  readonly title: string;
  /** What the list of sections calls it, where the title is too long. */
  readonly short?: string;
  /** Short, beside the title in the list of sections. */
  readonly note?: string | undefined;
  readonly body: PageChild;
}

const textLimit = 500;

/** A section with its heading. */
export function sectionView({ id, title, body }: Section): PageElement {
  return el("section", { id, class: "section", "aria-labelledby": `${id}-title` }, el("h2", { id: `${id}-title` }, title), body);
}

/** Sentences as a list, the first `limit` of them. */
export function sentences({ text: inWords, page, say }: Words, texts: readonly string[], limit = 50): PageElement {
  return el("ul", { class: "sentences" }, texts.slice(0, limit).map((text) => el("li", {}, shortened(inWords(text), textLimit))), texts.length > limit && el("li", { class: "quiet" }, say.jsonHasAll(page.section.moreSentences(texts.length - limit))));
}

/** What kept something from being complete, as a note; nothing where nothing did. */
export function notReadNote(words: Words, texts: readonly string[]): PageChild {
  return texts.length > 0 && el("div", { class: "note is-unknown" }, el("p", {}, words.page.section.incompleteNote), sentences(words, texts, 20));
}

/** A table; on narrow screens each row becomes a block in which cells name their column. */
export function dataTable(caption: string, heads: readonly string[], rows: readonly (readonly PageChild[])[]): PageElement {
  const row = (cells: readonly PageChild[]): PageElement => el("tr", {}, cells.map((cell, index) => el(index === 0 ? "th" : "td", index === 0 ? { scope: "row" } : { "data-label": heads[index] }, cell)));
  return el("table", {}, el("caption", { class: "sr" }, caption), el("thead", {}, el("tr", {}, heads.map((head) => el("th", { scope: "col" }, head)))), el("tbody", {}, rows.map(row)));
}

import type { Outcome } from "../../model/finding.ts";
import type { ClientWords } from "../words/page-words.ts";
import { el, type PageElement } from "./element.ts";

/** What a badge can say. */
export type Mark = Outcome | "waived" | "none";

const signs: Readonly<Record<Mark, string>> = { fail: "✕", unknown: "?", warn: "!", pass: "✓", "not-applicable": "–", waived: "~", none: "·" };
/** An area as a heading: `Hunt group`, `DNS`. */
export function areaText({ areas }: ClientWords, area: string): string {
  if (Object.hasOwn(areas, area)) return areas[area] ?? area;
  const spaced = area.replaceAll("-", " ");
  return spaced.slice(0, 1).toUpperCase() + spaced.slice(1);
}

/** An outcome as a badge: sign, word and colour. */
export function badge({ outcomes }: Pick<ClientWords, "outcomes">, mark: Mark, text = outcomes[mark]): PageElement {
  return el("span", { class: `badge is-${mark}` }, el("span", { "aria-hidden": "true", class: "sign" }, signs[mark]), text);
}

/** A small label. */
export function chip(text: string, kind = ""): PageElement {
  return el("span", { class: kind === "" ? "chip" : `chip ${kind}` }, text);
}

/** A moment as people read it, `2026-06-01 10:00 UTC`, marked up for machines where it is one. */
export function moment(iso: string): PageElement {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z$/.test(iso)) return el("span", {}, iso);
  return el("time", { datetime: iso }, `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`);
}

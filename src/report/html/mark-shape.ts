import { el, type PageElement } from "./element.ts";
import type { SubjectMark } from "./subject-mark.ts";

type Outcome = SubjectMark["outcome"];

/** Outlines of 16 by 16, with the centre at 0,0: an outcome is known by its shape, too. */
const outlines: Readonly<Record<Outcome, string>> = {
  fail: "M-3.3-8h6.6l4.7 4.7v6.6l-4.7 4.7h-6.6l-4.7-4.7v-6.6z",
  warn: "M0-8l8.5 15h-17z",
  unknown: "M0-8.5l8.5 8.5-8.5 8.5-8.5-8.5z",
  pass: "M-8 0a8 8 0 1 0 16 0a8 8 0 1 0-16 0z",
  waived: "M-7-7h14v14h-14z",
  "not-applicable": "M-7 0a7 7 0 1 0 14 0a7 7 0 1 0-14 0z",
  none: "M-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0z",
};
const signs: Readonly<Record<Outcome, string>> = {
  fail: "M-3.2-3.2l6.4 6.4M3.2-3.2l-6.4 6.4",
  warn: "M0-3.2v4.6M0 4.2v.4",
  unknown: "M-2.2-1.8a2.2 2.2 0 1 1 3.3 1.9q-1.1.7-1.1 1.8M0 4.4v.3",
  pass: "M-3.6.2l2.6 2.8 4.6-5.6",
  waived: "M-3.6 0h7.2M0-3.6v7.2",
  "not-applicable": "M-3.2 0h6.4",
  none: "",
};

/** The sign of an outcome: octagon with a cross, triangle with an exclamation mark, diamond with a question mark, disc with a tick, square with a plus for waived, ring with a bar. */
export function markShape(outcome: Outcome, x: number, y: number, scale = 1): PageElement {
  const place = `translate(${x.toFixed(1)} ${y.toFixed(1)})${scale === 1 ? "" : ` scale(${scale})`}`;
  return el("g", { class: `mark is-${outcome}`, transform: place, "aria-hidden": "true" }, el("path", { class: "mark-outline", d: outlines[outcome] }), signs[outcome] !== "" && el("path", { class: "mark-sign", d: signs[outcome] }));
}

import type { DriftState } from "../../model/drift.ts";
import type { Outcome, Severity } from "../../model/finding.ts";
import type { Team } from "../../model/rule.ts";
import { el, type PageElement } from "./element.ts";

/** What a badge can say. */
export type Mark = Outcome | "waived" | "none";

/** Outcomes as people say them. */
export const outcomeWords: Readonly<Record<Mark, string>> = { fail: "Fail", unknown: "Unknown", warn: "Warn", pass: "Pass", "not-applicable": "Not applicable", waived: "Waived", none: "Not judged" };
const signs: Readonly<Record<Mark, string>> = { fail: "✕", unknown: "?", warn: "!", pass: "✓", "not-applicable": "–", waived: "~", none: "·" };
/** What a severity means. */
export const severityWords: Readonly<Record<Severity, string>> = { blocker: "Stops calls or set-up", major: "Works in part, or by luck", advice: "Advice" };
/** Who mends it. */
export const teamWords: Readonly<Record<Team, string>> = { exchange: "Exchange", lync: "Lync", directory: "Active Directory", network: "Network" };
/** How a finding stands against the baseline. */
export const stateWords: Readonly<Record<DriftState, string>> = { new: "New", changed: "Changed", "unknown-now": "Cannot be read any more", fixed: "Fixed", gone: "Gone", still: "Stood before" };

const acronyms: ReadonlySet<string> = new Set(["dns", "sip", "tls", "um"]);

/** An area as a heading: `Hunt group`, `DNS`. */
export function areaWords(area: string): string {
  if (acronyms.has(area)) return area.toUpperCase();
  const spaced = area.replaceAll("-", " ");
  return spaced.slice(0, 1).toUpperCase() + spaced.slice(1);
}

/** An outcome as a badge: sign, word and colour. */
export function badge(mark: Mark, text: string | undefined = outcomeWords[mark]): PageElement {
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

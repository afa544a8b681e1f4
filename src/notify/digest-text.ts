import type { Digest, DigestEvent } from "../model/digest.ts";
import type { DriftState } from "../model/drift.ts";

const stateWords: Readonly<Record<DriftState, string>> = { new: "New", changed: "Changed", "unknown-now": "Unknown now", fixed: "Fixed", gone: "Gone", still: "Still" };
const shown: readonly DriftState[] = ["new", "changed", "unknown-now", "fixed", "gone"];

/** Text on one line without what a receiver would act on and nobody would see: controls, bidi and other format characters, lone surrogates. */
export function plainText(foreign: string): string {
  return foreign.toWellFormed().replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").replaceAll(/[\p{Cf}\p{Cs}]/gu, "");
}

/** Text for HTML, inside elements and attributes. */
export function htmlText(foreign: string): string {
  const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return plainText(foreign).replaceAll(/[&<>"']/g, (character) => entities[character] ?? "");
}

/** `2 new, 1 fixed`. */
export function countsText({ counts }: Pick<Digest, "counts">): string {
  return shown.filter((state) => counts[state] > 0).map((state) => `${counts[state]} ${stateWords[state].toLowerCase()}`).join(", ");
}

/** The headline: nothing in it is foreign but the name of the profile. */
export function headline(digest: Digest): string {
  return `umpreflight (${plainText(digest.profile)}): ${countsText(digest)}`;
}

/** How things stand after the run. */
export function standingText({ standing, complete }: Digest): string {
  const { fail, warn, unknown, waived } = standing;
  return `Now ${fail} fail, ${warn} warn, ${unknown} unknown, ${waived} waived.${complete ? "" : " The run is INCOMPLETE."}`;
}

/** One change in two or three lines. */
export function eventLines({ state, rule, subject, outcome, message, since }: DigestEvent): readonly string[] {
  return [`${stateWords[state].toUpperCase()} ${plainText(rule)} (${plainText(outcome)}): ${plainText(subject)}`, `  ${plainText(message)}`, ...(since === undefined || state === "new" ? [] : [`  since ${plainText(since)}`])];
}

/** The digest as plain text. */
export function digestText(digest: Digest): string {
  const more = digest.more > 0 ? [`and ${digest.more} more`] : [];
  return [headline(digest), `Run of ${plainText(digest.startedAt)}. ${standingText(digest)}`, "", ...digest.events.flatMap(eventLines), ...more, ""].join("\n");
}

/** The digest as an HTML document without scripts, styles from elsewhere, or links. */
export function digestHtml(digest: Digest): string {
  const rows = digest.events.map(({ state, rule, subject, outcome, message, since }) => `<tr><td>${htmlText(stateWords[state])}</td><td>${htmlText(subject)}</td><td>${htmlText(message)}<br><small>${htmlText(rule)} (${htmlText(outcome)})${since === undefined || state === "new" ? "" : `, since ${htmlText(since)}`}</small></td></tr>`);
  const more = digest.more > 0 ? `<p>and ${digest.more} more</p>` : "";
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>${htmlText(headline(digest))}</title></head><body><h3>${htmlText(headline(digest))}</h3><p>Run of ${htmlText(digest.startedAt)}. ${htmlText(standingText(digest))}</p><table border="1" cellpadding="4" cellspacing="0">${rows.join("")}</table>${more}</body></html>`;
}

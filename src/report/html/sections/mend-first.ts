import { counted } from "../../shorten.ts";
import type { CauseSketch } from "../cause-sketches.ts";
import { el, type PageElement } from "../element.ts";
import type { Section } from "../section.ts";
import { badge, chip, severityWords, teamWords } from "../words.ts";

const limit = 15;

/** What to mend first: problems by root cause, the worst first. */
export function mendFirst(causes: readonly CauseSketch[]): Section | undefined {
  if (causes.length === 0) return undefined;
  const rest = causes.length - limit;
  return {
    id: "causes",
    title: "What to mend first",
    note: String(causes.length),
    body: [
      el("p", { class: "intro" }, "Problems by root cause: what one change mends stands together. The worst come first."),
      el("ol", { class: "causes" }, causes.slice(0, limit).map(causeView)),
      rest > 0 && el("p", { class: "quiet" }, `and ${counted(rest, "more cause")}: group the findings below by root cause to see them.`),
    ],
  };
}

function causeView({ head, checks, rules, teams }: CauseSketch): PageElement {
  const { outcome, severity, message, title, subject, anchor } = head;
  const also = rules.size > 1 ? `, seen by ${counted(rules.size, "rule")}` : "";
  return el("li", { class: `cause is-${outcome}` },
    badge(outcome),
    el("div", { class: "line" },
      el("a", { href: `#${anchor}`, class: "subject" }, outcome === "unknown" ? title : firstSentence(message)),
      el("span", { class: "chips" }, chip(severityWords[severity], `severity-${severity}`), [...teams].map((team) => chip(teamWords[team])), el("span", { class: "quiet" }, checks === 1 ? subject : `${counted(checks, "check")}${also}`))));
}

/** A message says in its first sentence what is wrong. */
function firstSentence(message: string): string {
  const [first = message] = message.split(/(?<=\.) (?=\p{Lu})|: (?=\p{Lu}\p{Ll}+ )/u, 1);
  return /[.!?…]$/.test(first) ? first : `${first}.`;
}

import type { Words } from "../../words/words.ts";
import type { CauseSketch } from "../cause-sketches.ts";
import { el, type PageElement } from "../element.ts";
import type { Section } from "../section.ts";
import { badge, chip } from "../words.ts";

const limit = 15;

/** What to mend first: problems by root cause, the worst first. */
export function mendFirst(causes: readonly CauseSketch[], words: Words): Section | undefined {
  if (causes.length === 0) return undefined;
  const said = words.page.section.causes;
  const rest = causes.length - limit;
  return {
    id: "causes",
    title: said.title,
    note: String(causes.length),
    body: [
      el("p", { class: "intro" }, said.intro),
      el("ol", { class: "causes" }, causes.slice(0, limit).map((cause) => causeView(cause, words))),
      rest > 0 && el("p", { class: "quiet" }, said.more(rest)),
    ],
  };
}

function causeView({ head, unread, checks, rules, teams }: CauseSketch, { page: { client, section } }: Words): PageElement {
  const { outcome, severity, message, title, subject, anchor } = head;
  return el("li", { class: `cause is-${outcome}` },
    badge(client, outcome),
    el("div", { class: "line" },
      el("a", { href: `#${anchor}`, class: "subject" }, unread ?? (outcome === "unknown" ? title : firstSentence(message))),
      el("span", { class: "chips" }, chip(client.severities[severity], `severity-${severity}`), [...teams].map((team) => chip(client.teams[team])), el("span", { class: "quiet" }, checks === 1 ? subject : section.causes.costs(checks, rules.size)))));
}

/** A message says in its first sentence what is wrong. */
function firstSentence(message: string): string {
  const [first = message] = message.split(/(?<=\.) (?=\p{Lu})|\u00a0?: (?=\p{Lu}\p{Ll}+ )/u, 1);
  return /[.!?…]$/.test(first) ? first : `${first}.`;
}

import type { ClientWords } from "../words/page-words.ts";
import type { Card, CardDetail, CardHead, EvidenceGroup } from "./card.ts";
import { anchorSubject } from "./anchor-subject.ts";
import { countText, filled } from "./client-text.ts";
import { el, type PageElement } from "./element.ts";
import { badge, chip, moment } from "./words.ts";

/** The line of a finding that is always there. */
function findingSummary(words: ClientWords, head: CardHead): PageElement {
  const { outcome, waived, subject, message, severity, team, state, since, count } = head;
  return el(
    "summary",
    {},
    badge(words, waived ? "waived" : outcome),
    el("span", { class: "line" }, el("strong", { class: "subject" }, subject), el("span", { class: "message" }, message),
      el("span", { class: "chips" },
        waived && badge(words, outcome),
        outcome === "pass" || outcome === "not-applicable" ? undefined : chip(words.severities[severity], `severity-${severity}`),
        team !== undefined && chip(words.teams[team]),
        count !== undefined && chip(countText(words, words.finding.standsFor, count)),
        state !== undefined && chip(words.states[state], `state-${state}`),
        since !== undefined && el("span", { class: "chip" }, words.finding.since, moment(since)))),
  );
}

/** A finding, folded; `detail` may come later. `id` is undefined where another element has it already. */
export function findingView(words: ClientWords, head: CardHead, detail: CardDetail | undefined, options: { readonly id: string | undefined; readonly open: boolean }): PageElement {
  const mark = head.waived ? "waived" : head.outcome;
  return el("details", { class: `finding is-${mark}`, id: options.id, open: options.open }, findingSummary(words, head), el("div", { class: "body" }, detail === undefined ? undefined : findingBody(words, { head, detail })));
}

/** What opens with a finding: what was not read, what was seen on which side, how to mend it, where it is documented. */
export function findingBody(words: ClientWords, { head, detail }: Card): readonly PageElement[] {
  const { reasons, evidence, remedy, references, waiver, leftOut, requirements, subjectId } = detail;
  const parts: readonly (PageElement | false | undefined)[] = [
    waiver !== undefined && el("p", { class: "note" }, waiver),
    reasons.length > 0 && el("section", {}, el("h5", {}, words.finding.notRead), el("ul", {}, reasons.map((reason) => el("li", {}, reason)))),
    evidence.length > 0 && el("div", { class: "sides" }, sidesOf(evidence).map(([side, groups]) => sideView(words, side, groups))),
    remedy !== undefined && remedyView(words, remedy),
    references.length > 0 && el("section", {}, el("h5", {}, words.finding.documentedIn), el("ul", {}, references.map(({ text, href }) => el("li", {}, href === undefined ? text : el("a", { href, rel: "noreferrer noopener", target: "_blank" }, text))))),
    leftOut.length > 0 && el("p", { class: "quiet" }, filled(words.finding.leftOut, { list: leftOut.join(", ") })),
    el("p", { class: "quiet ids" }, words.finding.rule, el("code", {}, head.rule), words.finding.subject, el("code", {}, subjectId ?? anchorSubject(head.anchor, head.rule) ?? ""), requirements.length > 0 && [words.finding.requirement, el("code", {}, requirements.join(", "))], ". ", el("a", { href: `#${head.anchor}`, class: "permalink" }, words.finding.link)),
  ];
  return parts.filter((part) => typeof part === "object");
}

function sidesOf(evidence: readonly EvidenceGroup[]): readonly (readonly [EvidenceGroup["side"], readonly EvidenceGroup[]])[] {
  return [...Map.groupBy(evidence, ({ side }) => side)];
}

function sideView(words: ClientWords, side: EvidenceGroup["side"], groups: readonly EvidenceGroup[]): PageElement {
  return el("section", { class: `side side-${side}` }, el("h5", {}, words.finding.sides[side]), groups.map(({ rows, source }) => [
    el("dl", {}, rows.map(({ what, value, state }) => el("div", {}, el("dt", {}, what), el("dd", { class: state === "known" ? undefined : `value-${state}` }, value)))),
    source !== undefined && el("p", { class: "source" }, source),
  ]));
}

function remedyView(words: ClientWords, { text, commands }: NonNullable<CardDetail["remedy"]>): PageElement {
  return el("section", { class: "remedy" }, el("h5", {}, words.finding.remedy), text.map((line) => el("p", {}, line)), commands.length > 0 && el("div", { class: "commands" }, el("pre", { tabindex: 0, "aria-label": words.finding.commands }, commands.map((command) => el("code", {}, command))), el("button", { type: "button", class: "copy js-only" }, commands.length === 1 ? words.finding.copyOne : countText(words, words.finding.copyAll, commands.length))));
}

import { counted } from "../shorten.ts";
import type { Card, CardDetail, CardHead, EvidenceGroup } from "./card.ts";
import { anchorSubject } from "./anchor-subject.ts";
import { el, type PageElement } from "./element.ts";
import { badge, chip, moment, severityWords, stateWords, teamWords } from "./words.ts";

const sideWords: Readonly<Record<EvidenceGroup["side"], string>> = { exchange: "Seen on the Exchange side", lync: "Seen on the Lync side", shared: "Seen in forests and network", stated: "Stated, not seen" };

/** The line of a finding that is always there. */
export function findingSummary(head: CardHead): PageElement {
  const { outcome, waived, subject, message, severity, team, state, since, count } = head;
  return el(
    "summary",
    {},
    waived ? badge("waived") : badge(outcome),
    el("span", { class: "line" }, el("strong", { class: "subject" }, subject), el("span", { class: "message" }, message),
      el("span", { class: "chips" },
        waived && badge(outcome),
        outcome === "pass" || outcome === "not-applicable" ? undefined : chip(severityWords[severity], `severity-${severity}`),
        team !== undefined && chip(teamWords[team]),
        count !== undefined && chip(`stands for ${counted(count, "check")}`),
        state !== undefined && chip(stateWords[state], `state-${state}`),
        since !== undefined && el("span", { class: "chip" }, "since ", moment(since)))),
  );
}

/** A finding, folded; `detail` may come later. `id` is undefined where another element has it already. */
export function findingView(head: CardHead, detail: CardDetail | undefined, options: { readonly id: string | undefined; readonly open: boolean }): PageElement {
  const mark = head.waived ? "waived" : head.outcome;
  return el("details", { class: `finding is-${mark}`, id: options.id, open: options.open }, findingSummary(head), el("div", { class: "body" }, detail === undefined ? undefined : findingBody({ head, detail })));
}

/** What opens with a finding: what was not read, what was seen on which side, how to mend it, where it is documented. */
export function findingBody({ head, detail }: Card): readonly PageElement[] {
  const { reasons, evidence, remedy, references, waiver, leftOut, requirements, subjectId } = detail;
  const parts: readonly (PageElement | false | undefined)[] = [
    waiver !== undefined && el("p", { class: "note" }, waiver),
    reasons.length > 0 && el("section", {}, el("h5", {}, "Not read"), el("ul", {}, reasons.map((reason) => el("li", {}, reason)))),
    evidence.length > 0 && el("div", { class: "sides" }, sidesOf(evidence).map(([side, groups]) => sideView(side, groups))),
    remedy !== undefined && remedyView(remedy),
    references.length > 0 && el("section", {}, el("h5", {}, "Documented in"), el("ul", {}, references.map(({ text, href }) => el("li", {}, href === undefined ? text : el("a", { href, rel: "noreferrer noopener", target: "_blank" }, text))))),
    leftOut.length > 0 && el("p", { class: "quiet" }, `Left out here: ${leftOut.join(", ")}. The json report has everything.`),
    el("p", { class: "quiet ids" }, "Rule ", el("code", {}, head.rule), ", subject ", el("code", {}, subjectId ?? anchorSubject(head.anchor, head.rule) ?? ""), requirements.length > 0 && [", requirement ", el("code", {}, requirements.join(", "))], ". ", el("a", { href: `#${head.anchor}`, class: "permalink" }, "Link to this finding")),
  ];
  return parts.filter((part) => typeof part === "object");
}

function sidesOf(evidence: readonly EvidenceGroup[]): readonly (readonly [EvidenceGroup["side"], readonly EvidenceGroup[]])[] {
  return [...Map.groupBy(evidence, ({ side }) => side)];
}

function sideView(side: EvidenceGroup["side"], groups: readonly EvidenceGroup[]): PageElement {
  return el("section", { class: `side side-${side}` }, el("h5", {}, sideWords[side]), groups.map(({ rows, source }) => [
    el("dl", {}, rows.map(({ what, value, state }) => el("div", {}, el("dt", {}, what), el("dd", { class: state === "known" ? undefined : `value-${state}` }, value)))),
    source !== undefined && el("p", { class: "source" }, side === "stated" || source === "worked out" ? source : `from ${source}`),
  ]));
}

function remedyView({ text, commands }: NonNullable<CardDetail["remedy"]>): PageElement {
  return el("section", { class: "remedy" }, el("h5", {}, "How to mend it"), text.map((line) => el("p", {}, line)), commands.length > 0 && el("div", { class: "commands" }, el("pre", { tabindex: 0, "aria-label": "PowerShell commands" }, commands.map((command) => el("code", {}, command))), el("button", { type: "button", class: "copy js-only" }, commands.length === 1 ? "Copy command" : `Copy ${counted(commands.length, "command")}`)));
}

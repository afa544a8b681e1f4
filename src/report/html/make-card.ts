import type { DriftState } from "../../model/drift.ts";
import type { Evidence, Finding } from "../../model/finding.ts";
import { configurationKinds } from "../../model/kinds/configuration-kinds.ts";
import { exchangeKinds } from "../../model/kinds/exchange-kinds.ts";
import { lyncKinds } from "../../model/kinds/lync-kinds.ts";
import { voiceKinds } from "../../model/kinds/voice-kinds.ts";
import type { Team } from "../../model/rule.ts";
import { nameText, reasonText, seenText, subjectText, waiverText } from "../finding-text.ts";
import { shortened } from "../shorten.ts";
import { webLink } from "../uri.ts";
import { wordsOf } from "../words.ts";
import type { Words } from "../words/words.ts";
import { anchorSubject } from "./anchor-subject.ts";
import { findingAnchor } from "./anchor.ts";
import type { Card, CardDetail, CardHead, EvidenceGroup } from "./card.ts";

const nameLimit = 160;
const messageLimit = 1200;
const valueLimit = 600;
const commandLimit = 4000;
const listLimits = { evidence: 40, reasons: 12, commands: 20, references: 8, requirements: 12 } as const;

/** What a card knows beside its finding. */
export interface CardContext {
  readonly team: Team | undefined;
  readonly state: DriftState | undefined;
  readonly cause: number;
  readonly words: Words;
}

/** A finding as a card shows it, every text and list bounded. */
export function makeCard(finding: Finding, context: CardContext): Card {
  return { head: makeHead(finding, context), detail: makeDetail(finding, context.words) };
}

function makeHead(finding: Finding, { team, state, cause, words }: CardContext): CardHead {
  const { rule, title, severity, outcome, disposition, message, since, count } = finding;
  return {
    rule: shortened(rule, nameLimit),
    title: shortened(title, valueLimit),
    severity,
    team,
    outcome,
    waived: disposition === "waived",
    subject: shownSubject(finding.subject, words),
    message: shortened(message, messageLimit),
    anchor: findingAnchor(finding),
    state,
    since: since === undefined ? undefined : shortened(since, 60),
    count,
    cause,
  };
}

/** A subject with a name of bearable length. */
export function shownSubject(subject: Finding["subject"], words: Words = wordsOf()): string {
  return subjectText({ ...subject, name: shortened(nameText(subject), nameLimit) }, words);
}

function makeDetail(finding: Finding, words: Words): CardDetail {
  const { reasons, evidence, remedy, references, requirements, subject } = finding;
  const commands = (remedy?.commands ?? []).slice(0, listLimits.commands);
  const whole = commands.filter((command) => command.length <= commandLimit);
  const waiver = waiverText(finding, words);
  return {
    subjectId: anchorSubject(findingAnchor(finding), finding.rule) === subject.id ? undefined : shortened(subject.id, valueLimit),
    reasons: reasons.slice(0, listLimits.reasons).map(({ fact, subject: of, reason, detail }) => words.colon(words.colon(words.of(fact, shownSubject(of, words)), reasonText(reason, words)), shortened(words.text(detail), valueLimit))),
    evidence: groups(finding, words),
    remedy: remedy === undefined ? undefined : { text: shortened(remedy.text, messageLimit).split(/\r?\n/).filter((line) => line.trim() !== ""), commands: whole },
    references: references.slice(0, listLimits.references).map(({ text, url }) => ({ text: shortened(text, valueLimit), href: webLink(url) })),
    waiver: waiver === undefined ? undefined : shortened(waiver, messageLimit),
    requirements: requirements.slice(0, listLimits.requirements).map((key) => shortened(key, nameLimit)),
    leftOut: [
      ...more(reasons.length - listLimits.reasons, words.page.leftOut.reasons),
      ...more(evidence.length - listLimits.evidence, words.page.leftOut.values),
      ...more((remedy?.commands.length ?? 0) - whole.length, words.page.leftOut.commands),
      ...more(references.length - listLimits.references, words.page.leftOut.references),
    ],
  };
}

function more(count: number, text: (count: number) => string): readonly string[] {
  return count > 0 ? [text(count)] : [];
}

const sides: ReadonlyMap<string, EvidenceGroup["side"]> = new Map([
  ...Object.keys(exchangeKinds).map((kind) => [kind, "exchange"] as const),
  ...Object.keys({ ...lyncKinds, ...configurationKinds, ...voiceKinds }).map((kind) => [kind, "lync"] as const),
  ["attestation", "stated"],
]);
const sideOrder: readonly EvidenceGroup["side"][] = ["exchange", "lync", "shared", "stated"];

/** Evidence by side and source, each in the order in which the rule names it. */
function groups(finding: Finding, words: Words): readonly EvidenceGroup[] {
  const evidence = finding.evidence.slice(0, listLimits.evidence);
  const bySource = Map.groupBy(evidence, (one) => JSON.stringify([sideOf(one), one.source]));
  const made = [...bySource.values()].map((ones): EvidenceGroup => {
    const [first] = ones;
    const source = first?.source;
    return {
      side: first === undefined ? "shared" : sideOf(first),
      source: source === undefined ? undefined : sourceText(shortened(source, valueLimit), first, words),
      rows: ones.map((one) => ({ what: whatText(one, finding, words), value: one.value === "" ? words.label.empty : shortened(seenText(one, words), valueLimit), state: one.state })),
    };
  });
  return made.sort((a, b) => sideOrder.indexOf(a.side) - sideOrder.indexOf(b.side));
}

function sideOf({ subject }: Evidence): EvidenceGroup["side"] {
  return sides.get(subject.kind) ?? "shared";
}

/** Where it was read, in words; what somebody stated, and what was worked out, was read nowhere. */
function sourceText(source: string, evidence: Evidence | undefined, words: Words): string {
  if (evidence !== undefined && sideOf(evidence) === "stated") return words.text(source);
  return source === wordsOf().label.workedOut ? words.label.workedOut : words.from(source);
}

/** Facts of the finding's own subject go without its name. */
function whatText({ subject, fact }: Evidence, finding: Finding, words: Words): string {
  const own = subject.kind === finding.subject.kind && subject.id === finding.subject.id;
  return own ? shortened(fact, nameLimit) : words.of(shortened(fact, nameLimit), shownSubject(subject, words));
}

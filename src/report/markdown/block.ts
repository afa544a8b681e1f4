import type { Finding } from "../../model/finding.ts";
import type { SubjectRef } from "../../model/subject.ts";
import { codeBlock, markdownText } from "../escape-markdown.ts";
import { isStated, reasonText, seenText, subjectText, waiverText } from "../finding-text.ts";
import { shortened } from "../shorten.ts";
import type { Block } from "../table/digest.ts";
import { webLink } from "../uri.ts";
import type { Words } from "../words/words.ts";
import { collapsible, markdownTable } from "./page.ts";

const rowLimit = 10;
const evidenceLimit = 4;
const commandLimit = 10;

/** The heading of all findings of one rule and outcome. */
export function blockTitle(block: Block, { marks, count, severities }: Words): string {
  const word = `${block.waived ? `${marks.waived} ` : ""}${marks[block.outcome]}`;
  const shown = (text: string): string => markdownText(shortened(text, 200));
  return `<b>${word}</b> ${shown(block.title)} &mdash; ${count.checks(block.total)} <code>${shown(block.rule)}</code> (${severities[block.severity]})`;
}

/** All findings of one rule and outcome: some subjects with what was seen, how to mend it, where it is documented. */
export function blockText(block: Block, open: boolean, words: Words): string {
  const { label, count } = words;
  const findings = [...block.clusters.values()].flatMap(({ samples }) => samples).slice(0, rowLimit);
  const rows = findings.map((finding) => [cell(subjectText(finding.subject, words), 120), cell(finding.message, 400), seen(finding, words)]);
  const hidden = block.total - findings.reduce((sum, finding) => sum + (finding.count ?? 1), 0);
  const more = hidden > 0 ? `\n${count.moreChecks(hidden)}\n` : "";
  return collapsible(blockTitle(block, words), `${markdownTable([label.subject, label.message, label.seen], rows)}${more}${remedy(findings, words)}${references(findings[0], words)}`, open);
}

function cell(foreign: string, limit: number): string {
  return markdownText(shortened(foreign, limit));
}

function seen(finding: Finding, words: Words): string {
  const { reasons, evidence, waiver } = finding;
  const lines = [
    ...(waiver === undefined ? [] : [waiverText(finding, words) ?? ""]),
    ...reasons.map(({ fact, subject, reason, detail }) => words.notRead(words.colon(`${words.of(fact, subjectText(subject, words))} (${reasonText(reason, words)})`, words.text(detail)))),
    ...evidence.map((one) => (isStated(one) ? `${words.label.stated} - ` : "") + words.colon(isSame(one.subject, finding.subject) ? one.fact : words.of(one.fact, subjectText(one.subject, words)), seenText(one, words))),
  ];
  const shown = lines.slice(0, evidenceLimit).map((line) => cell(line, 200));
  return [...shown, ...(lines.length > evidenceLimit ? [words.count.more(lines.length - evidenceLimit)] : [])].join("<br>");
}

function isSame(a: SubjectRef, b: SubjectRef): boolean {
  return a.kind === b.kind && a.id === b.id;
}

function remedy(findings: readonly Finding[], words: Words): string {
  const texts = new Set(findings.flatMap(({ remedy }) => (remedy === undefined ? [] : [remedy.text])));
  const commands = [...new Set(findings.flatMap(({ remedy }) => remedy?.commands ?? []))];
  const said = [...texts].slice(0, 3).map((text) => `\n${words.colon(words.label.remedy, cell(text, 1000))}\n`).join("");
  if (commands.length === 0) return said;
  const more = commands.length > commandLimit ? `\n${words.say.commandsInScript(commands.length - commandLimit)}\n` : "";
  return `${said}\n${codeBlock("powershell", commands.slice(0, commandLimit).map((command) => shortened(command, 500)))}${more}`;
}

function references(finding: Finding | undefined, words: Words): string {
  const items = (finding?.references ?? []).slice(0, 5).map(({ text, url }) => {
    const link = webLink(url);
    // A link target in angle brackets ends at `>` or a line break only; the normalized address has neither, nor a backslash.
    return link === undefined || /[<>\\\s]/u.test(link) ? cell(text, 200) : `[${cell(text, 200)}](<${link}>)`;
  });
  return items.length === 0 ? "" : `\n${words.colon(words.label.see, items.join(" &middot; "))}\n`;
}

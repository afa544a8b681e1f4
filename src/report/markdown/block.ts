import type { Finding } from "../../model/finding.ts";
import { codeBlock, markdownText } from "../escape-markdown.ts";
import { reasonText, subjectText, waiverText } from "../finding-text.ts";
import { counted, shortened } from "../shorten.ts";
import type { Block } from "../table/digest.ts";
import { webLink } from "../uri.ts";
import { collapsible, markdownTable } from "./page.ts";

const rowLimit = 10;
const evidenceLimit = 4;
const commandLimit = 10;

/** The heading of all findings of one rule and outcome. */
export function blockTitle(block: Block): string {
  const word = `${block.waived ? "WAIVED " : ""}${block.outcome.toUpperCase()}`;
  const shown = (text: string): string => markdownText(shortened(text, 200));
  return `<b>${word}</b> ${shown(block.title)} &mdash; ${counted(block.total, "check")} <code>${shown(block.rule)}</code> (${block.severity})`;
}

/** All findings of one rule and outcome: some subjects with what was seen, how to mend it, where it is documented. */
export function blockText(block: Block, open: boolean): string {
  const findings = [...block.clusters.values()].flatMap(({ samples }) => samples).slice(0, rowLimit);
  const rows = findings.map((finding) => [cell(subjectText(finding.subject), 120), cell(finding.message, 400), seen(finding)]);
  const hidden = block.total - findings.reduce((sum, { count }) => sum + (count ?? 1), 0);
  const more = hidden > 0 ? `\nand ${counted(hidden, "more check")}\n` : "";
  return collapsible(blockTitle(block), `${markdownTable(["Subject", "Message", "Seen"], rows)}${more}${remedy(findings)}${references(findings[0])}`, open);
}

function cell(foreign: string, limit: number): string {
  return markdownText(shortened(foreign, limit));
}

function seen(finding: Finding): string {
  const { reasons, evidence, waiver } = finding;
  const lines = [
    ...(waiver === undefined ? [] : [waiverText(finding) ?? ""]),
    ...reasons.map(({ fact, subject, reason, detail }) => `not read: ${fact} of ${subjectText(subject)} (${reasonText(reason)}): ${detail}`),
    ...evidence.map(({ fact, subject, value }) => `${fact}${subject.kind === finding.subject.kind && subject.id === finding.subject.id ? "" : ` of ${subjectText(subject)}`}: ${value}`),
  ];
  const shown = lines.slice(0, evidenceLimit).map((line) => cell(line, 200));
  return [...shown, ...(lines.length > evidenceLimit ? [`and ${lines.length - evidenceLimit} more`] : [])].join("<br>");
}

function remedy(findings: readonly Finding[]): string {
  const texts = new Set(findings.flatMap(({ remedy }) => (remedy === undefined ? [] : [remedy.text])));
  const commands = [...new Set(findings.flatMap(({ remedy }) => remedy?.commands ?? []))];
  const said = [...texts].slice(0, 3).map((text) => `\nRemedy: ${cell(text, 1000)}\n`).join("");
  if (commands.length === 0) return said;
  const more = commands.length > commandLimit ? `\nand ${commands.length - commandLimit} more commands; the remedy-ps1 report has them all\n` : "";
  return `${said}\n${codeBlock("powershell", commands.slice(0, commandLimit).map((command) => shortened(command, 500)))}${more}`;
}

function references(finding: Finding | undefined): string {
  const items = (finding?.references ?? []).slice(0, 5).map(({ text, url }) => {
    const link = webLink(url);
    // A link target in angle brackets ends at `>` or a line break only; the normalized address has neither, nor a backslash.
    return link === undefined || /[<>\\\s]/u.test(link) ? cell(text, 200) : `[${cell(text, 200)}](<${link}>)`;
  });
  return items.length === 0 ? "" : `\nSee: ${items.join(" &middot; ")}\n`;
}

import { terminalText } from "../model/terminal-text.ts";

/** All that means something to Markdown, to its dialects or to HTML inside a line, and what begins a list or a heading at its start. */
const markup = /[\\`*_[\]<>#!|~&$]|^[-+=]|(?<=^\s*\d{1,9})[.)]/gu;
/** GitHub and GitLab find mentions, issues and labels in the text that remains, whatever was escaped; a word joiner (U+2060) after the sign stops them. */
const references = /[@#!~%$&](?=[\p{L}\p{N}_"-])|\bGH-(?=\d)/giu;
const address = /\bwww(?=\.)|:(?=\/\/)/giu;
const joiner = "\u2060";

/**
 * Foreign text for one line of Markdown, in a table cell or inside HTML tags: it is shown as it is, and makes no markup, link, mention or HTML.
 * A character reference never takes part in markup (CommonMark 0.31, section 2.5).
 */
export function markdownText(foreign: string): string {
  return terminalText(foreign)
    .replaceAll(references, `$&${joiner}`)
    .replaceAll(address, `$&${joiner}`)
    .replaceAll(markup, (character) => `&#${character.charCodeAt(0)};`)
    .replaceAll(joiner, "&#8288;")
    .replaceAll("@", "&#64;");
}

/** Foreign lines as a code block that none of them can end: its fence is longer than any run of backticks inside. */
export function codeBlock(language: string, lines: readonly string[]): string {
  const text = lines.map(terminalText).join("\n");
  const longest = Math.max(2, ...[...text.matchAll(/`+/gu)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}\n`;
}

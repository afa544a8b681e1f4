import { terminalText } from "../model/terminal-text.ts";

/** PowerShell ends a single-quoted text at any of these, and takes each of them doubled as itself (about_Quoting_Rules). */
const singleQuotes = /['\u2018\u2019\u201a\u201b]/gu;

/** Foreign text as a single-quoted string on one line. */
export function powershellString(foreign: string): string {
  return `'${terminalText(foreign).replaceAll(singleQuotes, "$&$&")}'`;
}

/**
 * Foreign text as a comment line behind a word of ours. The word matters: PowerShell acts on comments that begin with `#requires`, and takes all that follows
 * `# SIG # Begin signature block` for a signature.
 */
export function powershellComment(word: string, foreign: string): string {
  return `# ${word}: ${terminalText(foreign)}\n`;
}

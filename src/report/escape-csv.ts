import { terminalText } from "../model/terminal-text.ts";
import { shortened } from "./shorten.ts";

/** Excel keeps 32,767 characters of a cell. */
const cellLimit = 32_000;
/**
 * What makes a spreadsheet compute a cell, full-width forms too, which some take for the same. Where a comma is the decimal sign, spreadsheets split at
 * semicolons instead, and our quotes protect only the first of such cells.
 */
const formula = /(^|;)(["\s]*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])/gu;

/**
 * Foreign text as one field of RFC 4180, always quoted and on one line: line breaks and other unseen characters become visible escapes, for many readers split
 * at line breaks whatever the quotes say. What a spreadsheet would compute gets an apostrophe.
 */
export function csvField(foreign: string): string {
  const text = terminalText(shortened(foreign, cellLimit)).replace(formula, "$1$2'");
  return `"${text.replaceAll('"', '""')}"`;
}

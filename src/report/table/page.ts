import Table from "cli-table3";
import type { RenderOptions } from "../../model/report.ts";
import { wordsOf } from "../words.ts";
import type { Words } from "../words/words.ts";
import { wrapText } from "./wrap.ts";

/** How a page looks. */
export interface Page {
  /** In columns, at least 40. */
  readonly width: number;
  readonly color: boolean;
  readonly verbosity: RenderOptions["verbosity"];
  readonly words: Words;
}

/**
 * Colours by meaning, as SGR codes. They are colours of the fixed part of the 256-colour palette, each with a contrast of more than 3 : 1 on white as on black; the
 * sixteen others are whatever the terminal makes of them, and yellow on white cannot be read in most.
 */
export const styles = { bad: ["38;5;160", "39"], doubtful: ["38;5;133", "39"], warning: ["38;5;166", "39"], good: ["38;5;28", "39"], strong: ["1", "22"] } as const;
/** Name of a colour. */
export type Style = keyof typeof styles;

/** A row: a short label on the left, and text beside it. Both are safe text. */
export interface Row {
  readonly label: string;
  readonly style?: Style;
  readonly text: string;
}

/** The page that the options ask for. */
export function pageOf(options: RenderOptions): Page {
  return { width: Math.max(40, options.columns ?? 80), color: options.color, verbosity: options.verbosity, words: wordsOf(options.language) };
}

/** Safe text in a colour, if colours are wanted. The words alone say everything. */
export function painted(page: Page, style: Style | undefined, text: string): string {
  if (!page.color || style === undefined || text === "") return text;
  const [on, off] = styles[style];
  return `\u001b[${on}m${text}\u001b[${off}m`;
}

/** Safe text in lines of the page. */
export function wrapped(page: Page, text: string): readonly string[] {
  return wrapText(text, page.width);
}

const noBorders = { top: "", "top-mid": "", "top-left": "", "top-right": "", bottom: "", "bottom-mid": "", "bottom-left": "", "bottom-right": "", left: "", "left-mid": "", mid: "", "mid-mid": "", right: "", "right-mid": "", middle: " " };

/**
 * Lays lines of cells side by side, one space between columns. The cells are wrapped before and handed over line by line:
 * cli-table3 cuts words that do not fit, and its time for a cell grows with the square of what the cell holds.
 */
export function columns(cells: readonly (readonly string[])[], widths: readonly number[], alignments: readonly ("left" | "right")[] = []): readonly string[] {
  const table = new Table({ chars: noBorders, colWidths: [...widths], colAligns: widths.map((_, index) => alignments[index] ?? "left"), style: { "padding-left": 0, "padding-right": 0, head: [], border: [], compact: true } });
  const height = Math.max(...cells.map((lines) => lines.length));
  for (let index = 0; index < height; index += 1) table.push(cells.map((lines) => lines[index] ?? ""));
  return height === 0 ? [] : table.toString().split("\n").map((line) => line.trimEnd());
}

/** Width of the labels; what stands beside them starts one column later. */
export const labelWidth = 8;

/** Rows with their labels in a column of their own. */
export function labelled(page: Page, rows: readonly Row[]): readonly string[] {
  return rows.flatMap(({ label, style, text }) => columns([[painted(page, style, label)], wrapText(text, page.width - labelWidth - 1)], [labelWidth, page.width - labelWidth - 1]));
}

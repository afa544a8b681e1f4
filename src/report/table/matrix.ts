import type { GatewayMatrix } from "../../model/overview.ts";
import { terminalText } from "../../model/terminal-text.ts";
import { matrixGroups, matrixNotRead, type MatrixLine } from "../matrix-rows.ts";
import { shortened } from "../shorten.ts";
import { columns, painted, wrapped, type Page } from "./page.ts";
import { wrapText } from "./wrap.ts";

const indent = 1;
const statusWidth = 10;
const yesNoWidth = 8;
const gaps = 7;
/** Where columns would be too narrow, each gateway is a sentence. */
const columnsFrom = 70;
const notReadLimit = 50;

const cellsOf = ({ dialPlan, gateway, huntGroups, status, outcalls, messageWaiting }: MatrixLine): readonly string[] => [dialPlan, gateway, huntGroups, status, outcalls, messageWaiting];

/** The gateway matrix for people: pool by pool, a line for each gateway in each dial plan. */
export function* matrixLines(matrix: GatewayMatrix, page: Page): Iterable<string> {
  const { words, width } = page;
  const { heads } = words.matrix;
  const nameWidth = Math.floor((width - indent - gaps - statusWidth - 2 * yesNoWidth) / 3);
  const widths = [indent, nameWidth, nameWidth, nameWidth, statusWidth, yesNoWidth, yesNoWidth];
  const laid = (cells: readonly string[]): readonly string[] => columns([[""], ...cells.map((cell, index) => wrapText(terminalText(cell), widths[index + 1] ?? nameWidth))], widths);
  for (const { pool, lines } of matrixGroups(matrix, words)) {
    yield* wrapped(page, terminalText(words.matrix.pool(pool))).map((line) => painted(page, "strong", line));
    if (width >= columnsFrom) {
      yield* laid(cellsOf(heads));
      for (const line of lines) yield* laid(cellsOf(line));
    } else {
      for (const line of lines) {
        const said = cellsOf(line).map((cell, index) => words.colon(cellsOf(heads)[index] ?? "", cell)).filter((_, index) => cellsOf(line)[index] !== "");
        yield* wrapText(terminalText(said.join("; ")), width - indent).map((text) => " ".repeat(indent) + text);
      }
    }
    yield "";
  }
  if (matrix.rows.length === 0) yield* wrapped(page, words.matrix.nothing);
  const notRead = matrixNotRead(matrix);
  for (const why of notRead.slice(0, notReadLimit)) yield* wrapped(page, terminalText(words.notRead(shortened(why, 500))));
  if (notRead.length > notReadLimit) yield* wrapped(page, words.count.more(notRead.length - notReadLimit));
}

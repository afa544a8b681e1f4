import type { Report } from "../../model/report.ts";
import { terminalText } from "../../model/terminal-text.ts";
import { phaseOutcomes, type PhaseOutcome, type PhaseState } from "../process-outcomes.ts";
import { phaseCounts, phaseMark } from "../process/words.ts";
import { countsOf, type Digest } from "./digest.ts";
import { columns, labelled, labelWidth, painted, type Page, type Style } from "./page.ts";
import { widthAtMost, wrapText } from "./wrap.ts";

/** The colour of a state. */
export const stateStyles: Readonly<Record<PhaseState, Style | undefined>> = { fail: "bad", unknown: "doubtful", warn: "warning", pass: "good", "not-applicable": undefined, waived: undefined, "nothing-to-check": undefined };

const numberWidth = 3;
/** Where columns would be too narrow, the counts follow the title. */
const columnsFrom = 60;

interface Widths {
  readonly titleWidth: number;
  readonly countsWidth: number;
}

function phaseLines(outcome: PhaseOutcome, index: number, page: Page, { titleWidth, countsWidth }: Widths): readonly string[] {
  const { phase, state } = outcome;
  const label = painted(page, stateStyles[state], phaseMark(state, page.words));
  const title = terminalText(phase.title);
  if (page.width < columnsFrom) return labelled(page, [{ label, text: page.words.colon(`${index + 1} ${title}`, phaseCounts(outcome, page.words)) }]);
  return columns([[label], [String(index + 1)], wrapText(title, titleWidth), wrapText(phaseCounts(outcome, page.words), countsWidth)], [labelWidth, numberWidth, titleWidth, countsWidth], ["left", "right", "left", "left"]);
}

/** The phases of the deployment process, a line for each. */
export function* processLines({ overview }: Report, digest: Digest, page: Page): Iterable<string> {
  const process = overview?.process;
  if (process === undefined) return;
  const outcomes = phaseOutcomes(process, countsOf(digest));
  const room = page.width - labelWidth - numberWidth - 3;
  const countsWidth = Math.min(Math.max(...outcomes.map((outcome) => widthAtMost(phaseCounts(outcome, page.words))), 1), Math.floor(room / 2));
  const titleWidth = Math.min(Math.max(...outcomes.map(({ phase }) => widthAtMost(terminalText(phase.title)) + 1), 1), room - countsWidth);
  yield "";
  yield painted(page, "strong", page.words.process.heading(terminalText(process.title)));
  for (const [index, outcome] of outcomes.entries()) yield* phaseLines(outcome, index, page, { titleWidth, countsWidth });
}

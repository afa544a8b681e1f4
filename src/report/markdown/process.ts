import type { Report } from "../../model/report.ts";
import { markdownText } from "../escape-markdown.ts";
import { phaseOutcomes, type RuleCounts } from "../process-outcomes.ts";
import { allPhaseCounts, phaseMark } from "../process/words.ts";
import { shortened } from "../shorten.ts";
import type { Words } from "../words/words.ts";
import { collapsible, markdownTable } from "./page.ts";

const phaseLimit = 50;

/** The phases of the deployment process, a row for each. */
export function processText({ overview }: Report, counts: RuleCounts, words: Words): string {
  const process = overview?.process;
  if (process === undefined) return "";
  const outcomes = phaseOutcomes(process, counts);
  const cell = (text: string): string => markdownText(shortened(text, 300));
  const rows = outcomes.slice(0, phaseLimit).map((outcome, index) => [String(index + 1), `<b>${phaseMark(outcome.state, words)}</b>`, cell(outcome.phase.title), allPhaseCounts(outcome, words), cell(outcome.phase.who.join("; "))]);
  const more = outcomes.length > phaseLimit ? `\n${words.count.more(outcomes.length - phaseLimit)}\n` : "";
  const failed = outcomes.filter(({ state }) => state === "fail").length;
  const unknown = outcomes.filter(({ state }) => state === "unknown").length;
  return collapsible(`${words.process.heading(`<b>${cell(process.title)}</b>`)}; ${words.process.tally({ phases: outcomes.length, failed, unknown })}`, markdownTable(["", words.label.state, words.process.phase, words.process.checks, words.process.whoMayDoIt], rows) + more, true);
}

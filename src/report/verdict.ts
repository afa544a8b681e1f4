import type { Report } from "../model/report.ts";
import { wordsOf } from "./words.ts";
import type { Words } from "./words/words.ts";

/** May we go on? */
export interface VerdictSentence {
  readonly word: "not-ready" | "undecided" | "ready";
  readonly sentence: string;
}

/** The verdict in one sentence. */
export function verdictSentence(report: Report, { verdict, count }: Words = wordsOf("en")): VerdictSentence {
  const { summary, run, failOn } = report;
  const failures = [...(summary.fail > 0 ? [count.failures(summary.fail)] : []), ...(failOn === "warn" && summary.warn > 0 ? [count.warnings(summary.warn)] : [])];
  const undecided = summary.unknown > 0 ? verdict.checksUndecided(summary.unknown) : "";
  if (failures.length > 0) return { word: "not-ready", sentence: `${verdict.notReady(failures)} ${undecided}`.trimEnd() };
  if (summary.unknown > 0) return { word: "undecided", sentence: verdict.undecided(undecided) };
  if (!run.complete) return { word: "undecided", sentence: verdict.undecided(verdict.runIncomplete) };
  if (summary.pass + summary.warn + summary.waived === 0) return { word: "undecided", sentence: verdict.nothingChecked };
  return { word: "ready", sentence: summary.warn > 0 ? verdict.readyWith(count.warnings(summary.warn)) : verdict.ready };
}

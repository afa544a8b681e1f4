import type { Report } from "../model/report.ts";
import { counted } from "./shorten.ts";

/** May we go on? */
export interface VerdictSentence {
  readonly word: "not-ready" | "undecided" | "ready";
  readonly sentence: string;
}

/** The verdict in one sentence. */
export function verdictSentence(report: Report): VerdictSentence {
  const { summary, run, failOn } = report;
  const failures = [...(summary.fail > 0 ? [counted(summary.fail, "failure")] : []), ...(failOn === "warn" && summary.warn > 0 ? [counted(summary.warn, "warning")] : [])];
  const undecided = summary.unknown > 0 ? `${counted(summary.unknown, "check")} could not be decided.` : "";
  if (failures.length > 0) return { word: "not-ready", sentence: `Not ready: ${failures.join(" and ")}. ${undecided}`.trimEnd() };
  if (summary.unknown > 0) return { word: "undecided", sentence: `Undecided: nothing failed, but ${undecided}` };
  if (!run.complete) return { word: "undecided", sentence: "Undecided: nothing failed, but the run is incomplete." };
  if (summary.pass + summary.warn + summary.waived === 0) return { word: "undecided", sentence: "Undecided: nothing was checked." };
  return { word: "ready", sentence: summary.warn > 0 ? `Ready, with ${counted(summary.warn, "warning")}.` : "Ready." };
}

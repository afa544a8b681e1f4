import type { Report } from "../../model/report.ts";
import { xmlAttribute, xmlText } from "../escape-xml.ts";
import { counted, shortened } from "../shorten.ts";
import type { TestCase } from "./test-case.ts";

/** The suite of what is wrong with the run itself. */
export const runSuite = "umpreflight.run";

function runError(type: string, name: string, message: string, text: string): TestCase {
  const body = `      <error type="${type}" message="${xmlAttribute(shortened(message, 500))}">${xmlText(shortened(text, 50_000))}</error>\n`;
  return { className: runSuite, name, id: type, ambiguous: false, verdict: "error", place: "", body, position: 0 };
}

/** A report without findings is an error: an empty file would look like success. */
export function nothingChecked(): TestCase {
  return runError("nothing-checked", "Something was checked", "Nothing was checked.", "Nothing was checked: the report has no findings.");
}

/** An errored case when the run is not complete. */
export function notComplete(report: Report): readonly TestCase[] {
  if (report.run.complete) return [];
  const reasons = report.run.reasons.length === 0 ? ["no reason was given"] : report.run.reasons;
  const problems = report.run.targets.filter((target) => target.status !== "read").map((target) => `${target.kind} ${target.name}: ${target.status}\n${target.problems.map((problem) => `  ${problem}\n`).join("")}`);
  return [runError("run-incomplete", "The run is complete", `The run is incomplete: ${reasons[0]}`, [...reasons, "", ...problems].join("\n"))];
}

/** An errored case that says how many findings did not fit. */
export function leftOut(count: number, found: number): TestCase {
  const sentence = `${counted(count, "finding")} of ${found} left out: consumers refuse larger files. The json report has all of them.`;
  return runError("left-out", "All findings are in this file", sentence, sentence);
}

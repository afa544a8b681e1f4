import type { Finding } from "../model/finding.ts";
import type { Report } from "../model/report.ts";
import { checkSummary, notOurs, reportChecks, type ReportChecks, type ReportHead } from "./read-report/check.ts";
import { countOutcomes } from "./read-report/count-outcomes.ts";
import { linesOf } from "./read-report/lines.ts";

/** A report of other shape is held as a whole; more of it is refused. */
const wholeLimit = 256_000_000;
const findingsLine = '"findings": [';

/**
 * Reads a report again that `--reporter json` wrote. Findings are read from the file anew each time they are walked, so a million of them take no memory; a file
 * that was formatted anew is held as a whole.
 * @param file name for messages
 * @param chunks the text from its start, each time it is called
 * @throws ReportError with file and line for anything else, for one of a later schema version, one that was cut off, or one whose counts do not fit
 */
export function readReport(file: string, chunks: () => Iterable<string>): Report {
  const checks = reportChecks(file);
  const head = headOf(file, chunks, checks);
  const report = head === undefined ? wholeReport(file, chunks, checks) : { ...head, findings: { [Symbol.iterator]: () => findingsOf(file, chunks, checks) } };
  checkSummary(file, report.summary, countOutcomes(report.findings));
  return report;
}

/** The head of a report as we write it, or undefined for one that was formatted otherwise. */
function headOf(file: string, chunks: () => Iterable<string>, checks: ReportChecks): ReportHead | undefined {
  const lines: string[] = [];
  let size = 0;
  for (const line of linesOf(chunks(), file)) {
    if (lines.length === 0 && line !== "{") return undefined;
    lines.push(line);
    if (line === findingsLine) return checks.head(parsed(file, `${lines.join("\n")}]}`, lines.length));
    size += line.length;
    if (size > wholeLimit) throw notOurs(file, "it has no findings, or too much before them");
  }
  return undefined;
}

function* findingsOf(file: string, chunks: () => Iterable<string>, checks: ReportChecks): Generator<Finding, undefined> {
  let state: "head" | "findings" | "tail" | "end" = "head";
  let number = 0;
  for (const line of linesOf(chunks(), file)) {
    number += 1;
    if (state === "head") {
      if (line === findingsLine) state = "findings";
    } else if (state === "findings" && line === "]") state = "tail";
    else if (state === "findings") yield checks.finding(parsed(file, line.endsWith(",") ? line.slice(0, -1) : line, number), number);
    else if (state === "tail" && line === "}") state = "end";
    else if (line.trim() !== "") throw notOurs(file, "something stands after its findings", { file, line: number });
  }
  if (state !== "end") throw notOurs(file, "its end is missing: it was cut off", { file, line: number });
}

function wholeReport(file: string, chunks: () => Iterable<string>, checks: ReportChecks): Report {
  let text = "";
  for (const chunk of chunks()) {
    text += chunk;
    if (text.length > wholeLimit) throw notOurs(file, "it is not written one finding per line, and too large to be read otherwise");
  }
  const value = parsed(file, text.replace(/^\ufeff/u, ""), undefined);
  const head = checks.head(value);
  const { findings } = value as { readonly findings: readonly Finding[] };
  return { ...head, findings };
}

/** JSON.parse fails on what is no JSON with a SyntaxError, and on what is nested too deeply with a RangeError. */
function parsed(file: string, text: string, line: number | undefined): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw notOurs(file, cause instanceof SyntaxError ? "it is no JSON, or was cut off" : "it is nested too deeply", line === undefined ? { file } : { file, line });
  }
}

import type { Report, Reporter } from "../model/report.ts";
import { changeText } from "./changes/text.ts";
import { digestOf, type Digest } from "./table/digest.ts";
import { areaLines } from "./table/areas.ts";
import { causeLines } from "./table/causes.ts";
import { matrixLines } from "./table/matrix.ts";
import { oneLiners } from "./table/one-liners.ts";
import { pageOf, painted, wrapped, type Page } from "./table/page.ts";
import { processLines } from "./table/process.ts";
import { summaryLines } from "./table/summary.ts";
import { terminalText } from "../model/terminal-text.ts";

/** Text for people. Walks the findings once and keeps a bounded number of each rule and outcome; what is left out is counted. */
export const renderTable: Reporter = function* (report, options) {
  const page = pageOf({ ...options, language: options.language ?? report.language ?? "en" });
  const digest = digestOf(report.findings, page.verbosity);
  for (const line of lines(report, digest, page)) yield `${line}\n`;
};

function* lines(report: Report, digest: Digest, page: Page): Iterable<string> {
  const { tool, run } = report;
  yield* wrapped(page, terminalText(page.words.say.startedBy(`${tool.name} ${tool.version}`, run.profile, timeText(run.startedAt))));
  if (run.planned !== undefined) yield* wrapped(page, terminalText(page.words.say.planned(run.planned.titles)));
  if (!run.complete) yield* wrapped(page, page.words.say.incompleteAbove);
  if (page.verbosity === "quiet") yield* oneLiners(report, digest, page);
  else {
    yield* causeLines(digest, page);
    yield* areaLines(digest, page);
  }
  if (report.comparison !== undefined) {
    yield "";
    yield painted(page, "strong", page.words.label.changes);
    for (const line of changeText(report.comparison, { still: false, words: page.words })) yield line.trimEnd();
  }
  if (page.verbosity !== "quiet") yield* processLines(report, digest, page);
  if (page.verbosity === "verbose") yield* matrixSection(report, page);
  yield* summaryLines(report, digest, page);
}

function* matrixSection({ overview }: Report, page: Page): Iterable<string> {
  if (overview === undefined || (overview.matrix.rows.length === 0 && overview.matrix.notRead.length === 0)) return;
  yield "";
  yield painted(page, "strong", page.words.matrix.heading);
  yield* matrixLines(overview.matrix, page);
}

/** `2026-06-01 10:00:00 UTC`. */
function timeText(iso: string): string {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(iso) ? `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC` : iso;
}

import type { Summary } from "../../model/finding.ts";
import type { Report, ReportTarget } from "../../model/report.ts";
import { terminalText } from "../../model/terminal-text.ts";
import { shortened } from "../shorten.ts";
import { verdictSentence, type VerdictSentence } from "../verdict.ts";
import type { Words } from "../words/words.ts";
import { alikeGroups, likewiseText } from "./alike.ts";
import { shownCauses } from "./causes.ts";
import type { Digest } from "./digest.ts";
import { labelled, painted, wrapped, type Page, type Style } from "./page.ts";

/** The end of the table: counts, coverage, the state of run and targets, and the verdict. */
export function* summaryLines(report: Report, digest: Digest, page: Page): Iterable<string> {
  const { summary } = report;
  yield "";
  yield painted(page, "strong", page.words.label.summary);
  yield* wrapped(page, page.words.say.counts({ ...summary, "not-applicable": summary.notApplicable }));
  yield* wrapped(page, coverage(summary, digest.waivedUnknown, page.words));
  yield* runLines(report, digest, page);
  const { word, sentence } = verdictSentence(report, page.words);
  yield* wrapped(page, sentence).map((line) => painted(page, verdictStyles[word], line));
}

/** Rounded down: nothing but everything is 100 %. */
function coverage(summary: Summary, waivedUnknown: number, { say }: Words): string {
  const total = summary.fail + summary.unknown + summary.warn + summary.pass + summary.waived;
  const undecided = summary.unknown + waivedUnknown;
  if (total === 0) return say.nothingDecided;
  return say.decided({ decided: total - undecided, total, percent: Math.floor(((total - undecided) / total) * 100), unknown: undecided, waived: waivedUnknown });
}

/** How much of what was not read the summary repeats: it is the end of the table and fits on a screen. */
const limits = { quiet: { reasons: 3, targets: 6, problems: 2 }, normal: { reasons: 3, targets: 6, problems: 2 }, verbose: { reasons: 100, targets: 1000, problems: 100 } } as const;

function* runLines(report: Report, digest: Digest, page: Page): Iterable<string> {
  const { run } = report;
  const { say, count } = page.words;
  const { reasons: reasonLimit, targets: targetLimit } = limits[page.verbosity];
  if (run.complete) yield say.complete;
  else {
    const reasons = run.reasons.length === 0 ? [say.noReason] : run.reasons;
    for (const reason of reasons.slice(0, reasonLimit)) yield* wrapped(page, terminalText(say.incomplete(shortened(page.words.text(reason), 300))));
    if (reasons.length > reasonLimit) yield* wrapped(page, count.moreReasons(reasons.length - reasonLimit));
  }
  const targets = run.targets.filter((target) => target.status !== "read" || target.problems.length > 0);
  const told = toldCauses(digest, page);
  for (const target of targets.slice(0, targetLimit)) yield* targetLines(target, told, page);
  if (targets.length > targetLimit) yield* wrapped(page, count.moreTargets(targets.length - targetLimit));
}

/** Number of the cause that tells of a problem, by the problem's text. */
function toldCauses(digest: Digest, page: Page): ReadonlyMap<string, number> {
  return new Map(shownCauses(digest, page).flatMap(([, { alike }], index) => [...alike].map((detail) => [detail, index + 1])));
}

/** A target that was not read whole. What the list of causes tells is not repeated. */
function* targetLines({ kind, name, status, problems }: ReportTarget, told: ReadonlyMap<string, number>, page: Page): Iterable<string> {
  const { say, targetStates, colon, count } = page.words;
  const limit = limits[page.verbosity].problems;
  const untold = problems.filter((problem) => !told.has(problem));
  const rest = page.verbosity === "verbose" ? untold.map((first) => ({ first, others: [] })) : alikeGroups(untold);
  const numbers = [...new Set(problems.flatMap((problem) => told.get(problem) ?? []))].sort((a, b) => a - b);
  const state = `${targetStates[status]}${numbers.length === 0 ? "" : ` - ${say.seeCauses(numbers.map((number) => `[${number}]`).join(" "))}`}`;
  yield* wrapped(page, terminalText(colon(`${name.endsWith(` ${kind}`) ? "" : `${kind} `}${shortened(name, 200)}`, state)));
  yield* labelled(page, rest.slice(0, limit).map(({ first, others }) => ({ label: "", text: terminalText(shortened(page.words.text(first), page.verbosity === "verbose" ? 500 : 200) + likewiseText(others.map(page.words.text), page.words)) })));
  if (rest.length > limit) yield* labelled(page, [{ label: "", text: count.moreProblems(rest.slice(limit).reduce((sum, { others }) => sum + 1 + others.length, 0)) }]);
}

const verdictStyles: Readonly<Record<VerdictSentence["word"], Style>> = { "not-ready": "bad", undecided: "doubtful", ready: "good" };

import type { Summary } from "../../model/finding.ts";
import type { Report } from "../../model/report.ts";
import { terminalText } from "../../model/terminal-text.ts";
import { shortened } from "../shorten.ts";
import { verdictSentence, type VerdictSentence } from "../verdict.ts";
import type { Words } from "../words/words.ts";
import type { Digest } from "./digest.ts";
import { labelled, painted, wrapped, type Page, type Style } from "./page.ts";

/** The end of the table: counts, coverage, the state of run and targets, and the verdict. */
export function* summaryLines(report: Report, digest: Digest, page: Page): Iterable<string> {
  const { summary } = report;
  yield "";
  yield painted(page, "strong", page.words.label.summary);
  yield* wrapped(page, page.words.say.counts({ ...summary, "not-applicable": summary.notApplicable }));
  yield* wrapped(page, coverage(summary, digest.waivedUnknown, page.words));
  yield* runLines(report, page);
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

function* runLines(report: Report, page: Page): Iterable<string> {
  const { run } = report;
  const { say, targetStates, colon, count } = page.words;
  if (run.complete) yield say.complete;
  else {
    const reasons = run.reasons.length === 0 ? [say.noReason] : run.reasons;
    for (const reason of reasons) yield* wrapped(page, terminalText(say.incomplete(shortened(reason, 500))));
  }
  const targets = run.targets.filter((target) => target.status !== "read" || target.problems.length > 0);
  for (const target of targets) {
    yield* wrapped(page, terminalText(colon(`${target.name.endsWith(` ${target.kind}`) ? "" : `${target.kind} `}${shortened(target.name, 200)}`, targetStates[target.status])));
    yield* labelled(page, target.problems.slice(0, 10).map((problem) => ({ label: "", text: terminalText(shortened(problem, 500)) })));
    if (target.problems.length > 10) yield* labelled(page, [{ label: "", text: count.moreProblems(target.problems.length - 10) }]);
  }
}

const verdictStyles: Readonly<Record<VerdictSentence["word"], Style>> = { "not-ready": "bad", undecided: "doubtful", ready: "good" };

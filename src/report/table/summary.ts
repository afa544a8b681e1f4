import type { Summary } from "../../model/finding.ts";
import type { Report } from "../../model/report.ts";
import { terminalText } from "../../model/terminal-text.ts";
import { counted, grouped, shortened } from "../shorten.ts";
import { verdictSentence, type VerdictSentence } from "../verdict.ts";
import type { Digest } from "./digest.ts";
import { labelled, painted, wrapped, type Page, type Style } from "./page.ts";

/** The end of the table: counts, coverage, the state of run and targets, and the verdict. */
export function* summaryLines(report: Report, digest: Digest, page: Page): Iterable<string> {
  const { summary } = report;
  yield "";
  yield painted(page, "strong", "Summary");
  yield* wrapped(page, `${grouped(summary.fail)} fail, ${grouped(summary.unknown)} unknown, ${grouped(summary.warn)} warn, ${grouped(summary.pass)} pass, ${grouped(summary.notApplicable)} not applicable, ${grouped(summary.waived)} waived`);
  yield* wrapped(page, coverage(summary, digest.waivedUnknown));
  yield* runLines(report, page);
  const { word, sentence } = verdictSentence(report);
  yield* wrapped(page, sentence).map((line) => painted(page, verdictStyles[word], line));
}

/** Rounded down: nothing but everything is 100 %. */
function coverage(summary: Summary, waivedUnknown: number): string {
  const total = summary.fail + summary.unknown + summary.warn + summary.pass + summary.waived;
  const undecided = summary.unknown + waivedUnknown;
  if (total === 0) return "No check was decided.";
  const waived = waivedUnknown === 0 ? "" : ` (${grouped(waivedUnknown)} of them waived)`;
  return `${grouped(total - undecided)} of ${counted(total, "check")} were decided (${Math.floor(((total - undecided) / total) * 100)} %); ${grouped(undecided)} unknown${waived}`;
}

function* runLines(report: Report, page: Page): Iterable<string> {
  const { run } = report;
  if (run.complete) yield "The run is complete.";
  else {
    const reasons = run.reasons.length === 0 ? ["no reason was given"] : run.reasons;
    for (const reason of reasons) yield* wrapped(page, terminalText(`INCOMPLETE: ${shortened(reason, 500)}`));
  }
  const targets = run.targets.filter((target) => target.status !== "read" || target.problems.length > 0);
  for (const target of targets) {
    yield* wrapped(page, terminalText(`${target.name.endsWith(` ${target.kind}`) ? "" : `${target.kind} `}${shortened(target.name, 200)}: ${target.status.replace("-", " ")}`));
    yield* labelled(page, target.problems.slice(0, 10).map((problem) => ({ label: "", text: terminalText(shortened(problem, 500)) })));
    if (target.problems.length > 10) yield* labelled(page, [{ label: "", text: `and ${counted(target.problems.length - 10, "more problem")}` }]);
  }
}

const verdictStyles: Readonly<Record<VerdictSentence["word"], Style>> = { "not-ready": "bad", undecided: "doubtful", ready: "good" };

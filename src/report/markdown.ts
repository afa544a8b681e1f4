import type { Report, Reporter } from "../model/report.ts";
import { countsText } from "./changes/text.ts";
import { markdownText } from "./escape-markdown.ts";
import { reasonText, subjectText } from "./finding-text.ts";
import { blockText, blockTitle } from "./markdown/block.ts";
import { collapsible, markdownPage, markdownTable, type MarkdownPage } from "./markdown/page.ts";
import { compareText } from "../model/compare-text.ts";
import { outcomeRank, severityRank } from "./order.ts";
import { runProblems } from "./run-problems.ts";
import { counted, grouped, shortened } from "./shorten.ts";
import { digestOf, type Block, type Digest } from "./table/digest.ts";
import { verdictSentence } from "./verdict.ts";

/** Below the 65,536 characters that GitHub takes for a comment, with room for a line of somebody else's. */
const pageLimit = 60_000;
/** Kept free for the last line. */
const endLimit = 300;
const causeLimit = 15;
const openLimit = 3;

/** A comment for a pull request or a ticket: collapsible, at most 60,000 characters, with true totals whatever was left out. */
export const renderMarkdown: Reporter = function* (report) {
  const page = markdownPage(pageLimit - endLimit);
  const digest = digestOf(report.findings, "normal");
  page.add(headText(report));
  page.add(problemText(report));
  page.add(causeText(digest));
  page.add(changesText(report));
  const left = addBlocks(page, blocksOf(digest));
  yield* page.parts();
  if (left.rules > 0) yield `${counted(left.rules, "more rule")} with ${counted(left.checks, "check")} left out: a comment holds no more. The json report has everything.\n`;
};

function headText(report: Report): string {
  const { summary, run, tool } = report;
  const counts = Object.entries({ fail: summary.fail, unknown: summary.unknown, warn: summary.warn, pass: summary.pass, "not applicable": summary.notApplicable, waived: summary.waived });
  const state = run.complete ? "" : "\n**This run is incomplete.**\n";
  const line = `Profile ${markdownText(shortened(run.profile, 100))}, started ${markdownText(shortened(run.startedAt, 100))}, ${markdownText(shortened(`${tool.name} ${tool.version}`, 100))}`;
  return `## umpreflight: ${verdictSentence(report).sentence}\n${state}\n${markdownTable(counts.map(([name]) => name), [counts.map(([, count]) => grouped(count))])}\n${line}\n\n`;
}

function problemText(report: Report): string {
  const problems = runProblems(report);
  if (problems.length === 0) return "";
  const shown = problems.slice(0, causeLimit).map(({ text }) => `- ${markdownText(shortened(text, 300))}\n`);
  const more = problems.length > causeLimit ? `- and ${counted(problems.length - causeLimit, "more problem")}\n` : "";
  return collapsible(`<b>Run</b>: ${counted(problems.length, "problem")}`, shown.join("") + more, !report.run.complete);
}

function causeText({ causes }: Digest): string {
  if (causes.size === 0) return "";
  const sorted = [...causes].sort(([keyA, a], [keyB, b]) => b.checks - a.checks || compareText(keyA, keyB)).map(([, cause]) => cause);
  const rows = sorted.slice(0, causeLimit).map(({ reason, detail, checks }) => [markdownText(`${reasonText(reason)}: ${shortened(detail, 300)}`), grouped(checks)]);
  const more = sorted.length > causeLimit ? `\nand ${counted(sorted.length - causeLimit, "more cause")}\n` : "";
  return collapsible(`<b>Not read</b>: ${counted(sorted.length, "cause")}`, markdownTable(["Cause", "Checks that it costs"], rows) + more);
}

/** What became worse since the baseline, by name; the rest in numbers. */
function changesText({ comparison }: Report): string {
  if (comparison === undefined) return "";
  const worse = comparison.changes.filter((change) => change.worse);
  const rows = worse.slice(0, causeLimit).map(({ state, rule, subject, before, after, message }) => [state, rule, subjectText(subject), `${before ?? ""} \u2192 ${after ?? ""}`, message].map((text) => markdownText(shortened(text, 200))));
  const table = rows.length === 0 ? "Nothing became worse.\n" : markdownTable(["State", "Rule", "Subject", "Outcome", "Message"], rows);
  const more = worse.length > causeLimit ? `\nand ${counted(worse.length - causeLimit, "more finding")}\n` : "";
  const notes = comparison.notes.slice(0, causeLimit).map((note) => `\nNote: ${markdownText(shortened(note, 300))}\n`).join("");
  return collapsible(`<b>Since ${markdownText(shortened(comparison.before.name, 100))}</b>: ${countsText(comparison)}`, table + more + notes, worse.length > 0);
}

/** What people have to look at, worst first. Passes and what does not apply are in the counts only. */
function blocksOf({ areas }: Digest): readonly Block[] {
  const rank = ({ waived, outcome, severity }: Block): number => (waived ? 100 : 0) + outcomeRank[outcome] * 10 + severityRank[severity];
  return [...areas.values()]
    .flatMap((area) => [...area.values()])
    .filter(({ waived, outcome }) => waived || (outcome !== "pass" && outcome !== "not-applicable"))
    .sort((a, b) => rank(a) - rank(b) || compareText(a.rule, b.rule));
}

/** Adds what fits: a rule in full, else its heading, else nothing but its number. */
function addBlocks(page: MarkdownPage, blocks: readonly Block[]): { readonly rules: number; readonly checks: number } {
  const left = { rules: 0, checks: 0 };
  for (const [index, block] of blocks.entries()) {
    if (page.add(blockText(block, index < openLimit && block.outcome === "fail" && !block.waived)) || page.add(`- ${blockTitle(block)}\n\n`)) continue;
    left.rules += 1;
    left.checks += block.total;
  }
  return left;
}

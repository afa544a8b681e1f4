import type { Outcome } from "../model/finding.ts";
import type { Report, Reporter } from "../model/report.ts";
import { countsText } from "./changes/text.ts";
import { markdownText } from "./escape-markdown.ts";
import { subjectText } from "./finding-text.ts";
import { blockText, blockTitle } from "./markdown/block.ts";
import { matrixText } from "./markdown/matrix.ts";
import { collapsible, markdownPage, markdownTable, type MarkdownPage } from "./markdown/page.ts";
import { processText } from "./markdown/process.ts";
import { compareText } from "../model/compare-text.ts";
import { outcomeRank, severityRank } from "./order.ts";
import { runProblems } from "./run-problems.ts";
import { shortened } from "./shorten.ts";
import { causeSentence } from "./table/causes.ts";
import { countsOf, digestOf, type Block, type Digest } from "./table/digest.ts";
import { verdictSentence } from "./verdict.ts";
import { wordsOf } from "./words.ts";
import type { Words } from "./words/words.ts";

/** Below the 65,536 characters that GitHub takes for a comment, with room for a line of somebody else's. */
const pageLimit = 60_000;
/** Kept free for the last line. */
const endLimit = 300;
const causeLimit = 15;
const openLimit = 3;

/** A comment for a pull request or a ticket: collapsible, at most 60,000 characters, with true totals whatever was left out. */
export const renderMarkdown: Reporter = function* (report, options) {
  const words = wordsOf(options.language ?? report.language);
  const page = markdownPage(pageLimit - endLimit);
  const digest = digestOf(report.findings, "normal");
  page.add(headText(report, words));
  page.add(problemText(report, words));
  page.add(causeText(digest, words));
  page.add(processText(report, countsOf(digest), words));
  page.add(changesText(report, words));
  const left = addBlocks(page, blocksOf(digest), words);
  page.add(matrixText(report, words));
  yield* page.parts();
  if (left.rules > 0) yield `${words.say.leftOutOfComment(left.rules, left.checks)}\n`;
};

function headText(report: Report, words: Words): string {
  const { summary, run, tool } = report;
  const { fail, unknown, warn, pass, notApplicable, waived } = summary;
  const counts = Object.entries({ fail, unknown, warn, pass, "not-applicable": notApplicable, waived } as const) as [keyof Words["outcomes"], number][];
  const planned = run.planned === undefined ? "" : `\n**${words.say.planned(run.planned.titles.map((title) => markdownText(shortened(title, 200))))}**\n`;
  const state = `${planned}${run.complete ? "" : `\n**${words.say.thisRunIncomplete}**\n`}`;
  const line = words.say.profileOfRun(markdownText(shortened(run.profile, 100)), markdownText(shortened(run.startedAt, 100)), markdownText(shortened(`${tool.name} ${tool.version}`, 100)));
  return `## umpreflight: ${verdictSentence(report, words).sentence}\n${state}\n${markdownTable(counts.map(([name]) => words.outcomes[name]), [counts.map(([, count]) => words.grouped(count))])}\n${line}\n\n`;
}

function problemText(report: Report, words: Words): string {
  const { label, count } = words;
  const problems = runProblems(report, words);
  if (problems.length === 0) return "";
  const shown = problems.slice(0, causeLimit).map(({ text }) => `- ${markdownText(shortened(text, 300))}\n`);
  const more = problems.length > causeLimit ? `- ${count.moreProblems(problems.length - causeLimit)}\n` : "";
  return collapsible(words.colon(`<b>${label.run}</b>`, count.problems(problems.length)), shown.join("") + more, !report.run.complete);
}

function causeText({ causes }: Digest, words: Words): string {
  if (causes.size === 0) return "";
  const sorted = [...causes].sort(([keyA, a], [keyB, b]) => b.checks - a.checks || compareText(keyA, keyB)).map(([, cause]) => cause);
  const rows = sorted.slice(0, causeLimit).map((cause) => [markdownText(causeSentence(cause, words, 300)), words.grouped(cause.checks)]);
  const more = sorted.length > causeLimit ? `\n${words.count.moreCauses(sorted.length - causeLimit)}\n` : "";
  return collapsible(words.colon(`<b>${words.label.notRead}</b>`, words.count.causes(sorted.length)), markdownTable([words.label.cause, words.label.checksItCosts], rows) + more);
}

/** What became worse since the baseline, by name; the rest in numbers. */
function changesText({ comparison }: Report, words: Words): string {
  if (comparison === undefined) return "";
  const { label, outcomes } = words;
  const outcome = (name: Outcome | undefined): string => (name === undefined ? "" : outcomes[name]);
  const worse = comparison.changes.filter((change) => change.worse);
  const rows = worse.slice(0, causeLimit).map(({ state, rule, subject, before, after, message }) => [words.change.states[state], rule, subjectText(subject, words), `${outcome(before)} \u2192 ${outcome(after)}`, message].map((text) => markdownText(shortened(text, 200))));
  const table = rows.length === 0 ? `${words.say.nothingWorse}\n` : markdownTable([label.state, label.rule, label.subject, label.outcome, label.message], rows);
  const more = worse.length > causeLimit ? `\n${words.count.moreFindings(worse.length - causeLimit)}\n` : "";
  const notes = comparison.notes.slice(0, causeLimit).map((note) => `\n${words.say.note(markdownText(shortened(note, 300)))}\n`).join("");
  return collapsible(words.colon(`<b>${words.say.since(markdownText(shortened(comparison.before.name, 100)))}</b>`, countsText(comparison, words)), table + more + notes, worse.length > 0);
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
function addBlocks(page: MarkdownPage, blocks: readonly Block[], words: Words): { readonly rules: number; readonly checks: number } {
  const left = { rules: 0, checks: 0 };
  for (const [index, block] of blocks.entries()) {
    if (page.add(blockText(block, index < openLimit && block.outcome === "fail" && !block.waived, words)) || page.add(`- ${blockTitle(block, words)}\n\n`)) continue;
    left.rules += 1;
    left.checks += block.total;
  }
  return left;
}

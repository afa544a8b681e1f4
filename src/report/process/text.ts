import type { DetectedProduct, ProcessView } from "../../model/overview.ts";
import type { Report, RenderOptions } from "../../model/report.ts";
import { terminalText } from "../../model/terminal-text.ts";
import { phaseOutcomes, countByRule, type PhaseOutcome } from "../process-outcomes.ts";
import { shortened } from "../shorten.ts";
import { labelled, labelWidth, pageOf, painted, wrapped, type Page, type Row } from "../table/page.ts";
import { stateStyles } from "../table/process.ts";
import { allPhaseCounts, phaseCounts, phaseMark } from "./words.ts";

const nameLimit = 20;
const textLimit = 1000;
const rulesShown = { quiet: 0, normal: 8, verbose: 1000 } as const;

const safe = (text: string): string => terminalText(shortened(text, textLimit));

/** Products that are alike but for their name stand together. */
function* detectedLines(detected: readonly DetectedProduct[], page: Page): Iterable<string> {
  const groups = new Map<string, { readonly first: DetectedProduct; readonly names: string[] }>();
  for (const one of detected) {
    const key = JSON.stringify([one.product, one.version, one.detail]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { first: one, names: [one.subject.name] });
    else group.names.push(one.subject.name);
  }
  yield painted(page, "strong", page.words.process.found);
  for (const { first, names } of groups.values()) {
    const rest = names.length - nameLimit;
    const listed = `${names.slice(0, nameLimit).map(safe).join(", ")}${rest > 0 ? ` ${page.words.count.more(rest)}` : ""}`;
    yield* labelled(page, [
      { label: "", text: page.words.colon(safe(page.words.text(first.product)), first.version === undefined ? page.words.process.versionNotKnown : safe(page.words.text(first.version))) },
      { label: "", text: listed },
      { label: "", text: `(${safe(page.words.text(first.detail))})` },
    ]);
  }
  if (detected.length === 0) yield* labelled(page, [{ label: "", text: page.words.process.noProduct }]);
}

function ruleRows({ decidedBy, phase, notRun }: PhaseOutcome, titles: ReadonlyMap<string, string>, page: Page): readonly Row[] {
  const rules = decidedBy.map(({ rule, outcome, checks }) => ({ word: phaseMark(outcome, page.words), style: stateStyles[outcome], text: page.words.colon(`${safe(rule)} (${page.words.count.checks(checks)})`, safe(titles.get(rule) ?? "")) }));
  const others = page.verbosity === "verbose" ? phase.rules.filter((rule) => !decidedBy.some((one) => one.rule === rule)).map((rule) => ({ word: notRun.includes(rule) ? page.words.process.notRunMark : "", style: undefined, text: page.words.colon(safe(rule), safe(titles.get(rule) ?? "")) })) : [];
  const shown = [...rules, ...others].slice(0, rulesShown[page.verbosity]);
  const rest = rules.length + others.length - shown.length;
  return [...shown.map(({ word, style, text }) => ({ label: word, ...(style === undefined ? {} : { style }), text })), ...(rest > 0 ? [{ label: "", text: page.words.process.moreRules(rest) }] : [])];
}

function* phaseLines(outcome: PhaseOutcome, index: number, titles: ReadonlyMap<string, string>, page: Page): Iterable<string> {
  const { phase, state } = outcome;
  const { process, label } = page.words;
  const title = `${index + 1}. ${safe(phase.title)}`;
  const quiet = page.verbosity === "quiet";
  if (!quiet) yield "";
  yield* labelled(page, [{ label: phaseMark(state, page.words), ...(stateStyles[state] === undefined ? {} : { style: stateStyles[state] }), text: quiet ? page.words.colon(title, phaseCounts(outcome, page.words)) : title }]);
  if (quiet) return;
  yield* labelled(page, [
    { label: "", text: safe(phase.summary) },
    ...(phase.who.length === 0 ? [] : [{ label: process.who, text: phase.who.map(safe).join("; ") }]),
    { label: process.checks, text: allPhaseCounts(outcome, page.words) },
    ...ruleRows(outcome, titles, page),
    ...(phase.notObservable.length === 0 ? [] : [{ label: process.unseen, text: process.noRuleChecks(phase.notObservable.map(safe).join(", ")) }]),
  ]);
  if (page.verbosity !== "verbose") return;
  for (const { text, url } of phase.references ?? []) {
    yield* labelled(page, [{ label: label.see, text: safe(text) }]);
    if (url !== undefined) yield `${" ".repeat(labelWidth + 1)}${safe(url)}`;
  }
}

/** The deployment process in full: what was found, and each phase with its rules. */
export function* processText(process: ProcessView, report: Report, options: RenderOptions): Iterable<string> {
  const page = pageOf({ ...options, language: options.language ?? report.language ?? "en" });
  const titles = new Map(report.rules.map(({ id, title }) => [id, title]));
  for (const line of wrapped(page, safe(process.title))) yield `${painted(page, "strong", line)}\n`;
  if (!report.run.complete) for (const line of wrapped(page, page.words.process.incomplete)) yield `${line}\n`;
  if (page.verbosity !== "quiet") for (const line of ["", ...detectedLines(process.detected, page)]) yield `${line}\n`;
  for (const [index, outcome] of phaseOutcomes(process, countByRule(report.findings)).entries()) for (const line of phaseLines(outcome, index, titles, page)) yield `${line}\n`;
}

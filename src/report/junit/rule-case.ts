import type { Finding } from "../../model/finding.ts";
import type { Report } from "../../model/report.ts";
import { legalXml } from "../escape-xml.ts";
import { reasonText, subjectText } from "../finding-text.ts";
import { checksOf } from "../order.ts";
import { counted, grouped, shortened } from "../shorten.ts";
import { verdictOf, type JunitPolicy, type Verdict } from "./policy.ts";
import { classNameOf, outcomeWord, placeOf, verdictElement, type TestCase } from "./test-case.ts";

/** Findings of one rule that share verdict and word, such as `failure FAIL`. */
interface Group {
  readonly verdict: Verdict;
  readonly word: string;
  /** Of the first of them. */
  readonly type: string;
  readonly message: string;
  readonly lines: string[];
  total: number;
}

const lineLimit = 50;
/** Of all rules together: rules of one's own may be many. */
const allLinesLimit = 100_000;
/** What is red decides; among the rest the words do. */
const verdictRank: Readonly<Record<Verdict, number>> = { failure: 0, error: 1, skipped: 2, passed: 2 };
const words = ["FAIL", "UNKNOWN", "WARN", "WAIVED: FAIL", "WAIVED: UNKNOWN", "WAIVED: WARN", "WAIVED: PASS", "PASS", "N/A", "WAIVED: N/A"];

/** One test case per rule: as bad as the worst of its subjects, the first 50 of each outcome named with the true totals. */
export function* ruleCases(report: Report, policy: JunitPolicy): Iterable<TestCase> {
  const rules = new Map(report.rules.map((rule) => [rule.id, rule]));
  let position = 0;
  for (const [rule, { title, groups }] of collect(report, policy)) {
    position += 1;
    const sorted = [...groups.values()].sort((a, b) => verdictRank[a.verdict] - verdictRank[b.verdict] || words.indexOf(a.word) - words.indexOf(b.word));
    const [worst] = sorted;
    if (worst === undefined) continue;
    const total = sorted.reduce((sum, group) => sum + group.total, 0);
    const message = `${grouped(worst.total)} of ${counted(total, "subject")}: ${worst.message}`;
    const text = [`Rule: ${rule}`, sorted.map((group) => `${group.word} ${grouped(group.total)}`).join(", "), ...sorted.flatMap(groupLines)].join("\n");
    const body = worst.word === "PASS" ? "" : verdictElement({ ...worst, message, text });
    yield { className: classNameOf(rule), name: legalXml(rules.get(rule)?.originalTitle ?? title), id: rule, ambiguous: title.trim() === "", verdict: worst.verdict, place: placeOf(rules.get(rule)), body, position };
  }
}

function collect(report: Report, policy: JunitPolicy): ReadonlyMap<string, { readonly title: string; readonly groups: Map<string, Group> }> {
  const found = new Map<string, { readonly title: string; readonly groups: Map<string, Group> }>();
  let lines = 0;
  for (const finding of report.findings) {
    const entry = found.get(finding.rule) ?? { title: finding.title, groups: new Map<string, Group>() };
    found.set(finding.rule, entry);
    const word = outcomeWord(finding);
    const group = entry.groups.get(word) ?? newGroup(finding, word, policy);
    entry.groups.set(word, group);
    group.total += checksOf(finding);
    if (word === "PASS" || group.lines.length >= lineLimit || lines >= allLinesLimit) continue;
    group.lines.push(lineOf(finding));
    lines += 1;
  }
  return found;
}

function newGroup(finding: Finding, word: string, policy: JunitPolicy): Group {
  const type = finding.outcome === "unknown" ? `collector-${finding.reasons[0]?.reason ?? "unknown"}` : finding.outcome;
  return { verdict: verdictOf(finding, policy), word, type, message: shortened(finding.message.split("\n", 1)[0] ?? "", 500), lines: [], total: 0 };
}

function lineOf({ subject, message, reasons }: Finding): string {
  const [reason] = reasons;
  const unread = reason === undefined ? "" : ` (${reason.fact} of ${subjectText(reason.subject)}: ${reasonText(reason.reason)}: ${reason.detail})`;
  return shortened(`- ${subjectText(subject)}: ${message}${unread}`, 500);
}

function groupLines({ word, lines, total }: Group): readonly string[] {
  if (lines.length === 0) return [];
  return ["", `${word}:`, ...lines, ...(total > lines.length ? [`and ${grouped(total - lines.length)} more`] : [])];
}

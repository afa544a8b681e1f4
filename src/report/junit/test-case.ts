import type { Finding, Outcome } from "../../model/finding.ts";
import type { Report, ReportRule } from "../../model/report.ts";
import { legalXml, xmlAttribute, xmlText } from "../escape-xml.ts";
import { findingLines, kindText, nameText } from "../finding-text.ts";
import { counted, shortened } from "../shorten.ts";

/** What consumers count a case as. */
export type Verdict = "passed" | "failure" | "error" | "skipped";

/** One test case, all but its name escaped. */
export interface TestCase {
  readonly className: string;
  /** As plain text; made unique among the cases of its class when it is written. */
  readonly name: string;
  /** Tells cases of the same name apart. */
  readonly id: string;
  /** True when the name alone does not identify the subject. */
  readonly ambiguous: boolean;
  readonly verdict: Verdict;
  /** The attributes `file` and `line`, or nothing. */
  readonly place: string;
  /** Elements inside the case, or nothing. */
  readonly body: string;
  /** Where the finding stood in the report. */
  readonly position: number;
}

const nameLimit = 200;
/** Jenkins shows the first and the last 50,000 characters of a failing case. */
const textLimit = 50_000;

const verdicts: Readonly<Record<Outcome, Verdict>> = { fail: "failure", unknown: "error", warn: "skipped", pass: "passed", "not-applicable": "skipped" };

/** The verdict on a finding: red when it makes the exit code red, and never two verdicts, for consumers differ on which wins. */
export function verdictOf(finding: Finding, failOn: Report["failOn"]): Verdict {
  if (finding.disposition === "waived") return "skipped";
  return finding.outcome === "warn" && failOn === "warn" ? "failure" : verdicts[finding.outcome];
}

/** The class of a rule's cases. Jenkins takes what stands before the last dot for the package: nothing but our separators may be a dot. */
export function classNameOf(rule: string): string {
  const [area, ...rest] = rule.split("/").map((part) => part.replace(/[^A-Za-z0-9_-]+/g, "-"));
  return ["umpreflight", area, rest.length === 0 ? "rule" : rest.join("-")].join(".");
}

/** A finding as a test case. Its name has no counts, dates or values: consumers find a case's history by its name. */
export function testCaseOf(finding: Finding, failOn: Report["failOn"], rule: ReportRule | undefined, position: number): TestCase {
  const subject = legalXml(nameText(finding.subject)).replace(/\s+/g, " ").trim();
  const verdict = verdictOf(finding, failOn);
  return {
    className: classNameOf(finding.rule),
    name: `${legalXml(finding.title)} [${kindText(finding.subject.kind)} ${subject.slice(0, nameLimit).toWellFormed()}]`,
    id: `${finding.subject.kind} ${finding.subject.id}`,
    ambiguous: subject === "" || subject.length > nameLimit,
    verdict,
    place: rule === undefined ? "" : ` file="${xmlAttribute(rule.file)}" line="${rule.line}"`,
    body: bodyOf(finding, verdict),
    position,
  };
}

function bodyOf(finding: Finding, verdict: Verdict): string {
  if (verdict === "passed") return finding.count === undefined ? "" : `      <system-out>${counted(finding.count, "subject")} passed.</system-out>\n`;
  const text = xmlText(shortened(findingLines(finding).join("\n"), textLimit));
  const message = xmlAttribute(shortened((finding.message.split("\n", 1)[0] ?? "").trim(), 500));
  if (verdict === "failure") return `      <failure type="${finding.outcome}" message="${message}">${text}</failure>\n`;
  if (verdict === "error") return `      <error type="collector-${finding.reasons[0]?.reason ?? "unknown"}" message="${message}">${text}</error>\n`;
  return `      <skipped message="${skipWord(finding)}: ${message}">${text}</skipped>\n`;
}

function skipWord(finding: Finding): string {
  const word = finding.outcome === "not-applicable" ? "N/A" : finding.outcome.toUpperCase();
  return finding.disposition === "waived" ? `WAIVED: ${word}` : word;
}

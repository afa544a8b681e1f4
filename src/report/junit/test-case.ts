import type { Finding } from "../../model/finding.ts";
import type { ReportRule } from "../../model/report.ts";
import { legalXml, xmlAttribute, xmlText } from "../escape-xml.ts";
import { findingLines, kindText, nameText } from "../finding-text.ts";
import { counted, shortened } from "../shorten.ts";
import { verdictOf, type JunitPolicy, type Verdict } from "./policy.ts";

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
  /** The attribute `file` of its suite, or nothing: the schema of Jenkins knows it there only. */
  readonly place: string;
  /** Elements inside the case, or nothing. */
  readonly body: string;
  /** Where the finding stood in the report. */
  readonly position: number;
}

const nameLimit = 200;
/** Jenkins shows the first and the last 50,000 characters of a failing case. */
const textLimit = 50_000;

/** The class of a rule's cases. Jenkins takes what stands before the last dot for the package: nothing but our separators may be a dot. */
export function classNameOf(rule: string): string {
  const [area, ...rest] = rule.split("/").map((part) => part.replace(/[^A-Za-z0-9_-]+/g, "-"));
  return ["umpreflight", area, rest.length === 0 ? "rule" : rest.join("-")].join(".");
}

/** A finding as a test case. Its name has no counts, dates or values, and is the same in every language: consumers find a case's history by its name. */
export function testCaseOf(finding: Finding, policy: JunitPolicy, rule: ReportRule | undefined, position: number): TestCase {
  const subject = legalXml(nameText(finding.subject)).replace(/\s+/g, " ").trim();
  const verdict = verdictOf(finding, policy);
  return {
    className: classNameOf(finding.rule),
    name: `${legalXml(rule?.originalTitle ?? finding.title)} [${kindText(finding.subject.kind)} ${subject.slice(0, nameLimit).toWellFormed()}]`,
    id: `${finding.subject.kind} ${finding.subject.id}`,
    ambiguous: subject === "" || subject.length > nameLimit,
    verdict,
    place: placeOf(rule),
    body: bodyOf(finding, verdict),
    position,
  };
}

/** The attribute `file` of a rule's suite. */
export function placeOf(rule: ReportRule | undefined): string {
  return rule === undefined || rule.file === "" ? "" : ` file="${xmlAttribute(rule.file)}"`;
}

function bodyOf(finding: Finding, verdict: Verdict): string {
  const message = finding.message.split("\n", 1)[0] ?? "";
  if (verdict === "passed" && finding.outcome === "pass") return finding.count === undefined ? "" : `      <system-out>${counted(finding.count, "subject")} passed.</system-out>\n`;
  const type = finding.outcome === "unknown" ? `collector-${finding.reasons[0]?.reason ?? "unknown"}` : finding.outcome;
  return verdictElement({ verdict, type, message, word: skipWord(finding), text: findingLines(finding).join("\n") });
}

/** What a case says beside its name, as an element: message and text are foreign, type and word are escaped. */
export function verdictElement({ verdict, type, message, word, text }: { readonly verdict: Verdict; readonly type: string; readonly message: string; readonly word: string; readonly text: string }): string {
  const body = xmlText(shortened(text, textLimit));
  const short = xmlAttribute(shortened(message.trim(), 500));
  switch (verdict) {
    case "failure":
      return `      <failure type="${type}" message="${short}">${body}</failure>\n`;
    case "error":
      return `      <error type="${type}" message="${short}">${body}</error>\n`;
    case "skipped":
      return `      <skipped message="${word}: ${short}">${body}</skipped>\n`;
    case "passed":
      return `      <system-out>${word}: ${body}</system-out>\n`;
  }
}

/** How a finding that is not red is told from others of its kind. */
export function outcomeWord({ outcome, disposition }: Finding): string {
  const word = outcome === "not-applicable" ? "N/A" : outcome.toUpperCase();
  return disposition === "waived" ? `WAIVED: ${word}` : word;
}

/** The word of one finding, with the end and the ticket of its waiver. Escaped. */
function skipWord(finding: Finding): string {
  const { expires, ticket } = finding.waiver ?? {};
  const until = `${expires === undefined ? "" : ` until ${expires.slice(0, 10)}`}${ticket === undefined ? "" : `, ${ticket}`}`;
  return outcomeWord(finding).replace("WAIVED", () => `WAIVED${xmlAttribute(shortened(until, 100))}`);
}

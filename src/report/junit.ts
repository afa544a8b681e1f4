import type { RenderOptions, Report, Reporter } from "../model/report.ts";
import { xmlAttribute } from "./escape-xml.ts";
import { nothingChecked, notComplete, leftOut, runSuite } from "./junit/run-cases.ts";
import { caseName, countNames, type Names } from "./junit/names.ts";
import { collectCases, type Cases } from "./junit/collect.ts";
import { junitPolicy, type Verdict } from "./junit/policy.ts";
import type { TestCase } from "./junit/test-case.ts";
import { compareText } from "../model/compare-text.ts";

/** GitLab refuses files above 30 MB; this leaves room for the heads. */
const maxBytes = 29_000_000;

/** JUnit XML as Jenkins, GitLab, Azure DevOps and the GitHub actions read it. */
export const renderJunit: Reporter = (report, options) => junitWithin(report, options, maxBytes);

/** JUnit XML whose test cases take at most `maxBytes` bytes of UTF-8; a last errored case says what was left out. */
export function* junitWithin(report: Report, options: RenderOptions, maxBytes: number): Iterable<string> {
  const cases = collectCases(report, junitPolicy(report, options), maxBytes);
  const suites = suitesOf(report, cases);
  const timestamp = timestampOf(report.run.startedAt);
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="umpreflight" ${totals(suites.flatMap(([, testCases]) => testCases))} time="0.000">\n`;
  for (const [id, [name, testCases]] of suites.entries()) {
    // The Windows XSD wants a host name; a real one would differ between agents. It says "localhost" where none is known.
    yield `  <testsuite name="${xmlAttribute(name)}" id="${id}"${testCases[0]?.place ?? ""} ${totals(testCases)} skipped="${count(testCases, "skipped")}" time="0.000" hostname="localhost"${timestamp}>\n`;
    const names = countNames(testCases);
    for (const testCase of testCases) yield caseElement(testCase, names);
    yield "  </testsuite>\n";
  }
  yield "</testsuites>\n";
}

/**
 * One suite per rule, of the name of its class, as the tools of Java write them. A finding has a subject, not a target: a join reads several targets at once
 * (a trust two forests, an endpoint directory, DNS and TLS), so a suite per target would have to guess, and a case would change its suite, and lose its
 * history, when a target is renamed.
 */
function suitesOf(report: Report, cases: Cases): readonly (readonly [string, readonly TestCase[]])[] {
  const own = [...notComplete(report), ...(cases.found === 0 ? [nothingChecked()] : []), ...(cases.leftOut === 0 ? [] : [leftOut(cases.leftOut, cases.found)])];
  const rules = [...cases.byClass].sort(([a], [b]) => compareText(a, b)).map(([name, testCases]) => [name, inOrder(testCases)] as const);
  return own.length === 0 ? rules : [...rules, [runSuite, own]];
}

function inOrder(testCases: readonly TestCase[]): readonly TestCase[] {
  return [...testCases].sort((a, b) => a.position - b.position);
}

function count(testCases: readonly TestCase[], verdict: Verdict): number {
  return testCases.filter((testCase) => testCase.verdict === verdict).length;
}

/** The totals that the schema of Jenkins knows on the root too; it has no `skipped` there. */
function totals(testCases: readonly TestCase[]): string {
  return `tests="${testCases.length}" failures="${count(testCases, "failure")}" errors="${count(testCases, "error")}"`;
}

/** UTC without a zone: the pattern of the XSD, and what Azure DevOps assumes. */
function timestampOf(startedAt: string): string {
  const time = new Date(startedAt);
  return Number.isNaN(time.getTime()) ? "" : ` timestamp="${time.toISOString().slice(0, 19)}"`;
}

function caseElement(testCase: TestCase, names: Names): string {
  const head = `    <testcase classname="${testCase.className}" name="${xmlAttribute(caseName(testCase, names))}" time="0.000"`;
  return testCase.body === "" ? `${head}/>\n` : `${head}>\n${testCase.body}    </testcase>\n`;
}

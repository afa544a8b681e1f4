import type { Report, Reporter } from "../model/report.ts";
import { xmlAttribute } from "./escape-xml.ts";
import { nothingChecked, notComplete, leftOut, runSuite } from "./junit/run-cases.ts";
import { caseName, countNames, type Names } from "./junit/names.ts";
import { collectCases, type Cases } from "./junit/collect.ts";
import type { TestCase, Verdict } from "./junit/test-case.ts";
import { compareText } from "./order.ts";

/** GitLab refuses files above 30 MB; this leaves room for the heads. */
const maxBytes = 29_000_000;

/** JUnit XML as Jenkins, GitLab, Azure DevOps and the GitHub actions read it. */
export const renderJunit: Reporter = (report) => junitWithin(report, maxBytes);

/** JUnit XML whose test cases take at most `maxBytes` bytes of UTF-8; a last errored case says what was left out. */
export function* junitWithin(report: Report, maxBytes: number): Iterable<string> {
  const cases = collectCases(report, maxBytes);
  const suites = suitesOf(report, cases);
  const timestamp = timestampOf(report.run.startedAt);
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="umpreflight" ${totals(suites.flatMap(([, testCases]) => testCases))}>\n`;
  for (const [id, [name, testCases]] of suites.entries()) {
    // The Windows XSD wants a host name; a real one would differ between agents. It says "localhost" where none is known.
    yield `  <testsuite name="${xmlAttribute(name)}" id="${id}" ${totals(testCases)} hostname="localhost"${timestamp}>\n`;
    const names = countNames(testCases);
    for (const testCase of testCases) yield caseElement(testCase, names);
    yield "  </testsuite>\n";
  }
  yield "</testsuites>\n";
}

/**
 * One suite per area. A finding has a subject, not a target: a join reads several targets at once (a trust two forests, an endpoint directory, DNS and TLS),
 * so a suite per target would have to guess, and a case would change its suite, and lose its history, when a target is renamed.
 */
function suitesOf(report: Report, cases: Cases): readonly (readonly [string, readonly TestCase[]])[] {
  const own = [...notComplete(report), ...(cases.found === 0 ? [nothingChecked()] : []), ...(cases.leftOut === 0 ? [] : [leftOut(cases.leftOut, cases.found)])];
  const areas = [...cases.byArea].sort(([a], [b]) => compareText(a, b)).map(([area, testCases]) => [`umpreflight.${area}`, inOrder(testCases)] as const);
  return own.length === 0 ? areas : [...areas, [runSuite, own]];
}

function inOrder(testCases: readonly TestCase[]): readonly TestCase[] {
  return [...testCases].sort((a, b) => compareText(a.className, b.className) || a.position - b.position);
}

function totals(testCases: readonly TestCase[]): string {
  const count = (verdict: Verdict): number => testCases.filter((testCase) => testCase.verdict === verdict).length;
  return `tests="${testCases.length}" failures="${count("failure")}" errors="${count("error")}" skipped="${count("skipped")}" time="0.000000"`;
}

/** UTC without a zone: the pattern of the XSD, and what Azure DevOps assumes. */
function timestampOf(startedAt: string): string {
  const time = new Date(startedAt);
  return Number.isNaN(time.getTime()) ? "" : ` timestamp="${time.toISOString().slice(0, 19)}"`;
}

function caseElement(testCase: TestCase, names: Names): string {
  const head = `    <testcase classname="${testCase.className}" name="${xmlAttribute(caseName(testCase, names))}" time="0.000000"${testCase.place}`;
  return testCase.body === "" ? `${head}/>\n` : `${head}>\n${testCase.body}    </testcase>\n`;
}

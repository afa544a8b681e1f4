import type { Report } from "../../model/report.ts";
import { xmlAttribute } from "../escape-xml.ts";
import { isRed, type JunitPolicy } from "./policy.ts";
import { ruleCases } from "./rule-case.ts";
import { testCaseOf, type TestCase } from "./test-case.ts";

/** The test cases of a report, at most some megabytes of them. */
export interface Cases {
  readonly byClass: ReadonlyMap<string, readonly TestCase[]>;
  readonly found: number;
  readonly leftOut: number;
}

/** More than the bytes of a case's tags, indents, time, and hash and number in its name. */
const frameBytes = 100;
/** More than the bytes of a suite's tags without its name and file. */
const suiteBytes = 250;

function bytesOf(testCase: TestCase): number {
  return frameBytes + testCase.className.length + Buffer.byteLength(xmlAttribute(testCase.name)) + Buffer.byteLength(testCase.body);
}

/** Totals stand before the cases in the file, hence the collecting. */
export function collectCases(report: Report, policy: JunitPolicy, maxBytes: number): Cases {
  const byClass = new Map<string, TestCase[]>();
  let found = 0;
  let kept = 0;
  let bytes = 0;
  for (const make of policy.granularity === "rule" ? [...ruleCases(report, policy)].map((testCase) => () => testCase) : subjectCases(report, policy)) {
    found += 1;
    if (bytes > maxBytes) continue;
    const testCase = make();
    const suite = byClass.get(testCase.className);
    bytes += bytesOf(testCase) + (suite === undefined ? suiteBytes + testCase.className.length + Buffer.byteLength(testCase.place) : 0);
    if (bytes > maxBytes) continue;
    kept += 1;
    if (suite === undefined) byClass.set(testCase.className, [testCase]);
    else suite.push(testCase);
  }
  return { byClass, found, leftOut: found - kept };
}

/** Walks the findings twice: what is red first, so that passes and skips never take its room. */
function* subjectCases(report: Report, policy: JunitPolicy): Iterable<() => TestCase> {
  const rules = new Map(report.rules.map((rule) => [rule.id, rule]));
  for (const red of [true, false]) {
    let position = 0;
    for (const finding of report.findings) {
      position += 1;
      const at = position;
      if (isRed(finding, policy) === red) yield () => testCaseOf(finding, policy, rules.get(finding.rule), at);
    }
  }
}

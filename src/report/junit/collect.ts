import type { Finding } from "../../model/finding.ts";
import type { Report } from "../../model/report.ts";
import { xmlAttribute } from "../escape-xml.ts";
import { areaOf } from "../order.ts";
import { testCaseOf, verdictOf, type TestCase } from "./test-case.ts";

/** The test cases of a report, at most some megabytes of them. */
export interface Cases {
  readonly byArea: ReadonlyMap<string, readonly TestCase[]>;
  readonly found: number;
  readonly leftOut: number;
}

/** More than the bytes of a case's tags, indents, time, and hash and number in its name. */
const frameBytes = 100;

function bytesOf(testCase: TestCase): number {
  return frameBytes + testCase.className.length + Buffer.byteLength(xmlAttribute(testCase.name)) + Buffer.byteLength(testCase.place) + Buffer.byteLength(testCase.body);
}

/** Walks the findings twice: what is red first, so that passes and skips never take its room. Totals stand before the cases in the file, hence the collecting. */
export function collectCases(report: Report, maxBytes: number): Cases {
  const rules = new Map(report.rules.map((rule) => [rule.id, rule]));
  const byArea = new Map<string, TestCase[]>();
  let found = 0;
  let kept = 0;
  let bytes = 0;
  const isRed = (finding: Finding): boolean => ["failure", "error"].includes(verdictOf(finding, report.failOn));
  for (const red of [true, false]) {
    let position = 0;
    for (const finding of report.findings) {
      position += 1;
      if (isRed(finding) !== red) continue;
      found += 1;
      if (bytes > maxBytes) continue;
      const testCase = testCaseOf(finding, report.failOn, rules.get(finding.rule), position);
      bytes += bytesOf(testCase);
      if (bytes > maxBytes) continue;
      kept += 1;
      const area = areaOf(testCase.className.slice("umpreflight.".length).replace(".", "/"));
      const testCases = byArea.get(area);
      if (testCases === undefined) byArea.set(area, [testCase]);
      else testCases.push(testCase);
    }
  }
  return { byArea, found, leftOut: found - kept };
}

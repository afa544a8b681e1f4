import type { DriftState } from "../model/drift.ts";
import type { Finding } from "../model/finding.ts";
import type { Report, Reporter } from "../model/report.ts";
import { bestFirst } from "./best-first.ts";
import { driftStates } from "./drift-state.ts";
import { jsonText } from "./escape-json.ts";
import { everythingRead } from "./run-problems.ts";
import { sarifNotifications } from "./sarif/notifications.ts";
import { sarifResult } from "./sarif/result.ts";
import { sarifRules } from "./sarif/rules.ts";

/** GitHub takes 25,000 results of a run and shows 5,000 of them, by a choice of its own. */
const resultLimit = 5000;

/** What is gone is not among the results. */
const baselineStates = { new: "new", changed: "updated", "unknown-now": "updated", fixed: "updated", gone: "unchanged", still: "unchanged" } as const satisfies Record<DriftState, string>;

/** SARIF 2.1.0. What passed and what does not apply is left to `--verbose`: GitHub makes an alert of every result, whatever its kind. */
export const renderSarif: Reporter = function* (report, { verbosity }) {
  const wanted = verbosity === "verbose" ? () => true : ({ outcome }: Finding) => outcome !== "pass" && outcome !== "not-applicable";
  const { kept, total } = bestFirst(report.findings, resultLimit, wanted);
  const rules = sarifRules(report, kept);
  const stateOf = driftStates(report);
  yield `{\n"$schema": "https://json.schemastore.org/sarif-2.1.0.json",\n"version": "2.1.0",\n"runs": [{\n`;
  yield `"tool": {"driver": {"name": ${jsonText(report.tool.name)}, "version": ${jsonText(report.tool.version)}, "rules": [`;
  yield* lines(rules.descriptors);
  yield `]}},\n"automationDetails": ${jsonText({ id: `umpreflight/${report.run.profile}/` })},\n`;
  yield `"columnKind": "utf16CodeUnits",\n"invocations": [${jsonText(invocation(report, kept.length, total))}],\n"properties": ${jsonText({ profile: report.run.profile, complete: report.run.complete, summary: report.summary })},\n"results": [`;
  yield* lines(mapped(kept, (finding) => sarifResult(finding, { rule: rules.ruleOf(finding.rule), ruleIndex: rules.indexOf(finding.rule), baselineState: report.comparison === undefined ? undefined : baselineStates[stateOf(finding) ?? "still"] })));
  yield "]\n}]\n}\n";
};

function invocation(report: Report, shown: number, wanted: number): object {
  const { startedAt, finishedAt } = report.run;
  return {
    executionSuccessful: everythingRead(report),
    ...time("startTimeUtc", startedAt),
    ...time("endTimeUtc", finishedAt),
    toolExecutionNotifications: sarifNotifications(report, shown, wanted),
  };
}

function time(name: string, iso: string): object {
  const moment = new Date(iso);
  return Number.isNaN(moment.getTime()) ? {} : { [name]: moment.toISOString() };
}

function* mapped<T>(items: Iterable<T>, map: (item: T) => object): Iterable<object> {
  for (const item of items) yield map(item);
}

function* lines(values: Iterable<object>): Iterable<string> {
  let separator = "\n";
  for (const value of values) {
    yield separator + jsonText(value);
    separator = ",\n";
  }
  yield "\n";
}

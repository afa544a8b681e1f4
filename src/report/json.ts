import type { Finding } from "../model/finding.ts";
import type { Report, Reporter, ReportRule } from "../model/report.ts";
import { jsonText } from "./escape-json.ts";

/** Named one by one: what the model gains later does not slip into a published format. */
function findingLine(finding: Finding): string {
  const { rule, title, requirements, severity, subject, outcome, message, reasons, evidence, remedy, references, disposition, waiver, since, count } = finding;
  const { kind, id, name } = subject;
  return jsonText({ rule, title, requirements, severity, subject: { kind, id, name }, outcome, message, reasons, evidence, remedy, references, disposition, waiver, since, count });
}

function ruleLine({ id, title, originalTitle, file, line, version, severity, team, why, requirements, references }: ReportRule): string {
  return jsonText({ id, title, originalTitle, file, line, version, severity, team, why, requirements, references });
}

function head(report: Report): string {
  const { startedAt, finishedAt, complete, profile, planned, targets, reasons } = report.run;
  const { pass, warn, fail, unknown, notApplicable, waived } = report.summary;
  const parts = { schemaVersion: 1, tool: { name: report.tool.name, version: report.tool.version }, run: { startedAt, finishedAt, complete, profile, ...(planned === undefined ? {} : { planned }), targets, reasons }, summary: { pass, warn, fail, unknown, notApplicable, waived }, failOn: report.failOn, ...(report.language === undefined ? {} : { language: report.language }) };
  return Object.entries(parts)
    .map(([key, value]) => `"${key}": ${jsonText(value)},\n`)
    .join("");
}

/** The whole report as JSON (reports/schemas/report.schema.json), one finding per line so that diffs and line tools work. */
export const renderJson: Reporter = function* (report) {
  yield `{\n${head(report)}"rules": [`;
  yield* list(report.rules, ruleLine);
  yield "],\n";
  yield* compared(report);
  yield* overviewLines(report.overview);
  yield `"findings": [`;
  yield* list(report.findings, findingLine);
  yield "]\n}\n";
};

/** What the report knows of other runs, each change on a line of its own. */
function* compared({ comparison, history }: Report): Iterable<string> {
  if (comparison !== undefined) {
    const { before, after, counts, notes, renamed, changes } = comparison;
    yield `"comparison": {"before":${jsonText(before)},"after":${jsonText(after)},"counts":${jsonText(counts)},"notes":${jsonText(notes)},"renamed":${jsonText(renamed)},"changes":[`;
    yield* list(changes, jsonText);
    yield "]},\n";
  }
  if (history !== undefined) yield `"history": ${jsonText({ trend: history.trend })},\n`;
}

/** What is told beside the findings, with a row, node, edge or certificate on each line. */
function* overviewLines(overview: Report["overview"]): Iterable<string> {
  if (overview === undefined) return;
  const { process, matrix, map, certificates } = overview;
  yield `"overview": {${process === undefined ? "" : `"process": ${jsonText(process)},\n`}"matrix": {"notRead": ${jsonText(matrix.notRead)},\n"rows": [`;
  yield* list(matrix.rows, jsonText);
  yield `]},\n"map": {"notShown": ${jsonText(map.notShown)},\n"nodes": [`;
  yield* list(map.nodes, jsonText);
  yield `],\n"edges": [`;
  yield* list(map.edges, jsonText);
  yield `]},\n"certificates": {"at": ${jsonText(certificates.at)},\n"notRead": ${jsonText(certificates.notRead)},\n"certificates": [`;
  yield* list(certificates.certificates, jsonText);
  yield "]}},\n";
}

function* list<T>(items: Iterable<T>, line: (item: T) => string): Iterable<string> {
  let separator = "\n";
  for (const item of items) {
    yield separator + line(item);
    separator = ",\n";
  }
  yield "\n";
}

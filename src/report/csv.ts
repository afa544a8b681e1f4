import type { Finding } from "../model/finding.ts";
import type { Report, Reporter } from "../model/report.ts";
import { driftStates } from "./drift-state.ts";
import { csvField } from "./escape-csv.ts";
import { reasonText, subjectText, waiverText } from "./finding-text.ts";
import { areaOf } from "./order.ts";
import { runProblems } from "./run-problems.ts";

/** The columns, in their order; new ones are added at the end. */
const columns = ["rule", "area", "title", "severity", "outcome", "disposition", "subject_kind", "subject_id", "subject_name", "message", "not_read", "evidence", "remedy", "commands", "requirements", "references", "count", "run_started_at", "run_complete", "profile", "waiver", "since", "change"] as const;
type Row = Readonly<Record<(typeof columns)[number], string>>;

/** Lists within a cell; what stands inside a part may hold it too, so it is for people. */
const separator = "; ";

/** CSV after RFC 4180, one row per finding. Begins with a byte order mark, without which Excel takes UTF-8 for the code page of the machine. */
export const renderCsv: Reporter = function* (report) {
  yield `\ufeff${columns.join(",")}\r\n`;
  for (const problem of runProblems(report)) if (problem.kind !== "problem") yield line(runRow(report, problem.text));
  const stateOf = driftStates(report);
  for (const finding of report.findings) yield line(rowOf(report, finding, stateOf(finding) ?? ""));
};

function line(row: Row): string {
  return `${columns.map((column) => csvField(row[column])).join(",")}\r\n`;
}

function runColumns({ run }: Report): Pick<Row, "run_started_at" | "run_complete" | "profile"> {
  return { run_started_at: run.startedAt, run_complete: String(run.complete), profile: run.profile };
}

function rowOf(report: Report, finding: Finding, change: string): Row {
  const { rule, title, severity, outcome, disposition, subject, message, reasons, evidence, remedy, requirements, references, count, since } = finding;
  return {
    rule, area: areaOf(rule), title, severity, outcome, disposition,
    subject_kind: subject.kind, subject_id: subject.id, subject_name: subject.name, message,
    not_read: reasons.map((one) => `${one.fact} of ${subjectText(one.subject)}: ${reasonText(one.reason)}: ${one.detail}`).join(separator),
    evidence: evidence.map((one) => `${one.fact} of ${subjectText(one.subject)} = ${one.value}${one.source === undefined ? "" : ` [${one.source}]`}`).join(separator),
    remedy: remedy?.text ?? "", commands: remedy?.commands.join(separator) ?? "",
    requirements: requirements.join(separator), references: references.map(({ text, url }) => (url === undefined ? text : `${text} ${url}`)).join(separator),
    count: String(count ?? 1), ...runColumns(report), waiver: waiverText(finding) ?? "", since: since ?? "", change,
  };
}

/** A row for what is wrong with the run: whoever filters by outcome meets it among the unknown. */
function runRow(report: Report, message: string): Row {
  return {
    rule: "umpreflight/run", area: "umpreflight", title: "The run is complete and every target was read", severity: "blocker", outcome: "unknown", disposition: "open",
    subject_kind: "", subject_id: "", subject_name: "", message, not_read: message, evidence: "", remedy: "", commands: "", requirements: "", references: "", count: "0", ...runColumns(report), waiver: "", since: "", change: "",
  };
}

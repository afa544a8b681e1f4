import type { DriftState } from "../model/drift.ts";
import type { Finding, Outcome, Severity } from "../model/finding.ts";
import type { Report, Reporter } from "../model/report.ts";
import { driftStates } from "./drift-state.ts";
import { jsonText } from "./escape-json.ts";
import { kindText, nameText, reasonText, subjectText, waiverText } from "./finding-text.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { areaOf } from "./order.ts";
import { everythingRead, runProblems } from "./run-problems.ts";

/** Version of the Open Cybersecurity Schema Framework whose attributes are used; later ones only add. */
const schemaVersion = "1.3.0";

/** Result of the check. Unknown is 0, never 2: some producers use Warning for missing data, we have warnings of our own. */
const statuses: Readonly<Record<Outcome, readonly [number, string]>> = { unknown: [0, "Unknown"], pass: [1, "Pass"], warn: [2, "Warning"], fail: [3, "Fail"], "not-applicable": [99, "Not Applicable"] };
const failureSeverities: Readonly<Record<Severity, readonly [number, string]>> = { blocker: [4, "High"], major: [3, "Medium"], advice: [2, "Low"] };

/** OCSF Compliance Findings (class 2003) as one JSON object per line, for data lakes and SIEMs. A last event tells when not everything was read. */
export const renderOcsf: Reporter = function* (report) {
  const whys = new Map(report.rules.map(({ id, why }) => [id, why]));
  const stateOf = driftStates(report);
  for (const finding of report.findings) yield `${jsonText(event(report, finding, whys.get(finding.rule), stateOf(finding)))}\n`;
  if (!everythingRead(report)) yield `${jsonText(runEvent(report))}\n`;
};

/** Milliseconds since 1970; 0 where the report does not say. */
function milliseconds(iso: string): number {
  const time = new Date(iso).getTime();
  return Number.isNaN(time) ? 0 : time;
}

function head({ run, tool }: Report, severity: readonly [number, string]): object {
  return {
    category_uid: 2, category_name: "Findings", class_uid: 2003, class_name: "Compliance Finding",
    ...activity(undefined),
    time: milliseconds(run.finishedAt), start_time: milliseconds(run.startedAt), end_time: milliseconds(run.finishedAt),
    severity_id: severity[0], severity: severity[1],
    metadata: { version: schemaVersion, product: { name: tool.name, vendor_name: "umpreflight", version: tool.version }, log_name: run.profile },
  };
}

/** Whether a finding comes, stays or goes, where the run was compared with another. */
function activity(state: DriftState | undefined): object {
  const [id, name] = state === undefined || state === "new" ? [1, "Create"] : state === "fixed" || state === "gone" ? [3, "Close"] : [2, "Update"];
  return { activity_id: id, activity_name: name, type_uid: 200_300 + id, type_name: `Compliance Finding: ${name}` };
}

function lifecycle(state: DriftState | undefined, waived: boolean): object {
  if (waived) return { status_id: 3, status: "Suppressed" };
  return state === "fixed" || state === "gone" ? { status_id: 4, status: "Resolved" } : { status_id: 1, status: "New" };
}

function severityOf({ outcome, severity }: Finding): readonly [number, string] {
  if (outcome === "fail") return failureSeverities[severity];
  if (outcome === "warn") return [2, "Low"];
  return outcome === "unknown" ? [0, "Unknown"] : [1, "Informational"];
}

function event(report: Report, finding: Finding, why: string | undefined, state: DriftState | undefined): object {
  const { rule, title, subject, outcome, message, requirements, reasons, evidence, remedy, references, disposition, severity, count } = finding;
  const [status_id, status] = statuses[outcome];
  const details = reasons.map((one) => `${one.fact} of ${subjectText(one.subject)}: ${reasonText(one.reason)}: ${one.detail}`);
  const waived = disposition === "waived";
  return {
    ...head(report, severityOf(finding)), ...activity(state),
    ...(count === undefined ? {} : { count }),
    message,
    ...lifecycle(state, waived), ...(finding.waiver === undefined ? {} : { comment: waiverText(finding) }),
    finding_info: { uid: fingerprintOf(finding), title: title === "" ? rule : title, desc: message, types: [areaOf(rule)], ...(why === undefined ? {} : { analytic: { uid: rule, name: title, desc: why, type_id: 1, type: "Rule" } }) },
    compliance: { standards: ["Exchange Unified Messaging with Lync Server / Skype for Business Server"], control: rule, requirements, status_id, status, status_code: outcome, ...(details.length === 0 ? {} : { status_details: details }) },
    resources: [{ uid: subject.id, name: nameText(subject), type: kindText(subject.kind) }],
    ...(evidence.length === 0 ? {} : { evidences: evidence.map(({ subject, fact, value, state, source }) => ({ name: fact, data: { kind: subject.kind, id: subject.id, name: subject.name, value, state, source } })) }),
    ...(remedy === undefined ? {} : { remediation: { desc: [remedy.text, ...remedy.commands].join("\n"), references: references.map(({ text, url }) => url ?? text) } }),
    unmapped: { severity, disposition, ...(finding.waiver === undefined ? {} : { waiver: finding.waiver }), run_complete: report.run.complete },
  };
}

function runEvent(report: Report): object {
  const problems = runProblems(report).map(({ text }) => text);
  const rule = "umpreflight/run";
  const message = report.run.complete ? "Not everything that decides was read." : "The run is incomplete.";
  return {
    ...head(report, [0, "Unknown"]),
    message, status_id: 1, status: "New",
    finding_info: { uid: fingerprintOf({ rule, subject: { kind: "deployment", id: "run", name: "" } }), title: "Everything that decides was read", desc: message, types: ["umpreflight"] },
    compliance: { standards: [], control: rule, requirements: [], status_id: 0, status: "Unknown", status_code: "unknown", status_details: problems },
    resources: [{ uid: "run", name: report.run.profile, type: "run" }],
    unmapped: { severity: "blocker", disposition: "open", run_complete: report.run.complete },
  };
}

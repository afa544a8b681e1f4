import type { DriftState, FindingChange } from "../../src/model/drift.ts";
import type { Finding } from "../../src/model/finding.ts";
import type { Report } from "../../src/model/report.ts";
import { finding, report, subject } from "./reports.ts";

const change = (state: DriftState, of: Finding, rest: Partial<FindingChange> = {}): FindingChange => ({ state, rule: of.rule, title: of.title, subject: of.subject, severity: of.severity, disposition: of.disposition, message: of.message, differences: [], worse: state === "new", ...rest });

/** A report that was compared with an earlier run, with one finding of each state; every foreign text is `text`, where one is given. */
export function comparedReport(text = "plain"): Report {
  const of = (name: string, outcome: Finding["outcome"], changes: Partial<Finding> = {}): Finding => finding(outcome, { subject: subject("umDialPlan", `${name} ${text}`, name), message: `${name} ${text}`, ...changes });
  const fresh = of("fresh", "fail");
  const still = of("still", "fail", { since: `2026-05-01 ${text}` });
  const mended = of("mended", "pass");
  const unread = of("unread", "unknown");
  const accepted = of("accepted", "fail", { disposition: "waived", waiver: { id: `W1 ${text}`, reason: text, owner: text, expires: "2026-12-31T00:00:00Z", ticket: `CHG1 ${text}` } });
  const gone = of("gone", "fail");
  const changes = [change("new", fresh, { after: "fail" }), change("unknown-now", unread, { before: "pass", after: "unknown", worse: true }), change("fixed", mended, { before: "fail", after: "pass" }), change("gone", gone, { before: "fail" }), change("still", still, { before: "fail", after: "fail", since: text, differences: [{ what: "evidence", fact: text, from: text, to: text }] })];
  const run = (name: string): { readonly name: string; readonly startedAt: string; readonly complete: boolean } => ({ name: `${name} ${text}`, startedAt: "2026-05-31T10:00:00.000Z", complete: true });
  return report([fresh, still, mended, unread, accepted], {
    comparison: { before: run("last week"), after: run("today"), changes, renamed: [{ subject: fresh.subject, from: text }], counts: { new: 1, changed: 0, "unknown-now": 1, fixed: 1, gone: 1, still: 1 }, notes: [`A note: ${text}`] },
    history: { trend: [{ run: 1, startedAt: "2026-05-31T10:00:00.000Z", complete: true, pass: 1, warn: 0, fail: 2, unknown: 0, waived: 0, changes: { new: 1, changed: 0, "unknown-now": 0, fixed: 0, gone: 0, still: 0 } }] },
  });
}

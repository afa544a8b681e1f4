import type { Finding, Outcome } from "../../model/finding.ts";
import type { ReportRule } from "../../model/report.ts";
import { kindText, nameText, reasonText, subjectText, waiverText } from "../finding-text.ts";
import { fingerprintOf } from "../fingerprint.ts";
import { shortened } from "../shorten.ts";
import { fileUri } from "../uri.ts";

const textLimit = 10_000;
const listLimit = 50;

/** `kind` of an outcome (section 3.27.9): a warning is a failure of a lower level. */
const kinds: Readonly<Record<Outcome, string>> = { fail: "fail", warn: "fail", unknown: "open", pass: "pass", "not-applicable": "notApplicable" };

/** `level` of a finding; everything that is not of kind `fail` must have `none` (section 3.27.10). */
function levelOf({ outcome, severity }: Finding): string {
  if (outcome === "fail") return "error";
  return outcome === "warn" ? (severity === "advice" ? "note" : "warning") : "none";
}

/** What a result says beside its finding. */
export interface ResultContext {
  readonly rule: ReportRule | undefined;
  readonly ruleIndex: number | undefined;
  /** How it stands against the baseline (section 3.27.24), where there is one. */
  readonly baselineState: "new" | "unchanged" | "updated" | undefined;
}

/** A finding as a result of SARIF. The rule's file is its place, for a live system has none; the subject is the logical one. */
export function sarifResult(finding: Finding, { rule, ruleIndex, baselineState }: ResultContext): object {
  const { subject, outcome, disposition, severity, requirements, count } = finding;
  const fingerprint = fingerprintOf(finding);
  const { evidence, reasons, remedy } = finding;
  return {
    ruleId: finding.rule,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    kind: kinds[outcome],
    level: levelOf(finding),
    message: { text: messageOf(finding) },
    locations: [{ ...physical(rule), logicalLocations: [{ name: shortened(nameText(subject), 1000), fullyQualifiedName: shortened(`${subject.kind}/${subject.id}`, 2000), kind: subject.kind }] }],
    // GitHub knows an alert again by the first only; without it all subjects of a rule would be one, as they share its line.
    partialFingerprints: { primaryLocationLineHash: `${fingerprint}:1`, "umpreflightRuleAndSubject/v1": fingerprint },
    ...(disposition === "waived" ? { suppressions: [{ kind: "external", status: "accepted", justification: shortened(waiverText(finding) ?? "", 2000) }] } : {}),
    ...(baselineState === undefined ? {} : { baselineState }),
    properties: {
      outcome, severity, disposition, requirements: requirements.slice(0, listLimit),
      evidence: evidence.slice(0, listLimit).map(({ subject, fact, value, state, source }) => ({ subject: shortened(subjectText(subject), 500), fact, value: shortened(value, 1000), state, source })),
      notRead: reasons.slice(0, listLimit).map(({ reason, subject, fact, detail }) => ({ reason, subject: shortened(subjectText(subject), 500), fact, detail: shortened(detail, 1000) })),
      ...(remedy === undefined ? {} : { remedy: { text: shortened(remedy.text, 2000), commands: remedy.commands.slice(0, listLimit).map((command) => shortened(command, 2000)) } }),
      ...(finding.since === undefined ? {} : { since: finding.since }),
      ...(count === undefined ? {} : { count }),
    },
  };
}

function messageOf({ message, subject, reasons }: Finding): string {
  const text = message.trim() === "" ? `${kindText(subject.kind)} ${nameText(subject)}` : message;
  const unread = reasons.slice(0, 5).map(({ reason, fact, subject, detail }) => `Not read: ${fact} of ${subjectText(subject)} (${reasonText(reason)}): ${detail}`);
  return shortened([text, ...unread].join("\n"), textLimit);
}

function physical(rule: ReportRule | undefined): object {
  if (rule === undefined || rule.file === "") return {};
  const uri = fileUri(rule.file);
  return { physicalLocation: { artifactLocation: uri.startsWith("file:") ? { uri } : { uri, uriBaseId: "%SRCROOT%" }, region: { startLine: Math.max(1, rule.line) } } };
}

import type { Evidence, Finding, FindingReason } from "../model/finding.ts";
import { kindNamed } from "../model/kinds.ts";
import type { UnknownReason } from "../model/observation.ts";
import type { SubjectRef } from "../model/subject.ts";
import { counted } from "./shorten.ts";

const reasonWords: Readonly<Record<UnknownReason, string>> = {
  unreachable: "unreachable",
  timeout: "timed out",
  denied: "access denied",
  truncated: "cut off",
  malformed: "not understood",
  unsupported: "not supported",
  "not-collected": "not collected",
  "collector-error": "collector error",
};

/** A reason as people say it. */
export function reasonText(reason: UnknownReason): string {
  return reasonWords[reason];
}

/** The title of a kind: `UM dial plan`. */
export function kindText(kind: string): string {
  return kindNamed(kind)?.title ?? kind;
}

/** The name of a subject, its id when it has none. */
export function nameText(subject: SubjectRef): string {
  return subject.name === "" ? subject.id : subject.name;
}

/** A subject as people know it: `UM dial plan HQ`; one that there is once by its kind alone: `Deployment`. Not escaped. */
export function subjectText(subject: SubjectRef): string {
  const kind = kindText(subject.kind);
  const name = nameText(subject);
  return name.toLowerCase().replace(/^the /, "") === kind.toLowerCase() ? kind : `${kind} ${name}`;
}

function reasonLine(reason: FindingReason): string {
  return `- ${reason.fact} of ${subjectText(reason.subject)}: ${reasonText(reason.reason)}: ${reason.detail}`;
}

function evidenceLine(evidence: Evidence): string {
  return `- ${evidence.fact} of ${subjectText(evidence.subject)}: ${evidence.value}${evidence.source === undefined ? "" : ` [${evidence.source}]`}`;
}

/** Who accepted a waived finding, until when and why; undefined where it is open. Not escaped. */
export function waiverText({ disposition, waiver }: Pick<Finding, "disposition" | "waiver">): string | undefined {
  if (disposition !== "waived") return undefined;
  if (waiver === undefined) return "Accepted by a waiver.";
  const { id, owner, expires, ticket, reason } = waiver;
  return `Accepted by ${id === "baseline" ? "the baseline" : `waiver ${id}`} (${[owner, ticket, expires === undefined ? undefined : `until ${expires}`].filter((part) => part !== undefined).join(", ")}): ${reason}`;
}

/** A finding in full, as plain lines. Not escaped. */
export function findingLines(finding: Finding): readonly string[] {
  const section = (title: string, lines: readonly string[]): readonly string[] => (lines.length === 0 ? [] : ["", title, ...lines]);
  const accepted = waiverText(finding);
  return [
    finding.message,
    "",
    ...(accepted === undefined || finding.waiver === undefined ? [] : [accepted]),
    `Rule: ${finding.rule} (${finding.severity})`,
    `Subject: ${subjectText(finding.subject)}`,
    ...(finding.count === undefined ? [] : [`Stands for ${counted(finding.count, "subject")}.`]),
    ...(finding.since === undefined ? [] : [`Since: ${finding.since}`]),
    ...section("Not read:", finding.reasons.map(reasonLine)),
    ...section("Seen:", finding.evidence.map(evidenceLine)),
    ...section("Remedy:", finding.remedy === undefined ? [] : [finding.remedy.text, ...finding.remedy.commands.map((command) => `    ${command}`)]),
    ...section("See:", finding.references.map((reference) => `- ${reference.text}${reference.url === undefined ? "" : ` ${reference.url}`}`)),
  ];
}

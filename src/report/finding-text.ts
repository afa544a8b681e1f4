import type { Evidence, Finding, FindingReason } from "../model/finding.ts";
import { kindTitle } from "../model/kind-titles.ts";
import { unknownReasons, type UnknownReason } from "../model/observation.ts";
import type { SubjectRef } from "../model/subject.ts";
import { counted } from "./shorten.ts";
import { wordsOf } from "./words.ts";
import type { Words } from "./words/words.ts";

const english = wordsOf("en");

/** A reason as people say it. */
export function reasonText(reason: UnknownReason, words: Words = english): string {
  return words.reasons[reason];
}

/** The title of a kind: `UM dial plan`. */
export function kindText(kind: string, words: Words = english): string {
  return kindTitle(kind, words.language);
}

/** The name of a subject, its id when it has none. */
export function nameText(subject: SubjectRef): string {
  return subject.name === "" ? subject.id : subject.name;
}

/** A subject as people know it: `UM dial plan HQ`; one that there is once by its kind alone: `Deployment`. Not escaped. */
export function subjectText(subject: SubjectRef, words: Words = english): string {
  const name = nameText(subject);
  const isOnly = name.toLowerCase().replace(/^the /, "") === kindText(subject.kind).toLowerCase();
  return isOnly ? kindText(subject.kind, words) : `${kindText(subject.kind, words)} ${name}`;
}

function reasonLine(reason: FindingReason): string {
  return `- ${reason.fact} of ${subjectText(reason.subject)}: ${reasonText(reason.reason)}: ${reason.detail}`;
}

function evidenceLine(evidence: Evidence): string {
  return `- ${evidence.fact} of ${subjectText(evidence.subject)}: ${evidence.value}${evidence.source === undefined ? "" : ` [${evidence.source}]`}`;
}

/** Whether somebody stated it and nobody saw it. */
export function isStated({ subject, fact }: Pick<Evidence, "subject" | "fact">): boolean {
  return subject.kind === "attestation" || (subject.kind === "deployment" && fact === "phoneEdition");
}

/** What was seen, with the program's own words in the reader's language; values stay as they were read. */
export function seenText({ state, value }: Pick<Evidence, "state" | "value">, words: Words): string {
  if (words.language === english.language) return value;
  if (state === "absent") return words.absent;
  if (state === "known") return value === english.none ? words.none : words.text(value);
  const [, reason = "", detail = ""] = /^not read: (\S+) (.*)$/su.exec(value) ?? [];
  const said = unknownReasons.find((one) => one === reason);
  return said === undefined ? value : words.notRead(words.colon(words.reasons[said], words.text(detail)));
}

/** Who accepted a waived finding, until when and why; undefined where it is open. Not escaped. */
export function waiverText({ disposition, waiver }: Pick<Finding, "disposition" | "waiver">, { say }: Words = english): string | undefined {
  if (disposition !== "waived") return undefined;
  if (waiver === undefined) return say.accepted;
  const { id, owner, expires, ticket, reason } = waiver;
  const details = [owner, ticket, expires === undefined ? undefined : say.until(expires)].filter((part) => part !== undefined).join(", ");
  return say.acceptedBy(id === "baseline" ? undefined : id, details, reason);
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
    ...section("Seen:", finding.evidence.filter((one) => !isStated(one)).map(evidenceLine)),
    ...section("Stated, not seen:", finding.evidence.filter(isStated).map(evidenceLine)),
    ...section("Remedy:", finding.remedy === undefined ? [] : [finding.remedy.text, ...finding.remedy.commands.map((command) => `    ${command}`)]),
    ...section("See:", finding.references.map((reference) => `- ${reference.text}${reference.url === undefined ? "" : ` ${reference.url}`}`)),
  ];
}

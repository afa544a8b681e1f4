import { attestationKeys, attestationNames } from "../model/attestations.ts";
import type { FactType } from "../model/fact-type.ts";
import { factNamed } from "../model/kinds.ts";
import { records } from "../model/kinds/records.ts";
import type { Observation } from "../model/observation.ts";
import { isRecord } from "../model/record.ts";
import type { ReportTarget } from "../model/report.ts";
import type { Subject } from "../model/subject.ts";
import type { TextRedaction } from "./redact-text.ts";

/** Takes the names out of what a snapshot holds. */
export interface Redaction {
  readonly subject: (subject: Subject) => Subject;
  readonly target: (target: ReportTarget) => ReportTarget;
}

const leftOut = "left out: the snapshot is redacted";

/** Sentences of the program about what it met: names stand in them among words of every kind, and no rule reads them. */
const sentences: ReadonlySet<string> = new Set(["PathProblem.message", "RevocationCheck.detail", "ContactRight.detail", "certificateStatus.reason", "voiceRoute.patternProblem"]);
/** Codes of the program's own, by which rules go. */
const codes: ReadonlySet<string> = new Set(["PathProblem.code"]);
/** A certificate cannot be kept: whatever is changed in it breaks its signature, and its paths are judged before it goes. */
const encoded: ReadonlySet<string> = new Set(["Certificate.der", "FetchedCertificate.der"]);

function valueWithout(type: FactType, value: unknown, place: string, text: TextRedaction): unknown {
  switch (type.type) {
    case "string":
      if (encoded.has(place)) return "";
      if (codes.has(place)) return value;
      return sentences.has(place) ? leftOut : typeof value === "string" ? text(value) : value;
    case "ref":
      return typeof value === "string" ? text(value) : value;
    case "list":
      return Array.isArray(value) ? value.map((item) => valueWithout(type.of, item, place, text)) : value;
    case "record":
      return isRecord(value) ? recordWithout(type.record, value, text) : value;
    default:
      return value;
  }
}

function recordWithout(name: string, value: Readonly<Record<string, unknown>>, text: TextRedaction): Record<string, unknown> {
  const fields: Readonly<Record<string, { readonly type: FactType }>> = Object.hasOwn(records, name) ? records[name as keyof typeof records] : {};
  return Object.fromEntries(Object.entries(value).flatMap(([field, part]) => (fields[field] === undefined ? [] : [[field, valueWithout(fields[field].type, part, `${name}.${field}`, text)]])));
}

/** The program's own sentence of a statement, by its key. */
function statementOf(subject: Subject): string {
  const key = attestationNames.find((name) => name === subject.id);
  return key === undefined ? leftOut : attestationKeys[key].statement;
}

function observationWithout(subject: Subject, fact: string, observation: Observation, text: TextRedaction): Observation {
  if (observation.state === "absent") return { state: "absent", source: text(observation.source) };
  if (observation.state === "unknown") return { state: "unknown", reason: observation.reason, detail: leftOut, ...(observation.source === undefined ? {} : { source: text(observation.source) }) };
  if (subject.kind === "attestation" && fact === "statement") return { ...observation, value: statementOf(subject), source: text(observation.source) };
  const type = factNamed(subject.kind, fact)?.type;
  return { state: "known", value: type === undefined ? leftOut : valueWithout(type, observation.value, `${subject.kind}.${fact}`, text), source: text(observation.source) };
}

/** Redacts everything that is written. What is a name in one place is the same pseudonym in every other. */
export function createRedaction(text: TextRedaction): Redaction {
  return {
    subject: (subject) => ({
      kind: subject.kind,
      id: text(subject.id),
      name: text(subject.name),
      facts: Object.fromEntries(Object.entries(subject.facts).map(([fact, observation]) => [fact, observationWithout(subject, fact, observation, text)])),
    }),
    target: ({ kind, name, status, problems }) => ({ kind, name: text(name), status, problems: problems.length === 0 ? [] : [`${problems.length} ${problems.length === 1 ? "problem is" : "problems are"} ${leftOut}`] }),
  };
}

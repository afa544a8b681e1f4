import { rawText } from "../expression/value-text.ts";
import { factNamed } from "../model/kinds.ts";
import type { RecordValue } from "../model/kinds.ts";
import type { Observation } from "../model/observation.ts";
import { terminalText } from "../model/terminal-text.ts";
import { subjectText } from "../report/finding-text.ts";
import { shortened } from "../report/shorten.ts";
import { wrapText } from "../report/table/wrap.ts";
import type { FactRead } from "../engine/facts-read.ts";
import type { Subject } from "../model/subject.ts";
import type { ExplainedCheck } from "./explain.ts";

const maxChars = 1000;
const maxFacts = 60;

function* paragraph(indent: string, foreign: string, columns: number): Iterable<string> {
  for (const line of wrapText(terminalText(shortened(foreign, maxChars)), Math.max(20, columns - indent.length))) yield `${indent}${line}\n`;
}

function isVerdict(value: unknown): value is RecordValue<"PathVerdict"> {
  return typeof value === "object" && value !== null && "tried" in value && "problems" in value && "judgedBy" in value;
}

/** A certificate path step by step: what was tried, and where it fails. */
function verdictText(verdict: RecordValue<"PathVerdict">): string {
  const path = (verdict.ok ? verdict.path : verdict.tried).join(" → ");
  const problems = verdict.problems.map(({ severity, code, certificate, message }) => `${severity} ${code}${certificate === "" ? "" : ` at ${certificate}`}: ${message}`).join("; ");
  return `${verdict.ok ? "valid" : "NOT VALID"} as ${verdict.purpose} by the ${verdict.judgedBy} side's anchors. Path: ${path}.${verdict.failedAt === undefined ? "" : ` Fails at ${verdict.failedAt}.`}${problems === "" ? "" : ` ${problems}`}`;
}

/** A value as text; subjects that it refers to by their names. */
function knownText(value: unknown, { subject, fact }: FactRead, nameOf: ExplainedCheck["nameOf"]): string {
  if (isVerdict(value)) return verdictText(value);
  const type = factNamed(subject.kind, fact)?.type;
  const item = type?.type === "list" ? type.of : type;
  if (item?.type !== "ref") return rawText(value);
  const kind = item.kind as Subject["kind"];
  return rawText(Array.isArray(value) ? value.map((id) => nameOf(kind, String(id))) : nameOf(kind, String(value)));
}

function observationText(read: FactRead, nameOf: ExplainedCheck["nameOf"]): string {
  const observation: Observation | undefined = read.subject.facts[read.fact];
  if (observation === undefined) return "not read: not-collected";
  if (observation.state === "absent") return `absent (${observation.source})`;
  if (observation.state === "unknown") return `not read: ${observation.reason}, ${observation.detail}`;
  return `${knownText(observation.value, read, nameOf)} (${observation.source})`;
}

/** One explained check as text for a terminal. Names are made harmless; nothing is cut without saying so. */
export function* explainText(rule: string, check: ExplainedCheck, columns: number): Iterable<string> {
  const { subject, finding, parts, facts, flips } = check;
  yield* paragraph("", `${rule} on ${subjectText(subject)}: ${finding === undefined ? "not judged (where does not hold)" : finding.outcome.toUpperCase()}`, columns);
  if (finding !== undefined) yield* paragraph("  ", finding.message, columns);
  yield "  Conditions\n";
  for (const { name, text, value, reasons } of parts) {
    yield* paragraph("    ", `${name}: ${text}`, columns);
    yield* paragraph("      ", `= ${value ?? `not decided: ${reasons.map(({ fact, subject: of, detail }) => `${fact} of ${of.name}: ${detail}`).join("; ")}`}`, columns);
  }
  yield "  Facts\n";
  for (const read of facts.slice(0, maxFacts)) yield* paragraph("    ", `${read.fact} of ${subjectText(read.subject)}: ${observationText(read, check.nameOf)}`, columns);
  if (facts.length > maxFacts) yield `    … and ${facts.length - maxFacts} more\n`;
  yield flips.length === 0 ? "  No other value of a single fact with few values would change the outcome.\n" : "  What would change it\n";
  for (const { subject: of, fact, from, to, outcome } of flips) yield* paragraph("    ", `${fact} of ${of}: ${to} instead of ${from} → ${outcome}`, columns);
  yield "\n";
}

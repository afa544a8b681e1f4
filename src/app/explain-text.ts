import { rawText } from "../expression/value-text.ts";
import type { RecordValue } from "../model/kinds.ts";
import type { Observation } from "../model/observation.ts";
import { terminalText } from "../model/terminal-text.ts";
import { shortened } from "../report/shorten.ts";
import { wrapText } from "../report/table/wrap.ts";
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

function observationText(observation: Observation | undefined): string {
  if (observation === undefined) return "not read: not-collected";
  if (observation.state === "absent") return `absent (${observation.source})`;
  if (observation.state === "unknown") return `not read: ${observation.reason}, ${observation.detail}`;
  return `${isVerdict(observation.value) ? verdictText(observation.value) : rawText(observation.value)} (${observation.source})`;
}

/** One explained check as text for a terminal. Names are made harmless; nothing is cut without saying so. */
export function* explainText(rule: string, check: ExplainedCheck, columns: number): Iterable<string> {
  const { subject, finding, parts, facts, flips } = check;
  yield* paragraph("", `${rule} on ${subject.kind} ${subject.name}: ${finding === undefined ? "not judged (where does not hold)" : finding.outcome.toUpperCase()}`, columns);
  if (finding !== undefined) yield* paragraph("  ", finding.message, columns);
  yield "  Conditions\n";
  for (const { name, text, value, reasons } of parts) {
    yield* paragraph("    ", `${name}: ${text}`, columns);
    yield* paragraph("      ", `= ${value ?? `not decided: ${reasons.map(({ fact, subject: of, detail }) => `${fact} of ${of.name}: ${detail}`).join("; ")}`}`, columns);
  }
  yield "  Facts\n";
  for (const { subject: of, fact } of facts.slice(0, maxFacts)) yield* paragraph("    ", `${fact} of ${of.kind} ${of.name}: ${observationText(of.facts[fact])}`, columns);
  if (facts.length > maxFacts) yield `    … and ${facts.length - maxFacts} more\n`;
  yield flips.length === 0 ? "  No other value of a single fact with few values would change the outcome.\n" : "  What would change it\n";
  for (const { subject: of, fact, from, to, outcome } of flips) yield* paragraph("    ", `${fact} of ${of}: ${to} instead of ${from} → ${outcome}`, columns);
  yield "\n";
}

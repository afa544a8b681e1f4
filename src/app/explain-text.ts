import { rootsText } from "../model/judging-side.ts";
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
import type { ExplainedPart } from "../engine/explain.ts";
import type { Outcome } from "../model/finding.ts";
import type { ExplainedCheck } from "./explain.ts";
import { isWorkedOut, type Flip } from "./flips.ts";

const maxChars = 1000;
const maxFacts = 60;
const maxFlips = 12;
const maxFlipChars = 200;
const maxValues = 3;

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
  return `${verdict.ok ? "valid" : "NOT VALID"} as ${verdict.purpose} by ${rootsText(verdict.judgedBy)}. Path: ${path}.${verdict.failedAt === undefined ? "" : ` Fails at ${verdict.failedAt}.`}${problems === "" ? "" : ` ${problems}`}`;
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

/** The state of a fact without where it was read. */
function stateText(read: FactRead, nameOf: ExplainedCheck["nameOf"]): string {
  const observation: Observation | undefined = read.subject.facts[read.fact];
  if (observation === undefined) return "not read: not-collected";
  if (observation.state === "absent") return "absent";
  return observation.state === "unknown" ? `not read: ${observation.reason}, ${observation.detail}` : knownText(observation.value, read, nameOf);
}

function observationText(read: FactRead, nameOf: ExplainedCheck["nameOf"]): string {
  const source = read.subject.facts[read.fact]?.source;
  return `${stateText(read, nameOf)}${source === undefined ? "" : ` (${source})`}`;
}

type Told = Pick<ExplainedPart, "text" | "value" | "reasons">;

function resultText({ value, reasons }: Told): string {
  return value ?? `not decided: ${reasons.map(({ fact, subject: of, detail }) => `${fact} of ${of.name}: ${detail}`).join("; ")}`;
}

function* partLines({ name, text, parts, ...result }: ExplainedPart, columns: number): Iterable<string> {
  yield* paragraph("    ", `${name}: ${text}`, columns);
  yield* paragraph("      ", `= ${resultText({ text, ...result })}`, columns);
  // Why a part is undecided has been said of the whole.
  for (const part of parts.filter((one) => one.value !== undefined || result.value !== undefined)) yield* paragraph("        ", `${part.text} = ${resultText(part)}`, columns);
}

const would: Readonly<Record<Outcome, string>> = { pass: "would pass", warn: "would warn", fail: "would fail", unknown: "would be unknown", "not-applicable": "would not apply" };

/** One sentence for all values of a fact that lead to the same. */
function flipSentences(flips: readonly Flip[], nameOf: ExplainedCheck["nameOf"]): readonly string[] {
  const told = new Map<string, { readonly read: FactRead; readonly begins: string; readonly values: string[] }>();
  for (const { read, to, outcome } of flips) {
    const begins = outcome === undefined ? "would not be judged" : would[outcome];
    const key = JSON.stringify([begins, read.subject.kind, read.subject.id, read.fact]);
    const sentence = told.get(key) ?? { read, begins, values: [] };
    told.set(key, sentence);
    sentence.values.push(to.state === "known" ? shortened(knownText(to.value, read, nameOf), maxFlipChars) : "absent");
  }
  return [...told.values()].map(({ read, begins, values }) => {
    const more = values.length > maxValues ? ` (or ${values.length - maxValues} other values)` : "";
    const derived = isWorkedOut(read) ? ", which is worked out from others" : "";
    return `${begins} if ${read.fact} of ${subjectText(read.subject)} were ${values.slice(0, maxValues).join(" or ")}${more}; it is ${shortened(stateText(read, nameOf), maxFlipChars)}${derived}`;
  });
}

function* flipLines({ search: { flips, tried, cut }, nameOf }: ExplainedCheck, columns: number): Iterable<string> {
  const bound = `${tried} ${tried === 1 ? "change" : "changes"} of single facts ${tried === 1 ? "was" : "were"} tried${cut ? "; there are more" : ""}`;
  if (flips.length === 0) return yield* paragraph("  ", `No single change found that would change the outcome: ${bound}.`, columns);
  yield "  What would change it\n";
  const sentences = flipSentences(flips, nameOf);
  for (const sentence of sentences.slice(0, maxFlips)) yield* paragraph("    ", sentence, columns);
  if (sentences.length > maxFlips) yield `    … and ${sentences.length - maxFlips} more\n`;
  yield* paragraph("    ", `(${bound})`, columns);
}

/** One explained check as text for a terminal. Names are made harmless; nothing is cut without saying so. */
export function* explainText(rule: string, check: ExplainedCheck, columns: number): Iterable<string> {
  const { subject, finding, parts, facts } = check;
  yield* paragraph("", `${rule} on ${subjectText(subject)}: ${finding === undefined ? "not judged (where does not hold)" : finding.outcome.toUpperCase()}`, columns);
  if (finding !== undefined) yield* paragraph("  ", finding.message, columns);
  yield "  Conditions\n";
  for (const part of parts) yield* partLines(part, columns);
  yield* paragraph("  ", `Facts, read ${check.readAt}`, columns);
  for (const read of facts.slice(0, maxFacts)) yield* paragraph("    ", `${read.fact} of ${subjectText(read.subject)}: ${observationText(read, check.nameOf)}`, columns);
  if (facts.length > maxFacts) yield `    … and ${facts.length - maxFacts} more\n`;
  yield* flipLines(check, columns);
  yield "\n";
}

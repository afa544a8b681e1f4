import { rootsText } from "../model/judging-side.ts";
import { rawText } from "../expression/value-text.ts";
import { factNamed } from "../model/kinds.ts";
import type { RecordValue } from "../model/kinds.ts";
import type { Observation, UnknownReason } from "../model/observation.ts";
import { terminalText } from "../model/terminal-text.ts";
import { subjectText } from "../report/finding-text.ts";
import { shortened } from "../report/shorten.ts";
import { wrapText } from "../report/table/wrap.ts";
import type { FactRead } from "../engine/facts-read.ts";
import type { Subject } from "../model/subject.ts";
import type { ExplainedPart } from "../engine/explain.ts";
import { findingWords, type FindingWords } from "../model/finding-words.ts";
import type { Language } from "../model/language.ts";
import { wordsOf } from "../report/words.ts";
import type { Words } from "../report/words/words.ts";
import type { ExplainedCheck } from "./explain.ts";
import { explainWords, type ExplainWords } from "./explain-words.ts";
import { isWorkedOut, type Flip } from "./flips.ts";

const maxChars = 1000;
const maxFacts = 60;
const maxFlips = 12;
const maxFlipChars = 200;
const maxValues = 3;

/** How one check is told. */
interface Telling {
  readonly columns: number;
  readonly words: Words;
  readonly values: FindingWords;
  readonly say: ExplainWords;
  readonly nameOf: ExplainedCheck["nameOf"];
}

function* paragraph(indent: string, foreign: string, columns: number): Iterable<string> {
  for (const line of wrapText(terminalText(shortened(foreign, maxChars)), Math.max(20, columns - indent.length))) yield `${indent}${line}\n`;
}

function isVerdict(value: unknown): value is RecordValue<"PathVerdict"> {
  return typeof value === "object" && value !== null && "tried" in value && "problems" in value && "judgedBy" in value;
}

/** A certificate path step by step: what was tried, and where it fails. */
function verdictText({ ok, path, tried, problems, purpose, judgedBy, failedAt }: RecordValue<"PathVerdict">, { say, words }: Telling): string {
  return say.path({ ok, purpose, by: words.text(rootsText(judgedBy)), path: (ok ? path : tried).join(" → "), failedAt, problems: problems.map(({ severity, code, certificate, message }) => say.problem(severity, code, certificate, words.text(message))) });
}

/** A value as text; subjects that it refers to by their names. */
function knownText(value: unknown, { subject, fact }: FactRead, telling: Telling): string {
  const { nameOf, values } = telling;
  if (isVerdict(value)) return verdictText(value, telling);
  const type = factNamed(subject.kind, fact)?.type;
  const item = type?.type === "list" ? type.of : type;
  if (item?.type !== "ref") return rawText(value, values);
  const kind = item.kind as Subject["kind"];
  return rawText(Array.isArray(value) ? value.map((id) => nameOf(kind, String(id))) : nameOf(kind, String(value)), values);
}

/** The state of a fact without where it was read. */
function stateText(read: FactRead, telling: Telling): string {
  const { say, words } = telling;
  // English texts show reasons as JSON and the schemas name them.
  const reason = (name: UnknownReason): string => (words.language === "en" ? name : words.reasons[name]);
  const observation: Observation | undefined = read.subject.facts[read.fact];
  if (observation === undefined) return say.notRead(reason("not-collected"), undefined);
  if (observation.state === "absent") return words.absent;
  return observation.state === "unknown" ? say.notRead(reason(observation.reason), words.text(observation.detail)) : knownText(observation.value, read, telling);
}

function observationText(read: FactRead, telling: Telling): string {
  const source = read.subject.facts[read.fact]?.source;
  return `${stateText(read, telling)}${source === undefined ? "" : ` (${telling.words.text(source)})`}`;
}

type Told = Pick<ExplainedPart, "text" | "value" | "reasons">;

function resultText({ value, reasons }: Told, { say, words }: Telling): string {
  return value ?? say.notDecided(reasons.map(({ fact, subject: of, detail }) => say.what(fact, of.name, words.text(detail))).join("; "));
}

function* partLines({ name, text, parts, ...result }: ExplainedPart, telling: Telling): Iterable<string> {
  const { columns } = telling;
  yield* paragraph("    ", telling.words.colon(name, text), columns);
  yield* paragraph("      ", `= ${resultText({ text, ...result }, telling)}`, columns);
  // Why a part is undecided has been said of the whole.
  for (const part of parts.filter((one) => one.value !== undefined || result.value !== undefined)) yield* paragraph("        ", `${part.text} = ${resultText(part, telling)}`, columns);
}

/** One sentence for all values of a fact that lead to the same. */
function flipSentences(flips: readonly Flip[], telling: Telling): readonly string[] {
  const { say, words } = telling;
  const told = new Map<string, { readonly read: FactRead; readonly begins: string; readonly values: string[] }>();
  for (const { read, to, outcome } of flips) {
    const begins = say.would[outcome ?? "not-judged"];
    const key = JSON.stringify([begins, read.subject.kind, read.subject.id, read.fact]);
    const sentence = told.get(key) ?? { read, begins, values: [] };
    told.set(key, sentence);
    sentence.values.push(to.state === "known" ? shortened(knownText(to.value, read, telling), maxFlipChars) : words.absent);
  }
  return [...told.values()].map(({ read, begins, values }) => {
    return say.wouldIf({ begins, fact: read.fact, subject: subjectText(read.subject, words), values: values.slice(0, maxValues), more: values.length - maxValues, now: shortened(stateText(read, telling), maxFlipChars), derived: isWorkedOut(read) });
  });
}

function* flipLines({ search: { flips, tried, cut } }: ExplainedCheck, telling: Telling): Iterable<string> {
  const { say, columns } = telling;
  const bound = say.tried(tried, cut);
  if (flips.length === 0) return yield* paragraph("  ", say.noChange(bound), columns);
  yield `  ${say.whatWouldChange}\n`;
  const sentences = flipSentences(flips, telling);
  for (const sentence of sentences.slice(0, maxFlips)) yield* paragraph("    ", sentence, columns);
  if (sentences.length > maxFlips) yield `    ${say.more(sentences.length - maxFlips)}\n`;
  yield* paragraph("    ", `(${bound})`, columns);
}

/** What is said of a snapshot with nothing to explain. */
export function nothingExplained(language: Language): string {
  return `${explainWords(language).nothing}\n`;
}

/** One explained check as text for a terminal. Names are made harmless; nothing is cut without saying so. */
export function* explainText(rule: string, check: ExplainedCheck, columns: number, language: Language = "en"): Iterable<string> {
  const words = wordsOf(language);
  const say = explainWords(language);
  const telling: Telling = { columns, words, values: findingWords(language), say, nameOf: check.nameOf };
  const { subject, finding, parts, facts } = check;
  yield* paragraph("", say.on(rule, subjectText(subject, words), finding === undefined ? say.notJudged : words.outcomes[finding.outcome].toUpperCase()), columns);
  if (finding !== undefined) yield* paragraph("  ", finding.message, columns);
  yield `  ${say.conditions}\n`;
  for (const part of parts) yield* partLines(part, telling);
  yield* paragraph("  ", say.factsRead(check.readAt), columns);
  for (const read of facts.slice(0, maxFacts)) yield* paragraph("    ", say.what(read.fact, subjectText(read.subject, words), observationText(read, telling)), columns);
  if (facts.length > maxFacts) yield `    ${say.more(facts.length - maxFacts)}\n`;
  yield* flipLines(check, telling);
  yield "\n";
}

import { findingKey, type ComparedRun, type Comparison, type DriftState, type FindingChange, type Renaming } from "../model/drift.ts";
import type { Finding } from "../model/finding.ts";
import { kindNamed } from "../model/kinds.ts";
import type { SubjectRef } from "../model/subject.ts";
import { differencesOf, isBad, isWorse, type ComparedFinding } from "./finding-differences.ts";
import { compareText } from "../model/compare-text.ts";

/** One side of a comparison. */
export interface Side {
  readonly run: ComparedRun;
  readonly findings: Iterable<Finding>;
  /** Ids of the rules that ran; undefined: not known. */
  readonly rules: readonly string[] | undefined;
}

/** What is known of subjects beyond findings. */
export interface Presence {
  /** Whether a subject is in the later run; undefined where that cannot be told. */
  readonly subject: (kind: string, id: string) => boolean | undefined;
}

const order: Readonly<Record<DriftState, number>> = { new: 0, changed: 1, "unknown-now": 2, fixed: 3, gone: 4, still: 5 };

/** Compares two runs finding by finding. Pure; both sides are walked once. */
export function compareFindings(before: Side, after: Side, presence: Presence = { subject: () => undefined }): Comparison {
  const was = indexed(before.findings);
  const openSets = new Set<string>();
  const is = indexed(after.findings, (finding) => {
    if (leavesOpen(finding)) openSets.add(finding.rule);
  });
  const met = new Set([...is.values()].map(({ subject }) => subjectKey(subject)));
  const exists = ({ subject }: ComparedFinding): boolean | undefined => met.has(subjectKey(subject)) || presence.subject(subject.kind, subject.id);
  const context: Context = { after, exists, rules: new Set(after.rules ?? []), openSets };
  const changes: FindingChange[] = [];
  for (const [key, finding] of is) {
    const change = metOrNew(was.get(key), finding);
    if (change !== undefined) changes.push(change);
  }
  for (const [key, finding] of was) if (!is.has(key)) changes.push(...missing(finding, context));
  changes.sort((a, b) => order[a.state] - order[b.state] || compareText(a.rule, b.rule) || compareText(a.subject.name, b.subject.name) || compareText(a.subject.id, b.subject.id));
  return { before: before.run, after: after.run, changes, renamed: renamings(was.values(), is.values()), counts: countStates(changes), notes: notesOf(before, after) };
}

/** How many changes there are of each state. */
export function countStates(changes: Iterable<Pick<FindingChange, "state">>): Readonly<Record<DriftState, number>> {
  const counts: Record<DriftState, number> = { new: 0, changed: 0, "unknown-now": 0, fixed: 0, gone: 0, still: 0 };
  for (const { state } of changes) counts[state] += 1;
  return counts;
}

interface Context {
  readonly after: Side;
  /** Whether the subject of an earlier finding is there still. */
  readonly exists: (before: ComparedFinding) => boolean | undefined;
  readonly rules: ReadonlySet<string>;
  /** Rules whose findings are not all there: not every subject was read, or not every finding listed. */
  readonly openSets: ReadonlySet<string>;
}

/** By rule and subject; where a report has two of one, the worse. Counted ones are no finding of a subject. Both sides are held, so only what is compared and told is kept. */
function indexed(findings: Iterable<Finding>, each: (finding: Finding) => void = () => undefined): ReadonlyMap<string, ComparedFinding> {
  const byKey = new Map<string, ComparedFinding>();
  for (const finding of findings) {
    each(finding);
    if (finding.count !== undefined) continue;
    const key = findingKey(finding);
    const there = byKey.get(key);
    if (there === undefined || isWorse(finding.outcome, there.outcome)) byKey.set(key, comparedOf(finding));
  }
  return byKey;
}

function comparedOf({ rule, title, subject, severity, disposition, outcome, message, evidence }: Finding): ComparedFinding {
  return { rule, title, subject, severity, disposition, outcome, message, evidence: isBad(outcome) ? evidence : [] };
}

/** The engine tells of an unread set of subjects by an unknown finding on the deployment, and of more problems than it lists by a count of them. */
function leavesOpen({ subject, outcome, count }: Finding): boolean {
  return (outcome === "unknown" && subject.kind === "deployment") || (count !== undefined && outcome !== "pass");
}

function isMass({ kind }: SubjectRef): boolean {
  return kindNamed(kind)?.mass === true;
}

function change(state: DriftState, finding: ComparedFinding, rest: Pick<FindingChange, "worse"> & Partial<FindingChange>): FindingChange {
  const { rule, title, subject, severity, disposition, message } = finding;
  return { state, rule, title, subject, severity, disposition, message, differences: [], ...rest };
}

function metOrNew(before: ComparedFinding | undefined, after: ComparedFinding): FindingChange | undefined {
  const open = after.disposition === "open";
  if (before === undefined) {
    if (!isBad(after.outcome) && after.outcome !== "unknown") return undefined;
    // A mass subject that passed was counted, not listed: it was decided, or it is new.
    if (after.outcome === "unknown" && isMass(after.subject)) return change("unknown-now", after, { after: after.outcome, worse: open });
    return change("new", after, { after: after.outcome, worse: open });
  }
  const both = { before: before.outcome, after: after.outcome };
  if (after.outcome === "unknown") return before.outcome === "unknown" ? change("still", after, { ...both, worse: false }) : change("unknown-now", after, { ...both, worse: open });
  if (!isBad(after.outcome)) return isBad(before.outcome) || before.outcome === "unknown" ? change("fixed", after, { ...both, worse: false }) : undefined;
  if (!isBad(before.outcome)) return change("new", after, { ...both, worse: open });
  const differences = differencesOf(before, after);
  if (differences.length === 0) return change("still", after, { ...both, worse: false });
  const worse = open && (before.disposition === "waived" || (before.outcome === "warn" && after.outcome === "fail"));
  return change("changed", after, { ...both, differences, worse });
}

/** A finding that the later run does not have. That its subject is gone must be known: a set that was not read whole may still hold it. */
function missing(before: ComparedFinding, { after, rules, openSets, exists }: Context): readonly FindingChange[] {
  const problem = isBad(before.outcome) || before.outcome === "unknown";
  const say = (state: DriftState, message: string, rest: Partial<FindingChange> = {}): readonly FindingChange[] => [change(state, before, { before: before.outcome, worse: false, message, ...rest })];
  if (after.rules !== undefined && !rules.has(before.rule)) return problem ? say("gone", "The rule is not part of the later run.") : [];
  // The finding on the set itself: nothing was to be checked, and now something is.
  if (before.subject.kind === "deployment") return problem ? say("fixed", "This is not said any more.") : [];
  if (openSets.has(before.rule) || !after.run.complete) {
    if (before.outcome === "unknown") return say("still", before.message, { after: "unknown" });
    return say("unknown-now", "It was not met, but not everything was read or listed: it may still be there.", { after: "unknown", worse: before.disposition === "open" });
  }
  const there = exists(before);
  // Passes of mass subjects are counted, not listed.
  if (isMass(before.subject)) {
    if (!problem) return [];
    return there === false ? say("gone", noSubject) : there === true ? say("fixed", "It passes.", { after: "pass" }) : say("fixed", "It passes, or there is no such subject any more.");
  }
  if (there !== true) return say("gone", noSubject);
  return problem ? say("fixed", "The rule does not apply to it any more.", { after: "not-applicable" }) : [];
}

const noSubject = "There is no such subject any more.";

function subjectKey({ kind, id }: SubjectRef): string {
  return `${kind}\n${id}`;
}

function renamings(before: Iterable<ComparedFinding>, after: Iterable<ComparedFinding>): readonly Renaming[] {
  const names = new Map<string, string>();
  for (const { subject } of before) names.set(subjectKey(subject), subject.name);
  const renamed = new Map<string, Renaming>();
  for (const { subject } of after) {
    const from = names.get(subjectKey(subject));
    if (from !== undefined && from !== subject.name) renamed.set(subjectKey(subject), { subject, from });
  }
  return [...renamed.values()].sort((a, b) => compareText(a.subject.kind, b.subject.kind) || compareText(a.from, b.from));
}

function notesOf(before: Side, after: Side): readonly string[] {
  const notes = [before, after].filter(({ run }) => !run.complete).map(({ run }) => `${run.name} is incomplete: what it lacks was perhaps not read.`);
  if (before.rules !== undefined && after.rules !== undefined) {
    const [was, is] = [new Set(before.rules), new Set(after.rules)];
    const added = [...is].filter((rule) => !was.has(rule)).length;
    const removed = [...was].filter((rule) => !is.has(rule)).length;
    if (added > 0) notes.push(`${added} rule(s) run only in ${after.run.name}: their findings are new without anything having changed.`);
    if (removed > 0) notes.push(`${removed} rule(s) of ${before.run.name} are not part of ${after.run.name}.`);
  }
  const [from, to] = [Date.parse(before.run.startedAt), Date.parse(after.run.startedAt)];
  if (from > to) notes.push(`${before.run.name} was started later (${before.run.startedAt}) than ${after.run.name} (${after.run.startedAt}): the order is turned round, or a clock was set back.`);
  return notes;
}

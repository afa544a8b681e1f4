import { outcomes, severities, type Finding, type Outcome, type Severity } from "../../model/finding.ts";
import type { Team } from "../../model/rule.ts";
import type { SubjectRef } from "../../model/subject.ts";
import { areaOf, checksOf } from "../order.ts";
import { findingAnchor } from "./anchor.ts";

const ruleLimit = 10_000;

/** Checks by outcome; what is waived is counted there alone. */
export type Tally = Record<Outcome | "waived", number>;

/** A tally, and the worst finding behind it. */
export interface Standing {
  readonly tally: Tally;
  worst: { readonly rank: number; readonly anchor: string } | undefined;
}

/** Checks counted by what people ask for. */
export interface Tallies {
  /** Failures that nobody accepted. */
  readonly failures: Readonly<Record<Severity, number>>;
  readonly rules: ReadonlyMap<string, Standing>;
  readonly areas: ReadonlyMap<string, Tally>;
  readonly teams: ReadonlyMap<Team, Tally>;
  /** Of the subjects that were asked for, by {@link subjectKey}. */
  readonly subjects: ReadonlyMap<string, Standing>;
}

/** Tells subjects apart. */
export function subjectKey({ kind, id }: Pick<SubjectRef, "kind" | "id">): string {
  return `${kind}\n${id}`;
}

/** Nothing counted yet. */
export function emptyTally(): Tally {
  return Object.fromEntries([...outcomes, "waived" as const].map((outcome) => [outcome, 0])) as Tally;
}

function emptyStanding(): Standing {
  return { tally: emptyTally(), worst: undefined };
}

/** Counts findings as they come; `wanted` are the keys of the subjects that are counted one by one. */
export function tallyBook(wanted: ReadonlySet<string>): Tallies & { readonly add: (finding: Finding, rank: number, team: Team | undefined) => void } {
  const failures = Object.fromEntries(severities.map((severity) => [severity, 0])) as Record<Severity, number>;
  const [rules, areas, teams, subjects] = [new Map<string, Standing>(), new Map<string, Tally>(), new Map<Team, Tally>(), new Map<string, Standing>()];
  const add = (finding: Finding, rank: number, team: Team | undefined): void => {
    const checks = checksOf(finding);
    const waived = finding.disposition === "waived";
    const outcome = waived ? "waived" : finding.outcome;
    if (outcome === "fail") failures[finding.severity] += checks;
    count(entry(areas, areaOf(finding.rule), emptyTally), outcome, checks);
    if (team !== undefined) count(entry(teams, team, emptyTally), outcome, checks);
    stand(entry(rules, finding.rule, emptyStanding), finding, outcome, rank);
    const key = subjectKey(finding.subject);
    if (wanted.has(key)) stand(entry(subjects, key, emptyStanding), finding, outcome, rank);
  };
  return { failures, rules, areas, teams, subjects, add };
}

function count(tally: Tally | undefined, outcome: keyof Tally, checks: number): void {
  if (tally !== undefined) tally[outcome] += checks;
}

function stand(standing: Standing | undefined, finding: Finding, outcome: keyof Tally, rank: number): void {
  if (standing === undefined) return;
  standing.tally[outcome] += checksOf(finding);
  if (standing.worst === undefined || rank < standing.worst.rank) standing.worst = { rank, anchor: findingAnchor(finding) };
}

/** The entry of a key, made where there is none and still room. */
function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V | undefined {
  const found = map.get(key);
  if (found !== undefined || map.size >= ruleLimit) return found;
  const made = make();
  map.set(key, made);
  return made;
}

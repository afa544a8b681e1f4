import { findingKey, type Comparison, type FindingChange } from "../model/drift.ts";
import type { Outcome } from "../model/finding.ts";
import type { Standing } from "../model/history.ts";

type Problem = NonNullable<Standing["outcome"]>;

/** How problems are followed from run to run. */
export interface FollowOptions {
  /** Start of this run (ISO 8601). */
  readonly startedAt: string;
  /** Runs in a row that a problem must stand, or be away, before it is told. */
  readonly flapGuard: number;
}

/** What a run makes of the problems that stood before it. */
export interface Followed {
  readonly standings: readonly Standing[];
  /** What is to be told now, worst first. */
  readonly events: readonly FindingChange[];
}

function problemOf(outcome: Outcome | undefined): Problem | undefined {
  return outcome === "fail" || outcome === "warn" || outcome === "unknown" ? outcome : undefined;
}

/**
 * Follows problems from run to run. A problem is told once, when it has stood for as many runs as the flap guard asks; that it is over is told only if it was told, and
 * after as many runs without it. What could not be read in between does not end it: it still stands since it was first seen.
 */
export function followStandings(before: readonly Standing[], { changes }: Comparison, options: FollowOptions): Followed {
  const known = new Map(before.map((standing) => [standing.key, standing]));
  const standings: Standing[] = [];
  const events: FindingChange[] = [];
  const met = new Set<string>();
  for (const change of changes) {
    const key = findingKey(change);
    met.add(key);
    const followed = followOne(known.get(key), change, key, options);
    if (followed.standing !== undefined) standings.push(followed.standing);
    if (followed.event !== undefined) events.push(followed.event);
  }
  for (const standing of before) {
    if (met.has(standing.key)) continue;
    const followed = clearedAgain(standing, options.flapGuard);
    if (followed.standing !== undefined) standings.push(followed.standing);
    if (followed.event !== undefined) events.push(followed.event);
  }
  return { standings, events };
}

interface FollowedOne {
  readonly standing?: Standing;
  readonly event?: FindingChange;
}

function followOne(before: Standing | undefined, change: FindingChange, key: string, { startedAt, flapGuard }: FollowOptions): FollowedOne {
  const problem = problemOf(change.after);
  const over = change.state === "fixed" || change.state === "gone" || problem === undefined;
  if (over || change.disposition === "waived") return ended(before, change, flapGuard);
  const lasts = before?.outcome !== undefined;
  const since = lasts ? before.since : startedAt;
  const runs = before?.outcome === problem ? before.runs + 1 : 1;
  const decided = problem === "unknown" ? (lasts ? before.decided : undefined) : problem;
  const tell = runs >= flapGuard && before?.told !== problem;
  const standing: Standing = { key, rule: change.rule, subject: change.subject, outcome: problem, decided, since, runs, told: tell ? problem : before?.told };
  return tell ? { standing, event: told(change, before?.told, problem, since) } : { standing };
}

/** What is told is how things stand against what was told before, not against the run before. */
function told(change: FindingChange, before: Problem | undefined, now: Problem, since: string): FindingChange {
  const state = now === "unknown" ? "unknown-now" : before === undefined ? "new" : "changed";
  const differences = before === undefined || before === now ? [] : [{ what: "outcome" as const, from: before, to: now }];
  return { ...change, state, since, worse: before === undefined || (before === "warn" && now === "fail") || now === "unknown", differences: [...differences, ...change.differences.filter(({ what }) => what !== "outcome")] };
}

function ended(before: Standing | undefined, change: FindingChange, flapGuard: number): FollowedOne {
  if (before === undefined) return {};
  const { told: toldBefore, outcome, runs } = before;
  if (toldBefore === undefined) return {};
  // Accepting is a decision: it does not flap.
  const certain = change.disposition === "waived" || change.state === "gone";
  const away = outcome === undefined ? runs + 1 : 1;
  const state = change.disposition === "waived" ? "changed" : change.state === "gone" ? "gone" : "fixed";
  if (certain || away >= flapGuard) return { event: { ...change, state, before: toldBefore, since: before.since, worse: false } };
  return { standing: { ...before, subject: change.subject, outcome: undefined, runs: away } };
}

/** A problem that ended in an earlier run and is still away: the comparison with the last run has nothing on it. */
function clearedAgain(standing: Standing, flapGuard: number): FollowedOne {
  const { rule, subject, told: toldBefore, since, outcome, runs } = standing;
  if (toldBefore === undefined) return {};
  const away = outcome === undefined ? runs + 1 : 1;
  if (away < flapGuard) return { standing: { ...standing, outcome: undefined, runs: away } };
  return { event: { state: "fixed", rule, title: rule, subject, severity: "major", disposition: "open", before: toldBefore, message: "It is no problem any more.", differences: [], worse: false, since } };
}

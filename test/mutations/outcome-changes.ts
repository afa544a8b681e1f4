import type { Outcome } from "../../src/model/finding.ts";
import type { Scanned } from "./scan.ts";

/** The outcome of one check, or that there was no such check. */
type Verdict = Outcome | "none";

/** A check whose outcome a mutation changes. */
export interface OutcomeChange {
  readonly rule: string;
  /** Name of the subject. */
  readonly subject: string;
  readonly from: Verdict;
  readonly to: Verdict;
}

/** The checks of a rule on these subjects whose outcome changes in this way. */
export function turns(from: Verdict, to: Verdict, rule: string, ...subjects: readonly string[]): readonly OutcomeChange[] {
  return subjects.map((subject) => ({ rule, subject, from, to }));
}

/** Checks that pass in the healthy deployment and now fail. */
export function fails(rule: string, ...subjects: readonly string[]): readonly OutcomeChange[] {
  return turns("pass", "fail", rule, ...subjects);
}

/** Checks that pass in the healthy deployment and now warn. */
export function warns(rule: string, ...subjects: readonly string[]): readonly OutcomeChange[] {
  return turns("pass", "warn", rule, ...subjects);
}

/** Rules whose last subject is gone, so that there is nothing to check. */
export function nothingLeft(...rules: readonly string[]): readonly OutcomeChange[] {
  return rules.flatMap((rule) => turns("none", "not-applicable", rule, "the deployment"));
}

/** Changes in the order in which they are compared. */
export function sorted(changes: readonly OutcomeChange[]): readonly OutcomeChange[] {
  const key = ({ rule, subject, from, to }: OutcomeChange): string => [rule, subject, from, to].join(" ");
  return changes.toSorted((one, other) => (key(one) < key(other) ? -1 : 1));
}

/**
 * What changed from one report to another, by rule and subject. A subject that comes or goes with all its checks passed is no change of an outcome; one that
 * comes with anything else is.
 */
export function outcomeChanges(before: Scanned, after: Scanned): readonly OutcomeChange[] {
  const byCheck = (report: Scanned) => new Map(report.findings.map((finding) => [JSON.stringify([finding.rule, finding.subject.kind, finding.subject.id]), finding]));
  const [old, now] = [byCheck(before), byCheck(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key): readonly OutcomeChange[] => {
    const [one, other] = [old.get(key), now.get(key)];
    const from: Verdict = one?.outcome ?? "none";
    const to: Verdict = other?.outcome ?? "none";
    const named = other ?? one;
    const comesOrGoes = [from, to].includes("none") && [from, to].some((verdict) => verdict === "pass" || (verdict === "not-applicable" && to === "none"));
    if (named === undefined || from === to || comesOrGoes) return [];
    return [{ rule: named.rule, subject: named.subject.name, from, to }];
  });
}

/** Everything that the scan of a healthy deployment must not show, as sentences. */
export function complaints({ targets, findings }: Scanned): readonly string[] {
  const problems = targets.flatMap((target) => target.problems.map((problem) => `${target.name}: ${problem}`));
  const wrong = findings.filter(({ outcome }) => outcome !== "pass" && outcome !== "not-applicable");
  return [...problems, ...wrong.map(({ rule, subject, outcome, message }) => `${outcome} ${rule} ${subject.name}: ${message}`)];
}

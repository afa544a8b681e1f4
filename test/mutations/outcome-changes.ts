import type { Finding, Outcome } from "../../src/model/finding.ts";
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

/** Users of whom more than two change in the same way: how many there are depends on the lab. */
export const manyUsers = "many users";

/** Rules whose last subject is gone, so that there is nothing to check. */
export function nothingLeft(...rules: readonly string[]): readonly OutcomeChange[] {
  return rules.flatMap((rule) => turns("none", "not-applicable", rule, "the deployment"));
}

/** Changes in the order in which they are compared. */
export function sorted(changes: readonly OutcomeChange[]): readonly OutcomeChange[] {
  const key = ({ rule, subject, from, to }: OutcomeChange): string => [rule, subject, from, to].join(" ");
  return changes.toSorted((one, other) => (key(one) < key(other) ? -1 : 1));
}

type Pair = readonly [before: Finding | undefined, after: Finding | undefined];

function grouped(findings: readonly Finding[], keyOf: (finding: Finding) => string): ReadonlyMap<string, readonly Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) groups.set(keyOf(finding), [...(groups.get(keyOf(finding)) ?? []), finding]);
  return groups;
}

/** Findings of both sides on the same check: by the subject's id, then by its name, since an object that was removed and made anew has another GUID. */
function paired(before: readonly Finding[], after: readonly Finding[]): readonly Pair[] {
  const byId = ({ rule, subject }: Finding): string => JSON.stringify([rule, subject.kind, subject.id]);
  const byName = ({ rule, subject }: Finding): string => JSON.stringify([rule, subject.kind, subject.name]);
  const [oldIds, newIds] = [grouped(before, byId), grouped(after, byId)];
  const same = before.flatMap((one): Pair[] => (newIds.has(byId(one)) ? [[one, newIds.get(byId(one))?.[0]]] : []));
  const gone = grouped(before.filter((one) => !newIds.has(byId(one))), byName);
  const come = grouped(after.filter((one) => !oldIds.has(byId(one))), byName);
  const others = [...new Set([...gone.keys(), ...come.keys()])].flatMap((name): Pair[] => {
    const [left, right] = [gone.get(name) ?? [], come.get(name) ?? []];
    return Array.from({ length: Math.max(left.length, right.length) }, (_, index): Pair => [left[index], right[index]]);
  });
  return [...same, ...others];
}

/**
 * What changed from one report to another, by rule and subject; many users who change in the same way are one change. A subject that comes or goes with all its checks passed is no change of an outcome; one that
 * comes with anything else is.
 */
export function outcomeChanges(before: Scanned, after: Scanned): readonly OutcomeChange[] {
  const changes = paired(before.findings, after.findings).flatMap(([one, other]): readonly (OutcomeChange & { readonly isUser: boolean })[] => {
    const from: Verdict = one?.outcome ?? "none";
    const to: Verdict = other?.outcome ?? "none";
    const named = other ?? one;
    const comesOrGoes = [from, to].includes("none") && [from, to].some((verdict) => verdict === "pass" || (verdict === "not-applicable" && to === "none"));
    if (named === undefined || from === to || comesOrGoes) return [];
    return [{ rule: named.rule, subject: named.subject.name, from, to, isUser: named.subject.kind === "user" }];
  });
  return [...Map.groupBy(changes, ({ rule, from, to, isUser }) => JSON.stringify([rule, from, to, isUser])).values()].flatMap((alike) => {
    const [{ rule, from, to, isUser }] = alike as [(typeof changes)[number]];
    return isUser && alike.length > 2 ? [{ rule, subject: manyUsers, from, to }] : alike.map(({ subject }) => ({ rule, subject, from, to }));
  });
}

/** Everything that the scan of a healthy deployment must not show, as sentences. */
export function complaints({ targets, findings }: Scanned): readonly string[] {
  const problems = targets.flatMap((target) => target.problems.map((problem) => `${target.name}: ${problem}`));
  const wrong = findings.filter(({ outcome }) => outcome !== "pass" && outcome !== "not-applicable");
  return [...problems, ...wrong.map(({ rule, subject, outcome, message }) => `${outcome} ${rule} ${subject.name}: ${message}`)];
}

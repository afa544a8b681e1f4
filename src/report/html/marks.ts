import type { Overview } from "../../model/overview.ts";
import type { SubjectRef } from "../../model/subject.ts";
import type { Words } from "../words/words.ts";
import type { MarkOf, SubjectMark } from "./subject-mark.ts";
import { emptyTally, subjectKey, type Standing, type Tally } from "./tallies.ts";

const worstFirst = ["fail", "unknown", "warn", "waived", "pass", "not-applicable"] as const;

/** The worst that a tally holds: `waived` before `pass`, since what was accepted is still wrong. */
function worstOf(tally: Tally): SubjectMark["outcome"] {
  return worstFirst.find((outcome) => tally[outcome] > 0) ?? "none";
}

/** `2 fail, 1 warn`; passes only where there is nothing else. */
export function tallyText(tally: Tally, { process, page, outcomes }: Words): string {
  const problems = worstFirst.slice(0, 4).filter((outcome) => tally[outcome] > 0);
  if (problems.length > 0) return problems.map((outcome) => process.part(outcome, tally[outcome])).join(", ");
  if (tally.pass > 0) return page.section.process.passed(tally.pass);
  return tally["not-applicable"] > 0 ? outcomes["not-applicable"] : page.section.process.notLookedAt;
}

/** Several standings as one. */
export function summed(standings: readonly Standing[]): Standing {
  const tally = emptyTally();
  let worst: Standing["worst"];
  for (const one of standings) {
    for (const outcome of worstFirst) tally[outcome] += one.tally[outcome];
    if (one.worst !== undefined && (worst === undefined || one.worst.rank < worst.rank)) worst = one.worst;
  }
  return { tally, worst };
}

/** Looks up marks among the subjects that were counted one by one. */
export function markOfSubjects(subjects: ReadonlyMap<string, Standing>, words: Words): MarkOf {
  return (refs) => {
    const { tally, worst } = summed([...new Set(refs.map(subjectKey))].flatMap((key) => subjects.get(key) ?? []));
    return { outcome: worstOf(tally), href: worst === undefined ? undefined : `#${worst.anchor}`, text: tallyText(tally, words) };
  };
}

/** Keys of all subjects that the overview names: those are counted one by one. */
export function subjectsOfOverview(overview: Overview | undefined): ReadonlySet<string> {
  if (overview === undefined) return new Set();
  const { process, matrix, map, certificates } = overview;
  const refs: readonly Pick<SubjectRef, "kind" | "id">[] = [
    ...(process?.detected ?? []).map(({ subject }) => subject),
    ...matrix.rows.flatMap(({ pool, dialPlan, gateways }) => [pool, dialPlan, ...gateways.flatMap(({ gateway, huntGroups }) => [gateway, ...huntGroups.map(({ huntGroup }) => huntGroup)])]),
    ...[...map.nodes, ...map.edges].flatMap(({ subjects }) => subjects),
    ...certificates.certificates.flatMap(({ presentedBy }) => presentedBy.map((id) => ({ kind: "endpoint" as const, id }))),
  ];
  return new Set(refs.map(subjectKey));
}

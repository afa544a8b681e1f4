import { compareFacts, type FactComparison } from "../drift/compare-facts.ts";
import { compareFindings, type Presence, type Side } from "../drift/compare-findings.ts";
import type { Baseline } from "../model/baseline.ts";
import type { Comparison } from "../model/drift.ts";
import { kindNamed, kinds } from "../model/kinds.ts";
import type { Subject } from "../model/subject.ts";
import { readSnapshot, type Snapshot } from "../snapshot/reader.ts";

/** A run as one side of a comparison. */
export function sideOf({ name, startedAt, complete, findings, rules }: Baseline): Side {
  return { run: { name, startedAt, complete }, findings, rules };
}

const keyOf = (kind: string, id: string): string => `${kind}\n${id}`;

/** Which subjects of the earlier run are in a snapshot still. Mass subjects with problems are looked for one by one, and none is held. */
export async function presenceIn(file: string | undefined, before: Baseline | undefined): Promise<Presence> {
  if (file === undefined || before === undefined) return { subject: () => undefined };
  const snapshot = await readSnapshot(file);
  const wanted = new Set<string>();
  for (const { subject, outcome, count } of before.findings) if (count === undefined && outcome !== "pass" && kindNamed(subject.kind)?.mass === true) wanted.add(keyOf(subject.kind, subject.id));
  const met = new Set<string>();
  if (wanted.size > 0) for await (const { kind, id } of snapshot.mass()) if (wanted.has(keyOf(kind, id))) met.add(keyOf(kind, id));
  return {
    subject(kind, id) {
      const there = kindNamed(kind)?.mass === true ? met.has(keyOf(kind, id)) : (Object.keys(kinds) as (keyof typeof kinds)[]).some((one) => one === kind && snapshot.subjects.get(one, id) !== undefined);
      return there || (snapshot.complete ? false : undefined);
    },
  };
}

/** Compares two runs. `snapshot` is the file of the later run, where there is one: with it a user who is gone is told from one who passes. */
export async function compareRuns(before: Baseline, after: Baseline, snapshot: string | undefined): Promise<Comparison> {
  return compareFindings(sideOf(before), sideOf(after), await presenceIn(snapshot, before));
}

async function* subjectsOf(snapshot: Snapshot): AsyncGenerator<Subject> {
  for (const kind of Object.keys(kinds) as (keyof typeof kinds)[]) yield* snapshot.subjects.all(kind);
  yield* snapshot.mass();
}

/** The facts that differ between two snapshot files. @throws SnapshotError */
export async function compareSnapshotFacts(before: string, after: string): Promise<FactComparison> {
  return compareFacts(subjectsOf(await readSnapshot(before)), subjectsOf(await readSnapshot(after)));
}

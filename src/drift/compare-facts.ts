import type { FactChange } from "../model/drift.ts";
import type { Observation } from "../model/observation.ts";
import type { Subject } from "../model/subject.ts";
import { compareText } from "../model/compare-text.ts";

/** How many changes are listed; what is beyond is counted. */
const factChangeLimit = 10_000;

/** The facts that differ between two snapshots. */
export interface FactComparison {
  readonly changes: readonly FactChange[];
  /** All of them, also those beyond the limit. */
  readonly total: number;
}

/** Compares subjects fact by fact. The earlier ones are held in memory, the later ones stream. */
export async function compareFacts(before: AsyncIterable<Subject> | Iterable<Subject>, after: AsyncIterable<Subject> | Iterable<Subject>): Promise<FactComparison> {
  const was = new Map<string, Subject>();
  for await (const subject of before) was.set(keyOf(subject), subject);
  const changes: FactChange[] = [];
  let total = 0;
  const add = (change: FactChange): void => {
    total += 1;
    if (changes.length < factChangeLimit) changes.push(change);
  };
  for await (const subject of after) {
    const earlier = was.get(keyOf(subject));
    was.delete(keyOf(subject));
    if (earlier === undefined) add({ subject: ref(subject), kind: "added", ...changedAtOf(subject) });
    else for (const change of factsOf(earlier, subject)) add(change);
  }
  for (const subject of was.values()) add({ subject: ref(subject), kind: "removed" });
  changes.sort((a, b) => compareText(a.subject.kind, b.subject.kind) || compareText(a.subject.name, b.subject.name) || compareText(a.subject.id, b.subject.id) || compareText(a.fact ?? "", b.fact ?? ""));
  return { changes, total };
}

function keyOf({ kind, id }: Subject): string {
  return `${kind}\n${id}`;
}

function ref({ kind, id, name }: Subject): FactChange["subject"] {
  return { kind, id, name };
}

/** Facts that say when an object was changed; they tell of other changes, and are none themselves. */
const changeTimes = ["changedAt", "whenChanged"];

function changedAtOf({ facts }: Subject): Pick<FactChange, "changedAt"> {
  for (const fact of changeTimes) {
    const observation = Object.hasOwn(facts, fact) ? facts[fact] : undefined;
    if (observation?.state === "known" && typeof observation.value === "string") return { changedAt: observation.value };
  }
  return {};
}

function* factsOf(before: Subject, after: Subject): Iterable<FactChange> {
  const common = { subject: ref(after), ...changedAtOf(after) };
  if (before.name !== after.name) yield { ...common, fact: "name", kind: "changed", from: { state: "known", value: before.name, source: "" }, to: { state: "known", value: after.name, source: "" } };
  for (const fact of new Set([...Object.keys(before.facts), ...Object.keys(after.facts)])) {
    if (changeTimes.includes(fact)) continue;
    const from = Object.hasOwn(before.facts, fact) ? before.facts[fact] : undefined;
    const to = Object.hasOwn(after.facts, fact) ? after.facts[fact] : undefined;
    const kind = differenceOf(from, to);
    if (kind !== undefined) yield { ...common, fact, kind, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  }
}

function wasRead(observation: Observation | undefined): boolean {
  return observation !== undefined && observation.state !== "unknown";
}

function differenceOf(from: Observation | undefined, to: Observation | undefined): FactChange["kind"] | undefined {
  if (!wasRead(from) && !wasRead(to)) return undefined;
  if (!wasRead(to)) return "no-longer-read";
  if (!wasRead(from)) return "read-again";
  return meaning(from) === meaning(to) ? undefined : "changed";
}

/** What is compared: neither where it was read, nor any order. Attributes of a directory have none ([MS-ADTS] 3.1.1.1.6), and each domain controller has its own. */
function meaning(observation: Observation | undefined): string {
  return observation?.state === "known" ? JSON.stringify(observation.value, unordered) : "absent";
}

function unordered(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => JSON.stringify(item, unordered)).sort(compareText);
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => compareText(a, b)));
}

import { decidesPaths, deriveFacts, deriveRelationsAgain } from "../derive/derive-facts.ts";
import type { CompiledRule } from "../engine/compiled-rule.ts";
import type { FactRead } from "../engine/facts-read.ts";
import type { Outcome } from "../model/finding.ts";
import { factNamed, kindNamed } from "../model/kinds.ts";
import type { Observation } from "../model/observation.ts";
import type { Subject, SubjectIndex } from "../model/subject.ts";
import { otherValues, type ValueSources } from "./flip-values.ts";

/** What would turn the verdict: one fact with another value. */
export interface Flip {
  readonly read: FactRead;
  readonly to: Observation;
  /** Undefined: the rule would not select the subject any more. */
  readonly outcome: Outcome | undefined;
}

/** Changes of single facts that turn a verdict. */
export interface FlipSearch {
  /** Those that make it better come first, those that take the subject away from the rule last. */
  readonly flips: readonly Flip[];
  /** How many changes were tried. */
  readonly tried: number;
  /** Whether there were more to try than may be. */
  readonly cut: boolean;
}

/** What is judged again with one fact changed. */
export interface FlipWorld {
  /** Facts as they were read. */
  readonly observed: SubjectIndex;
  /** The same with what is worked out from them. */
  readonly derived: SubjectIndex;
  /** A user with what is worked out of it. */
  readonly complete: (user: Subject) => Subject;
  readonly now: Date;
  readonly judge: (subjects: SubjectIndex, subject: Subject) => Outcome | undefined;
}

const maxTrials = 400;
const order: readonly (Outcome | undefined)[] = ["pass", "not-applicable", "warn", "fail", "unknown", undefined];

/** Tries other values of each fact that a check read, one at a time. What is worked out from a fact is worked out again. */
export async function findFlips(world: FlipWorld, rule: CompiledRule, subject: Subject, facts: readonly FactRead[]): Promise<FlipSearch> {
  const outcome = world.judge(world.derived, subject);
  const sources = sourcesOf(world, rule, facts);
  const flips: Flip[] = [];
  let tried = 0;
  for (const read of nearestFirst(facts, subject)) {
    for (const to of otherValues(read.subject.kind, read.fact, read.subject.facts[read.fact], sources)) {
      if (tried >= maxTrials) return { flips: sorted(flips), tried, cut: true };
      tried += 1;
      const turned = await judgeWith(world, subject, read, to);
      if (turned !== outcome) flips.push({ read, to, outcome: turned });
    }
  }
  return { flips: sorted(flips), tried, cut: false };
}

function sorted(flips: readonly Flip[]): readonly Flip[] {
  // What can be changed comes before what follows from it.
  return flips.toSorted((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome) || Number(isWorkedOut(a.read)) - Number(isWorkedOut(b.read)));
}

/** Whether a fact is worked out from others, so that nobody can change it by itself. */
export function isWorkedOut({ subject, fact }: FactRead): boolean {
  return factNamed(subject.kind, fact)?.source === "derived";
}

function nearestFirst(facts: readonly FactRead[], { kind, id }: Subject): readonly FactRead[] {
  const isOwn = ({ subject }: FactRead): boolean => subject.kind === kind && subject.id === id;
  return [...facts.filter(isOwn), ...facts.filter((read) => !isOwn(read))];
}

function sourcesOf({ derived, now }: FlipWorld, { document: { rule } }: CompiledRule, facts: readonly FactRead[]): ValueSources {
  const expressions = [rule.subject.where ?? "", ...Object.values(rule.with ?? {}), ...rule.outcomes.map(({ condition }) => condition)].join("\n");
  const literals = [...expressions.matchAll(/"([^"\\\n]*)"/gu)].map(([, literal = ""]) => literal);
  const parameters = Object.values(rule.parameters ?? {}).map((parameter) => parameter.default);
  const read = facts.flatMap(({ subject, fact }) => {
    const observation = subject.facts[fact];
    return observation?.state === "known" && typeof observation.value === "string" && factNamed(subject.kind, fact)?.type.type === "string" ? [observation.value] : [];
  });
  const numbers = [...expressions.matchAll(/\b\d{1,9}\b/gu)].map(([digits]) => Number(digits));
  return { index: derived, now, texts: [...literals, ...parameters.filter((value) => typeof value === "string"), ...read], numbers: [...numbers, ...parameters.filter((value) => typeof value === "number")] };
}

async function judgeWith(world: FlipWorld, subject: Subject, read: FactRead, to: Observation): Promise<Outcome | undefined> {
  const { subject: changed, fact } = read;
  const { kind, id } = changed;
  const isDerived = isWorkedOut(read);
  const own = kind === subject.kind && id === subject.id;
  if (own && kindNamed(kind)?.mass === true) return world.judge(world.derived, changedUser(world, subject, read, to));
  const base = isDerived ? world.derived : world.observed;
  const before = base.get(kind, id) ?? changed;
  const after: Subject = { ...before, facts: { ...before.facts, [fact]: to } };
  const index = withSubject(base, after);
  const judged = isDerived ? index : decidesPaths(kind, fact) ? await deriveFacts(index, world.now) : deriveRelationsAgain(index, world.derived);
  return world.judge(judged, judged.get(subject.kind, subject.id) ?? (own ? after : subject));
}

/** Users are in no index. What is worked out of them is left out and worked out again. */
function changedUser({ complete }: FlipWorld, user: Subject, read: FactRead, to: Observation): Subject {
  if (isWorkedOut(read)) return { ...user, facts: { ...user.facts, [read.fact]: to } };
  const asRead = Object.entries(user.facts).filter(([fact]) => !isWorkedOut({ subject: user, fact }));
  return complete({ ...user, facts: { ...Object.fromEntries(asRead), [read.fact]: to } });
}

function withSubject(index: SubjectIndex, subject: Subject): SubjectIndex {
  return {
    all: (kind) => (kind === subject.kind ? index.all(kind).map((one) => (one.id === subject.id ? subject : one)) : index.all(kind)),
    get: (kind, id) => (kind === subject.kind && id === subject.id ? subject : index.get(kind, id)),
  };
}

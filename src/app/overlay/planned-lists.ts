import { ConfigError, type SourcePosition } from "../../model/errors.ts";
import { factNamed, kindNamed, type KindName } from "../../model/kinds.ts";
import { absent, known, type Observation } from "../../model/observation.ts";
import type { Subject } from "../../model/subject.ts";
import { ofKind, type PlannedWorld } from "./find-subject.ts";

/** Names a new subject in the lists of its owner. A list that was not read stays unread; one that is worked out is worked out again. */
export function addToLists(world: PlannedWorld, subject: Subject, position: SourcePosition, source: string): void {
  for (const { kind, fact } of kindNamed(subject.kind)?.listedBy ?? []) {
    if (factNamed(kind, fact)?.source === "derived") continue;
    const owner = ownerOf(world, subject, kind as KindName, position);
    const observation = owner?.facts[fact];
    if (owner === undefined || observation === undefined || observation.state === "unknown") continue;
    ofKind(world, owner.kind).set(owner.id, { ...owner, facts: { ...owner.facts, [fact]: withMember(owner, fact, observation, subject.id, source) } });
  }
}

function withMember(owner: Subject, fact: string, observation: Observation, id: string, source: string): Observation {
  if (factNamed(owner.kind, fact)?.type.type === "ref") return known(id, source);
  const members = observation.state === "known" && Array.isArray(observation.value) ? (observation.value as readonly unknown[]) : [];
  return members.includes(id) ? observation : known([...members, id], source);
}

/** The owner that the subject names, or the only one that there is. */
function ownerOf(world: PlannedWorld, subject: Subject, kind: KindName, position: SourcePosition): Subject | undefined {
  const owners = ofKind(world, kind);
  const facts = Object.entries(kindNamed(subject.kind)?.facts ?? {}).filter(([, { type }]) => type.type === "ref" && type.kind === kind);
  for (const [name] of facts) {
    const stated = subject.facts[name];
    if (stated?.state === "known") return owners.get(String(stated.value));
  }
  if (owners.size > 1) throw new ConfigError("overlay", `it cannot be told in which ${kind} ${subject.kind}/${subject.name} will be`, { position, hint: `State ${facts.map(([name]) => name).join(" or ")}: ${[...owners.values()].slice(0, 5).map(({ name }) => name).join(", ")}.` });
  return [...owners.values()][0];
}

/** Takes subjects that go out of every list and optional reference. @throws ConfigError for what must refer to one of them and stays */
export function dropReferences(world: PlannedWorld, removed: readonly Subject[], source: string): void {
  if (removed.length === 0) return;
  const gone = new Set(removed.map(({ kind, id }) => JSON.stringify([kind, id])));
  const left: string[] = [];
  const shared = ({ kind, name }: Subject): boolean => [...ofKind(world, kind).values()].filter((other) => other.name === name).length > 1;
  for (const subjects of world.values()) {
    for (const subject of subjects.values()) {
      const facts = Object.fromEntries(Object.entries(subject.facts).map(([name, observation]) => [name, withoutGone(subject, name, observation, { gone, left, shared, source })]));
      subjects.set(subject.id, { ...subject, facts });
    }
  }
  if (left.length > 0) throw new ConfigError("overlay", `what is to go is still referred to:\n${left.slice(0, 20).map((one) => `  ${one}`).join("\n")}${left.length > 20 ? `\n  … and ${left.length - 20} more` : ""}`, { hint: "Remove these too, or state under change what they will refer to." });
}

interface Dropping {
  readonly gone: ReadonlySet<string>;
  readonly left: string[];
  /** Whether another object of its kind bears the same name, so that only the id tells which one is meant. */
  readonly shared: (subject: Subject) => boolean;
  readonly source: string;
}

function withoutGone(subject: Subject, name: string, observation: Observation, { gone, left, shared, source }: Dropping): Observation {
  const fact = factNamed(subject.kind, name);
  if (fact === undefined || observation.state !== "known") return observation;
  const isGone = (kind: string, id: unknown): boolean => gone.has(JSON.stringify([kind, id]));
  if (fact.type.type === "ref" && isGone(fact.type.kind, observation.value)) {
    if (fact.optional === true) return absent(source);
    left.push(`${subject.kind}/${shared(subject) ? `${subject.name} (${subject.id})` : subject.name}: ${name}`);
    return observation;
  }
  if (fact.type.type !== "list" || fact.type.of.type !== "ref" || !Array.isArray(observation.value)) return observation;
  const { kind } = fact.type.of;
  const members: readonly unknown[] = observation.value;
  const kept = members.filter((id) => !isGone(kind, id));
  return kept.length === members.length ? observation : known(kept, source);
}

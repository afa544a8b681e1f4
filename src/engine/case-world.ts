import { kinds, kindNamed, type KindName } from "../model/kinds.ts";
import type { Kind } from "../model/fact-type.ts";
import { absent, known, type Observation } from "../model/observation.ts";
import type { Subject } from "../model/subject.ts";
import { statedFacts } from "./case-facts.ts";
import type { World } from "./inventory.ts";

/** Facts of subjects as a case states them, by kind and id. */
export type StatedWorld = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
/** Changes by `kind/id`. */
export type StatedPatch = Readonly<Record<string, Readonly<Record<string, unknown>> | null>>;

/** The world of a case: subjects in memory, streamed ones, and what is wrong with the case. */
export interface CaseWorld {
  readonly world: World;
  readonly streamed: readonly Subject[];
  readonly problems: readonly string[];
}

type Facts = Record<string, Observation>;
type Gathered = Map<KindName, Map<string, Facts>>;

/** Builds the world of a case (docs/rules.md, "Cases"): every list of subjects holds what the world has, unless the case says otherwise. */
export function caseWorld(base: StatedWorld, patch: StatedPatch = {}): CaseWorld {
  const problems: string[] = [];
  const gathered: Gathered = new Map([["deployment", new Map([["deployment", {}]])]]);
  for (const [kind, subjects] of Object.entries(base)) for (const [id, facts] of Object.entries(subjects)) state(gathered, kind, id, facts, problems);
  for (const [name, facts] of Object.entries(patch)) {
    const slash = name.indexOf("/");
    state(gathered, name.slice(0, slash), name.slice(slash + 1), facts, problems);
  }
  fillLists(gathered);
  const subjects = new Map([...gathered].map(([kind, ofKind]) => [kind, new Map([...ofKind].map(([id, facts]) => [id, subjectOf(kind, id, facts)]))]));
  const streamed = [...subjects].flatMap(([kind, ofKind]) => (kindNamed(kind)?.mass === true ? [...ofKind.values()] : []));
  for (const { kind } of streamed) subjects.delete(kind);
  const index = { all: (kind: KindName) => [...(subjects.get(kind)?.values() ?? [])], get: (kind: KindName, id: string) => subjects.get(kind)?.get(id) };
  return { world: { subjects: index }, streamed, problems };
}

function state(gathered: Gathered, kind: string, id: string, facts: Readonly<Record<string, unknown>> | null, problems: string[]): void {
  if (kindNamed(kind) === undefined) {
    problems.push(`${kind}/${id}: there is no kind ${kind}.`);
    return;
  }
  const name = kind as KindName;
  const ofKind = gathered.get(name) ?? new Map<string, Facts>();
  gathered.set(name, ofKind);
  if (facts === null) {
    if (!ofKind.delete(id)) problems.push(`${kind}/${id} is taken away, but it is not in the world.`);
  } else ofKind.set(id, { ...ofKind.get(id), ...statedFacts(kind, id, facts, problems) });
}

function subjectOf(kind: KindName, id: string, facts: Facts): Subject {
  const named = [facts["name"], facts["fqdn"], facts["identity"], facts["host"]].find((fact) => fact?.state === "known" && typeof fact.value === "string");
  return { kind, id, name: named?.state === "known" ? String(named.value) : id, facts };
}

/** States each list that the case leaves out. A subject that names its owner is listed by that owner only. */
function fillLists(gathered: Gathered): void {
  for (const [kind, description] of Object.entries(kinds) as [KindName, Kind][]) {
    for (const list of description.listedBy) {
      for (const [ownerId, owner] of gathered.get(list.kind as KindName) ?? []) {
        if (owner[list.fact] !== undefined) continue;
        const ids = [...(gathered.get(kind) ?? [])].filter(([, facts]) => mayBelong(description, facts, list.kind, ownerId)).map(([id]) => id);
        owner[list.fact] = listObservation(list.kind, list.fact, ids);
      }
    }
  }
}

function mayBelong(kind: Kind, facts: Facts, ownerKind: string, ownerId: string): boolean {
  const owners = Object.entries(kind.facts).filter(([, { type }]) => type.type === "ref" && type.kind === ownerKind);
  return owners.every(([name]) => {
    const fact = facts[name];
    return fact?.state !== "known" || fact.value === ownerId;
  });
}

function listObservation(ownerKind: string, fact: string, ids: readonly string[]): Observation {
  const type = kindNamed(ownerKind)?.facts[fact]?.type;
  if (type?.type === "ref") return ids[0] === undefined ? absent("case") : known(ids[0], "case");
  return known(type?.type === "list" && type.of.type === "ref" ? ids : [], "case");
}

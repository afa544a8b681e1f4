import { ConfigError } from "../../model/errors.ts";
import type { FactType } from "../../model/fact-type.ts";
import { factNamed, kindNamed, type KindName } from "../../model/kinds.ts";
import { known, type Observation } from "../../model/observation.ts";
import type { Overlay, PlannedFact, PlannedReference, PlannedSubject } from "../../model/overlay.ts";
import type { Subject } from "../../model/subject.ts";
import { findSubject, ofKind, subjectMeant, type PlannedWorld } from "./find-subject.ts";
import { addToLists, dropReferences } from "./planned-lists.ts";

/** Makes the changes of an overlay to subjects in memory; `source` is what planned facts are said to come from. @throws ConfigError for what does not fit the snapshot */
export function applyOverlay(world: PlannedWorld, overlay: Overlay, source: string): void {
  for (const { kind, position } of [...overlay.change, ...overlay.add, ...overlay.remove]) {
    if (kindNamed(kind)?.mass === true) throw new ConfigError("overlay", `${kind}: users cannot be planned`, { position, hint: "They are judged one by one as they are read; plan what they belong to." });
  }
  const removed = overlay.remove.map((one) => remove(world, one));
  for (const one of overlay.add) add(world, one);
  const changed = [
    ...overlay.change.map((planned) => ({ planned, subject: subjectMeant(world, planned.kind, planned.name, planned.position) })),
    ...overlay.add.map((planned) => ({ planned, subject: subjectMeant(world, planned.kind, planned.name, planned.position) })),
    ...overlay.put.map((planned) => ({ planned, subject: put(world, planned) })),
  ];
  for (const { planned, subject } of changed) state(world, planned, subject);
  for (const { kind, name, position } of overlay.add) addToLists(world, subjectMeant(world, kind, name, position), position, source);
  dropReferences(world, removed, source);
}

function remove(world: PlannedWorld, { kind, name, position }: PlannedReference): Subject {
  if (kind === "deployment") throw new ConfigError("overlay", "the deployment itself cannot go", { position });
  const subject = subjectMeant(world, kind, name, position);
  ofKind(world, kind).delete(subject.id);
  return subject;
}

function add(world: PlannedWorld, { kind, name, position }: PlannedSubject): void {
  if (findSubject(world, kind, name, position) !== undefined) throw new ConfigError("overlay", `${kind}/${name} is there already`, { position, hint: "State under change what is to be different." });
  ofKind(world, kind).set(name, { kind, id: name, name, facts: {} });
}

function put(world: PlannedWorld, { kind, name }: PlannedSubject): Subject {
  const there = ofKind(world, kind).get(name);
  return there ?? { kind, id: name, name, facts: {} };
}

const naming = ["name", "fqdn", "identity", "host"];

function state(world: PlannedWorld, planned: PlannedSubject, subject: Subject): void {
  const facts = Object.fromEntries(Object.entries(planned.facts).map(([name, fact]) => [name, resolved(world, subject.kind, name, fact)]));
  const named = naming.map((name) => facts[name]).find((fact) => fact?.state === "known" && typeof fact.value === "string");
  const before = ofKind(world, subject.kind).get(subject.id) ?? subject;
  ofKind(world, subject.kind).set(subject.id, { ...before, name: named?.state === "known" ? String(named.value) : before.name, facts: { ...before.facts, ...facts } });
}

/** A planned fact with the ids of the subjects that it refers to. */
function resolved(world: PlannedWorld, kind: KindName, name: string, { observation, position }: PlannedFact): Observation {
  const type = factNamed(kind, name)?.type;
  if (observation.state !== "known" || type === undefined) return observation;
  return known(idsIn(type, observation.value, (referred, text) => (kindNamed(referred)?.lookup === true ? text : subjectMeant(world, referred, text, position).id)), observation.source);
}

function idsIn(type: FactType, value: unknown, idOf: (kind: KindName, text: string) => string): unknown {
  if (type.type === "ref") return idOf(type.kind as KindName, String(value));
  return type.type === "list" && Array.isArray(value) ? value.map((item) => idsIn(type.of, item, idOf)) : value;
}

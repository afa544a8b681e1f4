import { ConfigError, type SourcePosition } from "../../model/errors.ts";
import type { KindName } from "../../model/kinds.ts";
import { nearestName } from "../../model/nearest-name.ts";
import type { Subject } from "../../model/subject.ts";

/** Subjects of one state, by kind and id, while changes are made to it. */
export type PlannedWorld = Map<KindName, Map<string, Subject>>;

/** The subjects of a kind; none where there are none yet. */
export function ofKind(world: PlannedWorld, kind: KindName): Map<string, Subject> {
  const there = world.get(kind);
  if (there !== undefined) return there;
  const made = new Map<string, Subject>();
  world.set(kind, made);
  return made;
}

/** What a text means: the subject with this id, or the only one with this name in any case. Undefined where there is none. @throws ConfigError where it means several */
export function findSubject(world: PlannedWorld, kind: KindName, text: string, position: SourcePosition): Subject | undefined {
  const subjects = ofKind(world, kind);
  const byId = subjects.get(text);
  if (byId !== undefined) return byId;
  const named = [...subjects.values()].filter(({ name }) => name.toLowerCase() === text.toLowerCase());
  if (named.length > 1) throw new ConfigError("overlay", `${kind}/${text} means ${named.length} objects`, { position, hint: `Name one by its id: ${named.slice(0, 10).map(({ id }) => id).join(", ")}${named.length > 10 ? " …" : ""}.` });
  return named[0];
}

/** The subject that a text means. @throws ConfigError that names the nearest where there is none */
export function subjectMeant(world: PlannedWorld, kind: KindName, text: string, position: SourcePosition): Subject {
  const found = findSubject(world, kind, text, position);
  if (found !== undefined) return found;
  const subjects = [...ofKind(world, kind).values()];
  const nearest = nearestName(text, [...subjects.map(({ name }) => name), ...subjects.map(({ id }) => id)]);
  const known = subjects.slice(0, 10).map(({ name }) => name).join(", ");
  throw new ConfigError("overlay", `the snapshot has no ${kind} ${text}`, { position, hint: nearest !== undefined ? `Did you mean ${nearest}?` : known === "" ? "It has none at all." : `It has: ${known}${subjects.length > 10 ? " …" : ""}.` });
}

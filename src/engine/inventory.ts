import { factNamed, kindNamed, type KindName } from "../model/kinds.ts";
import type { FindingReason } from "../model/finding.ts";
import type { Subject, SubjectIndex, SubjectRef } from "../model/subject.ts";
import { missingSubject } from "../expression/view.ts";
import { factState, reasonFor } from "./fact-state.ts";

/** What rules are judged on: everything but mass subjects. */
export interface World {
  readonly subjects: SubjectIndex;
}

/** All subjects of a kind, and why there may be more of them. Complete only when there are no reasons. */
export interface Collection {
  readonly members: readonly Subject[];
  readonly reasons: readonly FindingReason[];
}

/** The collections of a world, each worked out once. */
export interface Inventory {
  readonly subjects: SubjectIndex;
  readonly collection: (kind: KindName) => Collection;
  /** The deployment, whether it was observed or not. */
  readonly deployment: Subject;
}

/** Takes stock of a world. */
export function takeInventory(world: World): Inventory {
  const made = new Map<KindName, Collection>();
  const deployment = world.subjects.all("deployment")[0] ?? missingSubject("deployment", "deployment");
  const inventory: Inventory = {
    subjects: world.subjects,
    deployment,
    collection: (kind) => {
      const there = made.get(kind);
      if (there !== undefined) return there;
      // A list that leads back to itself would never end; the model has none.
      made.set(kind, { members: [], reasons: [] });
      const collection = kind === "deployment" ? { members: [deployment], reasons: [] } : collect(inventory, kind);
      made.set(kind, collection);
      return collection;
    },
  };
  return inventory;
}

/** A subject that a list names and that is not in the world is a member all the same, with every fact unknown. */
function collect(inventory: Inventory, kind: KindName): Collection {
  const members = new Map(inventory.subjects.all(kind).map((subject) => [subject.id, subject]));
  const reasons: FindingReason[] = [];
  for (const list of kindNamed(kind)?.listedBy ?? []) {
    const owners = inventory.collection(list.kind as KindName);
    reasons.push(...owners.reasons);
    for (const owner of owners.members) {
      const listed = listedIds(owner, list.fact);
      if ("reason" in listed) reasons.push(listed);
      else for (const id of listed.ids) if (!members.has(id)) members.set(id, missingSubject(kind, id));
    }
  }
  return { members: [...members.values()], reasons };
}

function listedIds(owner: Subject, name: string): { readonly ids: readonly string[] } | FindingReason {
  const fact = factNamed(owner.kind, name);
  if (fact === undefined) throw new TypeError(`${owner.kind} has no fact ${name}`);
  const state = factState(owner, name, fact);
  if (state.state === "unknown") return reasonFor(owner, name, state);
  if (state.state === "absent") return { ids: [] };
  const names = fact.type.type === "ref" ? [state.value] : fact.type.type === "list" && fact.type.of.type === "ref" ? state.value : [];
  return { ids: names as readonly string[] };
}

/** A subject's name without its facts. */
export function refTo(subject: SubjectRef): SubjectRef {
  return { kind: subject.kind, id: subject.id, name: subject.name };
}

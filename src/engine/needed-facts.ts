import type { Need } from "../expression/need.ts";
import { plurals } from "../expression/plural.ts";
import { kindNamed, type KindName } from "../model/kinds.ts";
import { expressionsOf, type CompiledRule } from "./compiled-rule.ts";

/** Facts by kind. */
export type NeededFacts = ReadonlyMap<KindName, ReadonlySet<string>>;

/** Every fact that rules read, show or need for knowing that a set of subjects is complete. A kind that is only counted has an empty set. */
export function neededFacts(rules: readonly CompiledRule[]): NeededFacts {
  const facts = new Map<KindName, Set<string>>();
  for (const rule of rules) {
    needSet(facts, rule.document.rule.subject.each);
    for (const { expression } of expressionsOf(rule)) for (const [root, need] of expression.needs) addRoot(facts, root, need);
    for (const { root, need } of rule.evidence) addRoot(facts, root, need);
  }
  return facts;
}

function addRoot(facts: Map<KindName, Set<string>>, root: string, need: Need): void {
  const kind = plurals.get(root);
  if (kind !== undefined) needSet(facts, kind);
  addNeed(facts, need);
}

function factsOf(facts: Map<KindName, Set<string>>, kind: KindName): Set<string> {
  const there = facts.get(kind) ?? new Set<string>();
  facts.set(kind, there);
  return there;
}

function addNeed(facts: Map<KindName, Set<string>>, need: Need): void {
  if (need.kind === undefined) return;
  const ofKind = factsOf(facts, need.kind);
  for (const { name, next } of need.facts) {
    ofKind.add(name);
    addNeed(facts, next);
  }
}

/** The lists that name all subjects of a kind, and those that name their owners. */
function needSet(facts: Map<KindName, Set<string>>, kind: KindName): void {
  factsOf(facts, kind);
  for (const list of kindNamed(kind)?.listedBy ?? []) {
    const owner = list.kind as KindName;
    const ofOwner = factsOf(facts, owner);
    if (ofOwner.has(list.fact)) continue;
    ofOwner.add(list.fact);
    needSet(facts, owner);
  }
}

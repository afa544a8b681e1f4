import type { KindName } from "../model/kinds.ts";

/** The facts that are read of the subjects in a value, and, where a fact is a reference or a list of them, what is read of those. */
export interface Need {
  /** The kind of the subjects; undefined for values that hold none. */
  readonly kind: KindName | undefined;
  readonly facts: ReadonlyMap<string, Need>;
}

/** A {@link Need} while it is being gathered. */
export interface GatheredNeed extends Need {
  readonly facts: Map<string, GatheredNeed>;
}

/** A need of nothing yet. */
export function emptyNeed(kind: KindName | undefined): GatheredNeed {
  return { kind, facts: new Map() };
}

/** The need for a fact of a subject, made when it is not there yet. `kind` is the kind that the fact refers to. */
export function needFact(need: GatheredNeed, fact: string, kind: KindName | undefined): GatheredNeed {
  const there = need.facts.get(fact);
  if (there !== undefined) return there;
  const made = emptyNeed(kind);
  need.facts.set(fact, made);
  return made;
}

/** The needs of a root as paths: `[plan, gateways, address]`, each as long as it goes. */
export function needPaths(root: string, need: Need): string[][] {
  if (need.facts.size === 0) return [[root]];
  return [...need.facts].flatMap(([fact, then]) => needPaths(fact, then).map((rest) => [root, ...rest]));
}

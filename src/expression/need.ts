import type { Fact } from "../model/fact-type.ts";
import type { KindName } from "../model/kinds.ts";

/** The facts that are read of the subjects in a value. */
export interface Need {
  /** The kind of the subjects; undefined for values that hold none. */
  readonly kind: KindName | undefined;
  readonly facts: readonly FactNeed[];
}

/** One fact that is read, and, where it is a reference or a list of them, what is read of those. */
export interface FactNeed {
  readonly name: string;
  readonly fact: Fact;
  readonly next: Need;
}

/** A {@link Need} while it is being gathered. */
export interface GatheredNeed {
  readonly kind: KindName | undefined;
  readonly facts: Map<string, { readonly fact: Fact; readonly next: GatheredNeed }>;
}

/** A need of nothing yet. */
export function emptyNeed(kind: KindName | undefined): GatheredNeed {
  return { kind, facts: new Map() };
}

/** The need for a fact of a subject, made when it is not there yet. `kind` is the kind that the fact refers to. */
export function needFact(need: GatheredNeed, name: string, fact: Fact, kind: KindName | undefined): GatheredNeed {
  const there = need.facts.get(name);
  if (there !== undefined) return there.next;
  const next = emptyNeed(kind);
  need.facts.set(name, { fact, next });
  return next;
}

/** A gathered need as it stays. */
export function settledNeed({ kind, facts }: GatheredNeed): Need {
  return { kind, facts: [...facts].map(([name, { fact, next }]) => ({ name, fact, next: settledNeed(next) })) };
}

/** The needs of a root as paths: `[plan, gateways, address]`, each as long as it goes. */
export function needPaths(root: string, need: Need): string[][] {
  if (need.facts.length === 0) return [[root]];
  return need.facts.flatMap(({ name, next }) => needPaths(name, next).map((rest) => [root, ...rest]));
}

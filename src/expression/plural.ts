import { kinds, type KindName } from "../model/kinds.ts";
import type { Kind } from "../model/fact-type.ts";

/** The variable that holds all subjects of a kind: `umDialPlans`, `umIpGateways`, `umMailboxPolicies`. */
export function pluralOf(kind: KindName): string {
  return /[^aeiou]y$/u.test(kind) ? `${kind.slice(0, -1)}ies` : `${kind}s`;
}

/** Plural variables with their kinds. Mass kinds are never held in memory and lookup kinds have no whole, so they have none; of deployments there is one. */
export const plurals: ReadonlyMap<string, KindName> = new Map(
  (Object.entries(kinds) as [KindName, Kind][])
    .filter(([name, kind]) => kind.mass !== true && kind.lookup !== true && name !== "deployment")
    .map(([name]) => [pluralOf(name), name]),
);

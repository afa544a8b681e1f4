import type { Certificate } from "./certificate.ts";
import { ANY_POLICY } from "./oids.ts";

/** What the relying party demands of certificate policies (RFC 5280 section 6.1.1 c to f). */
export interface PolicyDemand {
  readonly initialPolicySet?: readonly string[];
  readonly requireExplicitPolicy?: boolean;
  readonly inhibitPolicyMapping?: boolean;
  readonly inhibitAnyPolicy?: boolean;
}

/** How many policies and mappings may still be processed. */
export interface PolicyBudget {
  policies: number;
}

/** How policy processing ended. */
export type PolicyVerdict = "satisfied" | "not-satisfied" | "limit" | "mapping-any";

/** A node of the policy graph of RFC 9618: `parents` are policies of the level above, and `fromAny` means that its parent is anyPolicy. */
interface PolicyNode {
  readonly parents: ReadonlySet<string>;
  readonly fromAny: boolean;
}

interface Level {
  readonly nodes: Map<string, PolicyNode>;
  hasAny: boolean;
}

interface Counters {
  explicitPolicy: number;
  policyMapping: number;
  inhibitAny: number;
}

/** Whether anything on the path or in the demand makes policies matter. */
function isRelevant(path: readonly Certificate[], demand: PolicyDemand): boolean {
  return demand.requireExplicitPolicy === true || path.some(({ decoded }) => decoded.policyConstraints !== undefined || decoded.inhibitAnyPolicy !== undefined || decoded.policyMappings !== undefined);
}

/** RFC 5280 section 6.1.3 d and e, on the graph of RFC 9618 section 5.3. */
function applyPolicies(level: Level, certificate: Certificate, anyAllowed: boolean): void {
  const listed = certificate.decoded.policies?.policies;
  if (listed === undefined) {
    level.nodes.clear();
    level.hasAny = false;
    return;
  }
  const policies = new Set(listed);
  const certificateHasAny = policies.delete(ANY_POLICY) && anyAllowed;
  if (!certificateHasAny) for (const policy of level.nodes.keys()) if (!policies.has(policy)) level.nodes.delete(policy);
  if (level.hasAny) for (const policy of policies) if (!level.nodes.has(policy)) level.nodes.set(policy, { parents: new Set(), fromAny: true });
  level.hasAny &&= certificateHasAny;
}

/** RFC 5280 section 6.1.4 b: the level of policies expected below this CA. */
function nextLevel(level: Level, certificate: Certificate, mappingAllowed: boolean): Level {
  const mappings = certificate.decoded.policyMappings ?? [];
  const mapped = new Set(mappings.map((mapping) => mapping.issuer));
  const targets = new Map<string, Set<string>>();
  const link = (target: string, parent: string): void => {
    const parents = targets.get(target) ?? new Set<string>();
    targets.set(target, parents.add(parent));
  };
  if (!mappingAllowed) for (const policy of mapped) level.nodes.delete(policy);
  else {
    for (const { issuer, subject } of mappings) {
      if (!level.nodes.has(issuer) && level.hasAny) level.nodes.set(issuer, { parents: new Set(), fromAny: true });
      if (level.nodes.has(issuer)) link(subject, issuer);
    }
  }
  for (const policy of level.nodes.keys()) if (!mapped.has(policy)) link(policy, policy);
  const nodes = new Map([...targets].map(([policy, parents]) => [policy, { parents, fromAny: false }] as const));
  return { nodes, hasAny: level.hasAny };
}

function advance(counters: Counters, certificate: Certificate, selfIssued: boolean): void {
  const { policyConstraints, inhibitAnyPolicy } = certificate.decoded;
  const step = selfIssued ? 0 : 1;
  const lower = (current: number, stated: number | undefined): number => Math.min(Math.max(current - step, 0), stated ?? Infinity);
  counters.explicitPolicy = lower(counters.explicitPolicy, policyConstraints?.requireExplicitPolicy);
  counters.policyMapping = lower(counters.policyMapping, policyConstraints?.inhibitPolicyMapping);
  counters.inhibitAny = lower(counters.inhibitAny, inhibitAnyPolicy);
}

/** Whether a policy of the user's set survives: walks from the last level up to where each chain began at anyPolicy (RFC 9618 section 5.4). */
function userPolicyValid(levels: readonly Level[], userPolicies: ReadonlySet<string>): boolean {
  const last = levels.at(-1);
  if (last === undefined) return false;
  if (userPolicies.has(ANY_POLICY)) return last.hasAny || last.nodes.size > 0;
  if (last.hasAny && userPolicies.size > 0) return true;
  let reachable = new Set(last.nodes.keys());
  for (let index = levels.length - 1; index >= 0 && reachable.size > 0; index--) {
    const above = new Set<string>();
    for (const policy of reachable) {
      const node = levels[index]?.nodes.get(policy);
      if (node?.fromAny === true && userPolicies.has(policy)) return true;
      for (const parent of node?.parents ?? []) above.add(parent);
    }
    reachable = above;
  }
  return false;
}

function cost(certificate: Certificate): number {
  return 1 + (certificate.decoded.policies?.policies.length ?? 0) + (certificate.decoded.policyMappings?.length ?? 0);
}

function mapsAny(certificate: Certificate): boolean {
  return certificate.decoded.policyMappings?.some((mapping) => mapping.issuer === ANY_POLICY || mapping.subject === ANY_POLICY) ?? false;
}

/** Runs policy processing (RFC 5280 section 6.1 as updated by RFC 9618) over a path given from anchor to leaf. The anchor's own policies and constraints count when it has any. */
export function checkPolicies(anchorToLeaf: readonly Certificate[], demand: PolicyDemand, isSelfIssued: (certificate: Certificate) => boolean, budget: PolicyBudget): PolicyVerdict {
  if (anchorToLeaf.some(mapsAny)) return "mapping-any";
  if (!isRelevant(anchorToLeaf, demand)) return "satisfied";
  const count = anchorToLeaf.length;
  const counters: Counters = {
    explicitPolicy: demand.requireExplicitPolicy === true ? 0 : count + 1,
    policyMapping: demand.inhibitPolicyMapping === true ? 0 : count + 1,
    inhibitAny: demand.inhibitAnyPolicy === true ? 0 : count + 1,
  };
  let level: Level = { nodes: new Map(), hasAny: true };
  const levels: Level[] = [];
  for (const [index, certificate] of anchorToLeaf.entries()) {
    const isAnchor = index === 0 && count > 1;
    const isLast = index === count - 1;
    const selfIssued = isSelfIssued(certificate);
    budget.policies -= cost(certificate) + level.nodes.size;
    if (budget.policies < 0) return "limit";
    // An anchor that lists no policies restricts nothing: it is not part of the path proper.
    if (!isAnchor || certificate.decoded.policies !== undefined) {
      applyPolicies(level, certificate, counters.inhibitAny > 0 || (!isLast && selfIssued));
    }
    levels.push(level);
    const empty = !level.hasAny && level.nodes.size === 0;
    if (!isAnchor && counters.explicitPolicy === 0 && empty) return "not-satisfied";
    if (!isLast) {
      level = nextLevel(level, certificate, counters.policyMapping > 0);
      advance(counters, certificate, selfIssued || isAnchor);
    }
  }
  return leafVerdict(anchorToLeaf.at(-1), counters, levels, demand);
}

/** The wrap-up of RFC 5280 section 6.1.5. */
function leafVerdict(leaf: Certificate | undefined, counters: Counters, levels: readonly Level[], demand: PolicyDemand): PolicyVerdict {
  const stated = leaf?.decoded.policyConstraints?.requireExplicitPolicy;
  const explicit = stated === 0 ? 0 : Math.max(counters.explicitPolicy - 1, 0);
  if (explicit > 0) return "satisfied";
  return userPolicyValid(levels, new Set(demand.initialPolicySet ?? [ANY_POLICY])) ? "satisfied" : "not-satisfied";
}

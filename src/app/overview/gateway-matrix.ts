import { singletonId } from "../../model/ids.ts";
import { compareText } from "../../model/compare-text.ts";
import type { GatewayMatrix, GatewayMatrixCell, GatewayMatrixRow } from "../../model/overview.ts";
import type { SubjectIndex, SubjectRef } from "../../model/subject.ts";
import { firstFew, readFact, refTo } from "./read-fact.ts";

/** Forty pools in fifty plans. */
const rowLimit = 2000;
const notReadLimit = 50;
const rowNotReadLimit = 10;

function byName(a: SubjectRef, b: SubjectRef): number {
  return compareText(a.name, b.name) || compareText(a.id, b.id);
}

/** The SIP dial plans of all organisations; one of which it is not known which kind it is may be one. */
function sipPlans(subjects: SubjectIndex, notRead: Set<string>): readonly SubjectRef[] {
  const organizations = readFact(subjects, "deployment", singletonId.deployment, "exchangeOrganizations", notRead) ?? subjects.all("exchangeOrganization").map(({ id }) => id);
  for (const id of organizations) readFact(subjects, "exchangeOrganization", id, "dialPlans", notRead);
  return subjects
    .all("umDialPlan")
    .filter(({ id }) => readFact(subjects, "umDialPlan", id, "uriType", notRead) === "SipName")
    .map(({ id }) => refTo(subjects, "umDialPlan", id))
    .toSorted(byName);
}

function allPools(subjects: SubjectIndex, notRead: Set<string>): readonly SubjectRef[] {
  const deployments = readFact(subjects, "deployment", singletonId.deployment, "lyncDeployments", notRead) ?? subjects.all("lyncDeployment").map(({ id }) => id);
  for (const id of deployments) readFact(subjects, "lyncDeployment", id, "pools", notRead);
  return subjects
    .all("lyncPool")
    .map(({ id }) => refTo(subjects, "lyncPool", id))
    .toSorted(byName);
}

/** What a reading comes to, and whether nothing was missing. */
function whole<T>(notRead: Set<string>, read: (own: Set<string>) => T): { readonly value: T; readonly complete: boolean } {
  const own = new Set<string>();
  const value = read(own);
  for (const sentence of own) notRead.add(sentence);
  return { value, complete: own.size === 0 };
}

function cellOf(subjects: SubjectIndex, id: string, plan: string, notRead: Set<string>): GatewayMatrixCell {
  const linked = whole(notRead, (own) => (readFact(subjects, "umIpGateway", id, "huntGroups", own) ?? []).filter((group) => readFact(subjects, "umHuntGroup", group, "dialPlan", own) === plan));
  const huntGroups = linked.value.map((group) => {
    const { value: pilot, complete: pilotRead } = whole(notRead, (own) => readFact(subjects, "umHuntGroup", group, "pilotIdentifier", own));
    return { huntGroup: refTo(subjects, "umHuntGroup", group), ...(pilot === undefined ? {} : { pilot }), pilotRead };
  });
  const status = readFact(subjects, "umIpGateway", id, "status", notRead);
  const outcalls = readFact(subjects, "umIpGateway", id, "outcallsAllowed", notRead);
  const messageWaiting = readFact(subjects, "umIpGateway", id, "mwiAllowed", notRead);
  return {
    gateway: refTo(subjects, "umIpGateway", id),
    huntGroups: huntGroups.toSorted((a, b) => byName(a.huntGroup, b.huntGroup)),
    huntGroupsRead: linked.complete,
    ...(status === undefined ? {} : { status }),
    ...(outcalls === undefined ? {} : { outcalls }),
    ...(messageWaiting === undefined ? {} : { messageWaiting }),
  };
}

function rowOf(subjects: SubjectIndex, pool: SubjectRef, dialPlan: SubjectRef): GatewayMatrixRow {
  const notRead = new Set<string>();
  const all = readFact(subjects, "lyncPool", pool.id, "gateways", notRead);
  const organization = readFact(subjects, "umDialPlan", dialPlan.id, "organization", notRead);
  // A gateway belongs to the organisation of the dial plan, or cannot be linked to it.
  const gateways = (all ?? []).filter((id) => organization === undefined || readFact(subjects, "umIpGateway", id, "organization", notRead) === organization);
  const cells = gateways.map((id) => cellOf(subjects, id, dialPlan.id, notRead));
  const forest = readFact(subjects, "umDialPlan", dialPlan.id, "forest", notRead) ?? "";
  return { pool, dialPlan, forest, gateways: cells.toSorted((a, b) => byName(a.gateway, b.gateway)), gatewaysRead: all !== undefined, notRead: firstFew(notRead, rowNotReadLimit) };
}

/** Which gateway, hunt group and pilot identifier each pool has in each SIP dial plan. `subjects` have their derived facts. */
export function gatewayMatrixOf(subjects: SubjectIndex): GatewayMatrix {
  const notRead = new Set<string>();
  const plans = sipPlans(subjects, notRead);
  const pools = allPools(subjects, notRead);
  const total = pools.length * plans.length;
  const rows: GatewayMatrixRow[] = [];
  for (const pool of pools) {
    for (const plan of plans) if (rows.length < rowLimit) rows.push(rowOf(subjects, pool, plan));
  }
  if (total > rowLimit) notRead.add(`Only ${rowLimit} of ${total} rows are shown: there are ${pools.length} pools and ${plans.length} SIP dial plans.`);
  return { rows, notRead: firstFew(notRead, notReadLimit) };
}

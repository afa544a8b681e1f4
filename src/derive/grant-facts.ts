import { singletonId } from "../model/ids.ts";
import type { RecordValue } from "../model/kinds.ts";
import { known, type Observation } from "../model/observation.ts";
import { allOf, chained, derivedSource, joined, mapped } from "./combine.ts";
import { everybody, judgedFor, type Grantee } from "./grant-trustees.ts";
import type { DerivedWorld } from "./world.ts";

type Ace = RecordValue<"Ace">;

/** Trustees of ExchUCUtil.ps1, in lower case: sAMAccountName is compared without regard to case. */
const trustees = ["rtcuniversalserveradmins", "rtccomponentuniversalservices"];
const listChildren = 0x4;
const readProperty = 0x10;
const genericRead = 0x80000000;
const genericAll = 0x10000000;

/** Rights that the script grants, by container; those on containers of plans and auto attendants are inherited by what is below. */
const grants: Readonly<Record<string, { readonly mask: number; readonly inherited: boolean }>> = {
  organization: { mask: listChildren, inherited: false },
  dialPlans: { mask: listChildren | readProperty, inherited: true },
  autoAttendants: { mask: listChildren | readProperty, inherited: true },
};

/** Access mask with generic rights spelt out for directory objects ([MS-ADTS] 5.1.3.2). */
function rightsOf(mask: number): number {
  const unsigned = mask >>> 0;
  const read = (unsigned & genericRead) !== 0 ? listChildren | readProperty : 0;
  return unsigned | read | ((unsigned & genericAll) !== 0 ? 0xff : 0);
}

/** Whether an entry speaks of a trustee, on the container itself or on what is below it. */
function concerns(ace: Ace, sid: string, forChildren: boolean): boolean {
  const applies = forChildren ? ace.containerInherit && !ace.noPropagate : !ace.inheritOnly;
  return applies && (ace.trusteeSid === sid || (!ace.allow && everybody.includes(ace.trusteeSid)));
}

/** Rights of `wanted` that the DACL gives to one trustee by name, in stored order; object-specific entries do not count, as they cover single properties (see {@link limitedRights} for denials). */
function granted(aces: readonly Ace[], sid: string, wanted: number, forChildren: boolean): number {
  let allowed = 0;
  let denied = 0;
  for (const ace of aces) {
    if (!concerns(ace, sid, forChildren) || ace.objectType !== undefined || (forChildren && ace.inheritedObjectType !== undefined)) continue;
    const rights = rightsOf(ace.mask) & wanted;
    if (ace.allow) allowed |= rights & ~denied;
    else denied |= rights & ~allowed;
  }
  return allowed;
}

/** What a denial is limited to, as GUIDs: properties, property sets, or children of a class. */
interface Limit {
  readonly objectType: string | undefined;
  readonly inheritedObjectType: string | undefined;
}

/** Whether an entry concerns objects to which a limited denial applies: one without limits, or with the same. */
function within(ace: Ace, { objectType, inheritedObjectType }: Limit): boolean {
  return (ace.objectType === undefined || ace.objectType === objectType) && (ace.inheritedObjectType === undefined || ace.inheritedObjectType === inheritedObjectType);
}

/** Rights of `wanted` that the DACL denies for what a limit names, before it allows them. */
function deniedWithin(aces: readonly Ace[], sid: string, wanted: number, forChildren: boolean, limit: Limit): number {
  let allowed = 0;
  let denied = 0;
  for (const ace of aces) {
    if (!concerns(ace, sid, forChildren) || !within(ace, limit)) continue;
    const rights = rightsOf(ace.mask) & wanted;
    if (ace.allow) allowed |= rights & ~denied;
    else denied |= rights & ~allowed;
  }
  return denied;
}

/** Rights that hold but for what a denial singles out. */
function limitedRights(aces: readonly Ace[], sid: string, wanted: number, forChildren: boolean): string[] {
  const limits = new Map(aces.filter((ace) => !ace.allow && concerns(ace, sid, forChildren) && (ace.objectType ?? ace.inheritedObjectType) !== undefined).map((ace) => [`${ace.objectType} ${ace.inheritedObjectType}`, ace]));
  return [...limits.values()].flatMap((limit) => {
    const names = rightNames(deniedWithin(aces, sid, wanted, forChildren, { objectType: limit.objectType, inheritedObjectType: limit.inheritedObjectType }));
    const what = limit.objectType === undefined ? "" : ` ${limit.objectType}`;
    const where = forChildren ? " on objects below" : "";
    return names.map((name) => `${name}${what}${where}${limit.inheritedObjectType === undefined ? "" : ` of class ${limit.inheritedObjectType}`}`);
  });
}

function rightNames(mask: number): string[] {
  return [...((mask & listChildren) !== 0 ? ["list children"] : []), ...((mask & readProperty) !== 0 ? ["read property"] : [])];
}

interface Group extends Grantee {
  readonly name: string;
  readonly forest: string;
}

/** The trustees' groups of all Lync forests, and groups of the Exchange forest with the same names. */
function groupsOf(world: DerivedWorld, forests: Observation<readonly string[]>): Observation<readonly Group[]> {
  const ids = chained(forests, (list) => joined(list.map((forest) => world.read("forest", forest, "groups"))));
  return chained(ids, (list) => {
    const fields = list.map((id) => allOf([world.read("securityGroup", id, "name"), world.read("securityGroup", id, "sid"), world.read("securityGroup", id, "forest")]));
    return mapped(allOf(fields), (rows) => rows.map(([name = "", sid = "", forest = ""], at) => ({ name, sid, forest, universalGroups: world.read("securityGroup", list[at] ?? "", "universalGroups") })).filter(({ name }) => trustees.includes(name.toLowerCase())));
  });
}

type Judge = (aces: readonly Ace[], grant: { readonly mask: number; readonly inherited: boolean }, sid: string) => string[];

function missingRights(aces: readonly Ace[], { mask, inherited }: Parameters<Judge>[1], sid: string): string[] {
  const own = granted(aces, sid, mask, false);
  const below = inherited ? granted(aces, sid, mask, true) : mask;
  return [...rightNames(mask & ~own), ...rightNames(mask & ~below).map((name) => `${name} on objects below`)];
}

function rightsWithLimits(aces: readonly Ace[], { mask, inherited }: Parameters<Judge>[1], sid: string): string[] {
  return [...limitedRights(aces, sid, mask, false), ...(inherited ? limitedRights(aces, sid, mask, true) : [])];
}

/** The rights that a judge finds wanting on one container, group by group; unknown where membership in a trustee decides and was not read. */
function wanting(world: DerivedWorld, id: string, lyncGroups: Observation<readonly Group[]>, judge: Judge): Observation<readonly RecordValue<"MissingGrant">[]> {
  const [aces, role, dn, trusted] = [world.read("exchangeContainer", id, "aces"), world.read("exchangeContainer", id, "role"), world.read("exchangeContainer", id, "dn"), world.read("exchangeContainer", id, "trusteeGroups")];
  return chained(aces, (list) => chained(role, (which) => chained(dn, (container) => chained(lyncGroups, (groups) => {
    const grant = grants[which];
    if (grant === undefined) return known([], derivedSource);
    const judged = groups.map((group) => mapped(judgedFor(list, group, trusted, (seen) => judge(seen, grant, group.sid)), (rights) => ({ group: `${group.forest}\\${group.name}`, container, rights })));
    return mapped(allOf(judged), (all) => all.filter(({ rights }) => rights.length > 0));
  }))));
}

/** Which of exchucutil's grants are missing, and whether same-named groups of the Exchange forest hold them instead (keys perm.exch-read, perm.exch-read-forest). */
export function deriveGrants(world: DerivedWorld): void {
  const lyncForests = world.read("deployment", singletonId.deployment, "lyncForests");
  const lyncGroups = groupsOf(world, lyncForests);
  for (const { id } of world.all("exchangeContainer")) {
    const aces = world.read("exchangeContainer", id, "aces");
    world.state("exchangeContainer", id, "missingGrants", wanting(world, id, lyncGroups, missingRights));
    world.state("exchangeContainer", id, "limitedGrants", wanting(world, id, lyncGroups, rightsWithLimits));
    const forest = chained(world.read("exchangeContainer", id, "organization"), (org) => world.read("exchangeOrganization", org, "forest"));
    const local = chained(forest, (name) => groupsOf(world, chained(lyncForests, (list) => known(list.includes(name) ? [] : [name], derivedSource))));
    world.state("exchangeContainer", id, "localNamesakes", chained(aces, (list) => mapped(local, (groups) => groups.filter(({ sid }) => granted(list, sid, listChildren | readProperty, false) !== 0).map(({ name, forest }) => `${forest}\\${name}`))));
  }
}

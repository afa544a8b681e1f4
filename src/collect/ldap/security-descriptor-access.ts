import type { Ace, SecurityDescriptor } from "./security-descriptor.ts";

/** Rights of directory objects ([MS-ADTS] 5.1.3.2). */
export const directoryRights = {
  createChild: 0x1,
  deleteChild: 0x2,
  listChildren: 0x4,
  self: 0x8,
  readProperty: 0x10,
  writeProperty: 0x20,
  deleteTree: 0x40,
  listObject: 0x80,
  controlAccess: 0x100,
  delete: 0x10000,
  readControl: 0x20000,
  writeDacl: 0x40000,
  writeOwner: 0x80000,
} as const;

/** The verdict on a request for access; `unknown` where entries with conditions, or of unknown types, could tip it. */
export type AccessVerdict = "granted" | "denied" | "unknown";

/** Who asks for what. */
export interface AccessRequest {
  /** SIDs of the account and of all its groups, with the well-known ones that it carries (S-1-1-0 Everyone, S-1-5-11 Authenticated Users …). */
  readonly sids: ReadonlySet<string>;
  /** All of these rights; see {@link directoryRights}. */
  readonly rights: number;
  /** What the rights are about, lower case: an attribute's schemaIDGUID and its property set, a child class, an extended right. Empty: the object as a whole. */
  readonly objectTypes?: readonly string[];
  /** Look at what children of a class would inherit instead of at the object itself; `class` is its schemaIDGUID, undefined for any class. */
  readonly inheritedBy?: { readonly class: string | undefined };
  /** SID of the object itself, for entries that name S-1-5-10 (Principal Self). */
  readonly selfSid?: string;
}

const inheritFlags = { container: 0x2, inheritOnly: 0x8 } as const;
const ownerRights = "S-1-3-4";
const principalSelf = "S-1-5-10";
const implicitOwnerRights = directoryRights.readControl | directoryRights.writeDacl;

function concerns(ace: Ace, request: AccessRequest): boolean {
  const { inheritedBy } = request;
  if (inheritedBy === undefined) {
    return (ace.flags & inheritFlags.inheritOnly) === 0;
  }
  return (ace.flags & inheritFlags.container) !== 0 && (ace.inheritedObjectType === undefined || ace.inheritedObjectType === inheritedBy.class);
}

function names(ace: Ace, request: AccessRequest, isOwner: boolean): boolean {
  const { sid } = ace;
  if (sid === undefined || request.sids.has(sid)) {
    return true;
  }
  return (sid === principalSelf && request.selfSid !== undefined && request.sids.has(request.selfSid)) || (sid === ownerRights && isOwner);
}

/** The rights that an entry can give or take for this request; an entry limited to something else has none. */
function reach(ace: Ace, request: AccessRequest): number {
  return ace.objectType === undefined || (request.objectTypes ?? []).includes(ace.objectType) ? ace.mask : 0;
}

/** What an entry does when everything in doubt turns out for (`favourable`) or against the request. */
function effectWhen(ace: Ace, favourable: boolean): "allow" | "deny" | "none" {
  if (ace.effect === "unknown") {
    return favourable ? "allow" : "deny";
  }
  return ace.isConditional && (ace.effect === "allow") !== favourable ? "none" : ace.effect;
}

/** Walks the entries in stored order and says whether every right is allowed. */
function walk(dacl: readonly Ace[], request: AccessRequest, isOwner: boolean, favourable: boolean): boolean {
  const ownerIsLimited = dacl.some((ace) => ace.sid === ownerRights && (ace.flags & inheritFlags.inheritOnly) === 0);
  let remaining = isOwner && !ownerIsLimited && request.inheritedBy === undefined ? request.rights & ~implicitOwnerRights : request.rights;
  for (const ace of dacl) {
    const effect = effectWhen(ace, favourable);
    const rights = concerns(ace, request) && names(ace, request, isOwner) ? reach(ace, request) & remaining : 0;
    if (effect === "deny" && rights !== 0) {
      return false;
    }
    remaining = effect === "allow" ? remaining & ~rights : remaining;
  }
  return remaining === 0;
}

/**
 * The access check of Windows ([MS-DTYP] 2.5.3.2) for one leaf of the object tree: entries in stored order, the first that allows or denies a right decides it,
 * inherit-only entries are skipped, a NULL DACL grants all, what nothing allows is denied. Privileges and restricted tokens are not considered.
 */
export function checkAccess(descriptor: SecurityDescriptor, request: AccessRequest): AccessVerdict {
  if (descriptor.dacl === undefined) {
    return "granted";
  }
  const isOwner = descriptor.owner !== undefined && request.sids.has(descriptor.owner);
  const favourable = walk(descriptor.dacl, request, isOwner, true);
  const adverse = walk(descriptor.dacl, request, isOwner, false);
  return favourable === adverse ? (favourable ? "granted" : "denied") : "unknown";
}

import { guidToText } from "./decode-guid.ts";
import { readSid } from "./decode-sid.ts";

/** What an ACE does; `unknown` for types whose layout is not known, `none` for those that only belong in a SACL. */
export type AceEffect = "allow" | "deny" | "unknown" | "none";

/** One access control entry of a DACL. */
export interface Ace {
  readonly effect: AceEffect;
  /** A callback type: it has its effect only if a condition holds, which is not evaluated here. */
  readonly isConditional: boolean;
  /** Type as stored ([MS-DTYP] 2.4.4.1). */
  readonly type: number;
  /** Flags as stored: 0x2 container inherit, 0x4 no propagate, 0x8 inherit only, 0x10 inherited. */
  readonly flags: number;
  /** Access mask with generic rights already mapped to those of directory objects. */
  readonly mask: number;
  /** Trustee; undefined where the type is not understood, which then may concern anybody. */
  readonly sid: string | undefined;
  /** Attribute, property set, class or extended right that the entry is limited to. */
  readonly objectType: string | undefined;
  /** Class of objects that inherit the entry. */
  readonly inheritedObjectType: string | undefined;
}

/** A security descriptor without its SACL. `dacl` undefined is a NULL DACL, which grants everything to everybody. */
export interface SecurityDescriptor {
  readonly owner: string | undefined;
  readonly group: string | undefined;
  readonly dacl: readonly Ace[] | undefined;
  /** Inheritance from the parent is blocked (SE_DACL_PROTECTED). */
  readonly isProtected: boolean;
}

const controlDaclPresent = 0x0004;
const controlDaclProtected = 0x1000;
const controlSelfRelative = 0x8000;
const objectTypePresent = 0x1;
const inheritedObjectTypePresent = 0x2;

/** Generic rights of directory objects ([MS-ADTS] 5.1.3.2, [MS-DTYP] 2.4.3). */
const genericRights: readonly (readonly [generic: number, specific: number])[] = [
  [0x80000000, 0x20094],
  [0x40000000, 0x20028],
  [0x20000000, 0x20004],
  [0x10000000, 0xf01ff],
];

function mapGeneric(mask: number): number {
  return genericRights.reduce((mapped, [generic, specific]) => ((mask & generic) === 0 ? mapped : mapped | specific), mask & 0x0fffffff);
}

/** Effects by ACE type: 0, 1 plain, 5, 6 object, 9 to 12 the same with a condition; 2, 3, 7, 8 and 13 to 17 belong in a SACL. */
function effectOf(type: number): AceEffect {
  switch (type) {
    case 0x00:
    case 0x05:
    case 0x09:
    case 0x0b:
      return "allow";
    case 0x01:
    case 0x06:
    case 0x0a:
    case 0x0c:
      return "deny";
    case 0x02:
    case 0x03:
    case 0x07:
    case 0x08:
    case 0x0d:
    case 0x0e:
    case 0x0f:
    case 0x10:
    case 0x11:
      return "none";
    default:
      return "unknown";
  }
}

function readAce(bytes: Buffer): Ace | undefined {
  const type = bytes.readUInt8(0);
  const effect = effectOf(type);
  const base = { effect, isConditional: type >= 0x09 && type <= 0x0c, type, flags: bytes.readUInt8(1) };
  const isObject = [0x05, 0x06, 0x0b, 0x0c].includes(type);
  if (effect === "none" || effect === "unknown") {
    return { ...base, mask: effect === "none" ? 0 : 0x0fffffff, sid: undefined, objectType: undefined, inheritedObjectType: undefined };
  }
  if (bytes.length < (isObject ? 12 : 8)) {
    return undefined;
  }
  const present = isObject ? bytes.readUInt32LE(8) : 0;
  let at = isObject ? 12 : 8;
  const guidIf = (bit: number): string | undefined => {
    if ((present & bit) === 0) {
      return undefined;
    }
    at += 16;
    return guidToText(bytes.subarray(at - 16, at));
  };
  const objectType = guidIf(objectTypePresent);
  const inheritedObjectType = guidIf(inheritedObjectTypePresent);
  const sid = at < bytes.length ? readSid(bytes.subarray(at)) : undefined;
  return sid === undefined ? undefined : { ...base, mask: mapGeneric(bytes.readUInt32LE(4)), sid: sid.text, objectType, inheritedObjectType };
}

/** The entries of an ACL in stored order ([MS-DTYP] 2.4.5); undefined when sizes do not fit: half a list may lack the entry that denies. */
function readAcl(bytes: Buffer): readonly Ace[] | undefined {
  if (bytes.length < 8 || (bytes[0] !== 2 && bytes[0] !== 4)) {
    return undefined;
  }
  const size = bytes.readUInt16LE(2);
  const count = bytes.readUInt16LE(4);
  const aces: Ace[] = [];
  let at = 8;
  while (aces.length < count) {
    const length = at + 4 <= size && at + 4 <= bytes.length ? bytes.readUInt16LE(at + 2) : 0;
    const ace = length >= 4 && at + length <= Math.min(size, bytes.length) ? readAce(bytes.subarray(at, at + length)) : undefined;
    if (ace === undefined) {
      return undefined;
    }
    aces.push(ace);
    at += length;
  }
  return aces;
}

/** Parses nTSecurityDescriptor in self-relative form ([MS-DTYP] 2.4.6); undefined when anything does not fit. */
export function parseSecurityDescriptor(bytes: Buffer): SecurityDescriptor | undefined {
  if (bytes.length < 20 || bytes[0] !== 1) {
    return undefined;
  }
  const control = bytes.readUInt16LE(2);
  const [ownerAt, groupAt, daclAt] = [bytes.readUInt32LE(4), bytes.readUInt32LE(8), bytes.readUInt32LE(16)];
  if ((control & controlSelfRelative) === 0 || [ownerAt, groupAt, daclAt].some((at) => at !== 0 && (at < 20 || at >= bytes.length))) {
    return undefined;
  }
  const owner = ownerAt === 0 ? undefined : readSid(bytes.subarray(ownerAt));
  const group = groupAt === 0 ? undefined : readSid(bytes.subarray(groupAt));
  const hasDacl = (control & controlDaclPresent) !== 0 && daclAt !== 0;
  const dacl = hasDacl ? readAcl(bytes.subarray(daclAt)) : undefined;
  if ((ownerAt !== 0 && owner === undefined) || (groupAt !== 0 && group === undefined) || (hasDacl && dacl === undefined)) {
    return undefined;
  }
  return { owner: owner?.text, group: group?.text, dacl, isProtected: (control & controlDaclProtected) !== 0 };
}

import type { Ace } from "./access-control.ts";
import { guidBytes, sidBytes } from "./identifiers.ts";

/** Parts of a security descriptor, as the SD flags control counts them. */
export const descriptorPart = { owner: 1, group: 2, dacl: 4, sacl: 8 } as const;

const selfRelative = 0x8000;
const daclPresent = 0x4;
const daclAutoInherited = 0x400;
const daclProtected = 0x1000;

function encodeAce(ace: Ace): Buffer {
  const object = ace.objectType === undefined ? undefined : guidBytes(ace.objectType);
  const inherited = ace.inheritedObjectType === undefined ? undefined : guidBytes(ace.inheritedObjectType);
  const special = object !== undefined || inherited !== undefined;
  const present = Buffer.alloc(special ? 4 : 0);
  if (special) present.writeUInt32LE((object === undefined ? 0 : 1) | (inherited === undefined ? 0 : 2));
  const mask = Buffer.alloc(4);
  mask.writeUInt32LE(ace.mask);
  const body = Buffer.concat([mask, present, object ?? Buffer.alloc(0), inherited ?? Buffer.alloc(0), sidBytes(ace.sid) ?? Buffer.alloc(0)]);
  const header = Buffer.alloc(4);
  header[0] = (ace.type === "allow" ? 0 : 1) + (special ? 5 : 0);
  header[1] = ace.flags;
  header.writeUInt16LE(4 + body.length, 2);
  return Buffer.concat([header, body]);
}

function encodeAcl(aces: readonly Ace[]): Buffer {
  const body = Buffer.concat(aces.map(encodeAce));
  const header = Buffer.alloc(8);
  header[0] = 4; // the revision that allows object entries
  header.writeUInt16LE(8 + body.length, 2);
  header.writeUInt16LE(aces.length, 4);
  return Buffer.concat([header, body]);
}

/** Encodes the asked-for parts in self-relative form ([MS-DTYP] section 2.4.6); the lab keeps no system list. */
export function encodeDescriptor(owner: string, aces: readonly Ace[], isProtected: boolean, parts: number): Buffer {
  const ownerBytes = (parts & descriptorPart.owner) === 0 ? Buffer.alloc(0) : (sidBytes(owner) ?? Buffer.alloc(0));
  const groupBytes = (parts & descriptorPart.group) === 0 ? Buffer.alloc(0) : (sidBytes(owner) ?? Buffer.alloc(0));
  const withDacl = (parts & descriptorPart.dacl) !== 0;
  const dacl = withDacl ? encodeAcl(aces) : Buffer.alloc(0);
  const header = Buffer.alloc(20);
  header[0] = 1;
  header.writeUInt16LE(selfRelative | (withDacl ? daclPresent | daclAutoInherited | (isProtected ? daclProtected : 0) : 0), 2);
  let offset = header.length;
  for (const [at, part] of [[4, ownerBytes], [8, groupBytes], [16, dacl]] as const) {
    header.writeUInt32LE(part.length === 0 ? 0 : offset, at);
    offset += part.length;
  }
  return Buffer.concat([header, ownerBytes, groupBytes, dacl]);
}

import { sidFromText } from "../../../src/collect/ldap/decode-sid.ts";

/** An ACE to encode; object types make it an object ACE only when `type` is one. */
export interface AceFields {
  readonly type: number;
  readonly mask: number;
  readonly sid: string;
  readonly flags?: number;
  readonly objectType?: string;
  readonly inheritedObjectType?: string;
  readonly trailing?: Buffer;
}

/** A GUID as Active Directory stores it: the first three fields little-endian. */
function guidBytes(text: string): Buffer {
  const bytes = Buffer.from(text.replaceAll("-", ""), "hex");
  bytes.subarray(0, 4).reverse();
  bytes.subarray(4, 6).reverse();
  bytes.subarray(6, 8).reverse();
  return bytes;
}

const bytesOf = (value: Buffer | undefined): Buffer => value ?? Buffer.alloc(0);

/** One ACE as bytes. */
export function ace(fields: AceFields): Buffer {
  const isObject = [0x05, 0x06, 0x0b, 0x0c].includes(fields.type);
  const head = Buffer.alloc(isObject ? 12 : 8);
  head.writeUInt8(fields.type, 0);
  head.writeUInt8(fields.flags ?? 0, 1);
  head.writeUInt32LE(fields.mask >>> 0, 4);
  if (isObject) {
    head.writeUInt32LE((fields.objectType === undefined ? 0 : 1) | (fields.inheritedObjectType === undefined ? 0 : 2), 8);
  }
  const whole = Buffer.concat([head, guidBytes(fields.objectType ?? ""), guidBytes(fields.inheritedObjectType ?? ""), bytesOf(sidFromText(fields.sid)), bytesOf(fields.trailing)]);
  whole.writeUInt16LE(whole.length, 2);
  return whole;
}

/** A self-relative security descriptor; `aces` undefined gives a NULL DACL. */
export function descriptor(aces: readonly Buffer[] | undefined, options: { readonly owner?: string; readonly control?: number } = {}): Buffer {
  const owner = bytesOf(sidFromText(options.owner ?? "S-1-5-32-544"));
  const head = Buffer.alloc(20);
  head.writeUInt8(1, 0);
  head.writeUInt16LE(options.control ?? 0x8004, 2);
  head.writeUInt32LE(20, 4);
  head.writeUInt32LE(20, 8);
  if (aces === undefined) {
    return Buffer.concat([head, owner]);
  }
  head.writeUInt32LE(20 + owner.length, 16);
  const acl = Buffer.alloc(8);
  acl.writeUInt8(4, 0);
  acl.writeUInt16LE(8 + aces.reduce((sum, one) => sum + one.length, 0), 2);
  acl.writeUInt16LE(aces.length, 4);
  return Buffer.concat([head, owner, acl, ...aces]);
}

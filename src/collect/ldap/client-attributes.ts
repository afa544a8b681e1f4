import type { AttributeValue, Entry, ReadFailure } from "./client-contract.ts";
import type { EntryMessage } from "./client-messages.ts";
import { parseExtendedDn } from "./decode-extended-dn.ts";

/** A part of an attribute with many values ([MS-ADTS] 3.1.1.3.1.3.3); `last` is undefined for the final part (`*`). */
export interface RangePart {
  readonly name: string;
  readonly first: number;
  readonly last: number | undefined;
  readonly values: readonly AttributeValue[];
}

/** An entry whose attributes may still lack their later parts. */
export interface PartialEntry {
  readonly entry: Entry;
  readonly ranges: readonly RangePart[];
}

/** Attributes with octet string or SID syntax that a scan meets: bytes that happen to be UTF-8 must not turn them into text. */
const binaryNames: ReadonlySet<string> = new Set(
  [
    "objectGUID", "objectSid", "sIDHistory", "nTSecurityDescriptor", "tokenGroups", "tokenGroupsNoGCAcceptable", "tokenGroupsGlobalAndUniversal",
    "schemaIDGUID", "attributeSecurityGUID", "securityIdentifier", "msDS-TrustForestTrustInfo", "invocationId", "mS-DS-ConsistencyGuid", "mS-DS-CreatorSID",
    "msExchMailboxGuid", "msExchArchiveGUID", "msExchMasterAccountSid", "msExchUMPinChecksum", "msExchMailboxSecurityDescriptor", "msExchUMSpokenName",
    "msRTCSIP-OriginatorSid", "msRTCSIP-UserRoutingGroupId", "userCertificate", "cACertificate", "userSMIMECertificate", "thumbnailPhoto", "jpegPhoto",
  ].map((name) => name.toLowerCase()),
);

/** Decisions kept of one request; beyond it a server that invents names costs time only. */
const maxDecided = 1000;

function nameOf(description: string): string {
  const options = description.indexOf(";");
  return (options < 0 ? description : description.slice(0, options)).toLowerCase();
}

/** Decides which attributes stay bytes: the known binary ones, those of `names` in whatever spelling, and everything with the option `;binary`. */
export function binaryTest(names: readonly string[]): (description: string) => boolean {
  const asked = new Set(names.map(nameOf));
  const decided = new Map<string, boolean>();
  return (description) => {
    const known = decided.get(description);
    if (known !== undefined) {
      return known;
    }
    const name = nameOf(description);
    const isBinary = binaryNames.has(name) || asked.has(name) || /;binary(;|$)/i.test(description);
    if (decided.size < maxDecided) {
      decided.set(description, isBinary);
    }
    return isBinary;
  };
}

/** The range option of an attribute description, if it has one. */
export function parseRange(description: string): { readonly first: number; readonly last: number | undefined } | undefined {
  const match = /;range=(\d{1,9})-(\d{1,9}|\*)(?:;|$)/i.exec(description);
  return match === null ? undefined : { first: Number(match[1]), last: match[2] === "*" ? undefined : Number(match[2]) };
}

/** Sorts the attributes of an entry by lower-case name and sets the ranged ones apart. */
export function readEntryMessage(message: EntryMessage, extendedDn: boolean): PartialEntry {
  const attributes = new Map<string, AttributeValue[]>();
  const ranges: RangePart[] = [];
  for (const { description, values } of message.attributes) {
    const name = nameOf(description);
    const range = description.includes(";") ? parseRange(description) : undefined;
    if (range?.last !== undefined) {
      ranges.push({ name, ...range, values });
    }
    // Active Directory sends an empty `member` beside the ranged one.
    if (values.length > 0) {
      const known = attributes.get(name);
      attributes.set(name, known === undefined ? [...values] : known.concat(values));
    }
  }
  const parsed = extendedDn ? parseExtendedDn(message.dn) : undefined;
  const { dn, guid, sid } = { dn: message.dn, ...parsed };
  return { entry: { dn, ...(guid === undefined ? {} : { guid }), ...(sid === undefined ? {} : { sid }), attributes, truncated: new Map() }, ranges };
}

/** The entry with the values of one attribute replaced, and marked as truncated when `failure` says why more could not be had. */
export function withValues(entry: Entry, name: string, values: readonly AttributeValue[], failure: ReadFailure | undefined): Entry {
  return {
    ...entry,
    attributes: new Map([...entry.attributes, [name, values]]),
    truncated: failure === undefined ? entry.truncated : new Map([...entry.truncated, [name, failure]]),
  };
}

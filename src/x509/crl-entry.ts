import { atEnd, contentOf, DerError, finish, into, optional, take, TAG, type Element } from "./der.ts";
import { booleanOf, sameBytes } from "./der-values.ts";
import { parseExtensions, sequenceValue, soleElement, type Extension } from "./extensions.ts";
import { parseGeneralNames } from "./general-name.ts";
import { EXTENSION } from "./oids.ts";

/** CRLReason values by number (RFC 5280 section 5.3.1). */
export const CRL_REASONS = ["unspecified", "keyCompromise", "cACompromise", "affiliationChanged", "superseded", "cessationOfOperation", "certificateHold", "unused", "removeFromCRL", "privilegeWithdrawn", "aACompromise"] as const;

/** Why a certificate stands on a CRL or in an OCSP answer. */
export type RevocationReason = (typeof CRL_REASONS)[number];

/** Reads a CRLReason from its ENUMERATED; DerError for numbers without meaning. */
export function reasonOf(element: Element): RevocationReason {
  const reason = element.tag === TAG.enumerated && element.end - element.body === 1 ? CRL_REASONS[element.bytes[element.body] ?? 7] : undefined;
  if (reason === undefined || reason === "unused") throw new DerError("a revocation reason is unknown");
  return reason;
}

/** Last bytes of the entry extensions under 2.5.29 that are understood: reasonCode, invalidityDate, certificateIssuer. */
const KNOWN_ARCS: ReadonlySet<number> = new Set([21, 24, 29]);

/** Walks the extensions of one entry without building objects, as long CRLs have one on every entry; true when a critical one is not understood. */
export function skipEntryExtensions(list: Element): boolean {
  const reader = into(list);
  if (atEnd(reader)) throw new DerError("an entry has an empty list of extensions");
  let unknownCritical = false;
  while (!atEnd(reader)) {
    const extension = into(take(reader, TAG.sequence, "an entry extension"));
    const oid = take(extension, TAG.oid, "the type of an entry extension");
    const critical = optional(extension, TAG.boolean);
    take(extension, TAG.octetString, "the value of an entry extension");
    finish(extension, "an entry extension");
    const { bytes, body } = oid;
    const known = oid.end - body === 3 && bytes[body] === 0x55 && bytes[body + 1] === 0x1d && KNOWN_ARCS.has(bytes[body + 2] ?? 0);
    if (critical !== undefined && booleanOf(critical) && !known) unknownCritical = true;
  }
  return unknownCritical;
}

function find(extensions: readonly Extension[], oid: string): Extension | undefined {
  return extensions.find((extension) => extension.oid === oid);
}

function certificateIssuer(extensions: readonly Extension[]): readonly string[] | undefined {
  const extension = find(extensions, EXTENSION.certificateIssuer);
  if (extension === undefined) return undefined;
  const names = parseGeneralNames(sequenceValue(extension.value, "the certificate issuer of an entry"));
  return names.flatMap((name) => (name.kind === "directory" ? [name.name.key] : []));
}

function entryReason(extensions: readonly Extension[]): RevocationReason {
  const extension = find(extensions, EXTENSION.reasonCode);
  return extension === undefined ? "unspecified" : reasonOf(soleElement(extension.value));
}

/** Which entry to look for, and whose entries count when the CRL is indirect. */
export interface EntryQuery {
  readonly serial: Uint8Array;
  /** The name key of the certificate's issuer. */
  readonly issuerKey: string;
  /** The name key of the CRL's issuer, to which entries belong until one names another issuer. */
  readonly crlIssuerKey: string;
  readonly indirect: boolean;
}

/** Looks a certificate up among the entries; the reason when it is listed. In an indirect CRL the certificate issuer of an entry also holds for the entries after it (RFC 5280 section 5.3.3). */
export function findEntry(entries: Element | undefined, query: EntryQuery): RevocationReason | undefined {
  if (entries === undefined) return undefined;
  const reader = into(entries);
  let owners: readonly string[] = [query.crlIssuerKey];
  let found: RevocationReason | undefined;
  while (!atEnd(reader)) {
    const entry = into(take(reader, TAG.sequence, "an entry of the CRL"));
    const serial = take(entry, TAG.integer, "the serial number of an entry");
    const matches = serial.end - serial.body === query.serial.length && sameBytes(contentOf(serial), query.serial);
    if (!matches && !query.indirect) continue;
    entry.position = take(entry, entry.bytes[entry.position] ?? 0, "the date of an entry").end;
    const list = optional(entry, TAG.sequence);
    const extensions = list === undefined ? [] : parseExtensions(list, "an entry of the CRL");
    const named = certificateIssuer(extensions);
    // Outside an indirect CRL the extension has no meaning; an entry that carries it counts all the same.
    if (query.indirect && named !== undefined) owners = named;
    if (matches && (!query.indirect || owners.includes(query.issuerKey))) found = entryReason(extensions);
  }
  return found;
}

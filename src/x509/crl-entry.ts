import { checkInteger, scannerAt, step, stepDate, stepEntryExtensions, type EntryTraits, type Scanner } from "./crl-scan.ts";
import { DerError, take, TAG, type Element, type Reader } from "./der.ts";
import { parseExtensions, sequenceValue, soleElement, type Extension } from "./extensions.ts";
import { parseGeneralNames } from "./general-name.ts";
import { EXTENSION } from "./oids.ts";

/** CRLReason values by number (RFC 5280 section 5.3.1). */
const CRL_REASONS = ["unspecified", "keyCompromise", "cACompromise", "affiliationChanged", "superseded", "cessationOfOperation", "certificateHold", "unused", "removeFromCRL", "privilegeWithdrawn", "aACompromise"] as const;

/** Why a certificate stands on a CRL or in an OCSP answer. */
export type RevocationReason = (typeof CRL_REASONS)[number];

/** Reads a CRLReason from its ENUMERATED; DerError for numbers without meaning. */
export function reasonOf(element: Element): RevocationReason {
  const reason = element.tag === TAG.enumerated && element.end - element.body === 1 ? CRL_REASONS[element.bytes[element.body] ?? 7] : undefined;
  if (reason === undefined || reason === "unused") throw new DerError("a revocation reason is unknown");
  return reason;
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

/** How many entries may still be decoded; comparing serial numbers needs none of it. */
export interface DecodeBudget {
  decodes: number;
}

/** Walks all entries once for their structure (RFC 5280 section 5.1.2.6). */
export function inspectEntries(entries: Element, version: number): EntryTraits {
  const traits: EntryTraits = { unknownCritical: false, namesIssuer: false };
  const scanner = scannerAt(entries.bytes, entries.body);
  if (entries.body === entries.end) throw new DerError("the list of revoked certificates is empty");
  while (scanner.position < entries.end) {
    step(scanner, entries.end, TAG.sequence, "an entry of the CRL");
    const end = scanner.after;
    scanner.position = scanner.body;
    step(scanner, end, TAG.integer, "the serial number of an entry");
    checkInteger(scanner);
    stepDate(scanner, end);
    if (scanner.position === end) continue;
    if (version === 1) throw new DerError("a version 1 CRL has entry extensions");
    stepEntryExtensions(scanner, end, traits);
    if (scanner.position !== end) throw new DerError("an entry of the CRL has unexpected data at its end");
  }
  return traits;
}

function equalsSerial(scanner: Scanner, serial: Uint8Array): boolean {
  if (scanner.after - scanner.body !== serial.length) return false;
  // Serial numbers of one CA mostly differ near their end.
  for (let i = serial.length - 1; i >= 0; i--) if (scanner.bytes[scanner.body + i] !== serial[i]) return false;
  return true;
}

/** The decoded extensions of an entry whose scanner stands behind the serial number. */
function extensionsBehind(scanner: Scanner, end: number): readonly Extension[] {
  stepDate(scanner, end);
  if (scanner.position === end) return [];
  const reader: Reader = { bytes: scanner.bytes, position: scanner.position, end };
  return parseExtensions(take(reader, TAG.sequence, "the extensions of an entry"), "an entry of the CRL");
}

function namesIssuer(scanner: Scanner, end: number): boolean {
  const traits: EntryTraits = { unknownCritical: false, namesIssuer: false };
  const { position } = scanner;
  stepDate(scanner, end);
  if (scanner.position < end) stepEntryExtensions(scanner, end, traits);
  scanner.position = position;
  return traits.namesIssuer;
}

/** Looks a certificate up among the entries; the reason when it is listed, `limit` when the budget ends. In an indirect CRL the certificate issuer of an entry also holds for the entries after it (RFC 5280 section 5.3.3). */
export function findEntry(entries: Element | undefined, query: EntryQuery, budget: DecodeBudget): RevocationReason | "limit" | undefined {
  if (entries === undefined) return undefined;
  const scanner = scannerAt(entries.bytes, entries.body);
  let owners: readonly string[] = [query.crlIssuerKey];
  let found: RevocationReason | undefined;
  while (scanner.position < entries.end) {
    step(scanner, entries.end, TAG.sequence, "an entry of the CRL");
    const end = scanner.after;
    scanner.position = scanner.body;
    step(scanner, end, TAG.integer, "the serial number of an entry");
    const matches = equalsSerial(scanner, query.serial);
    if (matches || (query.indirect && namesIssuer(scanner, end))) {
      budget.decodes -= 1 + ((end - scanner.position) >> 8);
      if (budget.decodes < 0) return "limit";
      const extensions = extensionsBehind(scanner, end);
      // Outside an indirect CRL the extension has no meaning; an entry that carries it counts all the same.
      if (query.indirect) owners = certificateIssuer(extensions) ?? owners;
      const applies = matches && (!query.indirect || owners.includes(query.issuerKey));
      // A serial number listed twice: being revoked outweighs being removed.
      if (applies && (found === undefined || found === "removeFromCRL")) found = entryReason(extensions);
    }
    scanner.position = end;
  }
  return found;
}

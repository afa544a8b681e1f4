import { createHash } from "node:crypto";
import { signedParts } from "./certificate.ts";
import { atEnd, contentOf, DerError, finish, into, next, optional, rawOf, readerOf, take, TAG, type Element, type Reader } from "./der.ts";
import { integerBytes, sameBytes, smallInteger, takeTime, type DerTime } from "./der-values.ts";
import { inspectEntries } from "./crl-entry.ts";
import { parseIssuingDistributionPoint, type IssuingDistributionPoint } from "./extensions-access.ts";
import { parseExtensions, sequenceValue, soleElement, type Extension } from "./extensions.ts";
import { parseName, type Name } from "./name.ts";
import { EXTENSION } from "./oids.ts";
import { pointKeys } from "./point-name.ts";
import { parseAlgorithm } from "./public-key.ts";
import type { Signed } from "./signature.ts";

/** A certificate revocation list (RFC 5280 section 5). Entries stay encoded: they are walked when asked, so that a long list costs no memory. */
export interface Crl extends Signed {
  readonly sha256: string;
  readonly issuer: Name;
  readonly thisUpdate: DerTime;
  readonly nextUpdate?: DerTime;
  readonly algorithmsAgree: boolean;
  /** The contents of revokedCertificates. */
  readonly entries?: Element;
  readonly extensions: readonly Extension[];
  readonly scope?: IssuingDistributionPoint;
  /** The distribution point names of the scope as comparison keys; absent when the CRL is for all points. */
  readonly scopeNames?: ReadonlySet<string>;
  /** The encoded scope, to tell whether two CRLs cover the same. */
  readonly scopeKey: string;
  readonly number?: bigint;
  /** For a delta CRL: the number of the complete CRL it starts from. */
  readonly deltaBase?: bigint;
  /** A critical extension, or critical entry extension, that is not understood. */
  readonly unknownCritical: boolean;
}

/** Largest CRL that is read, in bytes. */
export const MAX_CRL_BYTES = 32 * 1024 * 1024;
const MAX_SCOPE_BYTES = 16_384;

// A CRL number must not be critical and never is; one that is marks a broken issuer.
const UNDERSTOOD: ReadonlySet<string> = new Set<string>([EXTENSION.deltaCrlIndicator, EXTENSION.issuingDistributionPoint, EXTENSION.authorityKeyId, EXTENSION.issuerAltName, EXTENSION.freshestCrl, EXTENSION.authorityInfoAccess]);

function numberOf(extensions: readonly Extension[], oid: string): bigint | undefined {
  const extension = extensions.find((candidate) => candidate.oid === oid);
  if (extension === undefined) return undefined;
  const element = soleElement(extension.value);
  if (element.tag !== TAG.integer) throw new DerError("a CRL number is not a number");
  const bytes = integerBytes(element);
  if ((bytes[0] ?? 0) >= 0x80 || bytes.length > 21) throw new DerError("a CRL number is out of range");
  return BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
}

function extensionsOf(reader: Reader, version: number): readonly Extension[] {
  const wrapper = optional(reader, 0xa0);
  if (wrapper === undefined) return [];
  if (version === 1) throw new DerError("a version 1 CRL has extensions");
  const inner = into(wrapper);
  const extensions = parseExtensions(take(inner, TAG.sequence, "the extensions of the CRL"), "the CRL");
  finish(inner, "the extensions of the CRL");
  return extensions;
}

function scopeOf(extensions: readonly Extension[], issuer: Name): Pick<Crl, "scope" | "scopeNames" | "scopeKey"> {
  const extension = extensions.find(({ oid }) => oid === EXTENSION.issuingDistributionPoint);
  if (extension === undefined) return { scopeKey: "" };
  if (extension.value.length > MAX_SCOPE_BYTES) throw new DerError("the issuing distribution point is too large");
  const scope = parseIssuingDistributionPoint(sequenceValue(extension.value, "the issuing distribution point"));
  const scopeKey = Buffer.from(extension.value).toString("base64");
  return scope.name === undefined ? { scope, scopeKey } : { scope, scopeKey, scopeNames: new Set(pointKeys(scope.name, issuer.key)) };
}

function isTime(reader: Reader): boolean {
  const tag = reader.bytes[reader.position];
  return !atEnd(reader) && (tag === TAG.utcTime || tag === TAG.generalizedTime);
}

/** Reads one DER CRL that fills the buffer; DerError when it breaks the encoding or the structure. */
export function readCrl(der: Uint8Array): Crl {
  if (der.length > MAX_CRL_BYTES) throw new DerError("the CRL is too large");
  const top = readerOf(der);
  const outer = into(take(top, TAG.sequence, "the CRL"));
  finish(top, "the CRL");
  const { tbs, signatureAlgorithm, signature } = signedParts(outer, "the CRL");
  finish(outer, "the CRL");
  const reader = into(tbs);
  const stated = optional(reader, TAG.integer);
  if (stated !== undefined && smallInteger(stated, "the version of the CRL") !== 1) throw new DerError("the version of the CRL is unknown");
  const version = stated === undefined ? 1 : 2;
  const inner = take(reader, TAG.sequence, "the inner signature algorithm of the CRL");
  parseAlgorithm(inner);
  const issuer = parseName(take(reader, TAG.sequence, "the issuer of the CRL"));
  const thisUpdate = takeTime(reader, "the date of the CRL");
  const nextUpdate = isTime(reader) ? takeTime(reader, "the next date of the CRL") : undefined;
  const entries = optional(reader, TAG.sequence);
  // A critical entry extension that is not understood makes the whole CRL unusable (RFC 5280 section 5.3).
  const entryTrouble = entries !== undefined && inspectEntries(entries, version).unknownCritical;
  const extensions = extensionsOf(reader, version);
  finish(reader, "the signed part of the CRL");
  const number = numberOf(extensions, EXTENSION.crlNumber);
  const deltaBase = numberOf(extensions, EXTENSION.deltaCrlIndicator);
  return {
    sha256: createHash("sha256").update(der).digest("hex"),
    tbs: rawOf(tbs),
    signatureAlgorithm,
    signature,
    algorithmsAgree: sameBytes(rawOf(inner), signatureAlgorithm.raw),
    issuer,
    thisUpdate,
    ...(nextUpdate === undefined ? {} : { nextUpdate }),
    ...(entries === undefined ? {} : { entries }),
    extensions,
    ...scopeOf(extensions, issuer),
    ...(number === undefined ? {} : { number }),
    ...(deltaBase === undefined ? {} : { deltaBase }),
    unknownCritical: entryTrouble || extensions.some(({ oid, critical }) => critical && !UNDERSTOOD.has(oid)),
  };
}

/** Whether a buffer has the outline of a CRL rather than of a certificate: its signed part goes on with a name and a date. */
export function looksLikeCrl(der: Uint8Array): boolean {
  try {
    const reader = into(take(into(take(readerOf(der), TAG.sequence, "the CRL")), TAG.sequence, "the CRL"));
    optional(reader, TAG.integer);
    take(reader, TAG.sequence, "an algorithm");
    take(reader, TAG.sequence, "a name");
    const date = next(reader);
    return (date.tag === TAG.utcTime || date.tag === TAG.generalizedTime) && contentOf(date).length > 0;
  } catch (error) {
    if (error instanceof DerError) return false;
    throw error;
  }
}

import { children, contentOf, DerError, finish, into, next, only, optional, readerOf, take, TAG, type Element } from "./der.ts";
import { booleanOf, hexOf, oidOf, smallInteger } from "./der-values.ts";
import { parseDistributionPoints, parseInfoAccess, type AccessDescription, type DistributionPoint } from "./extensions-access.ts";
import {
  parseAuthorityKeyId,
  parseBasicConstraints,
  parseCertificatePolicies,
  parseKeyUsage,
  parseOidList,
  parsePolicyConstraints,
  parsePolicyMappings,
  type AuthorityKeyId,
  type BasicConstraints,
  type CertificatePolicies,
  type KeyUsage,
  type PolicyConstraints,
  type PolicyMapping,
} from "./extensions-basic.ts";
import { parseAlternativeNames, parseNameConstraints, type GeneralName, type NameConstraints } from "./general-name.ts";
import { EXTENSION } from "./oids.ts";

/** One extension as it stands in a certificate, CRL or answer. */
export interface Extension {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: Uint8Array;
}

/** Reads Extensions: a non-empty list without repetitions (RFC 5280 section 4.2). */
export function parseExtensions(list: Element, what: string): readonly Extension[] {
  const seen = new Set<string>();
  const extensions = children(list, 256).map((element) => {
    if (element.tag !== TAG.sequence) throw new DerError(`an extension of ${what} is not a sequence`);
    const reader = into(element);
    const oid = oidOf(take(reader, TAG.oid, "the type of an extension"));
    const critical = optional(reader, TAG.boolean);
    const value = contentOf(take(reader, TAG.octetString, "the value of an extension"));
    finish(reader, `an extension of ${what}`);
    if (critical !== undefined && !booleanOf(critical)) throw new DerError(`an extension of ${what} writes out the default of its criticality`);
    if (seen.has(oid)) throw new DerError(`${what} has the extension ${oid} twice`);
    seen.add(oid);
    return { oid, critical: critical !== undefined, value };
  });
  if (extensions.length === 0) throw new DerError(`${what} has an empty list of extensions`);
  return extensions;
}

/** The extensions of a certificate that this module understands, decoded; `malformed` lists those that could not be. */
export interface DecodedExtensions {
  readonly basicConstraints?: BasicConstraints;
  readonly keyUsage?: ReadonlySet<KeyUsage>;
  readonly extendedKeyUsage?: readonly string[];
  readonly applicationPolicies?: readonly string[];
  readonly subjectAltName?: readonly GeneralName[];
  readonly issuerAltName?: readonly GeneralName[];
  readonly nameConstraints?: NameConstraints;
  readonly policies?: CertificatePolicies;
  readonly policyMappings?: readonly PolicyMapping[];
  readonly policyConstraints?: PolicyConstraints;
  readonly inhibitAnyPolicy?: number;
  readonly subjectKeyId?: string;
  readonly authorityKeyId?: AuthorityKeyId;
  readonly crlDistributionPoints?: readonly DistributionPoint[];
  readonly freshestCrl?: readonly DistributionPoint[];
  readonly authorityInfoAccess?: readonly AccessDescription[];
  readonly subjectInfoAccess?: readonly AccessDescription[];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function root(value: Uint8Array, tag: number, what: string): Element {
  const reader = readerOf(value);
  const element = take(reader, tag, what);
  finish(reader, what);
  return element;
}

const list = (value: Uint8Array, what: string): Element => root(value, TAG.sequence, what);

type Decoder = (into: Mutable<DecodedExtensions>, value: Uint8Array) => void;

const DECODERS: ReadonlyMap<string, readonly [name: string, decode: Decoder]> = new Map<string, readonly [string, Decoder]>([
  [EXTENSION.basicConstraints, ["basic constraints", (to, value) => { to.basicConstraints = parseBasicConstraints(list(value, "the basic constraints")); }]],
  [EXTENSION.keyUsage, ["key usage", (to, value) => { to.keyUsage = parseKeyUsage(root(value, TAG.bitString, "the key usage")); }]],
  [EXTENSION.extendedKeyUsage, ["extended key usage", (to, value) => { to.extendedKeyUsage = parseOidList(list(value, "the extended key usage")); }]],
  [EXTENSION.microsoftApplicationPolicies, ["application policies", (to, value) => { to.applicationPolicies = parseCertificatePolicies(list(value, "the application policies")).policies; }]],
  [EXTENSION.subjectAltName, ["subject alternative name", (to, value) => { to.subjectAltName = parseAlternativeNames(list(value, "the subject alternative name")); }]],
  [EXTENSION.issuerAltName, ["issuer alternative name", (to, value) => { to.issuerAltName = parseAlternativeNames(list(value, "the issuer alternative name")); }]],
  [EXTENSION.nameConstraints, ["name constraints", (to, value) => { to.nameConstraints = parseNameConstraints(list(value, "the name constraints")); }]],
  [EXTENSION.certificatePolicies, ["certificate policies", (to, value) => { to.policies = parseCertificatePolicies(list(value, "the certificate policies")); }]],
  [EXTENSION.policyMappings, ["policy mappings", (to, value) => { to.policyMappings = parsePolicyMappings(list(value, "the policy mappings")); }]],
  [EXTENSION.policyConstraints, ["policy constraints", (to, value) => { to.policyConstraints = parsePolicyConstraints(list(value, "the policy constraints")); }]],
  [EXTENSION.inhibitAnyPolicy, ["inhibit any policy", (to, value) => { to.inhibitAnyPolicy = smallInteger(root(value, TAG.integer, "inhibitAnyPolicy"), "inhibitAnyPolicy"); }]],
  [EXTENSION.subjectKeyId, ["subject key identifier", (to, value) => { to.subjectKeyId = hexOf(contentOf(root(value, TAG.octetString, "the subject key identifier"))); }]],
  [EXTENSION.authorityKeyId, ["authority key identifier", (to, value) => { to.authorityKeyId = parseAuthorityKeyId(list(value, "the authority key identifier")); }]],
  [EXTENSION.crlDistributionPoints, ["CRL distribution points", (to, value) => { to.crlDistributionPoints = parseDistributionPoints(list(value, "the CRL distribution points")); }]],
  [EXTENSION.freshestCrl, ["freshest CRL", (to, value) => { to.freshestCrl = parseDistributionPoints(list(value, "the freshest CRL")); }]],
  [EXTENSION.authorityInfoAccess, ["authority information access", (to, value) => { to.authorityInfoAccess = parseInfoAccess(list(value, "the authority information access")); }]],
  [EXTENSION.subjectInfoAccess, ["subject information access", (to, value) => { to.subjectInfoAccess = parseInfoAccess(list(value, "the subject information access")); }]],
]);

/** A plain name for an extension, or its identifier. */
export function extensionName(oid: string): string {
  return DECODERS.get(oid)?.[0] ?? oid;
}

/** Decodes what is known; a malformed value is reported, not thrown, so that the certificate can still be described. */
export function decodeExtensions(extensions: readonly Extension[]): { readonly decoded: DecodedExtensions; readonly malformed: readonly { readonly oid: string; readonly message: string }[] } {
  const decoded: Mutable<DecodedExtensions> = {};
  const malformed: { readonly oid: string; readonly message: string }[] = [];
  for (const { oid, value } of extensions) {
    try {
      DECODERS.get(oid)?.[1](decoded, value);
    } catch (error) {
      if (!(error instanceof DerError)) throw error;
      // Only Windows reads this twin of the EKU, which stands beside it and is enough.
      if (oid === EXTENSION.microsoftApplicationPolicies && extensions.some((other) => other.oid === EXTENSION.extendedKeyUsage)) continue;
      malformed.push({ oid, message: error.message });
    }
  }
  return { decoded, malformed };
}

/** The only element of an extension value, of any type. */
export function soleElement(value: Uint8Array): Element {
  const reader = readerOf(value);
  const element = next(reader);
  finish(reader, "an extension value");
  return element;
}

/** The contents of an extension value that is one SEQUENCE. */
export function sequenceValue(value: Uint8Array, what: string): Element {
  only(value, TAG.sequence, what);
  return list(value, what);
}

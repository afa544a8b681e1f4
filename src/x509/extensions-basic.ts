import { atEnd, children, contentOf, DerError, finish, into, optional, take, TAG, type Element } from "./der.ts";
import { booleanOf, hexOf, integerBytes, namedBits, oidOf, smallInteger } from "./der-values.ts";
import { parseGeneralNames, type GeneralName } from "./general-name.ts";

/** BasicConstraints (RFC 5280 section 4.2.1.9). */
export interface BasicConstraints {
  readonly ca: boolean;
  readonly pathLength?: number;
}

/** Reads BasicConstraints; an explicit FALSE, which DER forbids but old issuers write, is tolerated. */
export function parseBasicConstraints(element: Element): BasicConstraints {
  const reader = into(element);
  const flag = optional(reader, TAG.boolean);
  const length = optional(reader, TAG.integer);
  finish(reader, "the basic constraints");
  const ca = flag !== undefined && booleanOf(flag);
  return length === undefined ? { ca } : { ca, pathLength: smallInteger(length, "the path length") };
}

/** Names of the KeyUsage bits by position (RFC 5280 section 4.2.1.3). */
const KEY_USAGES = ["digitalSignature", "nonRepudiation", "keyEncipherment", "dataEncipherment", "keyAgreement", "keyCertSign", "cRLSign", "encipherOnly", "decipherOnly"] as const;

/** One KeyUsage bit by name. */
export type KeyUsage = (typeof KEY_USAGES)[number];

/** Reads KeyUsage from its BIT STRING, which must set at least one bit. */
export function parseKeyUsage(element: Element): ReadonlySet<KeyUsage> {
  const bits = namedBits(element, "the key usage");
  if (bits.size === 0) throw new DerError("the key usage sets no bit");
  return new Set(KEY_USAGES.filter((_, position) => bits.has(position)));
}

/** Reads a non-empty list of object identifiers, as in ExtendedKeyUsage. */
export function parseOidList(element: Element): readonly string[] {
  const oids = children(element, 1024).map((child) => {
    if (child.tag !== TAG.oid) throw new DerError("a purpose is not an object identifier");
    return oidOf(child);
  });
  if (oids.length === 0) throw new DerError("the list of purposes is empty");
  return oids;
}

/** AuthorityKeyIdentifier (RFC 5280 section 4.2.1.1), identifier and serial in upper-case hex. */
export interface AuthorityKeyId {
  readonly keyId?: string;
  readonly issuer?: readonly GeneralName[];
  readonly serial?: string;
}

/** Reads AuthorityKeyIdentifier; issuer and serial number come together or not at all. */
export function parseAuthorityKeyId(element: Element): AuthorityKeyId {
  const reader = into(element);
  const keyId = optional(reader, 0x80);
  const issuer = optional(reader, 0xa1);
  const serial = optional(reader, 0x82);
  finish(reader, "the authority key identifier");
  if ((issuer === undefined) !== (serial === undefined)) throw new DerError("the authority key identifier has an issuer without serial number or the reverse");
  return {
    ...(keyId === undefined ? {} : { keyId: hexOf(contentOf(keyId)) }),
    ...(issuer === undefined ? {} : { issuer: parseGeneralNames(issuer) }),
    ...(serial === undefined ? {} : { serial: hexOf(integerBytes(serial)) }),
  };
}

/** PolicyConstraints (RFC 5280 section 4.2.1.11): counts of certificates. */
export interface PolicyConstraints {
  readonly requireExplicitPolicy?: number;
  readonly inhibitPolicyMapping?: number;
}

/** Reads PolicyConstraints, which must hold at least one of its two counts. */
export function parsePolicyConstraints(element: Element): PolicyConstraints {
  const reader = into(element);
  if (atEnd(reader)) throw new DerError("the policy constraints are empty");
  const explicit = optional(reader, 0x80);
  const mapping = optional(reader, 0x81);
  finish(reader, "the policy constraints");
  return {
    ...(explicit === undefined ? {} : { requireExplicitPolicy: smallInteger(explicit, "requireExplicitPolicy") }),
    ...(mapping === undefined ? {} : { inhibitPolicyMapping: smallInteger(mapping, "inhibitPolicyMapping") }),
  };
}

const CPS_QUALIFIER = "1.3.6.1.5.5.7.2.1";
const USER_NOTICE_QUALIFIER = "1.3.6.1.5.5.7.2.2";

/** CertificatePolicies: the policies in order, and whether a qualifier of unknown type is attached (fatal if the extension is critical). */
export interface CertificatePolicies {
  readonly policies: readonly string[];
  readonly unknownQualifier: boolean;
}

function hasUnknownQualifier(element: Element): boolean {
  const qualifiers = children(element, 256).map((child) => {
    if (child.tag !== TAG.sequence) throw new DerError("a policy qualifier is not a sequence");
    const reader = into(child);
    const oid = oidOf(take(reader, TAG.oid, "a policy qualifier"));
    if (atEnd(reader)) throw new DerError("a policy qualifier has no value");
    return oid;
  });
  if (qualifiers.length === 0) throw new DerError("a list of policy qualifiers is empty");
  return qualifiers.some((oid) => oid !== CPS_QUALIFIER && oid !== USER_NOTICE_QUALIFIER);
}

/** Reads CertificatePolicies (RFC 5280 section 4.2.1.4); a repeated policy is malformed. */
export function parseCertificatePolicies(element: Element): CertificatePolicies {
  let unknownQualifier = false;
  const policies = children(element, 4096).map((child) => {
    if (child.tag !== TAG.sequence) throw new DerError("a policy is not a sequence");
    const reader = into(child);
    const oid = oidOf(take(reader, TAG.oid, "a policy"));
    const qualifiers = optional(reader, TAG.sequence);
    finish(reader, "a policy");
    if (qualifiers !== undefined && hasUnknownQualifier(qualifiers)) unknownQualifier = true;
    return oid;
  });
  if (policies.length === 0) throw new DerError("the list of policies is empty");
  if (new Set(policies).size !== policies.length) throw new DerError("a policy is listed twice");
  return { policies, unknownQualifier };
}

/** One mapping: the issuer's policy counts as the subject's policy below this CA. */
export interface PolicyMapping {
  readonly issuer: string;
  readonly subject: string;
}

/** Reads PolicyMappings (RFC 5280 section 4.2.1.5). */
export function parsePolicyMappings(element: Element): readonly PolicyMapping[] {
  const mappings = children(element, 4096).map((child) => {
    if (child.tag !== TAG.sequence) throw new DerError("a policy mapping is not a sequence");
    const reader = into(child);
    const issuer = oidOf(take(reader, TAG.oid, "a mapped policy"));
    const subject = oidOf(take(reader, TAG.oid, "a mapped policy"));
    finish(reader, "a policy mapping");
    return { issuer, subject };
  });
  if (mappings.length === 0) throw new DerError("the list of policy mappings is empty");
  return mappings;
}

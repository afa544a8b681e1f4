import { generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { bits, bool, int, namedBits, octets, oid, raw, seq, set, text, time, tlv } from "./der-writer.ts";

/** A fixed moment all fixtures turn around. */
export const NOW = new Date("2026-06-01T12:00:00Z");
export const days = (count: number): Date => new Date(NOW.getTime() + count * 86_400_000);

export interface Key {
  readonly privateKey: KeyObject;
  readonly spki: Buffer;
  readonly signer?: (tbs: Buffer, key: KeyObject) => Buffer;
}

export function newKey(): Key {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return { privateKey, spki: publicKey.export({ format: "der", type: "spki" }) };
}

export const ECDSA_SHA256 = seq(oid("1.2.840.10045.4.3.2"));

export type NamePart = readonly [type: string, value: string, tag?: number];

const TYPES: Readonly<Record<string, string>> = { CN: "2.5.4.3", O: "2.5.4.10", OU: "2.5.4.11", C: "2.5.4.6", E: "1.2.840.113549.1.9.1" };

/** A name from `CN=a,O=b` (written in this order) or from parts with explicit string tags. */
export function name(from: string | readonly NamePart[]): Buffer {
  const parts: readonly NamePart[] = typeof from === "string" ? from.split(",").filter(Boolean).map((part) => [part.slice(0, part.indexOf("=")), part.slice(part.indexOf("=") + 1)] as const) : from;
  return seq(...parts.map(([type, value, tag]) => set(seq(oid(TYPES[type] ?? type), text(tag ?? (type === "E" ? 0x16 : 0x0c), value)))));
}

export interface ExtensionSpec {
  readonly oid: string;
  readonly critical?: boolean;
  readonly value: Uint8Array;
}

export const extension = (spec: ExtensionSpec): Buffer => seq(oid(spec.oid), ...(spec.critical === true ? [bool(true)] : []), octets(spec.value));

export const basicConstraints = (ca: boolean, pathLength?: number, critical = true): ExtensionSpec => ({ oid: "2.5.29.19", critical, value: seq(...(ca ? [bool(true)] : []), ...(pathLength === undefined ? [] : [int(pathLength)])) });
export const keyUsage = (...positions: readonly number[]): ExtensionSpec => ({ oid: "2.5.29.15", critical: true, value: namedBits(...positions) });
export const extendedKeyUsage = (...oids: readonly string[]): ExtensionSpec => ({ oid: "2.5.29.37", value: seq(...oids.map(oid)) });
export const SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
export const CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
export const ANY_PURPOSE = "2.5.29.37.0";

export const dns = (value: string): Buffer => text(0x82, value);
export const email = (value: string): Buffer => text(0x81, value);
export const uri = (value: string): Buffer => text(0x86, value);
export const ip = (...bytes: readonly number[]): Buffer => tlv(0x87, raw(...bytes));
export const directory = (value: string): Buffer => tlv(0xa4, name(value));
export const otherName = (): Buffer => tlv(0xa0, oid("1.3.6.1.4.1.311.20.2.3"), tlv(0xa0, text(0x0c, "user@contoso.com")));
export const subjectAltName = (...names: readonly Uint8Array[]): ExtensionSpec => ({ oid: "2.5.29.17", value: seq(...names) });

export function nameConstraints(permitted: readonly Uint8Array[], excluded: readonly Uint8Array[] = []): ExtensionSpec {
  const subtrees = (tag: number, list: readonly Uint8Array[]): readonly Buffer[] => (list.length === 0 ? [] : [tlv(tag, ...list.map((base) => seq(base)))]);
  return { oid: "2.5.29.30", critical: true, value: seq(...subtrees(0xa0, permitted), ...subtrees(0xa1, excluded)) };
}

export const policies = (...oids: readonly string[]): ExtensionSpec => ({ oid: "2.5.29.32", value: seq(...oids.map((policy) => seq(oid(policy)))) });
export const policyMappings = (...pairs: readonly (readonly [string, string])[]): ExtensionSpec => ({ oid: "2.5.29.33", critical: true, value: seq(...pairs.map(([issuer, subject]) => seq(oid(issuer), oid(subject)))) });

export function policyConstraints(requireExplicit?: number, inhibitMapping?: number): ExtensionSpec {
  const field = (tag: number, value: number | undefined): readonly Buffer[] => (value === undefined ? [] : [tlv(tag, raw(value))]);
  return { oid: "2.5.29.36", critical: true, value: seq(...field(0x80, requireExplicit), ...field(0x81, inhibitMapping)) };
}

export const inhibitAnyPolicy = (skip: number): ExtensionSpec => ({ oid: "2.5.29.54", critical: true, value: int(skip) });
export const unknownExtension = (critical: boolean): ExtensionSpec => ({ oid: "1.3.6.1.4.1.99999.1", critical, value: raw(5, 0) });

/** One distribution point: full name, reasons, CRL issuer. */
export interface PointSpec {
  readonly names?: readonly Uint8Array[];
  readonly reasons?: readonly number[];
  readonly crlIssuer?: string;
}

const retag = (element: Uint8Array, tag: number): Buffer => Buffer.concat([raw(tag), element.subarray(1)]);

export function crlPoints(...points: readonly PointSpec[]): ExtensionSpec {
  const encoded = points.map(({ names, reasons, crlIssuer }) =>
    seq(
      ...(names === undefined ? [] : [tlv(0xa0, tlv(0xa0, ...names))]),
      ...(reasons === undefined ? [] : [retag(namedBits(...reasons), 0x81)]),
      ...(crlIssuer === undefined ? [] : [tlv(0xa2, directory(crlIssuer))]),
    ),
  );
  return { oid: "2.5.29.31", value: seq(...encoded) };
}

export interface CertificateSpec {
  readonly subject: string | readonly NamePart[];
  readonly key?: Key;
  readonly serial?: number | bigint;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  readonly extensions?: readonly ExtensionSpec[];
  /** Whole element overrides for odd shapes. */
  readonly version?: number;
  readonly validity?: Uint8Array;
  readonly innerAlgorithm?: Uint8Array;
  readonly algorithm?: Uint8Array;
  readonly digest?: string;
  readonly breakSignature?: boolean;
}

/** A certificate with the key that belongs to it. */
export interface Issued {
  readonly der: Buffer;
  readonly key: Key;
  readonly subject: Buffer;
}

let serials = 1000;

export function signed(tbs: Buffer, key: Key, algorithm: Uint8Array = ECDSA_SHA256, digest = "sha256", broken = false): Buffer {
  const signature = key.signer?.(tbs, key.privateKey) ?? sign(digest, tbs, key.privateKey);
  if (broken) signature[signature.length - 1] = (signature.at(-1) ?? 0) ^ 1;
  return seq(tbs, algorithm, bits(signature));
}

/** Issues a certificate; without issuer it is self-signed. */
export function issue(spec: CertificateSpec, issuer?: Issued): Issued {
  const key = spec.key ?? newKey();
  const subject = name(spec.subject);
  const algorithm = spec.algorithm ?? ECDSA_SHA256;
  const version = spec.version ?? 3;
  const tbs = seq(
    ...(version === 1 ? [] : [tlv(0xa0, int(version - 1))]),
    int(spec.serial ?? serials++),
    spec.innerAlgorithm ?? algorithm,
    issuer?.subject ?? subject,
    spec.validity ?? seq(time(spec.notBefore ?? days(-30)), time(spec.notAfter ?? days(300))),
    subject,
    key.spki,
    ...(spec.extensions === undefined || spec.extensions.length === 0 ? [] : [tlv(0xa3, seq(...spec.extensions.map(extension)))]),
  );
  return { der: signed(tbs, issuer?.key ?? key, algorithm, spec.digest, spec.breakSignature), key, subject };
}

export const CA_EXTENSIONS: readonly ExtensionSpec[] = [basicConstraints(true), keyUsage(5, 6)];

export function rootCa(subject = "CN=Root", extra: readonly ExtensionSpec[] = [], spec: Partial<CertificateSpec> = {}): Issued {
  return issue({ subject, extensions: [...CA_EXTENSIONS, ...extra], ...spec });
}

export function subCa(issuer: Issued, subject: string, extra: readonly ExtensionSpec[] = [], spec: Partial<CertificateSpec> = {}): Issued {
  return issue({ subject, extensions: [...CA_EXTENSIONS, ...extra], ...spec }, issuer);
}

export function server(issuer: Issued, extra: readonly ExtensionSpec[] = [], spec: Partial<CertificateSpec> = {}): Issued {
  const own = extra.some((item) => item.oid === "2.5.29.17") ? [] : [subjectAltName(dns("um.contoso.com"))];
  return issue({ subject: "CN=um.contoso.com,O=Contoso", extensions: [...own, ...extra], ...spec }, issuer);
}

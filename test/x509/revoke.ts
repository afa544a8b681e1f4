import { createHash } from "node:crypto";
import { generalizedTime, int, namedBits, NULL, octets, oid, raw, seq, time, tlv } from "./der-writer.ts";
import { days, directory, ECDSA_SHA256, extension, signed, type ExtensionSpec, type Issued, type Key } from "./issue.ts";

export interface EntrySpec {
  readonly serial: number | bigint;
  readonly reason?: number;
  readonly issuer?: string;
  readonly extensions?: readonly ExtensionSpec[];
}

export interface CrlSpec {
  readonly entries?: readonly EntrySpec[];
  readonly thisUpdate?: Date;
  readonly nextUpdate?: Date | null;
  readonly number?: number | null;
  readonly deltaBase?: number;
  readonly scope?: Uint8Array;
  readonly extensions?: readonly ExtensionSpec[];
  /** Overrides for wrong shapes. */
  readonly issuerName?: Uint8Array;
  readonly signer?: Key;
  readonly innerAlgorithm?: Uint8Array;
  readonly version?: readonly Uint8Array[];
  readonly broken?: boolean;
}

function entry({ serial, reason, issuer, extensions = [] }: EntrySpec): Buffer {
  const own: ExtensionSpec[] = [...extensions];
  if (reason !== undefined) own.push({ oid: "2.5.29.21", value: tlv(0x0a, raw(reason)) });
  if (issuer !== undefined) own.push({ oid: "2.5.29.29", critical: true, value: seq(directory(issuer)) });
  return seq(int(serial), time(days(-2)), ...(own.length === 0 ? [] : [seq(...own.map(extension))]));
}

/** The fields of an issuing distribution point. */
export function scope(spec: { readonly names?: readonly Uint8Array[]; readonly user?: boolean; readonly ca?: boolean; readonly reasons?: readonly number[]; readonly indirect?: boolean; readonly attribute?: boolean }): Buffer {
  const flag = (tag: number, value: boolean | undefined): readonly Buffer[] => (value === true ? [tlv(tag, raw(0xff))] : []);
  return seq(
    ...(spec.names === undefined ? [] : [tlv(0xa0, tlv(0xa0, ...spec.names))]),
    ...flag(0x81, spec.user),
    ...flag(0x82, spec.ca),
    ...(spec.reasons === undefined ? [] : [Buffer.concat([raw(0x83), namedBits(...spec.reasons).subarray(1)])]),
    ...flag(0x84, spec.indirect),
    ...flag(0x85, spec.attribute),
  );
}

/** A CRL signed by its issuer. */
export function crl(issuer: Issued, spec: CrlSpec = {}): Buffer {
  const extensions: ExtensionSpec[] = [...(spec.extensions ?? [])];
  if (spec.number !== null) extensions.push({ oid: "2.5.29.20", value: int(spec.number ?? 1) });
  if (spec.deltaBase !== undefined) extensions.push({ oid: "2.5.29.27", critical: true, value: int(spec.deltaBase) });
  if (spec.scope !== undefined) extensions.push({ oid: "2.5.29.28", critical: true, value: spec.scope });
  const nextUpdate = spec.nextUpdate === undefined ? days(6) : spec.nextUpdate;
  const tbs = seq(
    ...(spec.version ?? [int(1)]),
    spec.innerAlgorithm ?? ECDSA_SHA256,
    spec.issuerName ?? issuer.subject,
    time(spec.thisUpdate ?? days(-1)),
    ...(nextUpdate === null ? [] : [time(nextUpdate)]),
    ...(spec.entries === undefined ? [] : [seq(Buffer.concat(spec.entries.map(entry)))]),
    ...(extensions.length === 0 ? [] : [tlv(0xa0, seq(...extensions.map(extension)))]),
  );
  return signed(tbs, spec.signer ?? issuer.key, ECDSA_SHA256, "sha256", spec.broken);
}

export type OcspStatus = "good" | "revoked" | "unknown";

export interface SingleSpec {
  readonly serial: number | bigint;
  readonly status?: OcspStatus;
  readonly digest?: "sha1" | "sha256" | "sha512";
  readonly issuer?: Issued;
  readonly thisUpdate?: Date;
  readonly nextUpdate?: Date | null;
  readonly extensions?: readonly ExtensionSpec[];
}

export interface OcspSpec {
  readonly answers: readonly SingleSpec[];
  readonly signer?: Issued;
  readonly by?: "name" | "key";
  readonly attach?: readonly Issued[];
  readonly producedAt?: Date;
  readonly extensions?: readonly ExtensionSpec[];
  readonly broken?: boolean;
  readonly responseStatus?: number;
}

const DIGEST_OIDS = { sha1: "1.3.14.3.2.26", sha256: "2.16.840.1.101.3.4.2.1", sha512: "2.16.840.1.101.3.4.2.3" } as const;

/** The bits of a key as they are hashed: the contents of the bit string at the end of the SubjectPublicKeyInfo. */
export function keyBits({ spki }: Key): Buffer {
  // An uncompressed P-256 point is 65 bytes.
  return spki.subarray(spki.length - 65);
}

function single(spec: SingleSpec, ca: Issued): Buffer {
  const { digest = "sha1", issuer = ca, status = "good" } = spec;
  const hash = (data: Uint8Array): Buffer => octets(createHash(digest).update(data).digest());
  const id = seq(seq(oid(DIGEST_OIDS[digest]), NULL), hash(issuer.subject), hash(keyBits(issuer.key)), int(spec.serial));
  const state = status === "good" ? raw(0x80, 0) : status === "unknown" ? raw(0x82, 0) : tlv(0xa1, generalizedTime(days(-3)), tlv(0xa0, tlv(0x0a, raw(1))));
  const nextUpdate = spec.nextUpdate === undefined ? days(1) : spec.nextUpdate;
  return seq(
    id,
    state,
    generalizedTime(spec.thisUpdate ?? days(-1)),
    ...(nextUpdate === null ? [] : [tlv(0xa0, generalizedTime(nextUpdate))]),
    ...(spec.extensions === undefined ? [] : [tlv(0xa1, seq(...spec.extensions.map(extension)))]),
  );
}

/** An OCSP answer about certificates of a CA, signed by the CA or by `signer`. */
export function ocsp(ca: Issued, spec: OcspSpec): Buffer {
  const signer = spec.signer ?? ca;
  const responder = spec.by === "key" ? tlv(0xa2, octets(createHash("sha1").update(keyBits(signer.key)).digest())) : tlv(0xa1, signer.subject);
  const tbs = seq(
    responder,
    generalizedTime(spec.producedAt ?? days(-1)),
    seq(...spec.answers.map((answer) => single(answer, ca))),
    ...(spec.extensions === undefined ? [] : [tlv(0xa1, seq(...spec.extensions.map(extension)))]),
  );
  const basic = signed(tbs, signer.key, ECDSA_SHA256, "sha256", spec.broken);
  const whole = spec.attach === undefined ? basic : seq(...split(basic), tlv(0xa0, seq(...spec.attach.map(({ der }) => der))));
  return seq(tlv(0x0a, raw(spec.responseStatus ?? 0)), tlv(0xa0, seq(oid("1.3.6.1.5.5.7.48.1.1"), octets(whole))));
}

/** The three elements of a signed structure. */
function split(whole: Buffer): readonly Buffer[] {
  const parts: Buffer[] = [];
  const sizeAt = (at: number): number => {
    const first = whole[at + 1] ?? 0;
    if (first < 0x80) return 2 + first;
    const count = first & 0x7f;
    return 2 + count + whole.readUIntBE(at + 2, count);
  };
  let at = (whole[1] ?? 0) < 0x80 ? 2 : 2 + ((whole[1] ?? 0) & 0x7f);
  while (at < whole.length) {
    const size = sizeAt(at);
    parts.push(whole.subarray(at, at + size));
    at += size;
  }
  return parts;
}


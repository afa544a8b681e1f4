import { createHash } from "node:crypto";
import { contentOf, DerError, finish, into, next, optional, rawOf, readerOf, take, TAG, atEnd, type Element } from "./der.ts";
import { integerBytes, oidOf, wholeBits } from "./der-values.ts";
import { CURVES, KEY } from "./oids.ts";

/** An AlgorithmIdentifier; `parameters` is the raw element after the identifier, if any. */
export interface Algorithm {
  readonly oid: string;
  readonly parameters?: Uint8Array;
  readonly raw: Uint8Array;
}

/** Reads an AlgorithmIdentifier (RFC 5280 section 4.1.1.2). */
export function parseAlgorithm(element: Element): Algorithm {
  const reader = into(element);
  const oid = oidOf(take(reader, TAG.oid, "an algorithm"));
  const parameters = atEnd(reader) ? undefined : rawOf(next(reader));
  finish(reader, "an algorithm");
  return parameters === undefined ? { oid, raw: rawOf(element) } : { oid, parameters, raw: rawOf(element) };
}

/** What kind of public key a certificate holds; `bits` is the modulus or curve size. */
export interface PublicKeyInfo {
  readonly type: "rsa" | "rsa-pss" | "ec" | "dsa" | "ed25519" | "ed448" | "unknown";
  readonly bits: number;
  readonly curve?: string;
  readonly algorithmOid: string;
  /** SHA-256 of the whole SubjectPublicKeyInfo, to tell keys apart. */
  readonly id: string;
  /** The whole SubjectPublicKeyInfo. */
  readonly spki: Uint8Array;
  /** The key bits alone, as hashed for key identifiers and OCSP. */
  readonly keyBytes: Uint8Array;
  /** DSA keys may leave their parameters to the issuer's key (RFC 3279 section 2.3.2). */
  readonly inheritsParameters: boolean;
  /** Why this key must not be used, when there is a reason. */
  readonly fault?: string;
}

function magnitudeBits(bytes: Uint8Array): number {
  const first = bytes.findIndex((byte) => byte !== 0);
  return first < 0 ? 0 : (bytes.length - first) * 8 - Math.clz32(bytes[first] ?? 0) + 24;
}

type KeyShape = Pick<PublicKeyInfo, "type" | "bits" | "curve" | "fault">;

function rsaShape(type: "rsa" | "rsa-pss", keyBytes: Uint8Array): KeyShape {
  const outer = readerOf(keyBytes);
  const reader = into(take(outer, TAG.sequence, "an RSA key"));
  const modulus = integerBytes(take(reader, TAG.integer, "an RSA modulus"));
  const exponent = integerBytes(take(reader, TAG.integer, "an RSA exponent"));
  finish(reader, "an RSA key");
  finish(outer, "an RSA key");
  const bits = magnitudeBits(modulus);
  const negative = (modulus[0] ?? 0) >= 0x80 || (exponent[0] ?? 0) >= 0x80;
  const even = ((modulus.at(-1) ?? 0) & 1) === 0 || ((exponent.at(-1) ?? 0) & 1) === 0;
  // Larger keys cost seconds per check; no authority issues them.
  const absurd = bits > 16_384 || magnitudeBits(exponent) > (bits > 4096 ? 33 : 64);
  const fault = negative || even || magnitudeBits(exponent) < 2 ? "the RSA key is not a valid key" : absurd ? "the RSA key is too large" : undefined;
  return { type, bits, ...(fault === undefined ? {} : { fault }) };
}

function ecShape(algorithm: Algorithm, keyBytes: Uint8Array): KeyShape {
  if (algorithm.parameters === undefined) throw new DerError("an elliptic curve key names no curve");
  const reader = readerOf(algorithm.parameters);
  const parameter = next(reader);
  // Explicit parameters let a forger choose the generator (CVE-2020-0601); RFC 5480 section 2.1.1 forbids them.
  if (parameter.tag !== TAG.oid) return { type: "ec", bits: 0, fault: "the elliptic curve is given by explicit parameters" };
  const curve = CURVES.get(oidOf(parameter));
  if (curve === undefined) return { type: "ec", bits: 0, curve: oidOf(parameter), fault: "the elliptic curve is not a known one" };
  const width = Math.ceil(curve.bits / 8);
  const lead = keyBytes[0];
  const sound = (lead === 4 && keyBytes.length === 1 + 2 * width) || ((lead === 2 || lead === 3) && keyBytes.length === 1 + width);
  return { type: "ec", bits: curve.bits, curve: curve.name, ...(sound ? {} : { fault: "the elliptic curve point is malformed" }) };
}

function dsaShape(algorithm: Algorithm): KeyShape {
  if (algorithm.parameters === undefined || algorithm.parameters[0] === TAG.null) return { type: "dsa", bits: 0 };
  const outer = readerOf(algorithm.parameters);
  const reader = into(take(outer, TAG.sequence, "the parameters of a DSA key"));
  const bits = magnitudeBits(integerBytes(take(reader, TAG.integer, "the prime of a DSA key")));
  return { type: "dsa", bits, ...(bits > 4096 ? { fault: "the DSA key is too large" } : {}) };
}

function shapeOf(algorithm: Algorithm, keyBytes: Uint8Array): KeyShape {
  switch (algorithm.oid) {
    case KEY.rsa:
      return rsaShape("rsa", keyBytes);
    case KEY.rsaPss:
      return rsaShape("rsa-pss", keyBytes);
    case KEY.ec:
      return ecShape(algorithm, keyBytes);
    case KEY.dsa:
      return dsaShape(algorithm);
    case KEY.ed25519:
      return { type: "ed25519", bits: 256, ...(keyBytes.length === 32 ? {} : { fault: "the Ed25519 key has the wrong length" }) };
    case KEY.ed448:
      return { type: "ed448", bits: 456, ...(keyBytes.length === 57 ? {} : { fault: "the Ed448 key has the wrong length" }) };
    default:
      return { type: "unknown", bits: 0 };
  }
}

/** Reads SubjectPublicKeyInfo; an unusable key is described by `fault` rather than thrown. */
export function parsePublicKey(element: Element): PublicKeyInfo {
  const reader = into(element);
  const algorithm = parseAlgorithm(take(reader, TAG.sequence, "the algorithm of the public key"));
  const bits = take(reader, TAG.bitString, "the public key");
  finish(reader, "the public key information");
  const keyBytes = wholeBits(bits, "the public key");
  const spki = rawOf(element);
  const common = { algorithmOid: algorithm.oid, id: createHash("sha256").update(spki).digest("base64"), spki, keyBytes };
  try {
    const shape = shapeOf(algorithm, keyBytes);
    return { ...common, ...shape, inheritsParameters: shape.type === "dsa" && shape.bits === 0 };
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    return { ...common, type: "unknown", bits: 0, inheritsParameters: false, fault: error.message };
  }
}

/** A DSA key completed with the parameters of its issuer's key (RFC 3279 section 2.3.2), as SubjectPublicKeyInfo. */
export function withInheritedParameters(key: PublicKeyInfo, issuerKey: PublicKeyInfo): PublicKeyInfo | undefined {
  if (issuerKey.type !== "dsa" || issuerKey.inheritsParameters) return undefined;
  const issuerAlgorithm = take(into(take(readerOf(issuerKey.spki), TAG.sequence, "a key")), TAG.sequence, "an algorithm");
  const reader = into(take(readerOf(key.spki), TAG.sequence, "a key"));
  take(reader, TAG.sequence, "an algorithm");
  const body = Buffer.concat([rawOf(issuerAlgorithm), rawOf(next(reader))]);
  const header = body.length < 0x80 ? [0x30, body.length] : body.length < 0x100 ? [0x30, 0x81, body.length] : [0x30, 0x82, body.length >> 8, body.length & 0xff];
  return parsePublicKey(take(readerOf(Buffer.concat([Buffer.from(header), body])), TAG.sequence, "a key"));
}

/** The hash output a PSS signature uses, and its salt length in bytes. */
export interface PssParameters {
  readonly digestOid: string;
  readonly maskDigestOid: string;
  readonly saltLength: number;
}

const SHA1 = "1.3.14.3.2.26";
const MGF1 = "1.2.840.113549.1.1.8";

function explicit(wrapper: Element, tag: number): Element {
  const reader = into(wrapper);
  const inner = take(reader, tag, "a PSS parameter");
  finish(reader, "a PSS parameter");
  return inner;
}

/** Reads RSASSA-PSS-params (RFC 4055 section 3.1); an absent field has its SHA-1 default. */
export function parsePssParameters(parameters: Uint8Array | undefined): PssParameters {
  if (parameters === undefined) throw new DerError("the PSS signature has no parameters");
  const reader = into(take(readerOf(parameters), TAG.sequence, "the PSS parameters"));
  const hash = optional(reader, 0xa0);
  const mask = optional(reader, 0xa1);
  const salt = optional(reader, 0xa2);
  const trailer = optional(reader, 0xa3);
  finish(reader, "the PSS parameters");
  const maskAlgorithm = mask === undefined ? undefined : parseAlgorithm(explicit(mask, TAG.sequence));
  if (maskAlgorithm !== undefined && (maskAlgorithm.oid !== MGF1 || maskAlgorithm.parameters === undefined)) throw new DerError("the PSS mask is not MGF1");
  if (trailer !== undefined && contentOf(explicit(trailer, TAG.integer)).join() !== "1") throw new DerError("the PSS trailer is unknown");
  const saltBytes = salt === undefined ? undefined : integerBytes(explicit(salt, TAG.integer));
  if (saltBytes !== undefined && (saltBytes.length > 2 || (saltBytes[0] ?? 0) >= 0x80)) throw new DerError("the PSS salt length is out of range");
  return {
    digestOid: hash === undefined ? SHA1 : parseAlgorithm(explicit(hash, TAG.sequence)).oid,
    maskDigestOid: maskAlgorithm?.parameters === undefined ? SHA1 : parseAlgorithm(take(readerOf(maskAlgorithm.parameters), TAG.sequence, "the PSS mask digest")).oid,
    saltLength: saltBytes === undefined ? 20 : saltBytes.reduce((sum, byte) => sum * 256 + byte, 0),
  };
}

import { constants, createPublicKey, verify, type KeyObject } from "node:crypto";
import { DerError } from "./der.ts";
import { DIGESTS, SIGNATURES, type SignatureScheme } from "./oids.ts";
import { parsePssParameters, type Algorithm, type PublicKeyInfo } from "./public-key.ts";

/** Something signed: the covered bytes, the stated algorithm and the signature value. */
export interface Signed {
  readonly tbs: Uint8Array;
  readonly signatureAlgorithm: Algorithm;
  readonly signature: Uint8Array;
}

/** How a signature check ended; `unsupported` means that nothing is known about its truth. */
export type SignatureVerdict = "valid" | "invalid" | "unsupported";

/** The digest a signature rests on (`sha1`, `sha256` …), if it has one and it can be told. */
export function digestOf(algorithm: Algorithm): string | undefined {
  const scheme = SIGNATURES.get(algorithm.oid);
  if (scheme?.key !== "rsa-pss") return scheme?.digest;
  try {
    return DIGESTS.get(parsePssParameters(algorithm.parameters).digestOid);
  } catch (error) {
    if (error instanceof DerError) return undefined;
    throw error;
  }
}

/** Whether the digest of a certificate's signature can be forged today (MD2, MD5, SHA-1). */
export function isWeakDigest(digest: string | undefined): boolean {
  return digest === "sha1" || isBrokenDigest(digest);
}

/** Whether a digest is too broken even for CRLs and OCSP answers, whose contents an attacker does not choose: SHA-1 is still met there. */
export function isBrokenDigest(digest: string | undefined): boolean {
  return digest === "md2" || digest === "md5";
}

function isNullOrAbsent(parameters: Uint8Array | undefined): boolean {
  return parameters === undefined || (parameters.length === 2 && parameters[0] === 5 && parameters[1] === 0);
}

function parametersFit(scheme: SignatureScheme, parameters: Uint8Array | undefined): boolean {
  return scheme.key === "rsa" || scheme.key === "dsa" ? isNullOrAbsent(parameters) : scheme.key === "rsa-pss" || parameters === undefined;
}

function keyFits(scheme: SignatureScheme, key: PublicKeyInfo): boolean {
  // An id-RSASSA-PSS key signs PSS only; a plain RSA key may sign both (RFC 4055 section 1.2).
  return scheme.key === key.type || (scheme.key === "rsa-pss" && key.type === "rsa");
}

function verifyPss(signed: Signed, key: KeyObject): SignatureVerdict {
  const { digestOid, maskDigestOid, saltLength } = parsePssParameters(signed.signatureAlgorithm.parameters);
  const digest = DIGESTS.get(digestOid);
  // node:crypto always masks with the message digest.
  if (digest === undefined || digestOid !== maskDigestOid) return "unsupported";
  const valid = verify(digest, signed.tbs, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }, signed.signature);
  return valid ? "valid" : "invalid";
}

/** Checks a signature with a public key; never throws. */
export function verifySignature(signed: Signed, publicKey: PublicKeyInfo): SignatureVerdict {
  const scheme = SIGNATURES.get(signed.signatureAlgorithm.oid);
  if (scheme === undefined || publicKey.type === "unknown" || publicKey.fault !== undefined) return "unsupported";
  if (!keyFits(scheme, publicKey) || !parametersFit(scheme, signed.signatureAlgorithm.parameters)) return "invalid";
  if (scheme.digest === "md2") return "unsupported";
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey.spki), format: "der", type: "spki" });
    if (scheme.key === "rsa-pss") return verifyPss(signed, key);
    return verify(scheme.digest ?? null, signed.tbs, key, signed.signature) ? "valid" : "invalid";
  } catch {
    // OpenSSL refuses a key or signature whose structure it cannot use.
    return "unsupported";
  }
}

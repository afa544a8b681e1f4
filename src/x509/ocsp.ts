import { createHash } from "node:crypto";
import { readCertificate, signedParts, type Certificate } from "./certificate.ts";
import { reasonOf, type RevocationReason } from "./crl-entry.ts";
import { children, contentOf, DerError, finish, into, next, optional, rawOf, readerOf, take, TAG, type Element, type Reader } from "./der.ts";
import { hexOf, integerBytes, oidOf, smallInteger, takeTime, type DerTime } from "./der-values.ts";
import { parseExtensions, type Extension } from "./extensions.ts";
import { parseName, type Name } from "./name.ts";
import { EXTENSION } from "./oids.ts";
import { parseAlgorithm } from "./public-key.ts";
import type { Signed } from "./signature.ts";

/** Which certificate an answer speaks of: digest of issuer name and key, and the serial number (RFC 6960 section 4.1.1), hex in upper case. */
export interface CertId {
  readonly digestOid: string;
  readonly issuerNameHash: string;
  readonly issuerKeyHash: string;
  readonly serial: Uint8Array;
}

/** One SingleResponse. */
export interface SingleAnswer {
  readonly id: CertId;
  readonly status: "good" | "revoked" | "unknown";
  readonly revocationReason?: RevocationReason;
  readonly thisUpdate: DerTime;
  readonly nextUpdate?: DerTime;
  readonly unknownCritical: boolean;
}

/** Who signed: a name, or the SHA-1 of the signer's key in upper-case hex. */
export type ResponderId = { readonly kind: "name"; readonly name: Name } | { readonly kind: "key"; readonly hash: string };

/** A successful BasicOCSPResponse. */
export interface OcspAnswer extends Signed {
  readonly sha256: string;
  readonly responder: ResponderId;
  readonly producedAt: DerTime;
  readonly answers: readonly SingleAnswer[];
  readonly certificates: readonly Certificate[];
  readonly unknownCritical: boolean;
}

/** Largest OCSP answer that is read, in bytes. */
const MAX_OCSP_BYTES = 1_048_576;

const BASIC = "1.3.6.1.5.5.7.48.1.1";
const RESPONSE_STATUS = ["successful", "malformedRequest", "internalError", "tryLater", "", "sigRequired", "unauthorized"] as const;
const UNDERSTOOD: ReadonlySet<string> = new Set<string>([EXTENSION.ocspNonce, "1.3.6.1.5.5.7.48.1.9"]);

/** Extensions of a single answer that only inform: certificate transparency proofs, archive cut-off, CRL reference. */
const UNDERSTOOD_SINGLE: ReadonlySet<string> = new Set(["1.3.6.1.4.1.11129.2.4.5", "1.3.6.1.5.5.7.48.1.6", "1.3.6.1.5.5.7.48.1.3"]);

function explicitInner(wrapper: Element, tag: number, what: string): Element {
  const reader = into(wrapper);
  const inner = take(reader, tag, what);
  finish(reader, what);
  return inner;
}

function extensionsIn(reader: Reader, tag: number, what: string): readonly Extension[] {
  const wrapper = optional(reader, tag);
  return wrapper === undefined ? [] : parseExtensions(explicitInner(wrapper, TAG.sequence, what), what);
}

function certId(element: Element): CertId {
  const reader = into(element);
  const { oid } = parseAlgorithm(take(reader, TAG.sequence, "the digest of a certificate identifier"));
  const nameHash = take(reader, TAG.octetString, "the issuer name hash");
  const keyHash = take(reader, TAG.octetString, "the issuer key hash");
  // Some responders pad serial numbers; identity is then decided on the value.
  const serial = contentOf(take(reader, TAG.integer, "the serial number"));
  finish(reader, "a certificate identifier");
  return { digestOid: oid, issuerNameHash: hexOf(contentOf(nameHash)), issuerKeyHash: hexOf(contentOf(keyHash)), serial };
}

function statusOf(element: Element): Pick<SingleAnswer, "status" | "revocationReason"> {
  switch (element.tag) {
    case 0x80:
    case 0x82:
      if (element.end !== element.body) throw new DerError("a certificate status has unexpected contents");
      return { status: element.tag === 0x80 ? "good" : "unknown" };
    case 0xa1: {
      const reader = into(element);
      takeTime(reader, "the revocation date");
      const reason = optional(reader, 0xa0);
      finish(reader, "the revocation information");
      return reason === undefined ? { status: "revoked" } : { status: "revoked", revocationReason: reasonOf(explicitInner(reason, TAG.enumerated, "the revocation reason")) };
    }
    default:
      throw new DerError("a certificate status is unknown");
  }
}

function single(element: Element): SingleAnswer {
  if (element.tag !== TAG.sequence) throw new DerError("an answer is not a sequence");
  const reader = into(element);
  const id = certId(take(reader, TAG.sequence, "a certificate identifier"));
  const status = statusOf(next(reader));
  const thisUpdate = takeTime(reader, "the date of an answer");
  const nextWrapper = optional(reader, 0xa0);
  const nextUpdate = nextWrapper === undefined ? undefined : takeTime(into(nextWrapper), "the next date of an answer");
  const extensions = extensionsIn(reader, 0xa1, "an answer");
  finish(reader, "an answer");
  return { id, ...status, thisUpdate, ...(nextUpdate === undefined ? {} : { nextUpdate }), unknownCritical: extensions.some(({ oid, critical }) => critical && !UNDERSTOOD_SINGLE.has(oid)) };
}

function responderId(element: Element): ResponderId {
  if (element.tag === 0xa1) return { kind: "name", name: parseName(explicitInner(element, TAG.sequence, "the responder's name")) };
  if (element.tag === 0xa2) return { kind: "key", hash: hexOf(contentOf(explicitInner(element, TAG.octetString, "the responder's key hash"))) };
  throw new DerError("the responder is not named");
}

function attached(reader: Reader): readonly Certificate[] {
  const wrapper = optional(reader, 0xa0);
  if (wrapper === undefined) return [];
  return children(explicitInner(wrapper, TAG.sequence, "the attached certificates"), 64).map((element) => readCertificate(rawOf(element)));
}

function basicAnswer(der: Uint8Array): OcspAnswer {
  const top = readerOf(der);
  const outer = into(take(top, TAG.sequence, "the answer"));
  finish(top, "the answer");
  const { tbs, signatureAlgorithm, signature } = signedParts(outer, "the answer");
  const certificates = attached(outer);
  finish(outer, "the answer");
  const reader = into(tbs);
  const version = optional(reader, 0xa0);
  if (version !== undefined && smallInteger(explicitInner(version, TAG.integer, "the version"), "the version") !== 0) throw new DerError("the version of the answer is unknown");
  const responder = responderId(next(reader));
  const producedAt = takeTime(reader, "the date of production");
  const answers = children(take(reader, TAG.sequence, "the answers"), 10_000).map(single);
  const extensions = extensionsIn(reader, 0xa1, "the answer");
  finish(reader, "the signed part of the answer");
  const sha256 = createHash("sha256").update(der).digest("hex");
  const unknownCritical = extensions.some(({ oid, critical }) => critical && !UNDERSTOOD.has(oid));
  return { sha256, tbs: rawOf(tbs), signatureAlgorithm, signature, responder, producedAt, answers, certificates, unknownCritical };
}

/** Reads an OCSPResponse (RFC 6960 section 4.2.1): the basic answer, or the status text when the responder refused; DerError when malformed. */
export function readOcsp(der: Uint8Array): OcspAnswer | { readonly refused: string } {
  if (der.length > MAX_OCSP_BYTES) throw new DerError("the OCSP answer is too large");
  const top = readerOf(der);
  const outer = into(take(top, TAG.sequence, "the OCSP answer"));
  finish(top, "the OCSP answer");
  const code = integerBytes(take(outer, TAG.enumerated, "the status of the OCSP answer"));
  const status = code.length === 1 ? RESPONSE_STATUS[code[0] ?? 4] : undefined;
  if (status === undefined || status === "") throw new DerError("the status of the OCSP answer is unknown");
  const wrapper = optional(outer, 0xa0);
  finish(outer, "the OCSP answer");
  if (status !== "successful") return { refused: status };
  if (wrapper === undefined) throw new DerError("the OCSP answer is empty");
  const reader = into(explicitInner(wrapper, TAG.sequence, "the OCSP answer"));
  const type = oidOf(take(reader, TAG.oid, "the type of the OCSP answer"));
  const body = contentOf(take(reader, TAG.octetString, "the body of the OCSP answer"));
  finish(reader, "the OCSP answer");
  if (type !== BASIC) throw new DerError("the OCSP answer is of an unknown type");
  return basicAnswer(body);
}

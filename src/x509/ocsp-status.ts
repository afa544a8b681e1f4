import { createHash } from "node:crypto";
import { keyProblems, validityProblems } from "./certificate-check.ts";
import { labelOf, type Certificate } from "./certificate.ts";
import type { RevocationAnswer } from "./crl-status.ts";
import { dateText } from "./date-text.ts";
import { sameBytes } from "./der-values.ts";
import { DIGESTS, PURPOSE, UNDERSTOOD_EXTENSIONS, EXTENSION } from "./oids.ts";
import type { CertId, OcspAnswer, SingleAnswer } from "./ocsp.ts";
import { hasFailure } from "./problems.ts";
import { digestOf, isBrokenDigest, isWeakDigest, verifySignature } from "./signature.ts";

/** What an OCSP answer is judged with. */
export interface OcspLookup {
  readonly answer: OcspAnswer;
  readonly certificate: Certificate;
  readonly issuer: Certificate;
  /** Further certificates among which the signer may be. */
  readonly extra: readonly Certificate[];
  readonly atSeconds: number;
  readonly maxAgeDays?: number;
}

const SLACK_SECONDS = 300;
const DAY_SECONDS = 86_400;
const MAX_SIGNERS = 16;

function stripped(serial: Uint8Array): Uint8Array {
  let start = 0;
  while (start < serial.length - 1 && ((serial[start] === 0 && (serial[start + 1] ?? 0) < 0x80) || (serial[start] === 0xff && (serial[start + 1] ?? 0) >= 0x80))) start++;
  return serial.subarray(start);
}

function digest(name: string, bytes: Uint8Array): string {
  return createHash(name).update(bytes).digest("hex").toUpperCase();
}

/** Tells whether an identifier means this certificate, by the identifier's own digest; digests are computed once, as an answer may hold thousands. */
function matcher(certificate: Certificate, issuer: Certificate): (id: CertId) => boolean {
  const hashes = new Map<string, string>();
  const serial = stripped(certificate.serial);
  return (id) => {
    const name = DIGESTS.get(id.digestOid);
    if (name === undefined || name === "md5" || !sameBytes(stripped(id.serial), serial)) return false;
    const known = hashes.get(name) ?? `${digest(name, certificate.issuer.raw)} ${digest(name, issuer.publicKey.keyBytes)}`;
    hashes.set(name, known);
    return known === `${id.issuerNameHash} ${id.issuerKeyHash}`;
  };
}

function isNamed(candidate: Certificate, answer: OcspAnswer): boolean {
  const { responder } = answer;
  return responder.kind === "name" ? candidate.subject.key === responder.name.key : digest("sha1", candidate.publicKey.keyBytes) === responder.hash;
}

/** Why a certificate may not sign answers for this CA, if so: it must be the CA itself, or a delegate the CA issued directly with id-kp-OCSPSigning (RFC 6960 section 4.2.2.2). */
function delegateFault(signer: Certificate, lookup: OcspLookup): string | undefined {
  const { issuer, atSeconds } = lookup;
  const label = labelOf(signer);
  if (signer.publicKey.id === issuer.publicKey.id && signer.subject.key === issuer.subject.key) return undefined;
  if (signer.issuer.key !== issuer.subject.key) return `${label}, which signed the answer, was not issued by ${labelOf(issuer)}`;
  if (signer.decoded.extendedKeyUsage?.includes(PURPOSE.ocspSigning) !== true) return `${label}, which signed the answer, is not meant for signing OCSP answers`;
  if (signer.decoded.keyUsage !== undefined && !signer.decoded.keyUsage.has("digitalSignature") && !signer.decoded.keyUsage.has("nonRepudiation")) return `the key usage of ${label} does not allow it to sign OCSP answers`;
  const unknown = signer.extensions.some(({ oid, critical }) => critical && oid !== EXTENSION.ocspNoCheck && !UNDERSTOOD_EXTENSIONS.has(oid));
  if (signer.malformed.length > 0 || unknown || !signer.algorithmsAgree) return `the certificate ${label}, which signed the answer, is malformed`;
  if (hasFailure([...validityProblems(signer, atSeconds), ...keyProblems(signer)])) return `the certificate ${label}, which signed the answer, is out of date or has a weak key`;
  if (isWeakDigest(digestOf(signer.signatureAlgorithm))) return `the certificate ${label} is signed with a digest that can be forged`;
  return verifySignature(signer, issuer.publicKey) === "valid" ? undefined : `${label}, which signed the answer, was not issued by ${labelOf(issuer)}`;
}

function signerFault(lookup: OcspLookup): string | undefined {
  const { answer, issuer, extra } = lookup;
  const candidates = [issuer, ...answer.certificates, ...extra].filter((candidate) => isNamed(candidate, answer)).slice(0, MAX_SIGNERS);
  let fault = "the certificate that signed the answer is not at hand";
  for (const signer of candidates) {
    const verdict = verifySignature(answer, signer.publicKey);
    if (verdict !== "valid") fault = verdict === "invalid" ? "the signature of the answer does not match its signer" : "the signature of the answer cannot be checked";
    else {
      const trouble = delegateFault(signer, lookup);
      if (trouble === undefined) return undefined;
      fault = trouble;
    }
  }
  return fault;
}

function timeFault(single: SingleAnswer, lookup: OcspLookup): string | undefined {
  const { atSeconds, maxAgeDays, answer } = lookup;
  if (single.thisUpdate.seconds > atSeconds + SLACK_SECONDS || answer.producedAt.seconds > atSeconds + SLACK_SECONDS) return "the answer is dated in the future";
  const { notBefore, notAfter } = lookup.certificate;
  if (answer.producedAt.seconds < notBefore.seconds - SLACK_SECONDS || answer.producedAt.seconds > notAfter.seconds + SLACK_SECONDS) return "the answer was produced outside the validity of the certificate";
  if (single.nextUpdate !== undefined && single.nextUpdate.seconds < single.thisUpdate.seconds) return "the answer ends before it begins";
  if (single.nextUpdate !== undefined && single.nextUpdate.seconds < atSeconds - SLACK_SECONDS) return `the answer is out of date since ${dateText(single.nextUpdate.seconds)}`;
  if (maxAgeDays !== undefined && atSeconds - single.thisUpdate.seconds > maxAgeDays * DAY_SECONDS) return `the answer is older than ${maxAgeDays} days`;
  // Without nextUpdate newer information is always available (RFC 6960 section 4.2.2.1), so the age must be limited by the caller or be fresh.
  if (single.nextUpdate === undefined && maxAgeDays === undefined && atSeconds - single.thisUpdate.seconds > DAY_SECONDS) return "the answer does not say how long it holds and is older than a day";
  return undefined;
}

function worst(usable: readonly SingleAnswer[]): RevocationAnswer {
  const revoked = usable.find((single) => single.status === "revoked");
  if (revoked !== undefined) return { status: "revoked", reason: `the responder says revoked (${revoked.revocationReason ?? "unspecified"})` };
  if (usable.some((single) => single.status === "unknown")) return { status: "unknown", reason: "the responder does not know the certificate" };
  return { status: "good", reason: "a current OCSP answer says good" };
}

/** Judges a certificate by an OCSP answer: every answer that is for it and usable counts, the worst decides. */
export function statusByOcsp(lookup: OcspLookup): RevocationAnswer {
  const { answer, certificate, issuer } = lookup;
  const unknown = (reason: string): RevocationAnswer => ({ status: "unknown", reason });
  if (answer.unknownCritical) return unknown("the answer has a critical extension that is not understood");
  const isFor = matcher(certificate, issuer);
  const fitting = answer.answers.filter((single) => isFor(single.id));
  if (fitting.length === 0) return unknown("the answer is not about this certificate");
  if (fitting.some((single) => single.unknownCritical)) return unknown("the answer has a critical extension that is not understood");
  if (isBrokenDigest(digestOf(answer.signatureAlgorithm))) return unknown("the answer is signed with a digest that can be forged");
  const fault = signerFault(lookup);
  if (fault !== undefined) return unknown(fault);
  const faults = fitting.map((single) => timeFault(single, lookup));
  const usable = fitting.filter((_, index) => faults[index] === undefined);
  return usable.length === 0 ? unknown(faults[0] ?? "the answer is out of date") : worst(usable);
}

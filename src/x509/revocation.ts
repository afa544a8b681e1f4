import { isSameAuthority, newCrlBudget, statusByCrls, type RevocationAnswer } from "./crl-status.ts";
import { looksLikeCrl, readCrl, type Crl } from "./crl.ts";
import { labelOf, readCertificate, type Certificate } from "./certificate.ts";
import { DerError } from "./der.ts";
import { readOcsp } from "./ocsp.ts";
import { statusByOcsp } from "./ocsp-status.ts";
import { checkSignature, newPool, newSearchBudget } from "./path-build.ts";
import { decodeInput, decodeInputs, type BinaryInput } from "./pem.ts";
import { hasFailure } from "./problems.ts";
import { certificateProblems } from "./certificate-check.ts";
import { tryCertificate, type BinaryInputs } from "./request.ts";

/** The revocation data to judge by: one CRL or one OCSP answer, DER or PEM. */
export type RevocationSource = { readonly crl: BinaryInput } | { readonly ocsp: BinaryInput };

/** Whom the data is about. */
export interface RevocationSubject {
  readonly certificate: BinaryInput;
  /** The certificate of its issuer, which the caller has already validated. */
  readonly issuer: BinaryInput;
  /** Further CRLs (the complete one of a delta, deltas, other partitions) and certificates (CRL or OCSP signers), in any order. */
  readonly extra?: BinaryInputs;
  readonly at: Date;
  /** Oldest data that still counts; needed for CRLs without a next date. */
  readonly maxAgeDays?: number;
}

interface Material {
  readonly certificate: Certificate;
  readonly issuer: Certificate;
  readonly certificates: readonly Certificate[];
  readonly crls: readonly Crl[];
  readonly atSeconds: number;
  readonly maxAgeDays?: number;
}

const MAX_EXTRA = 200;
const MAX_EXTRA_BYTES = 32 * 1024 * 1024;

function unknown(reason: string): RevocationAnswer {
  return { status: "unknown", reason };
}

/** What one input of `extra` is; unreadable ones are passed over, as they can only be missed. */
function readExtra(inputs: readonly Uint8Array[]): { readonly certificates: readonly Certificate[]; readonly crls: readonly Crl[] } {
  const certificates: Certificate[] = [];
  const crls: Crl[] = [];
  let bytes = 0;
  for (const der of inputs.slice(0, MAX_EXTRA)) {
    bytes += der.length;
    if (bytes > MAX_EXTRA_BYTES) break;
    try {
      if (looksLikeCrl(der)) crls.push(readCrl(der));
      else certificates.push(readCertificate(der));
    } catch (error) {
      if (!(error instanceof DerError)) throw error;
    }
  }
  return { certificates, crls };
}

function material(subject: RevocationSubject): Material | string {
  if (!(subject.at instanceof Date) || Number.isNaN(subject.at.getTime())) return "the time to judge at is not a valid date";
  const certificate = tryCertificate(decodeInput(subject.certificate)[0] ?? new Uint8Array(0));
  const issuer = tryCertificate(decodeInput(subject.issuer)[0] ?? new Uint8Array(0));
  if (typeof certificate === "string") return `the certificate cannot be read: ${certificate}`;
  if (typeof issuer === "string") return `the issuer's certificate cannot be read: ${issuer}`;
  if (certificate.issuer.key !== issuer.subject.key) return `${labelOf(certificate)} was not issued by ${labelOf(issuer)}`;
  return {
    certificate,
    issuer,
    ...readExtra(decodeInputs(subject.extra)),
    atSeconds: Math.floor(subject.at.getTime() / 1000),
    ...(subject.maxAgeDays === undefined ? {} : { maxAgeDays: subject.maxAgeDays }),
  };
}

/** Whether a CRL signer may be believed: the issuer itself under any of its certificates, or a CRL issuer that the issuer certified. */
function crlSignerTrust(from: Material, budget: ReturnType<typeof newSearchBudget>): (signer: Certificate) => boolean {
  const verify = (certificate: Certificate, key: Certificate["publicKey"]): ReturnType<typeof checkSignature> => checkSignature(certificate, key, budget);
  return (signer) => {
    if (signer.sha256 === from.issuer.sha256) return true;
    const sound = !hasFailure(certificateProblems(signer, { isLeaf: true, isAnchor: false }, from.atSeconds));
    if (!sound) return false;
    if (isSameAuthority(signer, from.issuer, verify)) return true;
    return signer.issuer.key === from.issuer.subject.key && signer.decoded.keyUsage?.has("cRLSign") === true && verify(signer, from.issuer.publicKey) === "valid";
  };
}

function byCrl(input: BinaryInput, from: Material): RevocationAnswer {
  // Further blocks of a PEM text are extra material, such as the delta beside its complete CRL.
  const [first = new Uint8Array(0), ...others] = decodeInput(input);
  const crl = readCrl(first);
  const budget = newSearchBudget();
  const pool = newPool([from.issuer], from.certificates);
  return statusByCrls({
    certificate: from.certificate,
    issuer: from.issuer,
    crls: [crl, ...readExtra(others).crls, ...from.crls],
    atSeconds: from.atSeconds,
    ...(from.maxAgeDays === undefined ? {} : { maxAgeDays: from.maxAgeDays }),
    signers: (key) => [...(pool.anchors.get(key) ?? []), ...(pool.intermediates.get(key) ?? [])].slice(0, 32),
    isTrusted: crlSignerTrust(from, budget),
    verify: (signed, signer) => checkSignature(signed, signer.publicKey, budget),
    ownIndirect: false,
    budget: newCrlBudget(),
  });
}

function byOcsp(input: BinaryInput, from: Material): RevocationAnswer {
  const answer = readOcsp(decodeInput(input)[0] ?? new Uint8Array(0));
  if ("refused" in answer) return unknown(`the responder refused to answer (${answer.refused})`);
  return statusByOcsp({ answer, certificate: from.certificate, issuer: from.issuer, extra: from.certificates, atSeconds: from.atSeconds, ...(from.maxAgeDays === undefined ? {} : { maxAgeDays: from.maxAgeDays }) });
}

/** Judges one certificate by one CRL (RFC 5280 section 6.3) or OCSP answer (RFC 6960). Never rejects: whatever cannot be used gives `unknown` with the reason. */
export async function revocationStatus(source: RevocationSource, subject: RevocationSubject): Promise<RevocationAnswer> {
  try {
    const from = material(subject);
    if (typeof from === "string") return unknown(from);
    return "crl" in source ? byCrl(source.crl, from) : byOcsp(source.ocsp, from);
  } catch (error) {
    if (error instanceof DerError) return unknown(`the revocation data cannot be read: ${error.message}`);
    return unknown(`the revocation data could not be judged: ${error instanceof Error ? error.message : "unknown cause"}`);
  }
}

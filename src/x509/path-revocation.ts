import { labelOf, type Certificate } from "./certificate.ts";
import { newCrlBudget, statusByCrls, type CrlLookup, type CrlBudget, type RevocationAnswer } from "./crl-status.ts";
import { MAX_CRL_BYTES, readCrl, type Crl } from "./crl.ts";
import { DerError } from "./der.ts";
import { checkSignature, newSearchBudget, searchPaths, type Pool, type SearchBudget } from "./path-build.ts";
import { newPathBudget, pathProblems, type PathBudget, type PathDemand } from "./path-check.ts";
import { decodeInputs } from "./pem.ts";
import { failure, hasFailure, shapeFault, warning, type Problem } from "./problems.ts";
import type { BinaryInputs } from "./request.ts";

/** CRLs of one validation with everything their signers are judged by. */
export interface RevocationContext {
  readonly crls: readonly Crl[];
  readonly pool: Pool;
  readonly demand: PathDemand;
  readonly search: SearchBudget;
  /** For the paths of CRL signers, which are judged for any purpose. */
  readonly pathBudget: PathBudget;
  readonly inputProblems: readonly Problem[];
  readonly answers: Map<string, RevocationAnswer>;
  /** Signers whose own path is being judged, to stop circular trust. */
  readonly pending: Set<string>;
  readonly budget: CrlBudget;
}

const MAX_CRLS = 500;
const MAX_NESTING = 3;

/** Reads CRLs for a path validation; an unreadable CRL is a warning, for it may not be needed. */
export function newRevocationContext(inputs: BinaryInputs, pool: Pool, demand: PathDemand, search: SearchBudget): RevocationContext {
  const inputProblems: Problem[] = [];
  const crls: Crl[] = [];
  let bytes = 0;
  for (const [index, der] of decodeInputs(inputs).entries()) {
    bytes += der.length;
    if (index >= MAX_CRLS || bytes > MAX_CRL_BYTES) {
      inputProblems.push(warning("input-too-large", undefined, `Too many CRLs were given; from number ${index + 1} on they are not looked at.`));
      break;
    }
    try {
      const crl = readCrl(der);
      crls.push(crl);
      inputProblems.push(...crlShape(crl, demand));
    } catch (error) {
      if (!(error instanceof DerError)) throw error;
      inputProblems.push(warning("malformed-crl", undefined, `A CRL (number ${index + 1}) cannot be read: ${error.message}.`));
    }
  }
  return { crls, pool, demand, search: { ...newSearchBudget(), signatures: search.signatures }, pathBudget: newPathBudget(), inputProblems, answers: new Map(), pending: new Set(), budget: newCrlBudget() };
}

function crlShape(crl: Crl, demand: PathDemand): readonly Problem[] {
  const fault = crl.number === undefined ? "has no CRL number" : undefined;
  return fault === undefined ? [] : [shapeFault(demand.profile, "crl-shape", undefined, `The CRL of ${crl.issuer.text.slice(0, 512)} ${fault}.`)];
}

/** Whether a CRL signer has a valid, unrevoked path of its own to the very anchor of the path in question (RFC 5280 section 6.3.3 f). */
function hasOwnPath(signer: Certificate, anchor: Certificate, context: RevocationContext): boolean {
  if (signer.sha256 === anchor.sha256) return true;
  // Without key usage only a CA may be believed: an end entity that merely bears the CRL issuer's name must not.
  const { keyUsage, basicConstraints } = signer.decoded;
  if (keyUsage?.has("cRLSign") !== true && basicConstraints?.ca !== true) return false;
  if (context.pending.has(signer.sha256) || context.pending.size >= MAX_NESTING) return false;
  context.pending.add(signer.sha256);
  const demand: PathDemand = { ...context.demand, purpose: "any", policy: {}, profile: "private-pki" };
  let found = false;
  searchPaths(signer, context.pool, { atSeconds: demand.atSeconds, maxDepth: demand.maxDepth, budget: context.search }, (path) => {
    found = path.at(-1)?.sha256 === anchor.sha256 && !hasFailure(pathProblems(path, demand, context.pathBudget)) && !hasFailure(statusProblems(path, context));
    return found;
  });
  context.pending.delete(signer.sha256);
  return found;
}

function signersNamed(key: string, path: readonly Certificate[], pool: Pool): readonly Certificate[] {
  const all = [...path.slice(1).filter((certificate) => certificate.subject.key === key), ...(pool.anchors.get(key) ?? []), ...(pool.intermediates.get(key) ?? [])];
  const seen = new Set<string>();
  return all.filter(({ sha256 }) => !seen.has(sha256) && seen.add(sha256).size > 0).slice(0, 32);
}

function answerFor(path: readonly Certificate[], index: number, context: RevocationContext): RevocationAnswer {
  const [certificate, issuer, anchor] = [path[index], path[index + 1], path.at(-1)];
  if (certificate === undefined || issuer === undefined || anchor === undefined) return { status: "unknown", reason: "the path is too short" };
  const above = path.slice(index + 1);
  const lookup: CrlLookup = {
    certificate,
    issuer,
    crls: context.crls,
    atSeconds: context.demand.atSeconds,
    signers: (key) => signersNamed(key, path.slice(index), context.pool),
    // What stands above on the path is judged with the path itself. A CRL issuer may speak for its own certificate while that is being judged (PKITS 4.14.30).
    isTrusted: (signer) => (signer.sha256 === certificate.sha256 && context.pending.has(signer.sha256)) || above.some((item) => item.sha256 === signer.sha256) || hasOwnPath(signer, anchor, context),
    verify: (crl, signer) => checkSignature(crl, signer.publicKey, context.search),
    ownIndirect: true,
    budget: context.budget,
  };
  return statusByCrls(lookup);
}

function statusProblems(path: readonly Certificate[], context: RevocationContext): readonly Problem[] {
  return path.slice(0, -1).flatMap((certificate, index) => {
    const key = path.slice(index).map((item) => item.sha256).join();
    // While a signer is being judged an answer may be provisional, so only outer answers are kept.
    const known = context.pending.size === 0 ? context.answers.get(key) : undefined;
    const answer = known ?? answerFor(path, index, context);
    if (context.pending.size === 0) context.answers.set(key, answer);
    if (answer.status === "good") return [];
    const label = labelOf(certificate);
    return answer.status === "revoked"
      ? [failure("revoked", certificate, `${label} is revoked: ${answer.reason}.`)]
      : [failure("revocation-unknown", certificate, `It is not known whether ${label} is revoked: ${answer.reason}.`)];
  });
}

/** Revocation problems of a path given from leaf to anchor: every certificate below the anchor needs a covering CRL. */
export function revocationProblems(path: readonly Certificate[], context: RevocationContext): readonly Problem[] {
  return [...context.inputProblems, ...statusProblems(path, context)];
}


import { isSelfIssued, type Certificate } from "./certificate.ts";
import { withInheritedParameters, type PublicKeyInfo } from "./public-key.ts";
import { verifySignature, type Signed, type SignatureVerdict } from "./signature.ts";

/** The certificates a path may be built from, by subject. */
export interface Pool {
  readonly anchorIds: ReadonlySet<string>;
  readonly anchors: ReadonlyMap<string, readonly Certificate[]>;
  readonly intermediates: ReadonlyMap<string, readonly Certificate[]>;
}

/** What a search may still cost. */
export interface SearchBudget {
  signatureChecks: number;
  /** Bytes that may still be hashed for signatures. */
  signedBytes: number;
  steps: number;
  /** Results of signature checks, by certificate and key. */
  readonly signatures: Map<string, SignatureVerdict>;
}

/** A fresh budget: 100 signature checks over at most 96 MB, and 2000 steps. */
export function newSearchBudget(): SearchBudget {
  return { signatureChecks: 100, signedBytes: 96 * 1024 * 1024, steps: 2000, signatures: new Map() };
}

/** What a search met beside the complete paths it showed. */
export interface SearchOutcome {
  readonly limitReached: boolean;
  readonly tooDeep: boolean;
  /** The longest path that led nowhere, from the leaf. */
  readonly longest: readonly Certificate[];
  /** Pairs whose names fit but whose signature does not. */
  readonly refused: readonly { readonly certificate: Certificate; readonly issuer: Certificate; readonly verdict: SignatureVerdict }[];
}

const MAX_CANDIDATES = 128;
const MAX_DEPTH = 64;
const MAX_REFUSED = 16;

function bySubject(certificates: readonly Certificate[]): ReadonlyMap<string, readonly Certificate[]> {
  const map = new Map<string, Certificate[]>();
  const seen = new Set<string>();
  for (const certificate of certificates) {
    if (seen.has(certificate.sha256)) continue;
    seen.add(certificate.sha256);
    const known = map.get(certificate.subject.key);
    if (known === undefined) map.set(certificate.subject.key, [certificate]);
    else known.push(certificate);
  }
  return map;
}

/** Sorts certificates for look-up; an intermediate that is also an anchor counts as anchor. */
export function newPool(anchors: readonly Certificate[], intermediates: readonly Certificate[]): Pool {
  const anchorIds = new Set(anchors.map((anchor) => anchor.sha256));
  return { anchorIds, anchors: bySubject(anchors), intermediates: bySubject(intermediates.filter((certificate) => !anchorIds.has(certificate.sha256))) };
}

/** 0 to 5, lower is likelier: matching key identifiers before unknown before different ones, currently valid before not. */
function rank(child: Certificate, candidate: Certificate, atSeconds: number): number {
  const wanted = child.decoded.authorityKeyId?.keyId;
  const offered = candidate.decoded.subjectKeyId;
  const identifiers = wanted === undefined || offered === undefined ? 2 : wanted === offered ? 0 : 4;
  const valid = candidate.notBefore.seconds <= atSeconds && atSeconds <= candidate.notAfter.seconds;
  return identifiers + (valid ? 0 : 1);
}

function ranked(child: Certificate, candidates: readonly Certificate[], atSeconds: number): readonly Certificate[] {
  const buckets: Certificate[][] = [[], [], [], [], [], []];
  for (const candidate of candidates) buckets[rank(child, candidate, atSeconds)]?.push(candidate);
  return buckets.flat().slice(0, MAX_CANDIDATES);
}

/** The issuers to try for a certificate, likeliest first, anchors before others. */
function issuersOf(child: Certificate, pool: Pool, atSeconds: number): readonly Certificate[] {
  const anchors = pool.anchors.get(child.issuer.key) ?? [];
  const others = pool.intermediates.get(child.issuer.key) ?? [];
  return [...ranked(child, anchors, atSeconds), ...ranked(child, others, atSeconds)];
}

/** Checks the signature of a certificate or CRL with a key, remembering the result; `limit` when the budget is spent. */
export function checkSignature(signed: Signed & { readonly sha256: string }, key: PublicKeyInfo, budget: SearchBudget): SignatureVerdict | "limit" {
  const id = `${signed.sha256}/${key.id}`;
  const known = budget.signatures.get(id);
  if (known !== undefined) return known;
  if (budget.signatureChecks <= 0 || budget.signedBytes < signed.tbs.length) return "limit";
  budget.signatureChecks--;
  budget.signedBytes -= signed.tbs.length;
  const verdict = verifySignature(signed, key);
  budget.signatures.set(id, verdict);
  return verdict;
}

interface Search {
  readonly pool: Pool;
  readonly atSeconds: number;
  readonly maxDepth: number;
  readonly budget: SearchBudget;
  readonly visit: (path: readonly Certificate[]) => boolean;
  readonly issuers: Map<Certificate, readonly Certificate[]>;
  limitReached: boolean;
  tooDeep: boolean;
  longest: readonly Certificate[];
  readonly refused: { readonly certificate: Certificate; readonly issuer: Certificate; readonly verdict: SignatureVerdict }[];
}

function isOnPath(path: readonly Certificate[], candidate: Certificate): boolean {
  const self = isSelfIssued(candidate);
  // A CA met again under another certificate of the same name and key would only walk in circles.
  return path.some((item) => item.sha256 === candidate.sha256 || (!self && item.publicKey.id === candidate.publicKey.id && item.subject.key === candidate.subject.key));
}

/** Whether `issuer` signed the last certificate of the path; a DSA key without parameters is judged once its own issuer is known. */
function signs(search: Search, path: readonly Certificate[], issuer: Certificate): boolean {
  const child = path.at(-1);
  const grandchild = path.at(-2);
  if (child === undefined) return false;
  const pairs: (readonly [Certificate, Certificate["publicKey"]])[] = issuer.publicKey.inheritsParameters ? [] : [[child, issuer.publicKey]];
  if (grandchild !== undefined && child.publicKey.inheritsParameters) {
    const key = withInheritedParameters(child.publicKey, issuer.publicKey);
    if (key === undefined) return false;
    pairs.push([grandchild, key]);
  }
  if (issuer.publicKey.inheritsParameters && search.pool.anchorIds.has(issuer.sha256)) return false;
  for (const [certificate, key] of pairs) {
    const verdict = checkSignature(certificate, key, search.budget);
    if (verdict === "limit") search.limitReached = true;
    else if (verdict !== "valid" && search.refused.length < MAX_REFUSED) search.refused.push({ certificate, issuer, verdict });
    if (verdict !== "valid") return false;
  }
  return true;
}

function candidatesFor(search: Search, child: Certificate): readonly Certificate[] {
  const known = search.issuers.get(child);
  if (known !== undefined) return known;
  const found = issuersOf(child, search.pool, search.atSeconds);
  search.issuers.set(child, found);
  return found;
}

/** Extends a path depth first; true when the visitor took a path. Recursion is bounded by the depth limit. */
function extend(search: Search, path: readonly Certificate[], depth: number): boolean {
  const last = path.at(-1);
  if (last === undefined) return false;
  if (search.pool.anchorIds.has(last.sha256) && search.visit(path)) return true;
  if (path.length > search.longest.length) search.longest = path;
  for (const candidate of candidatesFor(search, last)) {
    if (search.budget.steps <= 0 || search.limitReached) {
      search.limitReached = true;
      return false;
    }
    search.budget.steps--;
    if (isOnPath(path, candidate)) continue;
    const isAnchor = search.pool.anchorIds.has(candidate.sha256);
    const below = depth + (isAnchor || isSelfIssued(candidate) ? 0 : 1);
    if (below > search.maxDepth || path.length > MAX_DEPTH) {
      search.tooDeep = true;
      continue;
    }
    if (signs(search, path, candidate) && extend(search, [...path, candidate], below)) return true;
  }
  return false;
}

/** Shows every path from the leaf to an anchor to `visit`, likeliest first, until it returns true or the budget ends. Depth counts intermediates that are not self-issued. */
export function searchPaths(leaf: Certificate, pool: Pool, options: { readonly atSeconds: number; readonly maxDepth: number; readonly budget: SearchBudget }, visit: (path: readonly Certificate[]) => boolean): SearchOutcome {
  const search: Search = {
    pool,
    ...options,
    maxDepth: Math.min(options.maxDepth, MAX_DEPTH),
    visit,
    issuers: new Map(),
    limitReached: false,
    tooDeep: false,
    longest: [leaf],
    refused: [],
  };
  extend(search, [leaf], 0);
  return search;
}

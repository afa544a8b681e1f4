import { isSelfIssued, labelOf, type Certificate } from "./certificate.ts";
import { leafProblems } from "./leaf-check.ts";
import { newPool, newSearchBudget, searchPaths, type Pool, type SearchOutcome } from "./path-build.ts";
import { newPathBudget, pathProblems, type PathDemand } from "./path-check.ts";
import { failure, hasFailure, type Problem } from "./problems.ts";
import { newRevocationContext, revocationProblems } from "./path-revocation.ts";
import { readRequest, type PathRequest, type ReadRequest } from "./request.ts";

/** The answer of `validatePath`: `path` holds DER certificates from leaf to anchor and is empty unless `ok`; problems are those of the best path tried. */
export interface PathResult {
  readonly ok: boolean;
  readonly path: readonly Uint8Array[];
  readonly problems: readonly Problem[];
}

const DEFAULT_DEPTH = 12;

/** The best complete path so far. */
interface Attempt {
  readonly path: readonly Certificate[];
  readonly problems: readonly Problem[];
}

function refusal(...problems: readonly Problem[]): PathResult {
  return { ok: false, path: [], problems };
}

function demandOf(request: PathRequest): PathDemand {
  return {
    // Certificates speak in whole seconds; a fraction must not shorten the last one.
    atSeconds: Math.floor(request.at.getTime() / 1000),
    purpose: request.purpose,
    maxDepth: request.maxDepth ?? DEFAULT_DEPTH,
    policy: request.policy ?? {},
    profile: request.profile ?? "private-pki",
  };
}

function requestFault(request: PathRequest): string | undefined {
  if (!(request.at instanceof Date) || Number.isNaN(request.at.getTime())) return "The time to judge at is not a valid date.";
  if (!["serverAuth", "clientAuth", "any"].includes(request.purpose)) return "The purpose must be serverAuth, clientAuth or any.";
  if (request.profile !== undefined && request.profile !== "private-pki" && request.profile !== "public-web") return "The profile must be private-pki or public-web.";
  if (request.maxDepth !== undefined && !(Number.isInteger(request.maxDepth) && request.maxDepth >= 0)) return "The greatest depth must be a whole number.";
  return undefined;
}

function signatureText(refused: SearchOutcome["refused"][number]): Problem {
  const [subject, issuer] = [labelOf(refused.certificate), labelOf(refused.issuer)];
  return refused.verdict === "unsupported"
    ? failure("signature-unsupported", refused.certificate, `The signature of ${subject} uses an algorithm or key of ${issuer} that cannot be checked.`)
    : failure("signature-invalid", refused.certificate, `The signature of ${subject} was not made with the key of ${issuer}, although the names fit.`);
}

function deadEndText(last: Certificate, pool: Pool): string {
  const [label, issuer] = [labelOf(last), last.issuer.text.slice(0, 512)];
  if (isSelfIssued(last)) return `${label} is self-issued and not among the trust anchors.`;
  const known = pool.anchors.has(last.issuer.key) || pool.intermediates.has(last.issuer.key);
  return known ? `The certificates of the issuer ${issuer} do not lead from ${label} to a trust anchor.` : `The path ends at ${label}: no certificate of its issuer ${issuer} is at hand, neither sent nor trusted.`;
}

/** What to say when no path reached an anchor. */
function deadEndProblems(outcome: SearchOutcome, pool: Pool, maxDepth: number): readonly Problem[] {
  const last = outcome.longest.at(-1);
  const problems = outcome.refused.map(signatureText);
  if (outcome.tooDeep) problems.push(failure("path-too-deep", last, `No path with at most ${maxDepth} intermediate certificates reaches a trust anchor.`));
  if (last === undefined) return problems;
  return [...problems, failure("no-trusted-issuer", last, deadEndText(last, pool))];
}

function failures(problems: readonly Problem[]): number {
  return problems.filter((problem) => problem.severity === "fail").length;
}

function validate(request: PathRequest, read: ReadRequest & { readonly leaf: Certificate }): PathResult {
  const demand = demandOf(request);
  const budget = newPathBudget();
  const search = newSearchBudget();
  const pool = newPool(read.anchors, read.intermediates);
  const own = leafProblems(read.leaf, { purpose: request.purpose, keyUsage: request.keyUsage ?? [], ...(request.peer === undefined ? {} : { peer: request.peer }) });
  const revocation = request.crls === undefined ? undefined : newRevocationContext(request.crls, pool, demand, search);
  const tried: Attempt[] = [];
  const outcome = searchPaths(read.leaf, pool, { atSeconds: demand.atSeconds, maxDepth: demand.maxDepth, budget: search }, (path) => {
    const checked = [...own, ...pathProblems(path, demand, budget)];
    // CRLs cost the most, so they are asked for sound paths, and once to complete the picture of an unsound one.
    const judged = revocation !== undefined && (tried.length === 0 || !hasFailure(checked));
    const problems = judged ? [...checked, ...revocationProblems(path, revocation)] : checked;
    const [best] = tried;
    if (best === undefined || failures(problems) < failures(best.problems)) tried[0] = { path, problems };
    return !hasFailure(problems);
  });
  const [found] = tried;
  if (found !== undefined && !hasFailure(found.problems)) return { ok: true, path: found.path.map((certificate) => certificate.der), problems: [...found.problems, ...read.problems] };
  const limit = outcome.limitReached ? [failure("search-limit", undefined, "There are too many possible paths; the search was stopped.")] : [];
  if (found !== undefined) return refusal(...found.problems, ...limit, ...read.problems);
  const partial = pathProblems(outcome.longest, demand, budget);
  return refusal(...own, ...deadEndProblems(outcome, pool, demand.maxDepth), ...limit, ...partial, ...read.problems);
}

/** Searches and validates a certification path (RFC 5280 section 6.1, RFC 9618 policies, RFC 9525 names). Never rejects: whatever cannot be judged is a failure. */
export async function validatePath(request: PathRequest): Promise<PathResult> {
  try {
    const fault = requestFault(request);
    if (fault !== undefined) return refusal(failure("invalid-request", undefined, fault));
    const read = readRequest(request);
    return read.leaf === undefined ? refusal(...read.problems) : validate(request, { ...read, leaf: read.leaf });
  } catch (error) {
    return refusal(failure("internal-error", undefined, `The validator failed: ${error instanceof Error ? error.message : "unknown cause"}.`));
  }
}

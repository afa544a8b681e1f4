import { isSelfIssued, labelOf, type Certificate } from "./certificate.ts";
import { certificateProblems, type Position } from "./certificate-check.ts";
import type { GeneralName } from "./general-name.ts";
import { constrainedNames, constraintFault, type ComparisonBudget, type ConstraintFault } from "./name-constraints.ts";
import { checkPolicies, type PolicyBudget, type PolicyDemand } from "./policy.ts";
import { failure, type Problem, type Profile } from "./problems.ts";
import { publicWebProblems } from "./public-web.ts";
import { purposeProblem, type Purpose } from "./purpose.ts";
import { shapeProblems } from "./shape-check.ts";

/** What a path is judged against. */
export interface PathDemand {
  readonly atSeconds: number;
  readonly purpose: Purpose;
  readonly maxDepth: number;
  readonly policy: PolicyDemand;
  readonly profile: Profile;
}

/** Budgets shared by all paths of one validation, and what is already known of single certificates. */
export type PathBudget = ComparisonBudget & PolicyBudget & { readonly known: Map<string, readonly Problem[]>; readonly names: Map<Certificate, readonly GeneralName[]> };

/** A fresh budget: 2^20 name comparisons and as many policy steps. */
export function newPathBudget(): PathBudget {
  return { comparisons: 2 ** 20, policies: 2 ** 20, known: new Map(), names: new Map() };
}

/** Counts intermediates that are not self-issued, as path length constraints do (RFC 5280 section 4.2.1.9). */
function lengthProblems(path: readonly Certificate[], maxDepth: number): readonly Problem[] {
  const problems: Problem[] = [];
  let below = 0;
  for (const [index, certificate] of path.entries()) {
    if (index === 0) continue;
    const allowed = certificate.decoded.basicConstraints?.pathLength;
    if (allowed !== undefined && below > allowed) {
      problems.push(failure("path-length-exceeded", certificate, `${labelOf(certificate)} allows ${allowed} CA certificates below it, but the path has ${below}.`));
    }
    if (!isSelfIssued(certificate) && index < path.length - 1) below++;
  }
  if (below > maxDepth) problems.push(failure("path-too-deep", undefined, `The path has ${below} intermediate certificates; at most ${maxDepth} are allowed.`));
  return problems;
}

function constraintText(fault: ConstraintFault, certificate: Certificate, ca: Certificate): string {
  const [subject, issuer] = [labelOf(certificate), labelOf(ca)];
  switch (fault.code) {
    case "name-not-permitted":
      return `${issuer} permits only certain names, and "${fault.name}" of ${subject} is not among them.`;
    case "name-excluded":
      return `${issuer} excludes the name "${fault.name}" of ${subject}.`;
    case "name-malformed":
      return `${issuer} constrains names of the type of "${fault.name}", but that name of ${subject} is malformed.`;
    case "name-constraint-unsupported":
      return `${issuer} constrains names of a type that cannot be compared, and ${subject} has such a name.`;
    case "constraint-limit":
      return `${subject} has too many names to compare with the constraints of ${issuer}.`;
  }
}

function namesOf(certificate: Certificate, budget: PathBudget): readonly GeneralName[] {
  const known = budget.names.get(certificate) ?? constrainedNames(certificate);
  budget.names.set(certificate, known);
  return known;
}

function constraintProblems(path: readonly Certificate[], budget: PathBudget): readonly Problem[] {
  const problems: Problem[] = [];
  for (const [index, ca] of path.entries()) {
    const constraints = ca.decoded.nameConstraints;
    if (index === 0 || constraints === undefined) continue;
    for (const [position, certificate] of path.slice(0, index).entries()) {
      if (position > 0 && isSelfIssued(certificate)) continue;
      const fault = constraintFault(namesOf(certificate, budget), constraints, budget);
      if (fault !== undefined) problems.push(failure(fault.code, certificate, constraintText(fault, certificate, ca)));
    }
  }
  return problems;
}

function policyProblems(path: readonly Certificate[], demand: PathDemand, budget: PolicyBudget): readonly Problem[] {
  switch (checkPolicies([...path].reverse(), demand.policy, isSelfIssued, budget)) {
    case "satisfied":
    case "mapping-any": // reported with the certificate that has it
      return [];
    case "not-satisfied":
      return [failure("policy-not-satisfied", path[0], "An explicit certificate policy is required, and no policy is valid along the whole path.")];
    case "limit":
      return [failure("policy-limit", path[0], "The path has too many certificate policies to process.")];
  }
}

function ownProblems(certificate: Certificate, position: Position, demand: PathDemand, budget: PathBudget): readonly Problem[] {
  const key = `${certificate.sha256}${position.isLeaf ? "L" : ""}${position.isAnchor ? "A" : ""}`;
  const known = budget.known.get(key);
  if (known !== undefined) return known;
  const purpose = purposeProblem(certificate, demand.purpose);
  const problems = [
    ...certificateProblems(certificate, position, demand.atSeconds),
    ...(purpose === undefined ? [] : [purpose]),
    ...shapeProblems(certificate, position, demand.profile),
    ...(demand.profile === "public-web" ? publicWebProblems(certificate, position, demand.purpose) : []),
  ];
  budget.known.set(key, problems);
  return problems;
}

/** Validates a path given from leaf to anchor whose names and signatures are already chained (RFC 5280 section 6.1). */
export function pathProblems(path: readonly Certificate[], demand: PathDemand, budget: PathBudget): readonly Problem[] {
  const single = path.flatMap((certificate, index) => ownProblems(certificate, { isLeaf: index === 0, isAnchor: index === path.length - 1 }, demand, budget));
  return [...single, ...lengthProblems(path, demand.maxDepth), ...constraintProblems(path, budget), ...policyProblems(path, demand, budget)];
}

import type { KindName } from "../../../model/kinds.ts";
import type { Observation } from "../../../model/observation.ts";
import type { Subject, SubjectIndex } from "../../../model/subject.ts";

/** Kinds that the directory collector makes known, other than mass subjects. */
const directoryKinds = [
  "exchangeOrganization", "exchangeContainer", "umDialPlan", "umIpGateway", "umHuntGroup", "umAutoAttendant", "umMailboxPolicy", "exchangeServer", "umCallRouter", "lyncDeployment", "lyncPool", "trustedService", "exUmContact", "trust", "securityGroup", "operator",
] as const satisfies readonly KindName[];
const maxProblems = 20;

function valueOf(observation: Observation | undefined): unknown {
  return observation?.state === "known" ? observation.value : undefined;
}

/** Details of what is unknown of one subject, by fact. */
function* detailsOf(subject: Subject): Generator<readonly [detail: string, fact: string]> {
  for (const [fact, observation] of Object.entries(subject.facts)) if (observation.state === "unknown") yield [observation.detail, `${subject.kind}.${fact}`];
}

/** What could not be read of a forest: each reason once, with the facts that it concerns. */
export function forestProblems(name: string, subjects: SubjectIndex): readonly string[] {
  const forest = subjects.get("forest", name);
  const organization = valueOf(forest?.facts["exchangeOrganization"]);
  const own = directoryKinds.flatMap((kind) => subjects.all(kind)).filter(({ facts, id }) => valueOf(facts["forest"]) === name || (organization !== undefined && (id === organization || valueOf(facts["organization"]) === organization)));
  const causes = new Map<string, Set<string>>();
  for (const subject of [...(forest === undefined ? [] : [forest]), ...own]) {
    for (const [detail, fact] of detailsOf(subject)) causes.set(detail, (causes.get(detail) ?? new Set()).add(fact));
  }
  const lines = [...causes].map(([detail, facts]) => `${[...facts].join(", ")}: ${detail}`);
  return lines.length <= maxProblems ? lines : [...lines.slice(0, maxProblems), `and ${lines.length - maxProblems} more`];
}

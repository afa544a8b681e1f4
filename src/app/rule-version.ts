import { createHash } from "node:crypto";
import type { RuleDefinition } from "../model/rule.ts";

/** Tells one state of a rule from another by what it judges, as 12 hex digits: texts and translations do not count, conditions and defaults of parameters do. */
export function ruleVersion({ id, severity, profiles, parameters, subject, with: joins, outcomes, evidence }: RuleDefinition): string {
  const judged = {
    id,
    severity,
    profiles,
    parameters: Object.entries(parameters ?? {}).map(([name, { type, default: value }]) => [name, type, value]),
    subject: [subject.each, subject.as, subject.where, subject.none?.outcome],
    joins,
    outcomes: outcomes.map(({ outcome, condition }) => [outcome, condition]),
    evidence,
  };
  return createHash("sha256").update(JSON.stringify(judged)).digest("hex").slice(0, 12);
}

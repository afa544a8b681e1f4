import type { Baseline } from "../../src/model/baseline.ts";
import type { Finding, Outcome } from "../../src/model/finding.ts";
import type { KindName } from "../../src/model/kinds.ts";

/** A finding on a dial plan, or on what `changes` say. */
export function finding(outcome: Outcome, id: string, changes: Partial<Finding> = {}): Finding {
  return { rule: "dial-plan/security", title: "Dial plans are secured", requirements: [], severity: "blocker", subject: { kind: "umDialPlan", id, name: `name of ${id}` }, outcome, message: `${id} is ${outcome}`, reasons: [], evidence: [], references: [], disposition: "open", ...changes };
}

export function on(kind: KindName, id: string, name = id): Pick<Finding, "subject"> {
  return { subject: { kind, id, name } };
}

/** What the engine says when it could not read all subjects of a rule. */
export function unreadSet(rule = "dial-plan/security"): Finding {
  return finding("unknown", "deployment", { rule, ...on("deployment", "deployment", "the deployment") });
}

export function run(findings: readonly Finding[], changes: Partial<Baseline> = {}): Baseline {
  return { name: "run", startedAt: "2026-06-01T06:00:00.000Z", complete: true, profile: "on-premises", rules: [...new Set(findings.map(({ rule }) => rule)), "dial-plan/security"], findings, ...changes };
}

import type { CompiledExpression } from "../expression/compile.ts";
import type { Need } from "../expression/need.ts";
import type { Template } from "../expression/template.ts";
import type { RuleError } from "../model/errors.ts";
import type { CompiledRule } from "./compiled-rule.ts";
import { ruleProblem } from "./rule-position.ts";

/** Facts that say which subject it is, not how it stands: a message may name them without more. */
const naming: ReadonlySet<string> = new Set(["name", "fqdn", "host", "dn", "identity", "address", "port", "account", "domain", "partner", "key", "statement", "component", "section", "property"]);

/** The reader of a list of findings must see which subject each is about (of deployments there is one), and in the evidence every fact that the message speaks of. */
export function lintEvidence(rule: CompiledRule): RuleError[] {
  if (rule.evidence.length === 0) return [ruleProblem(rule, "/evidence", "There is no evidence: the reader sees nothing of what was read.")];
  const { each, as } = rule.document.rule.subject;
  const messages = [...rule.outcomes.map(({ message }, index) => ({ pointer: `/outcomes/${index}/message`, message })), { pointer: "/pass", message: rule.pass }];
  const nameless = each === "deployment" ? [] : messages.filter(({ message }) => message.parts.every((part) => typeof part === "string"));
  const shown = shownFacts(rule);
  return [
    ...nameless.map(({ pointer }) => ruleProblem(rule, pointer, "The message does not say what it is about.", `Name the subject: {${as}.name}.`)),
    ...messages.flatMap(({ pointer, message }) => unshown(message, shown).map((fact) => ruleProblem(rule, pointer, `The message names the fact ${fact}, which the evidence does not show.`, `Add a path to ${fact} under evidence.`))),
  ];
}

/** The facts that the evidence shows, with those behind a worked-out value that it shows. */
function shownFacts(rule: CompiledRule): ReadonlySet<string> {
  const shown = new Set<string>();
  for (const { root, facts, need } of rule.evidence) {
    addAll(shown, need);
    const named = rule.with.find(({ name }) => name === root);
    if (facts.length === 0 && named !== undefined) for (const behind of named.expression.needs.values()) addAll(shown, behind);
  }
  return shown;
}

function addAll(shown: Set<string>, { kind, facts }: Need): void {
  for (const { name, next } of facts) {
    shown.add(`${kind}.${name}`);
    addAll(shown, next);
  }
}

function unshown({ parts }: Template, shown: ReadonlySet<string>): readonly string[] {
  const read = parts.flatMap((part) => (typeof part === "string" ? [] : lastFacts(part)));
  return [...new Set(read)].filter((fact) => !shown.has(fact));
}

/** The facts whose values an expression shows: those at the ends of its paths. */
function lastFacts({ needs }: CompiledExpression): readonly string[] {
  const ends = ({ kind, facts }: Need): readonly string[] => facts.flatMap(({ name, next }) => (next.facts.length > 0 ? ends(next) : naming.has(name) ? [] : [`${kind}.${name}`]));
  return [...needs.values()].flatMap(ends);
}

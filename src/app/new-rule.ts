import { stringify } from "yaml";
import { factNamed, kindNamed, kinds, type KindName } from "../model/kinds.ts";
import type { Severity } from "../model/finding.ts";
import { UsageError } from "../model/errors.ts";
import { nameHint } from "../model/nearest-name.ts";
import type { ProfileName, Team } from "../model/rule.ts";
import { plurals } from "../expression/plural.ts";
import { judgeable, sampleOf, type FactSample } from "./sample-fact.ts";

/** What a rule that is begun is to be about; what is left out is chosen. */
export interface NewRule {
  readonly id: string;
  readonly subject: string;
  readonly fact: string | undefined;
  readonly as: string | undefined;
  readonly title: string | undefined;
  readonly severity: Severity;
  readonly team: Team;
  readonly requirements: readonly string[];
  readonly profiles: readonly ProfileName[];
}

/** The text of a rule file, and of its cases. */
export interface NewRuleTexts {
  readonly rule: string;
  readonly cases: string;
}

const idShape = /^[a-z0-9]+(?:-[a-z0-9]+)*\/[a-z0-9]+(?:-[a-z0-9]+)*$/u;
const schemas = "node_modules/umpreflight/reports/schemas";

/** The texts of a rule that loads, lints and passes its cases as it stands. @throws UsageError */
export function newRuleTexts(given: NewRule): NewRuleTexts {
  if (!idShape.test(given.id) || given.id.startsWith("profiles/")) throw new UsageError("rule-id", `${given.id} cannot be the id of a rule`, { hint: "It is <area>/<name>, of small letters, digits and single dashes: dial-plan/has-greeting." });
  const kind = checkedKind(given.subject);
  const as = given.as ?? shortName(kind);
  if (!/^[a-z][A-Za-z0-9]*$/u.test(as)) throw new UsageError("as", `${as} cannot be a name in expressions`, { hint: "It starts with a small letter and goes on with letters and digits." });
  const sample = checkedFact(kind, given.fact, as);
  return { rule: ruleText(given, kind, as, sample), cases: casesText(given.id, kind, sample) };
}

function checkedKind(name: string): KindName {
  const kind = kindNamed(name);
  const known = Object.keys(kinds).filter((one) => kindNamed(one)?.lookup !== true);
  if (kind === undefined || kind.lookup === true) throw new UsageError("subject", kind === undefined ? `there is no kind ${name}` : `${name} is reached by reference only, and cannot be judged by itself`, { hint: nameHint(name, known) });
  return name as KindName;
}

/** The last word of a kind's name, where it means nothing else. */
function shortName(kind: KindName): string {
  const last = (/[A-Z]?[a-z0-9]+$/u.exec(kind)?.[0] ?? kind).toLowerCase();
  return plurals.has(last) || last === "deployment" ? "subject" : last;
}

function checkedFact(kind: KindName, name: string | undefined, as: string): FactSample {
  const facts = Object.keys(kindNamed(kind)?.facts ?? {});
  if (name !== undefined && factNamed(kind, name) === undefined) throw new UsageError("fact", `${kind} has no fact ${name}`, { hint: nameHint(name, facts) });
  const candidates = name === undefined ? judgeable(kind) : [name];
  for (const candidate of candidates) {
    const sample = sampleOf(kind, candidate, as);
    if (sample !== undefined) return sample;
  }
  throw new UsageError("fact", `no first condition can be made of ${name === undefined ? `the facts of ${kind}` : `${kind}.${name}`}`, { hint: "Name another one with --fact; docs/facts.md lists them." });
}

function ruleText({ id, title, severity, team, requirements, profiles }: NewRule, kind: KindName, as: string, { fact, condition, placeholder }: FactSample): string {
  const shown = kindNamed(kind)?.title ?? kind;
  const document = {
    id,
    title: title ?? `${shown}: ${id.slice(id.indexOf("/") + 1).replaceAll("-", " ")}`,
    requirements,
    severity,
    team,
    why: "What goes wrong for whom when this does not hold.",
    ...(profiles.length === 0 ? {} : { profiles }),
    subject: { each: kind, as },
    outcomes: [{ fail: condition, message: `${shown} {${as}} does not fit: ${fact} is ${placeholder}.` }],
    pass: `${shown} {${as}} fits: ${fact} is ${placeholder}.`,
    evidence: [`${as}.${fact}`],
    remedy: { text: "What to change, where, and what to restart afterwards." },
    references: [],
  };
  return `# yaml-language-server: $schema=${schemas}/rule.schema.json\n${stringify(document, { lineWidth: 0 })}`;
}

function casesText(rule: string, kind: KindName, { fact, good, bad, alsoGood }: FactSample): string {
  const one = `${kind}/one`;
  const nothing = kind === "deployment" ? [] : [{ name: "there is nothing to judge", patch: { [one]: null }, expect: { "not-applicable": ["deployment/deployment"] } }];
  const document = {
    rule,
    now: "2026-06-01T00:00:00Z",
    world: { [kind]: { [idIn(kind)]: { [fact]: good } } },
    cases: [
      { name: "what is right passes", expect: { pass: [subjectIn(kind)] } },
      ...(alsoGood === undefined ? nothing : [{ name: "so does what is right in another way", patch: { [subjectIn(kind)]: { [fact]: alsoGood } }, expect: { pass: [subjectIn(kind)] } }]),
      { name: "what is wrong fails", patch: { [subjectIn(kind)]: { [fact]: bad } }, expect: { fail: [subjectIn(kind)] }, message: "does not fit" },
      { name: "what was not read is unknown", patch: { [subjectIn(kind)]: { [fact]: { $unknown: "timeout" } } }, expect: { unknown: [subjectIn(kind)] } },
    ],
  };
  return `# yaml-language-server: $schema=${schemas}/rule-cases.schema.json\n${stringify(document, { lineWidth: 0 })}`;
}

function idIn(kind: KindName): string {
  return kind === "deployment" ? "deployment" : "one";
}

function subjectIn(kind: KindName): string {
  return `${kind}/${idIn(kind)}`;
}

import { deriveFacts } from "../derive/derive-facts.ts";
import { explainCheck, type Explanation } from "../engine/explain.ts";
import { UsageError } from "../model/errors.ts";
import { factNamed } from "../model/kinds.ts";
import { known } from "../model/observation.ts";
import type { Subject, SubjectIndex } from "../model/subject.ts";
import { readSnapshot } from "../snapshot/reader.ts";
import { profileNamed } from "./evaluate.ts";
import { loadedRule, type LoadedRules, type RuleParameters } from "./load-rules.ts";

const notJudged = "not judged";

/** What would turn the verdict: one fact with another value. */
export interface Flip {
  readonly subject: string;
  readonly fact: string;
  readonly from: string;
  readonly to: string;
  readonly outcome: string;
}

/** One check explained. */
export interface ExplainedCheck extends Explanation {
  readonly subject: Subject;
  /** Those that make it better come first, those that take the subject away from the rule last. */
  readonly flips: readonly Flip[];
  /** The name of the subject that a fact refers to. */
  readonly nameOf: (kind: Subject["kind"], id: string) => string;
}

const flipOrder = ["pass", "not-applicable", "warn", "unknown", "fail", notJudged];

const maxSubjects = 20;
const maxTrials = 200;

/** The subjects that a text means: by id, or by name in any case; all of the kind where there is none. */
function subjectsMeant(index: SubjectIndex, kind: Subject["kind"], text: string | undefined): readonly Subject[] {
  const all = index.all(kind);
  if (text === undefined) return all.slice(0, maxSubjects);
  const meant = all.filter(({ id, name }) => id === text || name.toLowerCase() === text.toLowerCase());
  if (meant.length > 0) return meant;
  const names = all.map(({ name }) => name).slice(0, 10);
  throw new UsageError("subject", `the snapshot has no ${kind} ${text}`, { hint: names.length > 0 ? `It has: ${names.join(", ")}.` : "It has none at all." });
}

/** The other values that a fact of few values can have. */
function alternatives(kind: string, fact: string, value: unknown): readonly (string | boolean)[] {
  const type = factNamed(kind, fact)?.type;
  if (type?.type === "bool") return [value !== true];
  return type?.type === "enum" ? type.values.filter((other) => other !== value) : [];
}

function withFact(index: SubjectIndex, subject: Subject, fact: string, value: string | boolean): { readonly index: SubjectIndex; readonly changed: Subject } {
  const changed = { ...subject, facts: { ...subject.facts, [fact]: known(value, "what if") } };
  const isIt = (one: Subject): boolean => one.id === subject.id;
  return { changed, index: { all: (kind) => (kind === subject.kind ? index.all(kind).map((one) => (isIt(one) ? changed : one)) : index.all(kind)), get: (kind, id) => (kind === subject.kind && id === subject.id ? changed : index.get(kind, id)) } };
}

/** Explains the checks of one rule on a snapshot: facts, parts of the conditions, and which other value of one fact would turn the verdict. @throws UsageError, SnapshotError */
export async function explainRule(path: string, rules: LoadedRules, request: { readonly rule: string; readonly subject: string | undefined; readonly at: Date; readonly parameters: RuleParameters }): Promise<readonly ExplainedCheck[]> {
  const snapshot = await readSnapshot(path);
  const rule = loadedRule(rules, request.rule);
  const profile = profileNamed(snapshot.header.profile, path);
  const options = { now: request.at, profile, parameters: { ...rules.forProfile(profile).parameters, ...request.parameters } };
  const index = await deriveFacts(snapshot.subjects, request.at);
  const explain = (subjects: SubjectIndex, subject: Subject): Explanation => explainCheck({ subjects }, { rule, classes: rules.classes }, subject, options);
  return subjectsMeant(index, rule.document.rule.subject.each, request.subject).map((subject) => {
    const explanation = explain(index, subject);
    const outcome = explanation.finding?.outcome ?? notJudged;
    const flips: Flip[] = [];
    let trials = 0;
    for (const { subject: read, fact } of explanation.facts) {
      const observation = read.facts[fact];
      for (const other of observation?.state === "known" ? alternatives(read.kind, fact, observation.value) : []) {
        if ((trials += 1) > maxTrials) break;
        const trial = withFact(index, read, fact, other);
        const turned = explain(trial.index, read.kind === subject.kind && read.id === subject.id ? trial.changed : subject).finding?.outcome ?? notJudged;
        if (turned !== outcome) flips.push({ subject: read.name, fact, from: observation?.state === "known" ? String(observation.value) : "", to: String(other), outcome: turned });
      }
    }
    flips.sort((a, b) => flipOrder.indexOf(a.outcome) - flipOrder.indexOf(b.outcome));
    return { ...explanation, subject, flips, nameOf: (kind, id) => index.get(kind, id)?.name ?? id };
  });
}

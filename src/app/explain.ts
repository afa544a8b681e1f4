import { mergedParameters } from "../config/rules-profile.ts";
import { deriveFacts } from "../derive/derive-facts.ts";
import { createPeople, type People } from "../derive/people/people.ts";
import { explainCheck, outcomeOf, type Explanation } from "../engine/explain.ts";
import { UsageError } from "../model/errors.ts";
import { kindNamed } from "../model/kinds.ts";
import type { Subject, SubjectIndex } from "../model/subject.ts";
import { readSnapshot, type Snapshot } from "../snapshot/reader.ts";
import { profileNamed } from "./evaluate.ts";
import { findFlips, type FlipSearch } from "./flips.ts";
import { loadedRule, type LoadedRules, type RuleParameters } from "./load-rules.ts";
import { usersOf } from "./users.ts";

/** One check explained. */
export interface ExplainedCheck extends Explanation {
  readonly subject: Subject;
  /** When the state was read. */
  readonly readAt: string;
  readonly search: FlipSearch;
  /** The name of the subject that a fact refers to. */
  readonly nameOf: (kind: Subject["kind"], id: string) => string;
}

const maxSubjects = 20;

/** Subjects of a kind, those of a mass kind read from the file one by one, with what is worked out from all of them. */
async function* subjectsOf(snapshot: Snapshot, index: SubjectIndex, people: People, kind: Subject["kind"]): AsyncGenerator<Subject> {
  if (kindNamed(kind)?.mass !== true) return yield* index.all(kind);
  for await (const subject of usersOf(snapshot, index, people)) if (subject.kind === kind) yield subject;
}

/** The subjects that a text means: by id, or by name in any case; the first of the kind where there is none. */
async function subjectsMeant(subjects: AsyncIterable<Subject>, kind: Subject["kind"], text: string | undefined): Promise<readonly Subject[]> {
  const meant: Subject[] = [];
  const names: string[] = [];
  for await (const subject of subjects) {
    const { id, name } = subject;
    if (meant.length >= maxSubjects) break;
    if (text === undefined || id === text || name.toLowerCase() === text.toLowerCase()) meant.push(subject);
    else if (names.length < 10) names.push(name);
  }
  if (meant.length > 0 || text === undefined) return meant;
  throw new UsageError("subject", `the snapshot has no ${kind} ${text}`, { hint: names.length > 0 ? `It has: ${names.join(", ")}.` : "It has none at all." });
}

/** Explains the checks of one rule on a snapshot: facts, parts of the conditions, and which other value of one fact would turn the verdict. @throws UsageError, SnapshotError */
export async function explainRule(path: string, rules: LoadedRules, request: { readonly rule: string; readonly subject: string | undefined; readonly at: Date; readonly parameters: RuleParameters }): Promise<readonly ExplainedCheck[]> {
  const people = createPeople();
  const snapshot = await readSnapshot(path, people.note);
  const rule = loadedRule(rules, request.rule);
  const profile = profileNamed(snapshot.header.profile, path);
  const selected = rules.forProfile(profile);
  const options = { now: request.at, profile, parameters: mergedParameters(selected.parameters, request.parameters), severities: selected.severities };
  const derived = await deriveFacts(snapshot.subjects, request.at);
  const ruleSet = { rule, classes: rules.classes };
  const world = { observed: snapshot.subjects, derived, complete: people.complete, now: request.at, judge: (subjects: SubjectIndex, subject: Subject) => outcomeOf({ subjects }, ruleSet, subject, options) };
  const explained: ExplainedCheck[] = [];
  for (const subject of await subjectsMeant(subjectsOf(snapshot, derived, people, rule.document.rule.subject.each), rule.document.rule.subject.each, request.subject)) {
    const explanation = explainCheck({ subjects: derived }, ruleSet, subject, options);
    const search = await findFlips(world, rule, subject, explanation.facts);
    explained.push({ ...explanation, subject, search, readAt: snapshot.header.startedAt, nameOf: (kind, id) => derived.get(kind, id)?.name ?? id });
  }
  return explained;
}

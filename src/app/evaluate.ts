import { mergedParameters } from "../config/rules-profile.ts";
import { deriveFacts } from "../derive/derive-facts.ts";
import { createPeople } from "../derive/people/people.ts";
import { evaluate, type Evaluation } from "../engine/evaluate.ts";
import { exitCode } from "../engine/exit-code.ts";
import type { Finding } from "../model/finding.ts";
import { sourceLanguage } from "../model/language.ts";
import type { Report } from "../model/report.ts";
import { profiles, type ParameterValue, type ProfileName } from "../model/rule.ts";
import { SnapshotError } from "../model/errors.ts";
import type { Subject } from "../model/subject.ts";
import { readSnapshot } from "../snapshot/reader.ts";
import { findingStore } from "./finding-store.ts";
import type { LoadedRules } from "./load-rules.ts";
import { ruleVersion } from "./rule-version.ts";
import { overviewOf } from "./overview/overview-of.ts";
import { processView } from "./process-view.ts";
import { usersOf } from "./users.ts";

/** How a snapshot is judged. */
export interface JudgeOptions {
  readonly toolVersion: string;
  /** The moment for which it is judged. */
  readonly at: Date;
  readonly parameters: Readonly<Record<string, Readonly<Record<string, ParameterValue>>>>;
  readonly failOn: "warn" | "fail";
  readonly onUnknown: "report" | "fail" | "ignore";
  readonly progress: (message: string) => void;
}

/** A judged snapshot. */
export interface Judged {
  readonly report: Report;
  readonly exitCode: 0 | 1 | 3;
}

/** The profile that a snapshot was taken for. @throws SnapshotError for one that is not known */
export function profileNamed(name: string, path: string): ProfileName {
  const profile = profiles.find((one) => one === name);
  if (profile === undefined) throw new SnapshotError("snapshot-profile", `${path} was taken for the profile ${JSON.stringify(name)}, which this program does not know`, { hint: `Known profiles: ${profiles.join(", ")}.` });
  return profile;
}

async function judgeMass(users: AsyncIterable<Subject>, total: number, evaluation: Evaluation, { add, progress }: { readonly add: (finding: Finding) => void; readonly progress: (message: string) => void }): Promise<void> {
  let count = 0;
  for await (const subject of users) {
    for (const finding of evaluation.evaluateMass(subject)) add(finding);
    count += 1;
    if (count % 10_000 === 0) progress(`judging: ${count} of ${total} users`);
  }
  for (const finding of evaluation.finishMass()) add(finding);
}

/** Judges a snapshot by rules. @throws SnapshotError when it cannot be read */
export async function judgeSnapshot(path: string, rules: LoadedRules, options: JudgeOptions): Promise<Judged> {
  const people = createPeople();
  const snapshot = await readSnapshot(path, people.note);
  const profile = profileNamed(snapshot.header.profile, path);
  const selected = rules.forProfile(profile);
  options.progress("working out relations and certificate paths");
  const subjects = await deriveFacts(snapshot.subjects, options.at);
  const parameters = mergedParameters(selected.parameters, options.parameters);
  const evaluation = evaluate({ subjects }, { rules: selected.rules, classes: rules.classes }, { now: options.at, profile, parameters, severities: selected.severities, language: rules.language });
  const store = findingStore();
  for (const finding of evaluation.findings) store.add(finding);
  await judgeMass(usersOf(snapshot, subjects, people), snapshot.massSubjects, evaluation, { add: store.add, progress: options.progress });
  const { findings, summary } = store.finish();
  const report: Report = {
    tool: { name: "umpreflight", version: options.toolVersion },
    run: { startedAt: snapshot.header.startedAt, finishedAt: snapshot.finishedAt, complete: snapshot.complete, profile: selected.id, ...(snapshot.header.planned === undefined ? {} : { planned: snapshot.header.planned }), targets: snapshot.targets, reasons: snapshot.reasons },
    summary,
    ...(rules.language === sourceLanguage ? {} : { language: rules.language }),
    rules: selected.rules.map(({ id, line, document: { file, rule, originalTitle } }) => ({ id, title: rule.title, ...(originalTitle === undefined ? {} : { originalTitle }), file, line, version: ruleVersion(rule), severity: selected.severities[id] ?? rule.severity, team: rule.team, why: rule.why, requirements: rule.requirements, references: rule.references })),
    findings,
    failOn: options.failOn,
    overview: { process: processView(selected, profile, subjects, rules.language), ...overviewOf({ subjects, at: options.at, reasons: snapshot.complete ? [] : snapshot.reasons }) },
  };
  return { report, exitCode: exitCode(summary, { failOn: options.failOn, onUnknown: options.onUnknown, complete: snapshot.complete }) };
}

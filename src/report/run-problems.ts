import type { Report } from "../model/report.ts";
import { wordsOf } from "./words.ts";
import type { Words } from "./words/words.ts";

/** One thing that is wrong with the run itself. Not escaped. */
export interface RunProblem {
  readonly kind: "incomplete" | "not-read" | "partly-read" | "problem";
  readonly text: string;
}

const problemLimit = 1000;

/** Why the run is not complete, and which targets were not read or only in part; at most 1,000. */
export function runProblems({ run }: Report, words: Words = wordsOf("en")): readonly RunProblem[] {
  const reasons = run.complete || run.reasons.length > 0 ? run.reasons : [words.say.noReason];
  const problems: RunProblem[] = run.complete ? [] : reasons.map((reason) => ({ kind: "incomplete", text: words.say.incompleteRun(reason) }));
  for (const target of run.targets) {
    const kind = target.status === "read" ? "problem" : target.status;
    const name = `${target.kind} ${target.name}`;
    if (target.problems.length === 0 && kind !== "problem") problems.push({ kind, text: words.colon(name, words.targetStates[target.status]) });
    for (const problem of target.problems) problems.push({ kind, text: words.colon(name, words.text(problem)) });
  }
  return problems.slice(0, problemLimit);
}

/** Whether everything that decides was read: the run is whole, every target was read, and nothing is unknown. */
export function everythingRead({ run, summary }: Report): boolean {
  return run.complete && summary.unknown === 0 && run.targets.every((target) => target.status === "read");
}

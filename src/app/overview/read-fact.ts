import { factOf } from "../../model/fact-read.ts";
import type { FactName, FactValue, KindName } from "../../model/kinds.ts";
import type { SubjectIndex, SubjectRef } from "../../model/subject.ts";
import { subjectText } from "../../report/finding-text.ts";
import { shortened } from "../../report/shorten.ts";

const detailLimit = 300;

/** A subject as reports name it; one that was not met is called by its id. */
export function refTo(subjects: SubjectIndex, kind: KindName, id: string): SubjectRef {
  return { kind, id, name: subjects.get(kind, id)?.name ?? id };
}

/** A fact of a subject where it is known, else undefined; one that was not read is told in `notRead`. */
export function readFact<K extends KindName, F extends FactName<K>>(subjects: SubjectIndex, kind: K, id: string, fact: F, notRead: Set<string>): FactValue<K, F> | undefined {
  const observation = factOf(subjects.get(kind, id), kind, fact);
  if (observation.state === "unknown") notRead.add(`${fact} of ${subjectText(refTo(subjects, kind, id))}: ${shortened(observation.detail, detailLimit)}`);
  return observation.state === "known" ? observation.value : undefined;
}

/** Sentences of which there may be many: the first, and how many more there are. */
export function firstFew(sentences: Iterable<string>, limit: number): readonly string[] {
  const all = [...sentences];
  return all.length <= limit ? all : [...all.slice(0, limit), `and ${all.length - limit} more of the kind`];
}

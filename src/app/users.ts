import type { People } from "../derive/people/people.ts";
import type { Subject, SubjectIndex } from "../model/subject.ts";
import type { Snapshot } from "../snapshot/reader.ts";

/** The users of a snapshot with their derived facts. `people` noted them while the snapshot was read; `subjects` is everything else, with derived facts. */
export async function* usersOf(snapshot: Snapshot, subjects: SubjectIndex, people: People): AsyncGenerator<Subject> {
  if (people.settle(subjects, snapshot.lostLines)) for await (const user of snapshot.mass()) people.recall(user);
  for await (const user of snapshot.mass()) yield people.complete(user);
}

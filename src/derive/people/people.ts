import { unknown, type Observation } from "../../model/observation.ts";
import type { Subject, SubjectIndex } from "../../model/subject.ts";
import { createHolderFinder } from "./holder-facts.ts";
import { createMailboxFinder } from "./mailbox-facts.ts";
import { mailboxServers } from "./mailbox-servers.ts";
import { ownFacts } from "./own-facts.ts";

/** Works out what follows from all users together, in passes over them (people.md): each is noted, some are recalled, and then each is completed. */
export interface People {
  readonly note: (user: Subject) => void;
  /**
   * To be called after the last was noted, with everything but users and with how many lines could not be understood, each of which may have been one.
   * @returns whether all are to be recalled before the first is completed
   */
  readonly settle: (world: SubjectIndex, lostLines: number) => boolean;
  readonly recall: (user: Subject) => void;
  /** The user with its derived facts. */
  readonly complete: (user: Subject) => Subject;
}

/** Nobody noted yet. */
export function createPeople(): People {
  const holders = createHolderFinder();
  const mailboxes = createMailboxFinder();
  let serverOf = (_user: Subject): Observation<string> => unknown("not-collected", "the Exchange servers were not read");
  return {
    note(user) {
      holders.note(user);
      mailboxes.note(user);
    },
    settle(world, lostLines) {
      const lost = lostLines > 0 ? unknown("malformed", "not every line of the snapshot could be understood") : undefined;
      serverOf = mailboxServers(world);
      const contested = holders.settle(world, lost);
      return mailboxes.settle(world, lost) || contested;
    },
    recall(user) {
      holders.recall(user);
      mailboxes.recall(user);
    },
    complete(user) {
      const own = ownFacts(user);
      return { ...user, facts: { ...user.facts, ...own, ...mailboxes.factsOf(user, own), ...holders.factsOf(user), mailboxServer: serverOf(user) } };
    },
  };
}

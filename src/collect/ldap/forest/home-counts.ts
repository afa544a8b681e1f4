import { known, unknown, type Observation, type Unknown } from "../../../model/observation.ts";
import type { Observer, Subject, SubjectIndex } from "../../../model/subject.ts";

const enterpriseVoice = 0x80;

/** Counts, while users stream by, how many users of UM each pool homes. */
export interface HomeCounts {
  add(user: Subject): void;
  /** States the counts. `streamed` says how the stream ended. */
  state(observer: Observer, streamed: Observation): void;
}

function valueAt(user: Subject, fact: string): unknown {
  const observation = user.facts[fact];
  return observation?.state === "known" ? observation.value : undefined;
}

/** Whether a user has Enterprise Voice and a UM address; the fact that was not read where that cannot be told. */
function usesUm(user: Subject): boolean | Unknown {
  const unread = ["lyncEnabled", "optionFlags", "umEnabled", "eumPrimary", "eumSecondary", "homePool"].map((fact) => user.facts[fact]).find((one) => one?.state === "unknown");
  if (unread?.state === "unknown") return unread;
  const addresses = ["eumPrimary", "eumSecondary"].map((fact) => valueAt(user, fact)).filter((list) => Array.isArray(list) && list.length > 0);
  return valueAt(user, "lyncEnabled") === true && (Number(valueAt(user, "optionFlags") ?? 0) & enterpriseVoice) !== 0 && (valueAt(user, "umEnabled") === true || addresses.length > 0);
}

/** Makes counts for the pools of a forest that were read. */
export function countHomes(subjects: SubjectIndex, forest: string): HomeCounts {
  const counts = new Map(subjects.all("lyncPool").flatMap(({ id, facts }): [string, number][] => (facts["forest"]?.state === "known" && facts["forest"].value === forest ? [[id, 0]] : [])));
  let undecided: Unknown | undefined;
  return {
    add(user) {
      const uses = usesUm(user);
      if (typeof uses !== "boolean") undecided ??= unknown(uses.reason, `${user.name}: ${uses.detail}`, uses.source);
      const pool = valueAt(user, "homePool");
      const before = uses === true && typeof pool === "string" ? counts.get(pool) : undefined;
      if (before !== undefined) counts.set(String(pool), before + 1);
    },
    state(observer, streamed) {
      for (const [id, count] of counts) observer.observe("lyncPool", id, "umUsers", streamed.state === "unknown" ? streamed : (undecided ?? known(count, streamed.source)));
    },
  };
}

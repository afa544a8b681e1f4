import type { RecordValue } from "../model/kinds.ts";
import { known, unknown, type Observation, type Unknown } from "../model/observation.ts";
import { derivedSource } from "./combine.ts";

type Ace = RecordValue<"Ace">;
type TrusteeGroup = RecordValue<"TrusteeGroup">;

/** Everyone and Authenticated Users: what is denied to them is denied to each trustee too. */
export const everybody = ["S-1-1-0", "S-1-5-11"];

/** A group that rights are granted to, by its own SID or through groups that it is in. */
export interface Grantee {
  readonly sid: string;
  /** SIDs of the universal groups of its own forest that it is in. */
  readonly universalGroups: Observation<readonly string[]>;
}

/** Whether an entry's trustee holds the grantee; the reason where that was not read. */
function holds(ace: Ace, { sid, universalGroups }: Grantee, groups: Observation<readonly TrusteeGroup[]>): boolean | Unknown {
  const { trusteeSid } = ace;
  if (trusteeSid === sid) return true;
  if (!trusteeSid.startsWith("S-1-5-21-")) return false; // well-known ones are judged by name
  const own = universalGroups.state === "known" ? universalGroups.value : [];
  if (own.includes(trusteeSid)) return true;
  if (groups.state !== "known") return groups.state === "unknown" ? groups : unknown("malformed", "the trustees are missing", groups.source);
  const found = groups.value.find((group) => group.sid === trusteeSid);
  const counted = new Set([sid, ...own, ...(ace.allow ? [] : everybody)]);
  if (found?.members.some((member) => counted.has(member)) === true) return true;
  if (found === undefined) return unknown("not-collected", `what ${trusteeSid} holds was not read`);
  if (found.reason !== undefined) return unknown(found.reason, found.detail ?? `what ${trusteeSid} holds could not be read`);
  return universalGroups.state === "unknown" ? universalGroups : false;
}

/**
 * Judges a DACL as the grantee meets it: entries for groups that hold it count as its own. Where that is not known of some, it is judged twice, with all of
 * these allowing and with all of them denying; more allows never take away, nor more denials give, so that what comes out the same both times is true.
 */
export function judgedFor<T>(aces: readonly Ace[], grantee: Grantee, groups: Observation<readonly TrusteeGroup[]>, judge: (aces: readonly Ace[]) => T): Observation<T> {
  const met = aces.map((ace) => ({ ace, held: holds(ace, grantee, groups) }));
  const seen = (allowing: boolean): readonly Ace[] =>
    met.map(({ ace, held }) => (held === true || (typeof held === "object" && ace.allow === allowing) ? { ...ace, trusteeSid: grantee.sid } : ace));
  const [best, worst] = [judge(seen(true)), judge(seen(false))];
  const why = met.map(({ held }) => held).find((held) => typeof held === "object");
  return why === undefined || JSON.stringify(best) === JSON.stringify(worst) ? known(best, derivedSource) : why;
}

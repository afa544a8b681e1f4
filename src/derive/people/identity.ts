import { known, type Observation } from "../../model/observation.ts";
import type { Subject } from "../../model/subject.ts";
import { derivedSource } from "../combine.ts";
import { userFact } from "./own-facts.ts";

/** The owner of mailboxes that belong to nobody else (PRINCIPAL_SELF). */
const self = "S-1-5-10";

/** Whether an account has a mailbox of its own: by its GUID, or because it is enabled for UM. */
export function isMailbox(user: Subject): Observation<boolean> {
  const umEnabled = userFact(user, "umEnabled");
  if (umEnabled.state === "known" && umEnabled.value) return known(true, derivedSource);
  const guid = userFact(user, "mailboxGuid");
  return guid.state === "unknown" ? guid : known(guid.state === "known", derivedSource);
}

function otherOr(other: Observation<string>, own: Observation<string>): Observation<string> {
  if (other.state === "unknown") return other;
  return other.state === "known" && other.value !== self ? other : own;
}

/** SID of the account that owns a mailbox. */
export function mailboxOwner(mailbox: Subject): Observation<string> {
  return otherOr(userFact(mailbox, "masterSid"), userFact(mailbox, "sid"));
}

/** SID of the account whose user signs in to Lync with this one. */
export function accountOwner(account: Subject): Observation<string> {
  return otherOr(userFact(account, "originatorSid"), userFact(account, "sid"));
}


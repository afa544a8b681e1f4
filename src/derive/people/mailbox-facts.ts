import { factOf } from "../../model/fact-read.ts";
import { singletonId } from "../../model/ids.ts";
import { absent, known, unknown, type Observation, type Unknown } from "../../model/observation.ts";
import type { Subject, SubjectIndex } from "../../model/subject.ts";
import { chained, derivedSource, firstUnknown, mapped } from "../combine.ts";
import { createDigestTable } from "./digest-table.ts";
import { eumAddresses } from "./eum-address.ts";
import { accountOwner, isMailbox, mailboxOwner } from "./identity.ts";
import { createMailboxes, type LinkedMailbox } from "./mailboxes.ts";
import { userFact, type OwnFacts, type UserFacts } from "./own-facts.ts";
import { voiceMailSettings } from "./voice-mail-settings.ts";

/** Finds the mailbox of each account. */
export interface MailboxFinder {
  note(user: Subject): void;
  /** `lost`: why there may be users that nobody noted. @returns whether mailboxes are to be recalled */
  settle(world: SubjectIndex, lost: Unknown | undefined): boolean;
  recall(user: Subject): void;
  /** The mailbox facts of an account; `own` is what follows from the account alone. */
  factsOf(user: Subject, own: OwnFacts): UserFacts;
}

const names = ["mailboxForest", "mailboxDn", "mailboxUmEnabled", "mailboxDialPlan", "mailboxPolicy", "mailboxEumAddresses", "mailboxSipProxies", "mailboxHosting"] as const;

function all(observation: Observation): UserFacts {
  return Object.fromEntries(names.map((name) => [name, observation]));
}

function ownMailbox(user: Subject, { eumAddresses: addresses, hostedByExchange }: OwnFacts): UserFacts {
  return {
    mailboxForest: userFact(user, "forest"),
    mailboxDn: userFact(user, "dn"),
    mailboxUmEnabled: userFact(user, "umEnabled"),
    mailboxDialPlan: userFact(user, "umDialPlan"),
    mailboxPolicy: userFact(user, "umMailboxPolicy"),
    mailboxEumAddresses: addresses,
    mailboxSipProxies: userFact(user, "sipProxies"),
    mailboxHosting: hostedByExchange,
  };
}

/** Where the mailbox was not looked up again it has the addresses that the account has. */
function linkedMailbox(user: Subject, own: OwnFacts, { itself, forest, umEnabled, dialPlan, policy }: LinkedMailbox): UserFacts {
  const shared = { mailboxForest: forest, mailboxUmEnabled: umEnabled, mailboxDialPlan: dialPlan, mailboxPolicy: policy };
  if (itself === undefined) {
    const dn = unknown("not-collected", "the mailbox has what the account has, and was not looked up again");
    return { ...shared, mailboxDn: dn, mailboxEumAddresses: own.eumAddresses, mailboxSipProxies: userFact(user, "sipProxies"), mailboxHosting: own.hostedByExchange };
  }
  const settings = chained(itself, (mailbox) => mapped(userFact(mailbox, "voiceMailSettings"), voiceMailSettings));
  return {
    ...shared,
    mailboxDn: chained(itself, (mailbox) => userFact(mailbox, "dn")),
    mailboxEumAddresses: chained(itself, (mailbox) => eumAddresses(userFact(mailbox, "eumPrimary"), userFact(mailbox, "eumSecondary"))),
    mailboxSipProxies: chained(itself, (mailbox) => userFact(mailbox, "sipProxies")),
    mailboxHosting: chained(settings, ({ exchange }) => (exchange === undefined ? absent(derivedSource) : known(exchange, derivedSource))),
  };
}

const noMailbox: UserFacts = {
  ...all(absent(derivedSource)),
  mailboxDn: unknown("not-collected", "there is no mailbox"),
  mailboxEumAddresses: known([], derivedSource),
  mailboxSipProxies: known([], derivedSource),
};

function isSipPlan(world: SubjectIndex): (dialPlan: string) => boolean {
  return (id) => {
    const type = factOf(world.get("umDialPlan", id), "umDialPlan", "uriType");
    return type.state === "known" && type.value === "SipName";
  };
}

/** Why there may be mailboxes in the Exchange forests that nobody noted. */
function unreadForest(world: SubjectIndex): Unknown | undefined {
  const forests = factOf(world.get("deployment", singletonId.deployment), "deployment", "exchangeForests");
  if (forests.state !== "known") return firstUnknown([forests]);
  return firstUnknown(forests.value.map((forest) => factOf(world.get("forest", forest), "forest", "users")));
}

/** No account noted yet. */
export function createMailboxFinder(): MailboxFinder {
  const mailboxes = createMailboxes();
  /** sip: addresses of mailboxes that name no owner, for telling one that was not linked from none at all. */
  const addresses = createDigestTable();
  let gap: Unknown | undefined;
  const noteMailbox = (user: Subject): void => {
    const owner = mailboxOwner(user);
    if (owner.state === "known") mailboxes.noteMailbox(owner.value, user);
    else gap ??= firstUnknown([owner]);
    const [proxies, own] = [userFact(user, "sipProxies"), userFact(user, "sid")];
    const isOwners = owner.state !== "known" || own.state !== "known" || owner.value !== own.value;
    if (!isOwners && userFact(user, "sipAddress").state === "absent" && proxies.state === "known") for (const proxy of proxies.value) addresses.add(proxy);
  };
  const notFound = (user: Subject): UserFacts => {
    if (gap !== undefined) return all(gap);
    const address = userFact(user, "sipAddress");
    const isUnlinked = address.state === "known" && addresses.find(address.value.toLowerCase()) !== undefined;
    return isUnlinked ? all(unknown("unsupported", `a mailbox has the address ${address.value}, but does not name this account as its owner (msExchMasterAccountSid)`)) : noMailbox;
  };
  return {
    note(user) {
      const mailbox = isMailbox(user);
      if (mailbox.state !== "known") {
        gap ??= firstUnknown([mailbox]);
        return;
      }
      const owner = accountOwner(user);
      if (mailbox.value) noteMailbox(user);
      else if (owner.state === "known") mailboxes.noteAccount(owner.value, user);
    },
    settle(world, lost) {
      gap ??= lost ?? unreadForest(world);
      return mailboxes.settle(isSipPlan(world));
    },
    recall(user) {
      const mailbox = isMailbox(user);
      const owner = mailbox.state === "known" && mailbox.value ? mailboxOwner(user) : undefined;
      if (owner?.state === "known") mailboxes.recall(owner.value, user);
    },
    factsOf(user, own) {
      const mailbox = isMailbox(user);
      if (mailbox.state !== "known") return all(mailbox);
      if (mailbox.value) return ownMailbox(user, own);
      const owner = accountOwner(user);
      if (owner.state !== "known") return all(firstUnknown([owner]) ?? owner);
      const found = mailboxes.find(owner.value);
      return found === undefined ? notFound(user) : linkedMailbox(user, own, found);
    },
  };
}

import { unknown, type Observation } from "../../model/observation.ts";
import type { Subject } from "../../model/subject.ts";
import { createDigestTable, digest52 } from "./digest-table.ts";
import { createInterned, type Interned } from "./interned.ts";
import { userFact } from "./own-facts.ts";
import { voiceMailSettings } from "./voice-mail-settings.ts";

/** What is kept of a mailbox whose owner is another account. */
export interface LinkedMailbox {
  readonly forest: Observation<string>;
  readonly umEnabled: Observation<boolean>;
  readonly dialPlan: Observation<string>;
  readonly policy: Observation<string>;
  /** The mailbox itself; undefined where it has the same addresses as its owner's account, and nothing about it is to be told. */
  readonly itself: Observation<Subject> | undefined;
}

/** Mailboxes and the accounts that own them, by the SID of the owner. First all are noted; then those mailboxes are recalled about which there is something to tell. */
export interface Mailboxes {
  noteMailbox(owner: string, mailbox: Subject): void;
  noteAccount(owner: string, account: Subject): void;
  /** Decides which mailboxes are to be recalled. @returns whether there are any */
  settle(isSipPlan: (dialPlan: string) => boolean): boolean;
  recall(owner: string, mailbox: Subject): void;
  find(owner: string): LinkedMailbox | undefined;
}

const maxRecalled = 100_000;
const references = ["forest", "umEnabled", "umDialPlan", "umMailboxPolicy"] as const;

/** What a mailbox and its owner's account must have in common, as a digest; NaN, which equals nothing, where it was not read. */
function commonDigest(user: Subject): number {
  const lists = [userFact(user, "eumPrimary"), userFact(user, "eumSecondary"), userFact(user, "sipProxies")];
  const settings = userFact(user, "voiceMailSettings");
  if (settings.state !== "known" || lists.some(({ state }) => state !== "known")) return Number.NaN;
  const texts = lists.map((list) => (list.state === "known" ? list.value.map((value) => value.toLowerCase()).sort() : []));
  return digest52(JSON.stringify([...texts, String(voiceMailSettings(settings.value).exchange)])) + 1;
}

/** The mailbox with the facts that are told of it. */
function trimmed({ kind, id, name, facts }: Subject): Subject {
  return { kind, id, name, facts: Object.fromEntries(["dn", "umEnabled", "eumPrimary", "eumSecondary", "sipProxies", "voiceMailSettings"].flatMap((fact) => (facts[fact] === undefined ? [] : [[fact, facts[fact]]]))) };
}

interface Columns {
  /** 0: none was met. */
  mailbox: Float64Array<ArrayBuffer>;
  account: Float64Array<ArrayBuffer>;
  /** Four numbers of kept observations for each. */
  refs: Uint16Array<ArrayBuffer>;
  wanted: Uint8Array<ArrayBuffer>;
}

function columnsOf(length: number, from?: Columns): Columns {
  const columns = { mailbox: new Float64Array(length), account: new Float64Array(length), refs: new Uint16Array(length * references.length), wanted: new Uint8Array(length) };
  if (from !== undefined) for (const name of ["mailbox", "account", "refs", "wanted"] as const) columns[name].set(from[name]);
  return columns;
}

/** An empty register: some 40 bytes for each person. */
export function createMailboxes(): Mailboxes {
  const owners = createDigestTable();
  const kept: Interned<string | boolean> = createInterned();
  const recalled = new Map<number, Subject>();
  let columns = columnsOf(1024);
  const rowOf = (owner: string): number => {
    const row = owners.add(owner);
    if (row >= columns.wanted.length) columns = columnsOf(columns.wanted.length * 2, columns);
    return row;
  };
  const observationAt = (row: number, at: number): Observation<string | boolean> => kept.at(columns.refs[row * references.length + at] ?? 0);
  const isEnabled = (row: number): boolean => {
    const enabled = observationAt(row, 1);
    return enabled.state === "known" && enabled.value === true;
  };
  const isUmUser = ({ facts }: Subject): boolean => facts["umEnabled"]?.state === "known" && facts["umEnabled"].value === true;
  const inOrder = (row: number, isSipPlan: (dialPlan: string) => boolean): boolean => {
    const plan = observationAt(row, 2);
    return columns.mailbox[row] === columns.account[row] && isEnabled(row) && plan.state === "known" && isSipPlan(String(plan.value)) && observationAt(row, 3).state === "known";
  };
  return {
    noteMailbox(owner, mailbox) {
      const row = rowOf(owner);
      // Of several the one that is enabled for UM counts, else the first.
      if (columns.mailbox[row] !== 0 && (isEnabled(row) || !isUmUser(mailbox))) return;
      columns.mailbox[row] = commonDigest(mailbox);
      for (const [at, fact] of references.entries()) columns.refs[row * references.length + at] = kept.numberOf(userFact(mailbox, fact));
    },
    noteAccount(owner, account) {
      columns.account[rowOf(owner)] = commonDigest(account);
    },
    settle(isSipPlan) {
      let any = false;
      for (let row = 0; row < owners.size; row += 1) {
        if (columns.mailbox[row] === 0 || columns.account[row] === 0 || inOrder(row, isSipPlan)) continue;
        columns.wanted[row] = 1;
        any = true;
      }
      return any;
    },
    recall(owner, mailbox) {
      const row = owners.find(owner);
      if (row === undefined || columns.wanted[row] !== 1) return;
      const before = recalled.get(row);
      if (before === undefined ? recalled.size < maxRecalled : !isUmUser(before) && isUmUser(mailbox)) recalled.set(row, trimmed(mailbox));
    },
    find(owner) {
      const row = owners.find(owner);
      if (row === undefined || columns.mailbox[row] === 0) return undefined;
      const [forest, umEnabled, dialPlan, policy] = references.map((_, at) => observationAt(row, at)) as [Observation<string>, Observation<boolean>, Observation<string>, Observation<string>];
      const itself = recalled.get(row);
      const tooMany = unknown("truncated", `more than ${maxRecalled} mailboxes differ from their owners' accounts`);
      return { forest, umEnabled, dialPlan, policy, itself: columns.wanted[row] !== 1 ? undefined : itself === undefined ? tooMany : { state: "known", value: itself, source: "" } };
    },
  };
}

import type { UnknownReason } from "../../model/observation.ts";
import type { Question, Reply } from "./message.ts";
import { sortRecords, type DnsRecord } from "./record.ts";
import type { DnsServer } from "./server.ts";

/** Why one server of a view gave no usable answer. */
export interface ServerFailure {
  readonly server: DnsServer;
  readonly reason: UnknownReason;
  readonly detail: string;
}

/** What a view says about a name and type. */
export type DnsAnswer = FoundAnswer | AbsentAnswer | UnknownAnswer;

/** Where an answer came from. Of an alias chain asked in several queries: the last server, and only what holds for all of them. */
export interface AnswerOrigin {
  readonly server: DnsServer;
  /** Whether TCP was needed. */
  readonly viaTcp: boolean;
  /** AA: the server holds the zone. */
  readonly authoritative: boolean;
  /** AD: the server says that it validated the answer by DNSSEC. */
  readonly authenticData: boolean;
}

/** There are records of the type. */
export interface FoundAnswer extends AnswerOrigin {
  readonly outcome: "answer";
  /** At least one, in a fixed order; their owner is the name that was asked for or the last alias. */
  readonly records: readonly DnsRecord[];
  /** CNAME targets in order; empty when the name is no alias. */
  readonly aliases: readonly string[];
}

/** The server said that there is nothing: the name does not exist, or not with that type (of an alias: its last target). */
export interface AbsentAnswer extends AnswerOrigin {
  readonly outcome: "absent";
  readonly kind: "nxdomain" | "nodata";
  /** CNAME targets in order, when it is an alias that leads nowhere. */
  readonly aliases: readonly string[];
}

/** Nobody said anything usable. */
export interface UnknownAnswer {
  readonly outcome: "unknown";
  readonly reason: UnknownReason;
  /** One line for people, naming each server that was asked. */
  readonly detail: string;
  /** CNAME targets up to where it failed. */
  readonly aliases: readonly string[];
  /** The last failure of each server that was asked; empty when none was. */
  readonly failures: readonly ServerFailure[];
}

/** What one reply says: everything, or that the rest is to be asked at the last alias. */
export type Step =
  | { readonly kind: "answer"; readonly records: readonly DnsRecord[]; readonly aliases: readonly string[] }
  | { readonly kind: "absent"; readonly absent: "nxdomain" | "nodata"; readonly aliases: readonly string[] }
  | { readonly kind: "alias"; readonly aliases: readonly string[] }
  /** Nothing, and no sign that anybody who knows was asked: to be confirmed with {@link confirmAbsence}. */
  | { readonly kind: "unproven" }
  | { readonly kind: "failed"; readonly reason: UnknownReason; readonly detail: string };

/** The longest alias chain that is followed; c-ares and others stop in the same region. */
export const maxAliases = 8;

function failedStep(reason: UnknownReason, detail: string): Extract<Step, { kind: "failed" }> {
  return { kind: "failed", reason, detail };
}

/** What a response code other than NOERROR and NXDOMAIN means (RFC 1035 section 4.1.1, RFC 6895 section 2.3). None of them is evidence of absence. */
function stepOfErrorCode(responseCode: number): Extract<Step, { kind: "failed" }> {
  switch (responseCode) {
    case 1:
      return failedStep("unsupported", "FORMERR: the server does not understand the query");
    case 2:
      return failedStep("unreachable", "SERVFAIL: the server could not get the answer");
    case 4:
      return failedStep("unsupported", "NOTIMP: the server does not implement such queries");
    case 5:
      return failedStep("denied", "REFUSED");
    case 9:
      return failedStep("denied", "NOTAUTH");
    default:
      return failedStep("unsupported", `response code ${responseCode}`);
  }
}

interface Chain {
  readonly end: string;
  readonly aliases: readonly string[];
}

/** Follows CNAME records of the answer section from the name asked for; a string says what is wrong with them. */
function followInReply({ name, type }: Question, answers: readonly DnsRecord[]): Chain | string {
  const targets = new Map<string, string>();
  for (const record of answers) {
    if (record.type !== "CNAME") continue;
    if ((targets.get(record.name) ?? record.target) !== record.target) return `${record.name} has two different CNAME records`;
    targets.set(record.name, record.target);
  }
  const aliases: string[] = [];
  for (let end = name; ;) {
    const here = end;
    const target = type === "CNAME" || answers.some((record) => record.type === type && record.name === here) ? undefined : targets.get(here);
    if (target === undefined) return { end, aliases };
    if (target === name || aliases.includes(target)) return `the alias chain of ${name} is a loop`;
    if (aliases.length === maxAliases) return `the alias chain of ${name} is longer than ${maxAliases}`;
    aliases.push(target);
    end = target;
  }
}

/**
 * NOERROR without a record: absent when the server speaks for the zone or passes on the SOA of those who do. A referral, NS without SOA, says neither (RFC 2308
 * section 2.2). Without both the reply may be honest (dnsmasq's cache keeps no SOA) or all that is left of a refusal (Samba, when its forwarder refuses).
 */
function stepOfNoData({ name, type }: Question, reply: Reply): Step {
  if (reply.answers.some((record) => record.type === type && record.name !== name)) return failedStep("malformed", "the answer holds records of other names only");
  if (reply.authoritative || reply.authorityHasSoa) return { kind: "absent", absent: "nodata", aliases: [] };
  if (reply.authorityHasNs) return failedStep("unsupported", "referral: the server refers to others instead of answering");
  if (!reply.recursionAvailable) return failedStep("unsupported", "the server neither holds the zone nor asks others");
  return { kind: "unproven" };
}

/** What the reply to the SOA question for the same name makes of an unproven empty reply: whoever asked somebody who knows has an SOA, or NXDOMAIN. */
export function confirmAbsence(reply: Reply): Exclude<Step, { kind: "unproven" }> {
  if (reply.responseCode === 3) return { kind: "absent", absent: "nxdomain", aliases: [] };
  if (reply.responseCode !== 0) return stepOfErrorCode(reply.responseCode);
  const hasSoa = reply.authorityHasSoa || reply.answers.some(({ type }) => type === "SOA");
  if (!reply.truncated && hasSoa) return { kind: "absent", absent: "nodata", aliases: [] };
  return failedStep("unreachable", "empty reply without SOA, which may stand for a refusal further on");
}

/** Says what a whole reply to the question means. The response code decides, never an empty section alone. */
export function interpretReply(question: Question, reply: Reply): Step {
  if (reply.truncated) return failedStep("truncated", "the reply is truncated");
  if (reply.responseCode !== 0 && reply.responseCode !== 3) return stepOfErrorCode(reply.responseCode);
  const chain = followInReply(question, reply.answers);
  if (typeof chain === "string") return failedStep("malformed", chain);
  const records = reply.answers.filter((record) => record.type === question.type && record.name === chain.end);
  // The code of a reply with an alias is about the last name of the chain (RFC 6604 section 3).
  if (reply.responseCode === 3) {
    return records.length === 0 ? { kind: "absent", absent: "nxdomain", aliases: chain.aliases } : failedStep("malformed", "NXDOMAIN with records of the name");
  }
  if (records.length > 0) return { kind: "answer", records: sortRecords(records), aliases: chain.aliases };
  return chain.aliases.length > 0 ? { kind: "alias", aliases: chain.aliases } : stepOfNoData(question, reply);
}

import type { DnsAnswer, FoundAnswer, AbsentAnswer, UnknownAnswer } from "./answer.ts";
import { recordText, type DnsType } from "./record.ts";
import type { DnsView } from "./resolver.ts";
import type { DnsServer } from "./server.ts";

/** A server that was read, and what it said. */
export interface ServerAnswer {
  readonly server: DnsServer;
  readonly answer: FoundAnswer | AbsentAnswer;
}

/** A server that could not be read, and why. */
export interface UnreadServer {
  readonly server: DnsServer;
  readonly answer: UnknownAnswer;
}

/**
 * Whether the servers of a view say the same. Servers that could not be read are listed beside the verdict, which is about the others; `unknown` when fewer than
 * two could be read (or are there). `differing`: those that answer otherwise than the first that was read.
 */
export type ServerComparison =
  | { readonly verdict: "agree"; readonly read: readonly ServerAnswer[]; readonly unread: readonly UnreadServer[] }
  | { readonly verdict: "disagree"; readonly read: readonly ServerAnswer[]; readonly unread: readonly UnreadServer[]; readonly differing: readonly DnsServer[] }
  | { readonly verdict: "unknown"; readonly read: readonly ServerAnswer[]; readonly unread: readonly UnreadServer[]; readonly detail: string };

/** The set that a server gave, without order and time to live. A name that does not exist and one without such records are the same empty set. */
function setText(answer: FoundAnswer | AbsentAnswer): string {
  const records = answer.outcome === "answer" ? answer.records.map(recordText) : [];
  return JSON.stringify([answer.aliases, records]);
}

function isRead(entry: { readonly server: DnsServer; readonly answer: DnsAnswer }): entry is ServerAnswer {
  return entry.answer.outcome !== "unknown";
}

function isUnread(entry: { readonly server: DnsServer; readonly answer: DnsAnswer }): entry is UnreadServer {
  return entry.answer.outcome === "unknown";
}

/** Asks every server of the view the same question and compares their answers. Never throws. SOA differs by design between the domain controllers of one zone. */
export async function compareServers(view: DnsView, name: string, type: DnsType): Promise<ServerComparison> {
  const entries = await Promise.all(view.servers.map(async (server) => ({ server, answer: await view.lookupAt(server, name, type) })));
  const read = entries.filter(isRead);
  const unread = entries.filter(isUnread);
  const [first] = read;
  if (first === undefined || read.length < 2) {
    return { verdict: "unknown", read, unread, detail: view.servers.length < 2 ? "the view has one server only" : `${read.length} of ${view.servers.length} servers could be read` };
  }
  const expected = setText(first.answer);
  const differing = read.filter((entry) => setText(entry.answer) !== expected).map((entry) => entry.server);
  return differing.length === 0 ? { verdict: "agree", read, unread } : { verdict: "disagree", read, unread, differing };
}

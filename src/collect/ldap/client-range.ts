import { PresenceFilter, SearchRequest } from "ldapts";
import { binaryTest, parseRange, readEntryMessage, withValues } from "./client-attributes.ts";
import type { PartialEntry, RangePart } from "./client-attributes.ts";
import type { LdapConnection } from "./client-connection.ts";
import type { AttributeValue, DirectorySearch, Entry, Outcome, ReadFailure } from "./client-contract.ts";
import { failed } from "./client-contract.ts";
import { extraControls } from "./client-controls.ts";
import { failureOfResult } from "./client-failure.ts";
import { responseTags } from "./client-shape.ts";

/** What the answers of one search have cost so far, and for how many entries. */
export interface SearchBudget {
  readonly maxBytes: number;
  entries: number;
  bytes: number;
}

/** What an entry may cost on average, beside what the search may cost as a whole: far more than users and configuration objects have. */
const bytesPerEntry = 16 * 1024;

/** Adds the cost of an answer; says why no more is to be asked once the search has cost too much. */
export function spend(budget: SearchBudget, bytes: number, entries: number): ReadFailure | undefined {
  budget.bytes += bytes;
  budget.entries += entries;
  if (budget.bytes <= budget.maxBytes + budget.entries * bytesPerEntry) {
    return undefined;
  }
  return { reason: "truncated", code: "client:too-much", detail: `the server sends more than ${budget.maxBytes} bytes for one search` };
}

/** What range retrieval needs to know. */
export interface RangeContext {
  readonly connection: LdapConnection;
  readonly request: DirectorySearch;
  readonly maxRangeValues: number;
  readonly budget: SearchBudget;
  readonly timeLimitSeconds: number;
  readonly signal?: AbortSignal;
}

const brokenRange: ReadFailure = { reason: "malformed", code: "client:range", detail: "the server gave another range of values than was asked for" };

/** The next part of an attribute, from value number `first` on. */
async function fetchPart(context: RangeContext, dn: string, name: string, first: number): Promise<Outcome<RangePart>> {
  const { connection, request, signal } = context;
  const message = new SearchRequest({
    messageId: 0,
    baseDN: dn,
    scope: "base",
    filter: new PresenceFilter({ attribute: "objectClass" }),
    attributes: [`${name};range=${first}-*`],
    timeLimit: context.timeLimitSeconds,
    controls: extraControls(request),
  });
  const outcome = await connection.request({ message, answer: responseTags.done, isBinary: binaryTest(request.binary ?? []), ...(signal === undefined ? {} : { signal }) });
  if (!outcome.ok) {
    return outcome;
  }
  const { result, entries, cost } = outcome.value;
  const tooMuch = spend(context.budget, cost, 0);
  if (tooMuch !== undefined) {
    return failed(tooMuch);
  }
  if (result.code !== 0) {
    return failed(failureOfResult(result));
  }
  for (const { description, values } of entries[0]?.attributes ?? []) {
    const range = parseRange(description);
    if (range?.first === first && description.toLowerCase().startsWith(`${name};`)) {
      // Each step must bring something, or a lying server would keep us here.
      return range.last !== undefined && (values.length === 0 || range.last < first) ? failed(brokenRange) : { ok: true, value: { name, ...range, values } };
    }
  }
  return failed(brokenRange);
}

async function completeAttribute(context: RangeContext, entry: Entry, start: RangePart): Promise<Entry> {
  const collected: AttributeValue[] = [...start.values];
  const finish = (failure?: ReadFailure): Entry => withValues(entry, start.name, collected, failure);
  if (start.first !== 0) {
    return finish(brokenRange);
  }
  let last = start.last;
  while (last !== undefined) {
    if (collected.length >= context.maxRangeValues) {
      return finish({ reason: "truncated", code: "client:too-many-values", detail: `${start.name} of ${entry.dn} has more than ${context.maxRangeValues} values` });
    }
    const part = await fetchPart(context, entry.dn, start.name, last + 1);
    if (!part.ok) {
      return finish(part.failure);
    }
    for (const value of part.value.values) {
      collected.push(value);
    }
    last = part.value.last;
  }
  return finish();
}

/** Fetches the rest of every attribute that came in part. What cannot be fetched leaves that attribute marked as truncated. */
async function completeRanges(context: RangeContext, partial: PartialEntry): Promise<Entry> {
  let { entry } = partial;
  for (const range of partial.ranges) {
    entry = await completeAttribute(context, entry, range);
  }
  return entry;
}

/** Entries with all their values. */
export async function completeEntries(context: RangeContext, messages: readonly Parameters<typeof readEntryMessage>[0][]): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  for (const message of messages) {
    const partial = readEntryMessage(message, context.request.extendedDn === true);
    entries.push(partial.ranges.length === 0 ? partial.entry : await completeRanges(context, partial));
  }
  return entries;
}

import { PagedResultsControl, SearchRequest } from "ldapts";
import { binaryTest } from "./client-attributes.ts";
import type { LdapConnection, Response } from "./client-connection.ts";
import type { ClientLimits, DirectorySearch, Entry, Outcome, Page, SearchEnd, SearchResult } from "./client-contract.ts";
import { failed } from "./client-contract.ts";
import { extraControls } from "./client-controls.ts";
import { failureOfResult, tidyDiagnostic } from "./client-failure.ts";
import { toLdapFilter } from "./client-filter.ts";
import type { RangeContext } from "./client-range.ts";
import { completeEntries, spend } from "./client-range.ts";
import { responseTags } from "./client-shape.ts";

/** A connection with the settings that its searches share. */
export interface SearchSettings {
  readonly connection: LdapConnection;
  readonly pageSize: number;
  readonly operationTimeoutMs: number;
  readonly limits: ClientLimits;
}

/** Empty pages with a cookie are legal (a server may give up a page for lack of time); an endless run of them is not work. */
const maxEmptyPages = 100;
const maxReferences = 1000;

/** Below our own time, so that a healthy server ends a heavy search by itself (code 3) and the connection stays usable. */
function timeLimitSeconds(operationTimeoutMs: number): number {
  return Math.max(1, Math.floor((operationTimeoutMs * 0.8) / 1000));
}

function buildRequest(settings: SearchSettings, request: DirectorySearch, cookie: Buffer | undefined): Outcome<SearchRequest> {
  const paging = new PagedResultsControl({ critical: true, value: { size: settings.pageSize, ...(cookie === undefined ? {} : { cookie }) } });
  try {
    return {
      ok: true,
      value: new SearchRequest({
        messageId: 0,
        baseDN: request.base,
        scope: request.scope,
        filter: toLdapFilter(request.filter),
        attributes: request.attributes.length === 0 ? ["1.1"] : [...request.attributes],
        sizeLimit: request.sizeLimit ?? 0,
        timeLimit: timeLimitSeconds(settings.operationTimeoutMs),
        controls: [...(request.scope === "base" ? [] : [paging]), ...extraControls(request)],
      }),
    };
  } catch {
    return failed({ reason: "collector-error", code: "client:filter", detail: `the filter of a search below ${tidyDiagnostic(request.base)} is not valid` });
  }
}

async function requestPage(settings: SearchSettings, request: DirectorySearch, cookie: Buffer | undefined, signal: AbortSignal): Promise<Outcome<Response>> {
  const message = buildRequest(settings, request, cookie);
  if (!message.ok) {
    return message;
  }
  return settings.connection.request({ message: message.value, answer: responseTags.done, isBinary: binaryTest(request.binary ?? []), signal });
}

/** Runs a search page by page. Entries that came with a failing result are still handed on before the end says so. */
export async function* search(settings: SearchSettings, request: DirectorySearch): AsyncGenerator<Page, SearchEnd, void> {
  const leaving = new AbortController();
  const ranges: RangeContext = { connection: settings.connection, request, maxRangeValues: settings.limits.maxRangeValues, budget: { maxBytes: settings.limits.maxSearchBytes, entries: 0, bytes: 0 }, timeLimitSeconds: timeLimitSeconds(settings.operationTimeoutMs), signal: leaving.signal };
  let underWay: Promise<Outcome<Response>> | undefined = requestPage(settings, request, undefined, leaving.signal);
  let emptyPages = 0;
  try {
    for (;;) {
      const outcome: Outcome<Response> = await underWay;
      if (!outcome.ok) {
        return { complete: false, failure: outcome.failure, referrals: [] };
      }
      const { result, entries, references, cost }: Response = outcome.value;
      const tooMuch = spend(ranges.budget, cost, entries.length);
      if (tooMuch !== undefined) {
        return { complete: false, failure: tooMuch, referrals: [] };
      }
      const cookie: Buffer | undefined = result.code === 0 && result.cookie !== undefined && result.cookie.length > 0 ? result.cookie : undefined;
      emptyPages = entries.length === 0 ? emptyPages + 1 : 0;
      underWay = cookie === undefined || emptyPages > maxEmptyPages ? undefined : requestPage(settings, request, cookie, leaving.signal);
      if (entries.length > 0 || references.length > 0) {
        yield { entries: await completeEntries(ranges, entries), references };
      }
      if (result.code !== 0) {
        return { complete: false, failure: failureOfResult(result), referrals: result.referrals.map(tidyDiagnostic) };
      }
      if (underWay === undefined) {
        return cookie === undefined
          ? { complete: true, referrals: [] }
          : { complete: false, failure: { reason: "malformed", code: "client:empty-pages", detail: `the server sent ${emptyPages} empty pages in a row` }, referrals: [] };
      }
    }
  } finally {
    leaving.abort();
  }
}

/** Runs a search into memory. */
export async function searchAll(settings: SearchSettings, request: DirectorySearch, maxEntries: number): Promise<SearchResult> {
  const entries: Entry[] = [];
  const references: string[] = [];
  const pages = search(settings, request);
  for (;;) {
    const step = await pages.next();
    if (step.done === true) {
      return { entries, references, ...step.value };
    }
    for (const entry of step.value.entries) {
      entries.push(entry);
    }
    references.push(...step.value.references.slice(0, Math.max(0, maxReferences - references.length)));
    if (entries.length > maxEntries) {
      const failure = { reason: "truncated", code: "client:too-many-entries", detail: `a search below ${tidyDiagnostic(request.base)} found more than ${maxEntries} entries` } as const;
      await pages.return({ complete: false, failure, referrals: [] });
      return { entries: entries.slice(0, maxEntries), references, complete: false, failure, referrals: [] };
    }
  }
}

import { createHash } from "node:crypto";
import { type SearchControls, searchControls } from "./controls.ts";
import type { Node } from "./node.ts";
import type { Request, SearchRequest } from "./request.ts";
import { type Result, answerTag, encodeEntry, encodeReference, encodeResult, pagedControl, resultCode, success } from "./response.ts";
import { rootDse } from "./root-dse.ts";
import { isFound, maxPageSize, search, sizeResult } from "./search.ts";
import { type Selection, ValueRangeError, nameOf, selectAttributes } from "./select-attributes.ts";
import { type Session, readerOf } from "./session.ts";

const maxPagesUnderWay = 10;

/** The refusal of an operation by nobody. */
export const notBound: Result = {
  code: resultCode.operationsError,
  text: "000004DC: LdapErr: DSID-0C090A6E, comment: In order to perform this operation a successful bind must be completed on the connection., data 0, v3839",
};

function isRootDse(request: SearchRequest): boolean {
  return request.base.trim() === "" && request.scope === "base";
}

function keepRest(session: Session, question: string, nodes: readonly Node[]): Buffer {
  if (nodes.length === 0) return Buffer.alloc(0);
  const cookie = String(session.nextCookie).padStart(8, "0");
  session.nextCookie += 1;
  const oldest = session.pages.size < maxPagesUnderWay ? undefined : session.pages.keys().next().value;
  if (oldest !== undefined) session.pages.delete(oldest);
  session.pages.set(cookie, { question, nodes });
  return Buffer.from(cookie);
}

/** What identifies a paged search: its pages must ask the same question. */
function questionOf({ base, scope, filter, attributes }: SearchRequest): string {
  return createHash("sha256").update(JSON.stringify([base, scope, filter, attributes])).digest("hex");
}

interface Answer {
  readonly nodes: readonly Node[];
  readonly references: readonly string[];
  readonly result: Result;
  readonly cookie: Buffer | undefined;
}

function firstAnswer(session: Session, request: SearchRequest, controls: SearchControls): Answer {
  const { service, kind } = session;
  const reader = readerOf(session);
  const failed = (result: Result): Answer => ({ nodes: [], references: [], result, cookie: controls.page === undefined ? undefined : Buffer.alloc(0) });
  if (reader === undefined) return failed(notBound);
  const outcome = search({ directory: service.directory, reader, globalCatalog: kind.globalCatalog, controls, clock: () => performance.now() }, request);
  if (!isFound(outcome)) return failed(outcome);
  return limited(session, request, controls, outcome.nodes, outcome.references);
}

function limited(session: Session, request: SearchRequest, { page }: SearchControls, nodes: readonly Node[], references: readonly string[]): Answer {
  const asked = request.sizeLimit === 0 ? Infinity : request.sizeLimit;
  if (page === undefined) {
    const sent = nodes.slice(0, Math.min(asked, maxPageSize));
    return { nodes: sent, references, result: sizeResult(nodes.length, sent.length), cookie: undefined };
  }
  const size = Math.min(page.size === 0 ? maxPageSize : page.size, maxPageSize);
  const sent = nodes.slice(0, Math.min(asked, size));
  if (asked < size && nodes.length > asked) return { nodes: sent, references, result: sizeResult(nodes.length, sent.length), cookie: Buffer.alloc(0) };
  return { nodes: sent, references, result: success, cookie: keepRest(session, questionOf(request), nodes.slice(sent.length)) };
}

function nextAnswer(session: Session, request: SearchRequest, controls: SearchControls): Answer {
  const key = controls.page?.cookie.toString("latin1") ?? "";
  const kept = session.pages.get(key);
  session.pages.delete(key);
  if (kept === undefined || kept.question !== questionOf(request)) {
    const text = "00000057: LdapErr: DSID-0C0909E8, comment: Error processing control, data 0, v3839";
    return { nodes: [], references: [], result: { code: resultCode.unwillingToPerform, text }, cookie: Buffer.alloc(0) };
  }
  if (controls.page?.size === 0) return { nodes: [], references: [], result: success, cookie: Buffer.alloc(0) }; // given up by the client
  return limited(session, request, controls, kept.nodes, []);
}

/** Answers a search: entries, references and the result, each an encoded message. */
export function* answerSearch(session: Session, id: number, request: SearchRequest, all: Request["controls"]): Generator<Buffer> {
  const { service, kind } = session;
  if (isRootDse(request)) {
    yield encodeEntry(id, "", rootDse(service.directory, service.now(), request.attributes, session.identity));
    yield encodeResult(id, answerTag.searchDone, success);
    return;
  }
  const controls = searchControls(all);
  const answer = controls.page !== undefined && controls.page.cookie.length > 0 ? nextAnswer(session, request, controls) : firstAnswer(session, request, controls);
  const reader = readerOf(session);
  const pageControls = answer.cookie === undefined ? [] : [pagedControl(answer.cookie)];
  if (reader !== undefined) {
    const selection: Selection = { directory: service.directory, reader, controls, attributes: request.attributes, typesOnly: request.typesOnly, single: request.scope === "base", partial: kind.globalCatalog };
    try {
      for (const node of answer.nodes) yield encodeEntry(id, nameOf(selection, node.dn), selectAttributes(selection, node));
    } catch (error) {
      if (!(error instanceof ValueRangeError)) throw error;
      const result = { code: resultCode.operationsError, text: `00002121: LdapErr: DSID-0C0907E8, comment: Error processing range of ${error.message}, data 0, v3839` };
      yield encodeResult(id, answerTag.searchDone, result, [], pageControls);
      return;
    }
  }
  for (const url of answer.references) yield encodeReference(id, url);
  yield encodeResult(id, answerTag.searchDone, answer.result, [], pageControls);
}


import { afterEach, expect, test } from "vitest";
import type { DirectoryClient } from "../../../src/collect/ldap/client-contract.ts";
import { connected, failureOf } from "./connecting.ts";
import type { Answer, Responder, SeenRequest } from "./responder.ts";
import { afterBind, entry, result, startResponder, tags } from "./responder.ts";

const base = "DC=contoso,DC=test";
let server: Responder | undefined;
let client: DirectoryClient | undefined;

afterEach(async () => {
  await client?.close();
  await server?.close();
});

async function open(answer: Answer, changes: Parameters<typeof connected>[1] = {}, signal?: AbortSignal): Promise<DirectoryClient> {
  server = await startResponder({ answer: afterBind(answer) });
  client = await connected(server.port, changes, signal);
  return client;
}

/** The 24-byte entry that makes ldapts' own decoder run until memory is full: a value that claims 127 bytes and has one. */
const endless = (messageId: number): Buffer => Buffer.from([0x30, 0x16, 0x02, 0x01, messageId, 0x64, 0x11, 0x04, 0x00, 0x30, 0x0d, 0x30, 0x0b, 0x04, 0x02, 0x63, 0x6e, 0x31, 0x05, 0x04, 0x7f, 0x61, 0x61, 0x61]);

test.each<[string, Answer, string]>([
  ["garbage", () => [Buffer.from("garbage")], "malformed"],
  ["a length that points beyond the message", (request) => [endless(request.messageId)], "malformed"],
  ["an indefinite length", () => [Buffer.from([0x30, 0x80, 0x02, 0x01, 0x02])], "malformed"],
  ["a declared length of 2 GB", () => [Buffer.from([0x30, 0x84, 0x7f, 0xff, 0xff, 0xff, 0x02])], "malformed"],
  ["a declared length just above the bound", () => [Buffer.from([0x30, 0x84, 0x02, 0x00, 0x00, 0x01])], "malformed"],
  ["half a message, then the end", (request, socket) => (socket.end(entry(request.messageId, base).subarray(0, 9)), undefined), "unreachable"],
  ["a half-closed connection", (_request, socket) => (socket.end(), undefined), "unreachable"],
  ["a reset", (_request, socket) => (socket.resetAndDestroy(), undefined), "unreachable"],
  ["the answer to a bind instead of a search", (request) => [result(request.messageId, tags.bind)], "malformed"],
  ["an answer to nothing", () => [result(77, tags.done)], "malformed"],
  ["a message of the client's side", (request) => [request.bytes], "malformed"],
  ["silence", () => undefined, "timeout"],
])("%s is a failure of its own kind, for this request and all later ones, without a new connection", async (_name, answer, reason) => {
  const directory = await open(answer, { operationTimeoutMs: 100 });
  const failure = failureOf(await directory.readEntry(base, ["cn"]));
  expect(failure.reason).toBe(reason);
  expect(failureOf(await directory.readEntry(base, ["cn"]))).toEqual(failure);
  expect(directory.lost()).toEqual(failure);
  expect(await directory.searchAll({ base, scope: "sub", filter: "(cn=*)", attributes: [] }, { maxEntries: 1 })).toEqual({ complete: false, failure, entries: [], references: [], referrals: [] });
  expect(server?.connections()).toBe(1);
});

test("a notice of disconnection says why", async () => {
  const directory = await open(() => [result(0, tags.extended, { code: 52, oid: "1.3.6.1.4.1.1466.20036" })]);
  expect(failureOf(await directory.readEntry(base, ["cn"]))).toMatchObject({ reason: "unreachable", code: "ldap:52" });
});

test("entries without end are cut off at the bound", async () => {
  const directory = await open(
    (request, socket) => {
      const chunk = Buffer.concat(Array.from({ length: 200 }, () => entry(request.messageId, base, { cn: ["x".repeat(500)] })));
      const pump = (): void => {
        while (!socket.destroyed && socket.write(chunk)) {
          // until the socket is full
        }
      };
      socket.on("drain", pump);
      pump();
      return undefined;
    },
    { limits: { maxResponseBytes: 500_000 } },
  );
  expect(failureOf(await directory.readEntry(base, ["cn"]))).toMatchObject({ reason: "truncated", code: "client:too-much" });
});

test("thousands of tiny messages in one packet do not overflow the stack", async () => {
  const directory = await open((request) => [Buffer.concat([...Array.from({ length: 20_000 }, () => entry(request.messageId, "")), result(request.messageId, tags.done)])]);
  const found = await directory.searchAll({ base, scope: "sub", filter: "(cn=*)", attributes: [] }, { maxEntries: 30_000 });
  expect([found.complete, found.entries.length]).toEqual([true, 20_000]);
});

test("a message with more elements than anything real is refused before it is decoded", async () => {
  const directory = await open((request) => [entry(request.messageId, base, { cn: Array.from({ length: 500_001 }, () => "") })]);
  expect(failureOf(await directory.readEntry(base, ["cn"]))).toMatchObject({ reason: "malformed" });
});

test("the total time ends everything, however busy the server looks", async () => {
  const directory = await open((request) => [entry(request.messageId, base), result(request.messageId, tags.done, { cookie: "more" })], { totalTimeoutMs: 150 });
  const pages = directory.search({ base, scope: "sub", filter: "(cn=*)", attributes: [] });
  let step = await pages.next();
  while (step.done !== true) {
    step = await pages.next();
  }
  expect(step.value).toMatchObject({ complete: false, failure: { reason: "timeout", code: "client:total-timeout" } });
});

test("an abort ends requests under way and waiting ones", async () => {
  const controller = new AbortController();
  const directory = await open(() => undefined, { limits: { maxConcurrent: 1 } }, controller.signal);
  const both = Promise.all([directory.readEntry(base, []), directory.readEntry(base, [])]);
  setTimeout(() => controller.abort(), 10);
  expect((await both).map((outcome) => failureOf(outcome).code)).toEqual(["client:aborted", "client:aborted"]);
});

test("closing twice, and using the client afterwards", async () => {
  const directory = await open(() => undefined);
  const underWay = directory.readEntry(base, []);
  await Promise.all([directory.close(), directory.close()]);
  expect(failureOf(await underWay).code).toBe("client:closed");
  expect(failureOf(await directory.readEntry(base, [])).code).toBe("client:closed");
});

test("empty values and empty entries count for what they take up in memory, not for their few bytes", async () => {
  const empties = (messageId: number): Buffer => entry(messageId, base, { objectGUID: Array.from({ length: 20_000 }, () => "") });
  const directory = await open((request) => [empties(request.messageId), empties(request.messageId), result(request.messageId, tags.done)], { limits: { maxResponseBytes: 3_000_000 } });
  expect(failureOf(await directory.readEntry(base, ["objectGUID"]))).toMatchObject({ reason: "truncated", code: "client:too-much" });
});

test("pages without end that each stay below the bound are cut off together", async () => {
  let pages = 0;
  const page = (request: SeenRequest): readonly Buffer[] => {
    pages += 1;
    return [entry(request.messageId, base, { cn: ["x".repeat(100_000)] }), result(request.messageId, tags.done, { cookie: "on" })];
  };
  const directory = await open(page, { limits: { maxSearchBytes: 1_000_000 } });
  expect(await directory.searchAll({ base, scope: "sub", filter: "(cn=*)", attributes: ["cn"] }, { maxEntries: 50_000 })).toMatchObject({ complete: false, failure: { reason: "truncated", code: "client:too-much" } });
  expect(pages).toBeLessThan(20);
});

test("parts of attributes without end count towards the search that they belong to", async () => {
  const part = (request: SeenRequest): readonly Buffer[] => {
    const asked = /;range=(\d+)-/.exec(request.search?.attributes[0] ?? "")?.[1] ?? "0";
    return [entry(request.messageId, base, { [`member;range=${asked}-${Number(asked)}`]: ["x".repeat(100_000)] }), result(request.messageId, tags.done)];
  };
  const directory = await open(part, { limits: { maxSearchBytes: 1_000_000 } });
  const read = await directory.readEntry(base, ["member"]);
  expect(read.ok && read.value.truncated.get("member")).toMatchObject({ reason: "truncated", code: "client:too-much" });
  expect(server?.requests.length).toBeLessThan(20);
});

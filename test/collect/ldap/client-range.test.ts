import { afterEach, expect, test } from "vitest";
import { texts } from "../../../src/collect/ldap/client-entry.ts";
import type { DirectoryClient, Entry } from "../../../src/collect/ldap/client-contract.ts";
import { connected } from "./connecting.ts";
import type { Answer, Responder } from "./responder.ts";
import { afterBind, entry, result, startResponder, tags } from "./responder.ts";

const group = "CN=All Staff,DC=contoso,DC=test";
let server: Responder | undefined;
let client: DirectoryClient | undefined;

afterEach(async () => {
  await client?.close();
  await server?.close();
});

async function readGroup(answer: Answer, maxRangeValues = 1000): Promise<Entry> {
  server = await startResponder({ answer: afterBind(answer) });
  client = await connected(server.port, { limits: { maxRangeValues } });
  const outcome = await client.readEntry(group, ["member"]);
  if (!outcome.ok) {
    throw new Error(outcome.failure.detail);
  }
  return outcome.value;
}

const values = (first: number, last: number): readonly string[] => Array.from({ length: last - first + 1 }, (_, index) => `CN=u${first + index}`);

/** Serves `total` members, `step` at a time, as Active Directory does: `member` empty beside the range, `*` on the last part. */
function ranged(total: number, step: number): Answer {
  return (request) => {
    const asked = /range=(\d+)-/.exec(request.search?.attributes[0] ?? "");
    const first = Number(asked?.[1] ?? 0);
    const last = Math.min(first + step, total) - 1;
    const name = `member;range=${first}-${last === total - 1 ? "*" : last}`;
    return [entry(request.messageId, group, { ...(first === 0 ? { member: [] } : {}), [name]: values(first, last) }), result(request.messageId, tags.done)];
  };
}

test("an attribute that comes in parts is completed", async () => {
  const object = await readGroup(ranged(35, 10));
  expect(texts(object, "Member")).toEqual({ state: "value", value: values(0, 34) });
  expect(server?.requests.flatMap((request) => request.search?.attributes ?? [])).toEqual(["member", "member;range=10-*", "member;range=20-*", "member;range=30-*"]);
});

test.each<[string, Answer, string, number]>([
  ["a failure in the middle", (request, socket) => (request.search?.attributes[0]?.includes("range=20") === true ? [result(request.messageId, tags.done, { code: 52 })] : ranged(35, 10)(request, socket)), "ldap:52", 20],
  ["a server that gives the first part again and again", (request, socket) => ranged(35, 10)({ ...request, search: undefined }, socket), "client:range", 10],
  ["a server that gives empty parts", (request, socket) => (request.search?.attributes[0] === "member" ? ranged(35, 10)(request, socket) : [entry(request.messageId, group, { "member;range=10-19": [] }), result(request.messageId, tags.done)]), "client:range", 10],
  ["an attribute that vanishes", (request, socket) => (request.search?.attributes[0] === "member" ? ranged(35, 10)(request, socket) : [entry(request.messageId, group), result(request.messageId, tags.done)]), "client:range", 10],
])("%s leaves the attribute truncated", async (_name, answer, code, count) => {
  const reading = texts(await readGroup(answer), "member");
  expect(reading).toMatchObject({ state: "truncated", failure: { code }, partial: values(0, count - 1) });
});

test("more values than allowed", async () => {
  expect(texts(await readGroup(ranged(100, 10), 30), "member")).toMatchObject({ state: "truncated", failure: { reason: "truncated", code: "client:too-many-values" } });
});

import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import type { DirectoryClient, DirectorySearch, Page, SearchEnd } from "../../../src/collect/ldap/client-contract.ts";
import { isNoSuchObject } from "../../../src/collect/ldap/client-failure.ts";
import { connected, failureOf } from "./connecting.ts";
import type { Answer, Responder } from "./responder.ts";
import { afterBind, entry, reference, result, startResponder, tags } from "./responder.ts";

const base = "DC=contoso,DC=test";
const everything: DirectorySearch = { base, scope: "sub", filter: "(objectClass=*)", attributes: ["cn"] };
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

async function readAll(pages: AsyncGenerator<Page, SearchEnd, void>): Promise<{ readonly pages: readonly Page[]; readonly end: SearchEnd }> {
  const seen: Page[] = [];
  for (;;) {
    const step = await pages.next();
    if (step.done === true) {
      return { pages: seen, end: step.value };
    }
    seen.push(step.value);
  }
}

/** Pages "1", "2", … of one entry each, `count` in all. */
function paged(count: number): Answer {
  return (request) => {
    if (request.search === undefined) {
      return undefined;
    }
    const page = Number(request.cookie === "" ? "1" : request.cookie);
    return [entry(request.messageId, `CN=${page},${base}`, { cn: [String(page)] }), result(request.messageId, tags.done, { cookie: page < count ? String(page + 1) : "" })];
  };
}

test("pages follow the cookie to the end, and nothing but bind, search and unbind goes out", async () => {
  const directory = await open(paged(3), { pageSize: 1 });
  const { pages, end } = await readAll(directory.search(everything));
  expect(pages.map((page) => page.entries.map((object) => object.dn))).toEqual([[`CN=1,${base}`], [`CN=2,${base}`], [`CN=3,${base}`]]);
  expect(end).toEqual({ complete: true, referrals: [] });
  await directory.close();
  expect(server?.requests.map((request) => request.operation)).toEqual([0x60, 0x63, 0x63, 0x63, 0x42]);
});

test("the next page is asked for before the first is looked at", async () => {
  const directory = await open(paged(3));
  const pages = directory.search(everything);
  await pages.next();
  await sleep(20);
  expect(server?.requests.filter((request) => request.search !== undefined).length).toBe(2);
  await pages.return({ complete: true, referrals: [] });
});

test("an empty page with a cookie is not the end", async () => {
  const directory = await open((request) => {
    if (request.cookie === "") {
      return [result(request.messageId, tags.done, { cookie: "more" })];
    }
    return [entry(request.messageId, `CN=late,${base}`), result(request.messageId, tags.done, { cookie: "" })];
  });
  const found = await directory.searchAll(everything, { maxEntries: 10 });
  expect(found).toMatchObject({ complete: true, entries: [{ dn: `CN=late,${base}` }] });
});

test("a server that sends empty pages for ever is stopped", async () => {
  const directory = await open((request) => [result(request.messageId, tags.done, { cookie: "again" })]);
  expect(await directory.searchAll(everything, { maxEntries: 10 })).toMatchObject({ complete: false, failure: { reason: "malformed", code: "client:empty-pages" } });
});

test("a loop left early abandons the page under way, and the connection stays usable", async () => {
  const directory = await open((request) => {
    if (request.cookie === "2") {
      return undefined; // never answered
    }
    return request.search === undefined ? undefined : (paged(3)(request, undefined as never) ?? undefined);
  });
  for await (const page of directory.search(everything)) {
    expect(page.entries.length).toBe(1);
    break;
  }
  const other = await directory.readEntry("CN=other", ["cn"]);
  expect(other.ok).toBe(true);
  expect(server?.requests.map((request) => request.operation)).toContain(0x50);
});

test.each([
  [3, "timeout"],
  [4, "truncated"],
  [11, "truncated"],
  [12, "unsupported"],
  [50, "denied"],
  [51, "unreachable"],
  [52, "unreachable"],
  [80, "unreachable"],
] as const)("result code %i ends the search as %s after the entries that came", async (code, reason) => {
  const directory = await open((request) => [entry(request.messageId, `CN=1,${base}`), result(request.messageId, tags.done, { code })]);
  const found = await directory.searchAll({ ...everything, sizeLimit: 1 }, { maxEntries: 10 });
  expect(found).toMatchObject({ complete: false, failure: { reason, code: `ldap:${code}` }, entries: [{ dn: `CN=1,${base}` }] });
});

test("an operationsError for lack of a bind is denied, another one is not", async () => {
  const texts = ["000004DC: LdapErr: DSID-0C0907C2, comment: In order to perform this operation a successful bind must be completed", "00002020: SvcErr"];
  const directory = await open((request) => [result(request.messageId, tags.done, { code: 1, diagnostic: texts.shift() ?? "" })]);
  expect(await directory.searchAll(everything, { maxEntries: 1 })).toMatchObject({ failure: { reason: "denied", code: "ldap:1" } });
  expect(await directory.searchAll(everything, { maxEntries: 1 })).toMatchObject({ failure: { reason: "unreachable", code: "ldap:1" } });
});

test("a referral is a failure with its URLs; references are reported with the page", async () => {
  const urls = ["ldap://fabrikam.test/DC=fabrikam,DC=test"];
  const directory = await open((request) =>
    request.search?.baseDN === base
      ? [reference(request.messageId, ["ldap://emea.contoso.test/DC=emea"]), entry(request.messageId, base), result(request.messageId, tags.done)]
      : [result(request.messageId, tags.done, { code: 10, referrals: urls })],
  );
  expect(await directory.searchAll({ ...everything, base: "DC=fabrikam,DC=test" }, { maxEntries: 1 })).toMatchObject({ complete: false, failure: { reason: "unsupported", code: "ldap:10" }, referrals: urls });
  expect(await directory.searchAll(everything, { maxEntries: 5 })).toMatchObject({ complete: true, references: ["ldap://emea.contoso.test/DC=emea"], entries: [{ dn: base }] });
});

test("a missing object is a failure that can be told apart", async () => {
  const directory = await open((request) => [result(request.messageId, tags.done, { code: 32, matchedDn: base, diagnostic: "0000208D: NameErr" })]);
  const failure = failureOf(await directory.readEntry(`CN=None,${base}`, ["cn"]));
  expect(isNoSuchObject(failure)).toBe(true);
  expect(failure).toMatchObject({ reason: "denied", matchedDn: base });
});

test("an object that exists but comes back empty is not taken for read", async () => {
  const directory = await open((request) => [result(request.messageId, tags.done)]);
  expect(failureOf(await directory.readEntry(base, ["cn"]))).toMatchObject({ reason: "denied", code: "client:no-entry" });
});

test("more entries than allowed: the first ones, marked as truncated", async () => {
  const directory = await open(paged(50));
  expect(await directory.searchAll(everything, { maxEntries: 2 })).toMatchObject({ complete: false, failure: { reason: "truncated", code: "client:too-many-entries" }, entries: [{ dn: `CN=1,${base}` }, { dn: `CN=2,${base}` }] });
});

test("a filter that is none is our own mistake and sends nothing", async () => {
  const directory = await open(() => undefined);
  expect(await directory.searchAll({ ...everything, filter: String.raw`(cn=\zz)` }, { maxEntries: 1 })).toMatchObject({ complete: false, failure: { reason: "collector-error", code: "client:filter" } });
  expect(server?.requests.length).toBe(1);
});

test("what goes out: attributes, limits, controls and bytes in filters", async () => {
  const directory = await open((request) => [result(request.messageId, tags.done)], { operationTimeoutMs: 5000 });
  const guid = Buffer.from("a19700ff", "hex");
  await directory.searchAll({ ...everything, attributes: [], sdFlags: true, extendedDn: true, filter: { and: [{ equals: { attribute: "objectGUID", value: guid } }, { not: { present: "cn" } }] } }, { maxEntries: 1 });
  await directory.searchAll({ ...everything, filter: { or: ["(cn=a*)", { matches: { attribute: "memberOf", rule: "1.2.840.113556.1.4.1941", value: "CN=A (b),DC=x" } }] } }, { maxEntries: 1 });
  const [, first, second] = server?.requests ?? [];
  expect(first?.search).toMatchObject({ attributes: ["1.1"], timeLimit: 4, sizeLimit: 0 });
  expect(first?.bytes.includes(guid)).toBe(true);
  expect(first?.bytes.includes(Buffer.from("1.2.840.113556.1.4.801\x01\x01\xff\x04\x05\x30\x03\x02\x01\x07", "latin1"))).toBe(true);
  expect(first?.bytes.includes(Buffer.from("1.2.840.113556.1.4.529\x01\x01\xff\x04\x05\x30\x03\x02\x01\x01", "latin1"))).toBe(true);
  expect(second?.bytes.includes("CN=A (b),DC=x")).toBe(true);
});

test("no more requests at once than allowed", async () => {
  let open_ = 0;
  let most = 0;
  const directory = await open(
    (request, socket) => {
      open_ += 1;
      most = Math.max(most, open_);
      setTimeout(() => {
        open_ -= 1;
        socket.write(Buffer.concat([entry(request.messageId, base), result(request.messageId, tags.done)]));
      }, 5);
      return undefined;
    },
    { limits: { maxConcurrent: 3 } },
  );
  const answers = await Promise.all(Array.from({ length: 12 }, () => directory.readEntry(base, ["cn"])));
  expect(answers.every((answer) => answer.ok)).toBe(true);
  expect(most).toBe(3);
});

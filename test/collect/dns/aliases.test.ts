import type { PacketRecord } from "dns-packet";
import { AUTHORITATIVE_ANSWER } from "dns-packet";
import { expect, test } from "vitest";
import { createView } from "../../../src/collect/dns/resolver.ts";
import { interpretReply, type DnsAnswer } from "../../../src/collect/dns/answer.ts";
import type { DnsRecord } from "../../../src/collect/dns/record.ts";
import { a, cname, soa, startServer, type ReplyContent } from "./scripted-server.ts";

/** Looks up `a.test` at a server that has one reply per name. */
async function lookupIn(zone: Readonly<Record<string, ReplyContent>>, type: "A" | "CNAME" = "A"): Promise<{ readonly answer: DnsAnswer; readonly asked: readonly string[] }> {
  await using server = await startServer((query) => query.reply(zone[query.name] ?? { rcode: 3, authorities: [soa("test")] }));
  const view = createView({ name: "inside", servers: [server.server], queryTimeoutMs: 4000, tries: 1 });
  const answer = await view.lookup("a.test", type);
  return { answer, asked: server.received.map(({ name }) => name) };
}

/** The chain n0 -> n1 -> ... of the given length, starting at a.test. */
function chainOf(length: number): readonly PacketRecord[] {
  return Array.from({ length }, (_, index) => cname(index === 0 ? "a.test" : `n${index}.test`, `n${index + 1}.test`));
}

test("a chain within the answer, in any order of its records", async () => {
  const { answer, asked } = await lookupIn({ "a.test": { answers: [a("c.test", "10.0.0.1"), cname("b.test", "C.test"), cname("a.test", "b.test")] } });
  expect(answer).toMatchObject({ outcome: "answer", aliases: ["b.test", "c.test"], records: [{ name: "c.test", address: "10.0.0.1" }] });
  expect(asked).toEqual(["a.test"]);
});

test("a chain that leaves the answer is followed, and the origin holds for all of it", async () => {
  const { answer, asked } = await lookupIn({ "a.test": { flags: AUTHORITATIVE_ANSWER, answers: [cname("a.test", "b.test")] }, "b.test": { answers: [cname("b.test", "c.test"), a("c.test", "10.0.0.1")] } });
  expect(answer).toMatchObject({ outcome: "answer", aliases: ["b.test", "c.test"], records: [{ address: "10.0.0.1" }], authoritative: false });
  expect(asked).toEqual(["a.test", "b.test"]);
});

test("a chain of eight is followed", async () => {
  const { answer } = await lookupIn({ "a.test": { answers: [...chainOf(8), a("n8.test", "10.0.0.1")] } });
  expect(answer).toMatchObject({ outcome: "answer", aliases: Array.from({ length: 8 }, (_, index) => `n${index + 1}.test`) });
});

test("an alias to a name that does not exist is absent, and the alias is told", async () => {
  expect((await lookupIn({ "a.test": { answers: [cname("a.test", "gone.test")] } })).answer).toMatchObject({ outcome: "absent", kind: "nxdomain", aliases: ["gone.test"] });
  expect((await lookupIn({ "a.test": { rcode: 3, answers: [cname("a.test", "gone.test")] } })).answer).toMatchObject({ outcome: "absent", kind: "nxdomain", aliases: ["gone.test"] });
});

test("an alias to a name without such records is absent only when its own question says so", async () => {
  const { answer, asked } = await lookupIn({ "a.test": { answers: [cname("a.test", "b.test")], authorities: [soa("test")] }, "b.test": { authorities: [soa("test")] } });
  expect(answer).toMatchObject({ outcome: "absent", kind: "nodata", aliases: ["b.test"] });
  expect(asked).toEqual(["a.test", "b.test"]);
});

test("an alias whose target nobody answers for is unknown", async () => {
  const { answer } = await lookupIn({ "a.test": { answers: [cname("a.test", "b.test")] }, "b.test": { rcode: 5 } });
  expect(answer).toMatchObject({ outcome: "unknown", reason: "denied", aliases: ["b.test"] });
});

test.each([
  ["a loop in one reply", /loop/, { "a.test": { answers: [cname("a.test", "b.test"), cname("b.test", "a.test")] } }],
  ["an alias of itself", /loop/, { "a.test": { answers: [cname("a.test", "A.test")] } }],
  ["a loop that does not pass the start", /loop/, { "a.test": { answers: [cname("a.test", "b.test"), cname("b.test", "c.test"), cname("c.test", "b.test")] } }],
  ["a loop over two replies", /loop/, { "a.test": { answers: [cname("a.test", "b.test")] }, "b.test": { answers: [cname("b.test", "a.test")] } }],
  ["a chain of nine", /longer than 8/, { "a.test": { answers: [...chainOf(9), a("n9.test", "10.0.0.1")] } }],
  ["a chain of nine over many replies", /longer than 8/, Object.fromEntries(chainOf(9).map((record) => [record.name, { answers: [record] }]))],
  ["two aliases of one name", /two different CNAME/, { "a.test": { answers: [cname("a.test", "b.test"), cname("a.test", "c.test"), a("b.test", "10.0.0.1")] } }],
  ["an alias to the root", /no host name/, { "a.test": { answers: [cname("a.test", ".")] } }],
  ["an alias to an address", /no host name/, { "a.test": { answers: [cname("a.test", "10.0.0.1")] } }],
])("%s is malformed", async (_, detail, zone) => {
  expect((await lookupIn(zone)).answer).toMatchObject({ outcome: "unknown", reason: "malformed", detail: expect.stringMatching(detail) });
});

test("two views of a loop asked for at the same time do not wait for each other", async () => {
  await using server = await startServer((query) => query.reply({ answers: [cname(query.name, query.name === "a.test" ? "b.test" : "a.test")] }));
  const view = createView({ name: "inside", servers: [server.server], concurrency: 1 });
  const answers = await Promise.all([view.lookup("a.test", "A"), view.lookup("b.test", "A")]);
  expect(answers.map((answer) => answer.outcome === "unknown" && answer.reason)).toEqual(["malformed", "malformed"]);
});

test("a chain of thousands in one reply is refused without being followed to its end", () => {
  const link = (index: number): DnsRecord => ({ name: `n${index}.test`, type: "CNAME", ttlSeconds: 1, target: `n${index + 1}.test` });
  const reply = { responseCode: 0, truncated: false, authoritative: true, recursionAvailable: true, authenticData: false, authorityHasSoa: false, authorityHasNs: false };
  const step = interpretReply({ name: "n0.test", type: "A" }, { ...reply, answers: Array.from({ length: 5000 }, (_, index) => link(index)) });
  expect(step).toMatchObject({ kind: "failed", reason: "malformed" });
});

test("an endless chain of new names ends", async () => {
  let next = 0;
  await using server = await startServer((query) => { next += 1; query.reply({ answers: [cname(query.name, `n${next}.test`)] }); });
  expect(await createView({ name: "inside", servers: [server.server] }).lookup("a.test", "A")).toMatchObject({ outcome: "unknown", reason: "malformed" });
  expect(server.received.length).toBeLessThanOrEqual(9);
});

test("a slow chain gets no new time for each link", async () => {
  let next = 0;
  await using server = await startServer((query) => { next += 1; const target = `n${next}.test`; setTimeout(() => query.reply({ answers: [cname(query.name, target)] }), 60); });
  const answer = await createView({ name: "inside", servers: [server.server], queryTimeoutMs: 100 }).lookup("a.test", "A");
  expect(answer).toMatchObject({ outcome: "unknown", reason: "timeout" });
  expect(server.received.length).toBeLessThanOrEqual(3);
});

test("asked for the alias itself, it is not followed", async () => {
  const { answer, asked } = await lookupIn({ "a.test": { answers: [cname("a.test", "b.test")] } }, "CNAME");
  expect(answer).toMatchObject({ outcome: "answer", aliases: [], records: [{ type: "CNAME", target: "b.test" }] });
  expect(asked).toEqual(["a.test"]);
});

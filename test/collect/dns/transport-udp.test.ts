import { decode, encode } from "dns-packet";
import { expect, test } from "vitest";
import { createView, type DnsView, type ViewOptions } from "../../../src/collect/dns/resolver.ts";
import type { DnsServer } from "../../../src/collect/dns/server.ts";
import { a, replyBytes, startServer, type Incoming } from "./scripted-server.ts";

const name = "pool.contoso.test";

function viewOf(server: DnsServer, options: Partial<ViewOptions> = {}): DnsView {
  return createView({ name: "inside", servers: [server], tryTimeoutMs: 2000, tries: 1, ...options });
}

/** The right answer. */
function right(query: Incoming): Buffer {
  return replyBytes(query.bytes, { answers: [a(name, "10.0.0.1")] });
}

/** An answer that must not be believed. */
function forged(query: Incoming): Buffer {
  return replyBytes(query.bytes, { answers: [a(name, "6.6.6.6")] });
}

function changed(bytes: Buffer, change: (copy: Buffer) => void): Buffer {
  const copy = Buffer.from(bytes);
  change(copy);
  return copy;
}

const askedOtherwise = (query: Incoming, question: { readonly name?: string; readonly type?: string; readonly class?: string }): Buffer =>
  encode({ type: "response", id: decode(query.bytes).id, flags: 0x80, questions: [{ name, type: "A", ...question }], answers: [a(name, "6.6.6.6")] });

test.each<readonly [string, (query: Incoming) => void]>([
  ["another id", (query) => query.send(changed(forged(query), (copy) => copy.writeUInt16BE(copy.readUInt16BE(0) ^ 1, 0)))],
  ["another name", (query) => query.send(askedOtherwise(query, { name: "pool.contoso.tesd" }))],
  ["a longer name", (query) => query.send(askedOtherwise(query, { name: "pool.contoso.test.evil" }))],
  ["a dot inside a label", (query) => query.send(changed(forged(query), (copy) => { copy[12] = 12; copy[17] = 0x2e; }))],
  ["another type", (query) => query.send(askedOtherwise(query, { type: "AAAA" }))],
  ["another class", (query) => query.send(askedOtherwise(query, { class: "CH" }))],
  ["no question", (query) => query.send(changed(forged(query), (copy) => copy.writeUInt16BE(0, 4)))],
  ["two questions", (query) => query.send(changed(forged(query), (copy) => copy.writeUInt16BE(2, 4)))],
  ["a query instead of a response", (query) => query.send(changed(forged(query), (copy) => { copy[2] = 0x01; }))],
  ["another opcode", (query) => query.send(changed(forged(query), (copy) => { copy[2] = 0xa8; }))],
  ["our own query sent back", (query) => query.send(query.bytes)],
  ["one byte", (query) => query.send(Buffer.from([1]))],
  ["nothing", (query) => query.send(Buffer.alloc(0))],
])("a datagram with %s is ignored and counted, and the right answer is waited for", async (_, sendWrong) => {
  await using server = await startServer((query) => {
    sendWrong(query);
    setTimeout(() => query.send(right(query)), 5);
  });
  const view = viewOf(server.server);
  expect(await view.lookup(name, "A")).toMatchObject({ outcome: "answer", records: [{ address: "10.0.0.1" }] });
  expect(view.counters()).toMatchObject({ udp: 1, ignored: 1, malformed: 0 });
});

test.each<readonly [string, (query: Incoming) => Buffer]>([
  ["cut off in a record", (query) => forged(query).subarray(0, -3)],
  ["with more records stated than there are", (query) => changed(forged(query), (copy) => copy.writeUInt16BE(0xffff, 6))],
  ["with an address of five bytes", (query) => Buffer.concat([changed(forged(query), (copy) => copy.writeUInt16BE(5, copy.length - 6)), Buffer.from([0])])],
])("a reply %s may be forged: it is counted, and the right answer is waited for", async (_, bytes) => {
  await using server = await startServer((query) => {
    query.send(bytes(query));
    setTimeout(() => query.send(right(query)), 5);
  });
  const view = viewOf(server.server);
  expect(await view.lookup(name, "A")).toMatchObject({ outcome: "answer", records: [{ address: "10.0.0.1" }] });
  expect(view.counters()).toMatchObject({ ignored: 0, malformed: 1 });
});

test("only unreadable replies until the deadline: malformed", async () => {
  await using server = await startServer((query) => query.send(forged(query).subarray(0, -3)));
  expect(await viewOf(server.server, { tryTimeoutMs: 40 }).lookup(name, "A")).toMatchObject({ outcome: "unknown", reason: "malformed" });
});

test("the question may come back in other letters", async () => {
  await using server = await startServer((query) => query.send(changed(right(query), (copy) => { copy[13] = 0x50; copy[15] = 0x4f; })));
  expect(await viewOf(server.server).lookup(name, "A")).toMatchObject({ outcome: "answer" });
});

test("a reply from another port is not believed", async () => {
  await using server = await startServer((query) => {
    query.sendFromElsewhere(forged(query));
    setTimeout(() => query.send(right(query)), 5);
  });
  expect(await viewOf(server.server).lookup(name, "A")).toMatchObject({ outcome: "answer", records: [{ address: "10.0.0.1" }] });
});

test("the retry can tell that replies come from somewhere else, and counts them", async () => {
  await using server = await startServer((query) => query.sendFromElsewhere(forged(query)));
  const view = viewOf(server.server, { tryTimeoutMs: 40, tries: 2 });
  const answer = await view.lookup(name, "A");
  expect(answer).toMatchObject({ outcome: "unknown", reason: "timeout" });
  expect(answer.outcome === "unknown" && answer.detail).toMatch(/a reply from 127\.0\.0\.1:\d+ was ignored/);
  expect(view.counters()).toMatchObject({ udp: 2, ignored: 1 });
});

test("the retry ignores another sender and takes the right answer", async () => {
  let queries = 0;
  await using server = await startServer((query) => {
    queries += 1;
    if (queries === 1) return;
    query.sendFromElsewhere(forged(query));
    setTimeout(() => query.send(right(query)), 5);
  });
  const view = viewOf(server.server, { tryTimeoutMs: 60, tries: 2 });
  expect(await view.lookup(name, "A")).toMatchObject({ outcome: "answer", records: [{ address: "10.0.0.1" }] });
  expect(view.counters()).toMatchObject({ ignored: 1 });
});

test("silence is a time-out", async () => {
  await using server = await startServer(() => undefined);
  expect(await viewOf(server.server, { tryTimeoutMs: 30 }).lookup(name, "A")).toMatchObject({ outcome: "unknown", reason: "timeout", detail: `127.0.0.1:${server.server.port}: UDP: no reply within 30 ms` });
});

test.each([1, 3])("a closed port is unreachable at once, in %i rounds", async (tries) => {
  const { server, [Symbol.asyncDispose]: dispose } = await startServer(() => undefined);
  await dispose();
  const start = performance.now();
  expect(await viewOf(server, { tryTimeoutMs: 10_000, tries }).lookup(name, "A")).toMatchObject({ outcome: "unknown", reason: "unreachable" });
  expect(performance.now() - start).toBeLessThan(5000);
});

test("replies to many questions at once find their questions, in any order", async () => {
  const held: Incoming[] = [];
  await using server = await startServer((query) => {
    held.push(query);
    if (held.length < 40) return;
    for (const query of held.toReversed()) query.reply({ answers: [a(query.name, `10.0.0.${query.name.slice(4, -13)}`)] });
  });
  const view = viewOf(server.server);
  const answers = await Promise.all(Array.from({ length: 40 }, (_, index) => view.lookup(`host${index}.contoso.test`, "A")));
  expect(answers.map((answer) => answer.outcome === "answer" && answer.records[0])).toEqual(
    Array.from({ length: 40 }, (_, index) => ({ name: `host${index}.contoso.test`, type: "A", ttlSeconds: 300, address: `10.0.0.${index}` })));
});

test("EDNS is offered with 1232 bytes and DO", async () => {
  await using server = await startServer((query) => query.send(right(query)));
  await viewOf(server.server).lookup(name, "A");
  expect(decode(server.received[0]?.bytes ?? Buffer.alloc(0)).additionals).toMatchObject([{ type: "OPT", udpPayloadSize: 1232, flags: 0x8000 }]);
});

test.each([
  ["FORMERR", (query: Incoming) => query.reply({ rcode: 1 })],
  ["NOTIMP", (query: Incoming) => query.reply({ rcode: 4 })],
  ["FORMERR as a bare header", (query: Incoming) => query.send(changed(replyBytes(query.bytes, { rcode: 1 }).subarray(0, 12), (copy) => copy.writeUInt16BE(0, 4)))],
])("%s to EDNS: asked again without, at once", async (_, refuse) => {
  await using server = await startServer((query) => (query.edns ? refuse(query) : query.send(right(query))));
  const view = viewOf(server.server);
  expect(await view.lookup(name, "A")).toMatchObject({ outcome: "answer" });
  expect(view.counters()).toMatchObject({ udp: 2, withoutEdns: 1 });
});

test("FORMERR without EDNS too is not asked a third time", async () => {
  await using server = await startServer((query) => query.reply({ rcode: 1 }));
  expect(await viewOf(server.server, { tries: 3 }).lookup(name, "A")).toMatchObject({ outcome: "unknown", reason: "unsupported" });
  expect(server.received.map(({ edns }) => edns)).toEqual([true, false]);
});

test("what drops EDNS in silence is asked without in the second round", async () => {
  await using server = await startServer((query) => { if (!query.edns) query.send(right(query)); });
  expect(await viewOf(server.server, { tryTimeoutMs: 60, tries: 2 }).lookup(name, "A")).toMatchObject({ outcome: "answer" });
});


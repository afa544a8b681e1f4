import { TRUNCATED_RESPONSE } from "dns-packet";
import { expect, test } from "vitest";
import type { DnsAnswer } from "../../../src/collect/dns/answer.ts";
import { createView } from "../../../src/collect/dns/resolver.ts";
import { a, framed, replyBytes, startServer, type Incoming } from "./scripted-server.ts";

const name = "pool.contoso.test";
const manyAddresses = Array.from({ length: 1800 }, (_, index) => a(name, `10.0.${index >> 8}.${index & 255}`));

/** Over UDP everything is truncated; over TCP the script answers. */
async function lookupOverTcp(script: (query: Incoming) => void, tryTimeoutMs = 2000): Promise<DnsAnswer> {
  await using server = await startServer((query) => (query.transport === "udp" ? query.reply({ flags: TRUNCATED_RESPONSE, answers: [a(name, "6.6.6.6")] }) : script(query)));
  return await createView({ name: "inside", servers: [server.server], tryTimeoutMs, tries: 1 }).lookup(name, "A");
}

test("a truncated reply is asked for again over TCP, and none of it is used", async () => {
  const answer = await lookupOverTcp((query) => query.reply({ answers: manyAddresses }));
  expect(answer).toMatchObject({ outcome: "answer", viaTcp: true });
  expect(answer.outcome === "answer" && answer.records).toHaveLength(1800);
});

test("a reply that is cut in the middle of a record is still a truncated one", async () => {
  await using server = await startServer((query) => {
    if (query.transport === "udp") query.send(replyBytes(query.bytes, { flags: TRUNCATED_RESPONSE, answers: [a(name, "6.6.6.6")] }).subarray(0, -3));
    else query.reply({ answers: [a(name, "10.0.0.1")] });
  });
  expect(await createView({ name: "inside", servers: [server.server] }).lookup(name, "A")).toMatchObject({ outcome: "answer", viaTcp: true, records: [{ address: "10.0.0.1" }] });
});

test("a reply in single bytes, and with more behind it, is put together", async () => {
  const answer = await lookupOverTcp((query) => {
    for (const byte of framed(replyBytes(query.bytes, { answers: [a(name, "10.0.0.1")] }))) query.send(Buffer.from([byte]));
    query.send(Buffer.alloc(100_000));
  });
  expect(answer).toMatchObject({ outcome: "answer", records: [{ address: "10.0.0.1" }] });
});

test("a server that closes its half right after the reply has answered", async () => {
  const answer = await lookupOverTcp((query) => { query.reply({ answers: [a(name, "10.0.0.1")] }); query.end(); });
  expect(answer).toMatchObject({ outcome: "answer" });
});

const validReply = (query: Incoming): Buffer => replyBytes(query.bytes, { answers: [a(name, "10.0.0.1")] });

test.each<readonly [string, string, (query: Incoming) => void]>([
  ["closed without a word", "truncated", (query) => query.end()],
  ["reset", "truncated", (query) => query.reset()],
  ["closed in the length", "malformed", (query) => { query.send(Buffer.from([0])); query.end(); }],
  ["closed in the middle of the reply", "malformed", (query) => { query.send(framed(validReply(query)).subarray(0, 20)); query.end(); }],
  ["a length of 65535 and then the end", "malformed", (query) => { query.send(Buffer.from([0xff, 0xff, 1, 2, 3])); query.end(); }],
  ["a length of 0", "malformed", (query) => query.send(Buffer.from([0, 0]))],
  ["a length shorter than a header", "malformed", (query) => query.send(framed(Buffer.alloc(11)))],
  ["text", "malformed", (query) => query.send(Buffer.from("\0\u0014HTTP/1.1 400 Bad Request\r\n\r\n"))],
  ["another id", "malformed", (query) => { const bytes = validReply(query); bytes.writeUInt16BE(bytes.readUInt16BE(0) ^ 1, 0); query.send(framed(bytes)); }],
  ["a reply with a broken record", "malformed", (query) => query.send(framed(validReply(query).subarray(0, -3)))],
  ["truncated over TCP as well", "truncated", (query) => query.reply({ flags: TRUNCATED_RESPONSE })],
  ["SERVFAIL", "unreachable", (query) => query.reply({ rcode: 2 })],
])("over TCP: %s is %s at once", async (_, reason, script) => {
  const start = performance.now();
  expect(await lookupOverTcp(script, 10_000)).toMatchObject({ outcome: "unknown", reason });
  expect(performance.now() - start).toBeLessThan(5000);
});

test.each<readonly [string, (query: Incoming) => void]>([
  ["silence", () => undefined],
  ["a length of 65535 and then silence", (query) => query.send(Buffer.from([0xff, 0xff]))],
  ["a byte now and then", (query) => { const timer = setInterval(() => query.send(Buffer.from([0x7f])), 5); setTimeout(() => clearInterval(timer), 300); }],
])("over TCP: %s costs one time-out", async (_, script) => {
  const start = performance.now();
  expect(await lookupOverTcp(script, 80)).toMatchObject({ outcome: "unknown", reason: "truncated" });
  expect(performance.now() - start).toBeLessThan(1500);
});

test("no TCP at all: the answer is known to be there and could not be read", async () => {
  await using server = await startServer((query) => query.reply({ flags: TRUNCATED_RESPONSE }), { tcp: false });
  const answer = await createView({ name: "inside", servers: [server.server], tries: 1 }).lookup(name, "A");
  expect(answer).toMatchObject({ outcome: "unknown", reason: "truncated", detail: `127.0.0.1:${server.server.port}: too long for UDP, and TCP: ECONNREFUSED` });
});

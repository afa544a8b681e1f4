import { AUTHENTIC_DATA, AUTHORITATIVE_ANSWER } from "dns-packet";
import { expect, test } from "vitest";
import type { DnsAnswer } from "../../../src/collect/dns/answer.ts";
import { createView, type DnsView, type ViewOptions } from "../../../src/collect/dns/resolver.ts";
import type { DnsRecord } from "../../../src/collect/dns/record.ts";
import type { DnsServer } from "../../../src/collect/dns/server.ts";
import { ConfigError } from "../../../src/model/errors.ts";
import { a, cname, ns, soa, srv, startServer, type ReplyContent } from "./scripted-server.ts";

function viewOf(servers: readonly DnsServer[], options: Partial<ViewOptions> = {}): DnsView {
  return createView({ name: "inside", servers, tryTimeoutMs: 2000, ...options });
}

function dataOf(answer: DnsAnswer): readonly DnsRecord[] {
  return answer.outcome === "answer" ? answer.records : [];
}

async function answerTo(content: ReplyContent, type: Parameters<DnsView["lookup"]>[1] = "A", name = "pool.contoso.test"): Promise<DnsAnswer> {
  await using server = await startServer((query) => query.reply(query.name === name ? content : { rcode: 3, authorities: [soa("contoso.test")] }));
  return await viewOf([server.server]).lookup(name, type);
}

test("records come sorted, without duplicates, with their origin", async () => {
  const answers = ["10.0.0.9", "10.0.0.10", "10.0.0.9", "10.0.0.1"].map((address) => a("POOL.contoso.test", address));
  const answer = await answerTo({ flags: AUTHORITATIVE_ANSWER | AUTHENTIC_DATA, answers });
  expect(answer).toMatchObject({ outcome: "answer", aliases: [], viaTcp: false, authoritative: true, authenticData: true, server: { address: "127.0.0.1" } });
  expect(dataOf(answer)).toEqual(["10.0.0.1", "10.0.0.10", "10.0.0.9"].map((address) => ({ name: "pool.contoso.test", ttlSeconds: 300, type: "A", address })));
});

test("of two records with the same data the shorter-lived one is kept", async () => {
  const name = "pool.contoso.test";
  expect(dataOf(await answerTo({ answers: [a(name, "10.0.0.1", 20), a(name, "10.0.0.1", 10), a(name, "10.0.0.1", 30)] }))).toMatchObject([{ ttlSeconds: 10 }]);
});

test("every type is decoded", async () => {
  const name = "pool.contoso.test";
  const soaData = { primary: "ns.contoso.test", mailbox: "admin.contoso.test", serial: 7, refreshSeconds: 900, retrySeconds: 600, expireSeconds: 86400, minimumSeconds: 60 };
  await using server = await startServer((query) => {
    const byType = {
      AAAA: { name, type: "AAAA", ttl: 1, data: "2001:db8::1" }, CNAME: cname(name, "Other.contoso.test"), SOA: soa("contoso.test"), NS: ns(name, "ns1.contoso.test"),
      PTR: { name, type: "PTR", ttl: 1, data: "host.contoso.test" }, SRV: srv(name, 10, 60, 5061, "Fe1.contoso.test"),
    } as const;
    query.reply({ answers: [{ ...byType[query.type as keyof typeof byType], name }] });
  });
  const view = viewOf([server.server]);
  const records = await Promise.all((["AAAA", "CNAME", "SOA", "NS", "PTR", "SRV"] as const).map(async (type) => dataOf(await view.lookup(name, type))[0]));
  expect(records).toEqual([
    { name, ttlSeconds: 1, type: "AAAA", address: "2001:db8::1" },
    { name, ttlSeconds: 300, type: "CNAME", target: "other.contoso.test" },
    { name, ttlSeconds: 300, type: "SOA", ...soaData },
    { name, ttlSeconds: 300, type: "NS", target: "ns1.contoso.test" },
    { name, ttlSeconds: 1, type: "PTR", target: "host.contoso.test" },
    { name, ttlSeconds: 300, type: "SRV", priority: 10, weight: 60, port: 5061, target: "fe1.contoso.test", offered: true },
  ]);
});

test("SRV records are in order of use, and a root target says that the service is not offered", async () => {
  const name = "_sip._tls.contoso.test";
  const answers = [srv(name, 20, 0, 443, "c.test"), srv(name, 10, 40, 443, "b.test"), srv(name, 10, 60, 443, "a.test"), srv(name, 30, 0, 0, ".")];
  const records = dataOf(await answerTo({ answers }, "SRV", name));
  expect(records.map((record) => record.type === "SRV" && [record.target, record.offered])).toEqual([["a.test", true], ["b.test", true], ["c.test", true], [".", false]]);
});

test.each([
  ["NXDOMAIN", { rcode: 3, authorities: [soa("contoso.test")] }, "nxdomain"],
  ["NXDOMAIN without SOA", { rcode: 3 }, "nxdomain"],
  ["no data, with SOA", { authorities: [soa("contoso.test")] }, "nodata"],
  ["no data from the zone's own server", { flags: AUTHORITATIVE_ANSWER, recursionAvailable: false }, "nodata"],
  ["no data with SOA and NS", { authorities: [ns("contoso.test", "ns.contoso.test"), soa("contoso.test")] }, "nodata"],
] as const)("%s is absent", async (_, content, kind) => {
  expect(await answerTo(content)).toMatchObject({ outcome: "absent", kind, aliases: [], server: { address: "127.0.0.1" } });
});

test.each([
  ["FORMERR", { rcode: 1 }, "unsupported"],
  ["SERVFAIL", { rcode: 2 }, "unreachable"],
  ["NOTIMP", { rcode: 4 }, "unsupported"],
  ["REFUSED", { rcode: 5 }, "denied"],
  ["NOTAUTH", { rcode: 9 }, "denied"],
  ["a code that nobody knows", { rcode: 15 }, "unsupported"],
  ["BADVERS, a code of EDNS", { additionals: [{ name: ".", type: "OPT", udpPayloadSize: 1232, extendedRcode: 1, options: [] }] }, "unsupported"],
  ["SERVFAIL with records", { rcode: 2, answers: [a("pool.contoso.test", "10.0.0.1")] }, "unreachable"],
  ["NXDOMAIN with records", { rcode: 3, answers: [a("pool.contoso.test", "10.0.0.1")] }, "malformed"],
  ["records of another name only", { answers: [a("other.contoso.test", "10.0.0.1")] }, "malformed"],
  ["a referral", { recursionAvailable: false, authorities: [ns("contoso.test", "ns.contoso.test")] }, "unsupported"],
  ["a referral by a server that asks others", { authorities: [ns("contoso.test", "ns.contoso.test")] }, "unsupported"],
  ["an empty reply without SOA, also when asked for the SOA", {}, "unreachable"],
  ["an empty reply of a server that neither holds nor asks", { recursionAvailable: false }, "unsupported"],
] as const)("%s is unknown", async (_, content, reason) => {
  const answer = await answerTo(content);
  expect(answer).toMatchObject({ outcome: "unknown", reason, failures: [{ server: { address: "127.0.0.1" }, reason }] });
});

/** A forwarder without SOA in its empty reply, asked for the SOA. */
async function emptyThen(soaReply: ReplyContent): Promise<DnsAnswer> {
  await using server = await startServer((query) => query.reply(query.type === "SOA" ? soaReply : {}));
  return await viewOf([server.server]).lookup("pool.contoso.test", "A");
}

test.each([
  ["the SOA of the zone above", { authorities: [soa("contoso.test")] }, "nodata"],
  ["the SOA of the name itself", { answers: [soa("pool.contoso.test")] }, "nodata"],
  ["NXDOMAIN", { rcode: 3 }, "nxdomain"],
] as const)("an empty reply without SOA is absence when the SOA question gives %s", async (_, soaReply, kind) => {
  expect(await emptyThen(soaReply)).toMatchObject({ outcome: "absent", kind });
});

test("an empty reply without SOA, and refused when asked for the SOA, is denied", async () => {
  expect(await emptyThen({ rcode: 5 })).toMatchObject({ outcome: "unknown", reason: "denied" });
});

test.each(["a..b", "10.0.0.1", "https://contoso.test", "a".repeat(64)])("%s is refused before anything is sent", async (name) => {
  await using server = await startServer((query) => query.reply());
  expect(await viewOf([server.server]).lookup(name, "A")).toMatchObject({ outcome: "unknown", reason: "malformed", failures: [] });
  expect(server.received).toHaveLength(0);
});

test("names are asked for in ASCII and without trailing dot", async () => {
  await using server = await startServer((query) => query.reply({ answers: [a(query.name, "10.0.0.1")] }));
  const view = viewOf([server.server]);
  await view.lookup("Pool.München.test.", "A");
  await view.lookup("pool.xn--mnchen-3ya.test", "A");
  expect(server.received.map(({ name }) => name)).toEqual(["pool.xn--mnchen-3ya.test"]);
});

test("the same question is asked once, whether at once or later", async () => {
  await using server = await startServer((query) => query.reply(query.type === "SRV" ? { rcode: 3 } : { answers: [a(query.name, "10.0.0.1")] }));
  const view = viewOf([server.server]);
  const answers = await Promise.all(Array.from({ length: 20 }, () => view.lookup("pool.contoso.test", "A")));
  answers.push(await view.lookup("POOL.contoso.test", "A"));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  await view.lookup("pool.contoso.test", "SRV");
  expect(server.received.map(({ type }) => type)).toEqual(["A", "SRV"]);
});

test("a failure is remembered for the run like any other answer", async () => {
  await using server = await startServer((query) => query.reply({ rcode: 5 }));
  const view = viewOf([server.server]);
  await view.lookup("pool.contoso.test", "A");
  expect(await view.lookup("pool.contoso.test", "A")).toMatchObject({ reason: "denied" });
  expect(server.received).toHaveLength(1);
});

test("no more questions are under way than allowed, and all are answered", async () => {
  let open = 0;
  let most = 0;
  await using server = await startServer((query) => {
    open += 1;
    most = Math.max(most, open);
    setTimeout(() => {
      open -= 1;
      query.reply({ answers: [a(query.name, "10.0.0.1")] });
    }, 5);
  });
  const view = viewOf([server.server], { concurrency: 4 });
  const answers = await Promise.all(Array.from({ length: 40 }, (_, index) => view.lookup(`host${index}.contoso.test`, "A")));
  expect(answers.every(({ outcome }) => outcome === "answer")).toBe(true);
  expect(most).toBe(4);
});

test("every query has its own id, and many ports are used", async () => {
  const ids = new Set<number>();
  const ports = new Set<number>();
  await using server = await startServer((query) => {
    ids.add(query.bytes.readUInt16BE(0));
    ports.add(query.clientPort);
    query.reply({ answers: [a(query.name, "10.0.0.1")] });
  });
  const view = viewOf([server.server]);
  for (let index = 0; index < 200; index += 1) await view.lookup(`host${index}.contoso.test`, "A");
  expect(ids.size).toBeGreaterThan(190);
  expect(ports.size).toBeGreaterThan(4);
  expect(Math.min(...ports)).toBeGreaterThanOrEqual(0x8000);
});

test.each([[[]], [[{ address: "dns.contoso.test", port: 53 }]], [[{ address: "127.0.0.1", port: 0 }]], [[{ address: "127.0.0.1", port: 1.5 }]]])("a view of %j is a mistake in the configuration", (servers) => {
  expect(() => createView({ name: "inside", servers })).toThrow(ConfigError);
});

test("IPv6 servers in any spelling", async () => {
  await using server = await startServer((query) => query.reply({ answers: [a(query.name, "10.0.0.1")] }), { address: "::1" });
  const view = viewOf([{ address: "0:0:0:0:0:0:0:1", port: server.server.port }]);
  expect(await view.lookup("pool.contoso.test", "A")).toMatchObject({ outcome: "answer" });
});

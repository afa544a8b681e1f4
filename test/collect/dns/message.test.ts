import { encode } from "dns-packet";
import { expect, test } from "vitest";
import { encodeQuery, readReply, type Reading } from "../../../src/collect/dns/message.ts";
import { a, cname, replyBytes, soa, srv } from "./scripted-server.ts";

const name = "pool.contoso.test";
const query = encodeQuery({ name, type: "SRV" }, true);

/** A reply to `query` with hand-made bytes after the question; `counts` are those of the three record sections. */
function handMade(counts: readonly [number, number, number], ...parts: readonly Buffer[]): Buffer {
  const head = replyBytes(query).subarray(0, 12 + name.length + 2 + 4);
  counts.forEach((count, index) => head.writeUInt16BE(count, 6 + 2 * index));
  return Buffer.concat([head, ...parts]);
}

/** A record's bytes: its owner in wire form, type, class, time to live, data. */
function record(owner: Buffer, type: number, data: Buffer, { ttl = 300, class: recordClass = 1, stated = data.length } = {}): Buffer {
  const fixed = Buffer.alloc(10);
  fixed.writeUInt16BE(type, 0);
  fixed.writeUInt16BE(recordClass, 2);
  fixed.writeUInt32BE(ttl, 4);
  fixed.writeUInt16BE(stated, 8);
  return Buffer.concat([owner, fixed, data]);
}

const owner = Buffer.from([0xc0, 12]); // the question's name
const srvData = Buffer.concat([Buffer.from([0, 10, 0, 60, 0x13, 0xc5]), owner]);

test("a query recurses, does not set AD, which Samba would send back, and offers EDNS or not", () => {
  expect(query.subarray(0, 12).toString("hex")).toBe("000001000001000000000001");
  expect(encodeQuery({ name, type: "A" }, false).subarray(0, 12).toString("hex")).toBe("000001000001000000000000");
});

test("hand-made records are read", () => {
  const reading = readReply(handMade([1, 0, 0], record(owner, 33, srvData)), query);
  expect(reading).toMatchObject({ kind: "reply", reply: { answers: [{ name, type: "SRV", priority: 10, weight: 60, port: 5061, target: name }] } });
});

test("a time to live with the top bit set counts as zero", () => {
  expect(readReply(handMade([1, 0, 0], record(owner, 33, srvData, { ttl: 0x8000_0000 })), query)).toMatchObject({ reply: { answers: [{ ttlSeconds: 0 }] } });
});

test("records of other classes and types are passed over, in every section", () => {
  const bytes = handMade([3, 1, 1], record(owner, 33, srvData, { class: 3 }), record(owner, 65, Buffer.alloc(40)), record(owner, 33, srvData), record(owner, 48, Buffer.alloc(3)), record(owner, 65, Buffer.alloc(0)));
  expect(readReply(bytes, query)).toMatchObject({ kind: "reply", reply: { answers: [{ type: "SRV" }], authorityHasNs: false, authorityHasSoa: false } });
});

const pointer = (offset: number): Buffer => Buffer.from([0xc0 | (offset >> 8), offset & 255]);
const afterQuestion = 12 + name.length + 2 + 4;

test.each([
  ["a pointer to itself", [1, 0, 0], [record(pointer(afterQuestion), 33, srvData)]],
  ["a pointer forward", [1, 0, 0], [record(pointer(afterQuestion + 12), 33, srvData)]],
  ["a pointer past the end", [1, 0, 0], [record(pointer(0x3fff), 33, srvData)]],
  ["half a pointer at the end", [1, 0, 0], [Buffer.from([0xc0])]],
  ["a reserved label type", [1, 0, 0], [record(Buffer.from([0x41, 0]), 33, srvData)]],
  ["a name of 300 bytes", [1, 0, 0], [record(Buffer.concat([...Array.from({ length: 5 }, () => Buffer.concat([Buffer.from([59]), Buffer.alloc(59, 0x61)])), Buffer.from([0])]), 33, srvData)]],
  ["data past the end", [1, 0, 0], [record(owner, 33, srvData, { stated: 200 })]],
  ["data shorter than the target's name", [1, 0, 0], [record(owner, 33, srvData, { stated: 7 }), Buffer.alloc(20)]],
  ["data longer than the target's name", [1, 0, 0], [record(owner, 33, Buffer.concat([srvData, Buffer.alloc(2)]))]],
  ["an address of three bytes", [1, 0, 0], [record(owner, 1, Buffer.alloc(3))]],
  ["an IPv6 address of four bytes", [1, 0, 0], [record(owner, 28, Buffer.alloc(4))]],
  ["an SOA without its numbers", [1, 0, 0], [record(owner, 6, Buffer.concat([owner, owner]))]],
  ["fewer records than stated", [2, 0, 0], [record(owner, 33, srvData)]],
  ["65535 authorities", [0, 0xffff, 0], [record(owner, 33, srvData)]],
  ["half a record in the last section", [0, 0, 1], [record(owner, 33, srvData).subarray(0, 9)]],
] as const)("%s is malformed", (_, counts, parts) => {
  expect(readReply(handMade(counts, ...parts), query).kind).toBe("malformed");
});

test("64 KB of pointers to pointers are refused before they are followed again and again", () => {
  const chain = Buffer.alloc(16_000);
  for (let at = 0; at < chain.length; at += 2) chain.writeUInt16BE(0xc000 | (at === 0 ? 12 : afterQuestion + 12 + at - 2), at);
  const deepest = pointer(afterQuestion + 12 + chain.length - 2);
  const bytes = handMade([4000, 0, 0], record(owner, 65, chain), ...Array.from({ length: 3999 }, () => record(deepest, 1, Buffer.alloc(4))));
  const start = performance.now();
  expect(readReply(bytes, query).kind).toBe("malformed");
  expect(performance.now() - start).toBeLessThan(200);
});

/** Small, seeded, good enough to choose what to break (mulberry32). */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

test("20,000 broken replies are each read or refused, never thrown over, and quickly", () => {
  const random = seeded(7);
  const originals = [
    replyBytes(query, { answers: [srv(name, 1, 2, 3, "a.contoso.test"), cname(name, "b.contoso.test"), a("b.contoso.test", "10.0.0.1")], authorities: [soa("contoso.test")] }),
    replyBytes(query, { answers: [{ name, type: "AAAA", data: "2001:db8::1" }, { name, type: "TXT", data: ["text"] }, soa("contoso.test")], additionals: [{ name: ".", type: "OPT", udpPayloadSize: 1232, options: [] }] }),
    encode({ type: "response", id: 0, flags: 0x8180, questions: [{ name, type: "SRV" }] }),
  ];
  const kinds = new Map<Reading["kind"], number>();
  let slowest = 0;
  for (let round = 0; round < 20_000; round += 1) {
    const bytes = Buffer.from(originals[random(originals.length)] ?? query);
    for (let changes = 1 + random(6); changes > 0; changes -= 1) bytes[random(4) === 0 ? random(bytes.length) : Math.min(bytes.length - 1, afterQuestion + random(bytes.length))] = random(256);
    const start = performance.now();
    const { kind } = readReply(random(4) === 0 ? bytes.subarray(0, random(bytes.length)) : bytes, query);
    slowest = Math.max(slowest, performance.now() - start);
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  expect([...kinds.keys()].sort()).toEqual(["foreign", "malformed", "reply"]);
  expect(slowest).toBeLessThan(200);
});

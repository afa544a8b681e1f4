import { BerReader, SearchEntry } from "ldapts";
import { expect, test } from "vitest";
import { createFramer } from "../../../src/collect/ldap/client-framing.ts";
import { decodeMessage } from "../../../src/collect/ldap/client-messages.ts";
import { checkShape } from "../../../src/collect/ldap/client-shape.ts";
import { randomBytes } from "./hostile-bytes.ts";
import { entry, reference, result, tags } from "./responder.ts";
import { randomNumbers } from "../../random-numbers.ts";

const samples = [
  entry(2, "CN=x,DC=contoso", { cn: ["x"], member: ["a", "b"], empty: [], objectGUID: [Buffer.alloc(16, 0xee)], long: ["v".repeat(300)] }),
  reference(3, ["ldap://a", "ldap://b"]),
  result(4, tags.done, { cookie: "next" }),
  result(5, tags.done, { code: 10, referrals: ["ldap://c"], cookie: "" }),
  result(6, tags.bind, { code: 49, diagnostic: "data 52e" }),
  result(0, tags.extended, { code: 52, oid: "1.3.6.1.4.1.1466.20036" }),
];

test("well-formed messages pass and come out as ldapts reads them", () => {
  expect(samples.map((sample) => checkShape(sample)?.messageId)).toEqual([2, 3, 4, 5, 6, 0]);
  const [first = Buffer.alloc(0)] = samples;
  const reader = new BerReader(first);
  reader.readSequence();
  reader.readInt();
  reader.readSequence();
  const oracle = new SearchEntry({ messageId: 2 });
  oracle.parse(reader, []);
  const message = decodeMessage(first, () => false);
  expect(message?.kind === "entry" && message.attributes).toEqual(oracle.attributes.map((attribute) => ({ description: attribute.type, values: [...attribute.values] })));
  expect(samples.slice(1).map((sample) => decodeMessage(sample, () => false))).toMatchObject([
    { kind: "reference", urls: ["ldap://a", "ldap://b"] },
    { kind: "result", code: 0, cookie: Buffer.from("next") },
    { kind: "result", code: 10, referrals: ["ldap://c"], cookie: Buffer.alloc(0) },
    { kind: "result", code: 49, diagnostic: "data 52e" },
    { kind: "result", code: 52, oid: "1.3.6.1.4.1.1466.20036" },
  ]);
});

test("every cut and every changed byte is decoded or refused, never thrown on or looped over", () => {
  let refused = 0;
  for (const sample of samples) {
    for (let at = 0; at < sample.length; at += 1) {
      refused += decodeMessage(sample.subarray(0, at), () => false) === undefined ? 1 : 0;
      for (const value of [0x00, 0x01, 0x04, 0x30, 0x31, 0x7f, 0x80, 0x84, 0xa0, 0xa3, 0xff]) {
        const changed = Buffer.from(sample);
        changed[at] = value;
        decodeMessage(changed, () => false);
      }
    }
  }
  expect(refused).toBe(samples.reduce((sum, sample) => sum + sample.length, 0));
});

test("random bytes behind a right beginning", () => {
  const random = randomNumbers(1);
  for (let round = 0; round < 5000; round += 1) {
    const bytes = Buffer.concat([Buffer.from([0x30, 0]), randomBytes(random, 40)]);
    bytes[1] = bytes.length - 2;
    bytes.set([0x02, 0x01, 0x02, [0x61, 0x64, 0x65, 0x73, 0x78, 0x79][round % 6] ?? 0].slice(0, bytes.length - 2), 2);
    expect(() => decodeMessage(bytes, () => round % 2 === 0)).not.toThrow();
  }
});

test.each([1, 2, 3, 7, 64, 100_000])("a stream cut into chunks of %i bytes gives the same messages", (size) => {
  const big = entry(9, "CN=big", { cn: ["y".repeat(70_000)] });
  const stream = Buffer.concat([...samples, big, ...samples]);
  const framer = createFramer(100_000);
  const messages: Buffer[] = [];
  for (let at = 0; at < stream.length; at += size) {
    messages.push(...framer.push(stream.subarray(at, at + size)).messages);
  }
  expect(Buffer.concat(messages).equals(stream)).toBe(true);
  expect(messages.length).toBe(13);
  expect(framer.pendingBytes).toBe(0);
});

test.each([
  ["not a sequence", [0x02], "not-ldap"],
  ["indefinite length", [0x30, 0x80], "not-ldap"],
  ["a length of five octets", [0x30, 0x85], "not-ldap"],
  ["a length beyond the bound", [0x30, 0x83, 0x01, 0x00, 0x00], "too-long"],
] as const)("%s is refused as soon as it is seen, and stays refused", (_name, octets, error) => {
  const framer = createFramer(1000);
  expect(framer.push(Buffer.from(octets))).toEqual({ messages: [], error });
  expect(framer.push(Buffer.from([0x30, 0x00]))).toEqual({ messages: [], error });
});

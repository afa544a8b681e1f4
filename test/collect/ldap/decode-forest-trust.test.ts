import { expect, test } from "vitest";
import { decodeForestTrustInfo } from "../../../src/collect/ldap/decode-forest-trust.ts";
import { sidFromText } from "../../../src/collect/ldap/decode-sid.ts";
import { damaged, randomBytes } from "./hostile-bytes.ts";
import { randomNumbers } from "../../random-numbers.ts";

function counted(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  return Buffer.concat([length, bytes]);
}

function record(type: number, flags: number, data: Buffer, timestamp = 0x01d0000012345678n): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32LE(flags, 0);
  head.writeBigUInt64LE(timestamp, 4);
  head.writeUInt8(type, 12);
  return counted(Buffer.concat([head, data]));
}

function info(records: readonly Buffer[], count = records.length, version = 1): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32LE(version, 0);
  head.writeUInt32LE(count, 4);
  return Buffer.concat([head, ...records]);
}

const name = (text: string): Buffer => counted(Buffer.from(text));
const sid = "S-1-5-21-1-2-3";
const domain = Buffer.concat([counted(sidFromText(sid) ?? Buffer.alloc(0)), name("fabrikam.test"), name("FABRIKAM")]);

test("names, exclusions, domains and unknown types", () => {
  const bytes = info([record(0, 0, name("fabrikam.test")), record(1, 2, name("lab.fabrikam.test")), record(2, 4, domain), record(3, 0, Buffer.from("opaque"))]);
  expect(decodeForestTrustInfo(bytes)).toEqual([
    { kind: "topLevelName", name: "fabrikam.test", flags: 0, enabled: true },
    { kind: "topLevelNameEx", name: "lab.fabrikam.test", flags: 2, enabled: false },
    { kind: "domainInfo", sid, dnsName: "fabrikam.test", netbiosName: "FABRIKAM", flags: 4, enabled: false },
    { kind: "other", recordType: 3, flags: 0 },
  ]);
});

test("the word order of the time stamp does not matter", () => {
  expect(decodeForestTrustInfo(info([record(0, 0, name("a.test"), 0x01d0000012345678n)]))).toEqual(decodeForestTrustInfo(info([record(0, 0, name("a.test"), 0x1234567801d00000n)])));
});

test.each([
  ["too short", Buffer.alloc(4)],
  ["another version", info([record(0, 0, name("a"))], 1, 2)],
  ["more records announced than there are", info([record(0, 0, name("a"))], 2)],
  ["four billion records announced", info([record(0, 0, name("a"))], 0xffffffff)],
  ["more records than anything real", info(Array.from({ length: 5000 }, () => record(3, 0, Buffer.alloc(0))))],
  ["a name longer than its record", info([record(0, 0, Buffer.from([0xff, 0, 0, 0, 0x61]))])],
  ["a name that is no UTF-8", info([record(0, 0, counted(Buffer.from([0xff, 0xfe])))])],
  ["a broken SID", info([record(2, 0, Buffer.concat([name("x"), name("a"), name("b")]))])],
])("%s", (_name, bytes) => {
  expect(decodeForestTrustInfo(bytes)).toBeUndefined();
});

test("no records at all is a list, not an error", () => {
  expect(decodeForestTrustInfo(info([]))).toEqual([]);
});

test("hostile bytes never throw", () => {
  for (const bytes of damaged(info([record(0, 0, name("fabrikam.test")), record(2, 0, domain)]))) {
    expect(() => decodeForestTrustInfo(bytes)).not.toThrow();
  }
  const random = randomNumbers(4);
  for (let round = 0; round < 2000; round += 1) {
    expect(() => decodeForestTrustInfo(Buffer.concat([info([], 3), randomBytes(random, 80)]))).not.toThrow();
  }
});

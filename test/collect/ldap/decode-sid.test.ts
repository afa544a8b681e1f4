import { expect, test } from "vitest";
import { canonicalGuid, guidToText } from "../../../src/collect/ldap/decode-guid.ts";
import { canonicalSid, readSid, sidFromText, sidToText } from "../../../src/collect/ldap/decode-sid.ts";
import { damaged, randomBytes } from "./hostile-bytes.ts";
import { randomNumbers } from "../../random-numbers.ts";

test.each([
  ["S-1-1-0", "010100000000000100000000"],
  ["S-1-5-32-544", "01020000000000052000000020020000"],
  ["S-1-5-21-1111111111-2222222222-333333333-500", "010500000000000515000000c7353a428e6b74845543de13f4010000"],
  ["S-1-0x123456789ABC-4294967295", "0101123456789abcffffffff"],
  ["S-1-5", "0100000000000005"],
])("SID %s", (text, hex) => {
  const bytes = Buffer.from(hex, "hex");
  expect(sidToText(bytes)).toBe(text);
  expect(sidFromText(text)?.toString("hex")).toBe(hex);
  expect(readSid(Buffer.concat([bytes, Buffer.from("more")]))).toEqual({ text, length: bytes.length });
});

test.each(["", "S-1", "S-2-5-1", "S-1-5-", "S-1-5-21-4294967296", `S-1-5${"-1".repeat(16)}`, "S-1-5-1 ", "x".repeat(10_000)])("no SID: %s", (text) => {
  expect(sidFromText(text)).toBeUndefined();
});

test("spelling of a SID", () => {
  expect(canonicalSid("s-1-5-021-1-2-3-0500")).toBe("S-1-5-21-1-2-3-500");
});

test("GUIDs in Active Directory's byte order", () => {
  const bytes = Buffer.from("f00eb45c480ed011a28600aa003049e2", "hex");
  expect(guidToText(bytes)).toBe("5cb40ef0-0e48-11d0-a286-00aa003049e2");
  expect(canonicalGuid("{5CB40EF0-0E48-11D0-A286-00AA003049E2}")).toBe(guidToText(bytes));
  expect([guidToText(bytes.subarray(1)), canonicalGuid("5cb40ef0-0e48-11d0-a286-00aa003049e"), canonicalGuid("")]).toEqual([undefined, undefined, undefined]);
});

test("hostile bytes are refused or read, never thrown on", () => {
  const random = randomNumbers(2);
  for (const bytes of damaged(Buffer.from("010500000000000515000000c7353a428e6b74845543de13f4010000", "hex"))) {
    const text = sidToText(bytes);
    expect(text === undefined || sidFromText(text)?.equals(bytes)).toBe(true);
  }
  for (let round = 0; round < 2000; round += 1) {
    const bytes = randomBytes(random, 80);
    expect(() => [sidToText(bytes), guidToText(bytes), sidFromText(bytes.toString("latin1")), canonicalGuid(bytes.toString("latin1"))]).not.toThrow();
  }
});

import { expect, test } from "vitest";
import type { DirectoryClient, Entry } from "../../../../src/collect/ldap/client-contract.ts";
import { acesOf } from "../../../../src/collect/ldap/forest/descriptor.ts";
import { rightsOf } from "../../../../src/collect/ldap/forest/entry-rights.ts";
import { ace, descriptor } from "../descriptors.ts";

const everyone = "S-1-1-0";
const other = "S-1-5-21-1-2-3-500";
const attribute = "bf967a06-0de6-11d0-a285-00aa003049e2";
const [allow, deny, allowObject, denyObject, allowCallback, denyCallbackObject] = [0x00, 0x01, 0x05, 0x06, 0x09, 0x0c];
const [list, read, inheritOnly] = [0x4, 0x10, 0x8];

function entry(aces: readonly Buffer[] | undefined): Entry {
  return { dn: "CN=x", attributes: new Map([["ntsecuritydescriptor", [descriptor(aces)]]]), truncated: new Map() };
}

const all = ace({ type: allow, mask: list | read, sid: everyone });

test.for([
  ["all is allowed", [all], false, false],
  ["nothing is said", [], true, true],
  ["reading without listing", [ace({ type: allow, mask: read, sid: everyone })], false, true],
  ["listing without reading", [ace({ type: allow, mask: list, sid: everyone })], true, false],
  ["one attribute is denied", [ace({ type: denyObject, mask: read, sid: everyone, objectType: attribute }), all], true, false],
  ["one attribute is denied to somebody else", [ace({ type: denyObject, mask: read, sid: other, objectType: attribute }), all], false, false],
  ["one attribute is denied to what is below only", [ace({ type: denyObject, mask: read, sid: everyone, objectType: attribute, flags: inheritOnly }), all], false, false],
  ["one attribute is denied after all was allowed", [all, ace({ type: denyObject, mask: read, sid: everyone, objectType: attribute })], false, false],
  ["only one attribute is allowed", [ace({ type: allowObject, mask: read, sid: everyone, objectType: attribute }), ace({ type: allow, mask: list, sid: everyone })], true, false],
  ["writing one attribute is denied", [ace({ type: denyObject, mask: 0x20, sid: everyone, objectType: attribute }), all], false, false],
  ["listing is denied", [ace({ type: deny, mask: list, sid: everyone }), all], false, true],
  ["a condition decides", [ace({ type: allowCallback, mask: list | read, sid: everyone })], true, true],
  ["a condition may deny one attribute", [ace({ type: denyCallbackObject, mask: read, sid: everyone, objectType: attribute }), all], true, false],
  ["no DACL at all", undefined, false, false],
] as const)("what may be hidden where %s", ([, aces, hiding, concealing]) => {
  const rights = rightsOf(entry(aces), new Set([everyone]));
  expect([rights.hiding !== undefined, rights.concealing !== undefined]).toEqual([hiding, concealing]);
});

test("without a descriptor, or without knowing one's own groups, anything may be hidden", () => {
  const bare: Entry = { dn: "CN=x", attributes: new Map(), truncated: new Map() };
  const broken: Entry = { ...bare, attributes: new Map([["ntsecuritydescriptor", [Buffer.from("no descriptor")]]]) };
  for (const rights of [rightsOf(bare, new Set([everyone])), rightsOf(broken, new Set([everyone])), rightsOf(entry([all]), undefined)]) {
    expect(rights).toEqual({ hiding: expect.stringContaining("CN=x") as unknown, concealing: expect.stringContaining("CN=x") as unknown });
  }
});

test("a DACL with a condition is not told as if it had none", async () => {
  const client = { server: "dc:636", readEntry: async () => ({ ok: true, value: entry([ace({ type: allowCallback, mask: read, sid: everyone })]) }) } as unknown as DirectoryClient;
  const reader = { client, rootDse: entry([]), sids: new Set<string>(), source: "test" };
  expect(await acesOf(reader, "CN=x")).toMatchObject({ state: "unknown", reason: "unsupported" });
});

import { expect, test } from "vitest";
import type { AccessRequest, AccessVerdict } from "../../../src/collect/ldap/security-descriptor-access.ts";
import { checkAccess, directoryRights } from "../../../src/collect/ldap/security-descriptor-access.ts";
import { parseSecurityDescriptor } from "../../../src/collect/ldap/security-descriptor.ts";
import type { AceFields } from "./descriptors.ts";
import { ace, descriptor } from "./descriptors.ts";
import { damaged, randomBytes } from "./hostile-bytes.ts";
import { randomNumbers } from "../../random-numbers.ts";

const account = "S-1-5-21-1-2-3-1104";
const group = "S-1-5-21-1-2-3-513";
const other = "S-1-5-21-1-2-3-999";
const contact = "5cb41ed0-0e4c-11d0-a286-00aa003049e2";
const proxyAddresses = "bf967a06-0de6-11d0-a285-00aa003049e2";
const publicInformation = "e48d0154-bcf8-11d1-8702-00c04fb96050";
const allow = 0x00;
const deny = 0x01;
const allowObject = 0x05;
const denyObject = 0x06;
const { listChildren, readProperty, writeProperty, createChild, readControl, writeDacl } = directoryRights;

function judge(aces: readonly AceFields[] | undefined, request: Partial<AccessRequest> & { readonly rights: number }, owner = other): AccessVerdict {
  const parsed = parseSecurityDescriptor(descriptor(aces?.map(ace), { owner }));
  if (parsed === undefined) {
    throw new Error("not parsed");
  }
  return checkAccess(parsed, { sids: new Set([account, group]), ...request });
}

test("a parsed descriptor", () => {
  const bytes = descriptor([ace({ type: allowObject, mask: 0x10, sid: group, flags: 0x0a, objectType: publicInformation, inheritedObjectType: contact })], { owner: account, control: 0x9004 });
  expect(parseSecurityDescriptor(bytes)).toEqual({
    owner: account,
    group: account,
    isProtected: true,
    dacl: [{ effect: "allow", isConditional: false, type: 5, flags: 0x0a, mask: 0x10, sid: group, objectType: publicInformation, inheritedObjectType: contact }],
  });
});

test.each<[string, readonly AceFields[] | undefined, number, AccessVerdict]>([
  ["a NULL DACL grants all", undefined, 0xf01ff, "granted"],
  ["an empty DACL grants nothing", [], listChildren, "denied"],
  ["allowed to a group", [{ type: allow, mask: 0x14, sid: group }], 0x14, "granted"],
  ["one right of two is not enough", [{ type: allow, mask: 0x10, sid: group }], 0x14, "denied"],
  ["rights from two entries add up", [{ type: allow, mask: 0x10, sid: group }, { type: allow, mask: 0x4, sid: account }], 0x14, "granted"],
  ["allowed to somebody else", [{ type: allow, mask: 0x14, sid: other }], 0x14, "denied"],
  ["deny first", [{ type: deny, mask: 0x4, sid: group }, { type: allow, mask: 0x14, sid: account }], 0x14, "denied"],
  ["order as stored: an inherited deny behind an explicit allow comes too late", [{ type: allow, mask: 0x14, sid: account }, { type: deny, mask: 0x4, sid: group, flags: 0x10 }], 0x14, "granted"],
  ["a deny of other rights does not matter", [{ type: deny, mask: 0x20, sid: group }, { type: allow, mask: 0x14, sid: account }], 0x14, "granted"],
  ["inherit-only entries do not count", [{ type: allow, mask: 0x14, sid: account, flags: 0x0a }], 0x14, "denied"],
  ["GENERIC_READ", [{ type: allow, mask: 0x80000000, sid: account }], 0x20094, "granted"],
  ["GENERIC_READ is not write", [{ type: allow, mask: 0x80000000, sid: account }], writeProperty, "denied"],
  ["GENERIC_WRITE", [{ type: allow, mask: 0x40000000, sid: account }], 0x20028, "granted"],
  ["GENERIC_EXECUTE", [{ type: allow, mask: 0x20000000, sid: account }], 0x20004, "granted"],
  ["GENERIC_ALL", [{ type: allow, mask: 0x10000000, sid: account }], 0xf01ff, "granted"],
  ["a denied GENERIC_ALL", [{ type: deny, mask: 0x10000000, sid: group }, { type: allow, mask: 0xf01ff, sid: account }], listChildren, "denied"],
  ["audit entries change nothing", [{ type: 0x02, mask: 0xf01ff, sid: account }, { type: allow, mask: 0x14, sid: account }], 0x14, "granted"],
])("%s", (_name, aces, rights, verdict) => {
  expect(judge(aces, { rights })).toBe(verdict);
});

test.each<[string, readonly AceFields[], number, readonly string[], AccessVerdict]>([
  ["the attribute itself", [{ type: allowObject, mask: 0x20, sid: account, objectType: proxyAddresses }], writeProperty, [proxyAddresses, publicInformation], "granted"],
  ["its property set", [{ type: allowObject, mask: 0x20, sid: account, objectType: publicInformation }], writeProperty, [proxyAddresses, publicInformation], "granted"],
  ["another attribute", [{ type: allowObject, mask: 0x20, sid: account, objectType: contact }], writeProperty, [proxyAddresses, publicInformation], "denied"],
  ["an object entry without a type is for all", [{ type: allowObject, mask: 0x20, sid: account }], writeProperty, [proxyAddresses], "granted"],
  ["an entry for one attribute is not one for the whole object", [{ type: allowObject, mask: 0x20, sid: account, objectType: proxyAddresses }], writeProperty, [], "denied"],
  ["the attribute denied within an allowed property set", [{ type: denyObject, mask: 0x20, sid: group, objectType: proxyAddresses }, { type: allowObject, mask: 0x20, sid: account, objectType: publicInformation }], writeProperty, [proxyAddresses, publicInformation], "denied"],
  ["another attribute denied", [{ type: denyObject, mask: 0x20, sid: group, objectType: contact }, { type: allow, mask: 0x20, sid: account }], writeProperty, [proxyAddresses], "granted"],
  ["create contacts", [{ type: allowObject, mask: 0x1, sid: account, objectType: contact }], createChild, [contact], "granted"],
  ["create contacts when any child may be created", [{ type: allow, mask: 0x1, sid: account }], createChild, [contact], "granted"],
])("object entries: %s", (_name, aces, rights, objectTypes, verdict) => {
  expect(judge(aces, { rights, objectTypes })).toBe(verdict);
});

test("entries with conditions and of unknown types make the verdict unknown only where they matter", () => {
  const conditional = (type: number): AceFields => ({ type, mask: 0x14, sid: account, trailing: Buffer.from("artx") });
  const plain: AceFields = { type: allow, mask: 0x14, sid: group };
  expect(judge([conditional(0x09)], { rights: 0x14 })).toBe("unknown");
  expect(judge([conditional(0x09), plain], { rights: 0x14 })).toBe("granted");
  expect(judge([conditional(0x0a), plain], { rights: 0x14 })).toBe("unknown");
  expect(judge([plain, conditional(0x0a)], { rights: 0x14 })).toBe("granted");
  expect(judge([conditional(0x0a)], { rights: 0x14 })).toBe("denied");
  expect(judge([{ ...conditional(0x09), sid: other }], { rights: 0x14 })).toBe("denied");
  expect(judge([{ type: 0x04, mask: 0, sid: other }, plain], { rights: 0x14 })).toBe("unknown");
  expect(judge([{ type: deny, mask: 0x4, sid: account }, { type: 0x55, mask: 0, sid: other }], { rights: 0x14 })).toBe("denied");
});

test("what children inherit", () => {
  const inherited = (flags: number, inheritedObjectType?: string): readonly AceFields[] => [{ type: allowObject, mask: 0x14, sid: account, flags, ...(inheritedObjectType === undefined ? {} : { inheritedObjectType }) }];
  const below = { rights: 0x14, inheritedBy: { class: contact } };
  expect([judge(inherited(0x2), below), judge(inherited(0xa), below), judge(inherited(0xa, contact), below)]).toEqual(["granted", "granted", "granted"]);
  expect([judge(inherited(0), below), judge(inherited(0x2, proxyAddresses), below), judge(inherited(0xa, contact), { rights: 0x14, inheritedBy: { class: undefined } })]).toEqual(["denied", "denied", "denied"]);
});

test("the owner may read and change the descriptor, unless OWNER RIGHTS says otherwise", () => {
  expect(judge([], { rights: readControl | writeDacl }, account)).toBe("granted");
  expect(judge([], { rights: readControl | listChildren }, account)).toBe("denied");
  expect(judge([{ type: allow, mask: readControl, sid: "S-1-3-4" }], { rights: writeDacl }, account)).toBe("denied");
  expect(judge([{ type: allow, mask: readControl, sid: "S-1-3-4" }], { rights: readControl }, account)).toBe("granted");
  expect(judge([{ type: allow, mask: readControl, sid: "S-1-3-4" }], { rights: readControl }, other)).toBe("denied");
});

test("Principal Self is the object's own account", () => {
  const self: readonly AceFields[] = [{ type: allow, mask: readProperty, sid: "S-1-5-10" }];
  expect([judge(self, { rights: readProperty, selfSid: account }), judge(self, { rights: readProperty, selfSid: other }), judge(self, { rights: readProperty })]).toEqual(["granted", "denied", "denied"]);
});

test("a list of which a part is missing is refused as a whole", () => {
  const good = descriptor([ace({ type: allow, mask: 0x14, sid: account }), ace({ type: deny, mask: 0x14, sid: group })]);
  for (let cut = 0; cut < good.length; cut += 1) {
    expect(parseSecurityDescriptor(good.subarray(0, cut))).toBeUndefined();
  }
  expect(parseSecurityDescriptor(descriptor([], { control: 0x0004 }))).toBeUndefined();
  expect(parseSecurityDescriptor(descriptor([ace({ type: allow, mask: 1, sid: "nonsense" })]))).toBeUndefined();
});

test("hostile bytes never throw", () => {
  const good = descriptor([ace({ type: allowObject, mask: 0x14, sid: account, objectType: contact, inheritedObjectType: contact }), ace({ type: 0x09, mask: 0x14, sid: group })]);
  const random = randomNumbers(5);
  const hostile = [...damaged(good), ...Array.from({ length: 2000 }, () => Buffer.concat([good.subarray(0, 20), randomBytes(random, 120)]))];
  for (const bytes of hostile) {
    const parsed = parseSecurityDescriptor(bytes);
    expect(["granted", "denied", "unknown"]).toContain(parsed === undefined ? "unknown" : checkAccess(parsed, { sids: new Set([account]), rights: 0x14 }));
  }
});

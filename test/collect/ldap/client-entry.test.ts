import { expect, test } from "vitest";
import { binaryTest, readEntryMessage } from "../../../src/collect/ldap/client-attributes.ts";
import type { Entry } from "../../../src/collect/ldap/client-contract.ts";
import { boolean, bytes, bytesList, integer, text, texts } from "../../../src/collect/ldap/client-entry.ts";
import { decodeMessage } from "../../../src/collect/ldap/client-messages.ts";
import { entry as encode } from "./responder.ts";

function object(attributes: Parameters<typeof encode>[2], binary: readonly string[] = [], dn = "CN=x"): Entry {
  const isBinary = binaryTest(binary);
  const message = decodeMessage(encode(2, dn, attributes), (_id, description) => isBinary(description));
  if (message?.kind !== "entry") {
    throw new Error("not an entry");
  }
  return readEntryMessage(message, true).entry;
}

test("names in any case, one value, several, none", () => {
  const entry = object({ CN: ["a"], otherIpPhone: ["1", "2"], empty: [] });
  expect(text(entry, "cn")).toEqual({ state: "value", value: "a" });
  expect(texts(entry, "OTHERIPPHONE")).toEqual({ state: "value", value: ["1", "2"] });
  expect(text(entry, "otherIpPhone").state).toBe("malformed");
  expect(text(entry, "empty")).toEqual({ state: "absent" });
  expect(texts(entry, "missing")).toEqual({ state: "absent" });
});

test("binary attributes are bytes even when the bytes are UTF-8, in whatever spelling", () => {
  const value = Buffer.from("0123456789abcdef");
  const entry = object({ OBJECTGUID: [value], MyBlob: [value], "userCertificate;binary": [value], "photo;x-opt": [value] }, ["myblob", "PHOTO"]);
  for (const name of ["objectGUID", "myBlob", "userCertificate", "photo"]) {
    expect(bytes(entry, name)).toEqual({ state: "value", value });
    expect(text(entry, name).state).toBe("malformed");
  }
  expect(bytesList(object({ tokenGroups: [value, value] }), "tokengroups")).toEqual({ state: "value", value: [value, value] });
});

test("bytes that are no UTF-8 are not text", () => {
  const entry = object({ description: [Buffer.from([0xff, 0xfe])] });
  expect(text(entry, "description").state).toBe("malformed");
  expect(bytes(entry, "description").state).toBe("value");
});

test.each([
  ["0", 0],
  ["-1879048192", -1879048192],
  ["2415919104", -1879048192],
  ["-2147483648", -2147483648],
  ["1941997017", 1941997017],
])("integer %s", (stored, value) => {
  expect(integer(object({ n: [stored] }), "n")).toEqual({ state: "value", value });
});

test.each(["", " 1", "1.5", "4294967296", "-2147483649", "0x10", "9".repeat(400)])("no integer: %s", (stored) => {
  expect(integer(object({ n: [stored] }), "n").state).toBe("malformed");
});

test("booleans", () => {
  const entry = object({ yes: ["TRUE"], no: ["false"], maybe: ["1"] });
  expect([boolean(entry, "yes"), boolean(entry, "no")]).toEqual([
    { state: "value", value: true },
    { state: "value", value: false },
  ]);
  expect(boolean(entry, "maybe").state).toBe("malformed");
});

test("an attribute called dn, or like a property of objects, harms nothing", () => {
  const entry = object({ dn: ["evil"], __proto__x: ["a"], constructor: ["b"] }, [], "<GUID=0f5a1b4c-1111-2222-3333-444455556666>;<SID=S-1-5-21-1-2-3-500>;CN=real");
  expect(entry).toMatchObject({ dn: "CN=real", guid: "0f5a1b4c-1111-2222-3333-444455556666", sid: "S-1-5-21-1-2-3-500" });
  expect(text(entry, "constructor")).toEqual({ state: "value", value: "b" });
  expect(text(entry, "toString")).toEqual({ state: "absent" });
});

import { afterAll, beforeAll, expect, test } from "vitest";
import type { Lab } from "../../src/lab/lab.ts";
import { startLab } from "../../src/lab/start.ts";
import { encode, integer, sequence } from "../../src/lab/ldap/ber.ts";
import { guidText, sidText } from "../../src/lab/ldap/identifiers.ts";
import { type RawLdap, control, equal, outcome, present, rawLdap, searchOf, simpleBind, texts } from "./raw-ldap.ts";
import { dnOf, password, plan, root, start, tinyDeployment } from "./tiny-deployment.ts";

let lab: Lab;
const clients = new Map<string, RawLdap>();

beforeAll(async () => {
  lab = await startLab(tinyDeployment, { now: start });
  for (const name of ["ann", "boss", "outsider"]) {
    const client = await rawLdap(lab.forests[0]?.ldap.port ?? 0);
    clients.set(name, client);
    await outcome(client, simpleBind(`${name}@alpha.test`, password));
  }
});
afterAll(async () => {
  for (const client of clients.values()) client.close();
  await lab.close();
});

const as = (name: string) => clients.get(name) ?? expect.unreachable();
const not = (filter: Buffer) => encode(0xa2, filter);
const found = async (name: string, base: string, filter = present("objectClass"), attributes = ["*"]) => outcome(as(name), searchOf(base, { filter, attributes }));
const namesOf = ({ entries }: { readonly entries: readonly { readonly dn: string }[] }) => entries.map(({ dn }) => dn.slice(0, dn.indexOf(",")));

test("everybody who logged on reads what is not protected", async () => {
  const ann = await found("outsider", dnOf("ann"));
  expect(texts(ann, "telephoneNumber")).toEqual(["+1425"]);
});

test("where only listing is allowed, names are seen and nothing else", async () => {
  const base = `OU=Names only,${root}`;
  const { entries } = await found("ann", base, equal("objectClass", "contact"));
  expect(entries).toEqual([]); // the class is an attribute too
  const all = await found("ann", base);
  expect(namesOf(all)).toEqual(["OU=Names only", "CN=secret"]);
  expect(all.entries.map(({ attributes }) => attributes.size)).toEqual([0, 0]);
  expect(namesOf(await found("ann", base, not(equal("description", "x"))))).toEqual([]);
  expect(namesOf(await found("outsider", base))).toEqual(["OU=Names only"]);
});

test("one property set is readable, without an attribute that is denied", async () => {
  const half = await found("ann", `CN=half,OU=One property,${root}`);
  expect(texts(half, "description")).toEqual(["public"]);
  expect([...(half.entries[0]?.attributes.keys() ?? [])]).not.toContain("mail");
  expect([...(half.entries[0]?.attributes.keys() ?? [])]).not.toContain("telephoneNumber");
  expect(namesOf(await found("ann", `OU=One property,${root}`, equal("mail", "half@alpha.test")))).toEqual([]);
  expect(namesOf(await found("ann", `OU=One property,${root}`, equal("description", "public")))).toEqual(["CN=half"]);
});

test("without the right to list, what is below is not there", async () => {
  const base = `OU=Nothing,${root}`;
  expect(namesOf(await found("outsider", base))).toEqual(["OU=Nothing"]);
  expect((await found("outsider", `CN=gone,${base}`)).code).toBe(32);
  expect(namesOf(await found("boss", base))).toEqual(["OU=Nothing", "CN=gone"]);
});

interface SeenAce {
  readonly type: number;
  readonly flags: number;
  readonly mask: number;
  readonly object: string | undefined;
  readonly inherited: string | undefined;
  readonly sid: string | undefined;
}

function acesOf(bytes: Buffer): readonly SeenAce[] {
  const dacl = bytes.readUInt32LE(16);
  const aces: SeenAce[] = [];
  for (let at = dacl + 8, left = bytes.readUInt16LE(dacl + 4); left > 0; left -= 1) {
    const [type = 0, flags = 0] = bytes.subarray(at, at + 2);
    const present = type >= 5 ? bytes.readUInt32LE(at + 8) : 0;
    let body = at + (type >= 5 ? 12 : 8);
    const guid = (bit: number) => ((present & bit) === 0 ? undefined : guidText(bytes.subarray(body, (body += 16))));
    const object = guid(1);
    const inherited = guid(2);
    const end = at + bytes.readUInt16LE(at + 2);
    aces.push({ type, flags, mask: bytes.readUInt32LE(at + 4), object, inherited, sid: sidText(bytes.subarray(body, end)) });
    at = end;
  }
  return aces;
}

const descriptorFlags = (flags: number) => control("1.2.840.113556.1.4.801", sequence(integer(flags)), true);

async function descriptor(name: string, dn: string, flags: number | undefined): Promise<Buffer | undefined> {
  const controls = flags === undefined ? [] : [descriptorFlags(flags)];
  const { entries } = await outcome(as(name), searchOf(dn, { scope: "base", attributes: ["ntSecurityDescriptor"] }), controls);
  return entries[0]?.attributes.get("nTSecurityDescriptor")?.[0];
}

test("security descriptors come in binary, with the parts asked for", async () => {
  const whole = await descriptor("ann", dnOf("ann"), 7);
  expect(whole?.[0]).toBe(1);
  expect((whole?.readUInt16LE(2) ?? 0) & 0x8004).toBe(0x8004);
  const owner = whole?.readUInt32LE(4) ?? 0;
  expect(sidText(whole?.subarray(owner, owner + 28) ?? Buffer.alloc(0))).toBe("S-1-5-21-1-2-3-512");
  const onlyOwner = await descriptor("ann", dnOf("ann"), 1);
  expect([onlyOwner?.readUInt32LE(8), onlyOwner?.readUInt32LE(16), (onlyOwner?.readUInt16LE(2) ?? 0) & 4]).toEqual([0, 0, 0]);
  expect(await descriptor("ann", dnOf("ann"), undefined)).toBeUndefined(); // the system list is for administrators
  expect(await descriptor("boss", dnOf("ann"), undefined)).toBeDefined();
  expect(await descriptor("ann", `OU=Names only,${root}`, 4)).toBeUndefined();
});

test("entries of the data come first, what is inherited is marked, and other classes' entries are inherit-only", async () => {
  const container = acesOf((await descriptor("boss", plan.slice(plan.indexOf(",") + 1), 4)) ?? Buffer.alloc(0));
  expect(container.slice(0, 2)).toMatchObject([
    { type: 0, flags: 2, mask: 0x14, sid: "S-1-5-21-4-5-6-4711" },
    { type: 0, flags: 4, mask: 0xf01ff },
  ]);
  const below = acesOf((await descriptor("boss", plan, 4)) ?? Buffer.alloc(0));
  expect(below.filter(({ sid }) => sid === "S-1-5-21-4-5-6-4711")).toMatchObject([{ flags: 0x12, mask: 0x14 }]);
  expect(below.filter(({ flags, mask }) => flags === 0x10 && mask === 0xf01ff)).toEqual([]); // was not for children at all
  expect(below.some(({ sid, flags, mask }) => sid === "S-1-5-11" && flags === 0x12 && mask === 0x20094)).toBe(true);
  const half = acesOf((await descriptor("boss", `CN=half,OU=One property,${root}`, 4)) ?? Buffer.alloc(0));
  expect(half.find(({ object }) => object === "e48d0154-bcf8-11d1-8702-00c04fb96050")).toMatchObject({ type: 5, flags: 0x12, inherited: "5cb41ed0-0e4c-11d0-a286-00aa003049e2" });
  expect(half.find(({ type }) => type === 6)).toMatchObject({ flags: 0x12, mask: 0x10, inherited: undefined });
});

test("a blocked entry inherits nothing and says that it is protected", async () => {
  const bytes = (await descriptor("boss", `OU=Nothing,${root}`, 4)) ?? Buffer.alloc(20);
  expect(bytes.readUInt16LE(2) & 0x1000).toBe(0x1000);
  expect(acesOf(bytes).map(({ sid }) => sid)).toEqual(["S-1-5-21-1-2-3-512", "S-1-5-18"]);
});

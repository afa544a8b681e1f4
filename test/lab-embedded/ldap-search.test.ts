import { afterAll, beforeAll, expect, test } from "vitest";
import type { Lab } from "../../src/lab/lab.ts";
import { startLab } from "../../src/lab/start.ts";
import { encode, integer, octets, sequence } from "../../src/lab/ldap/ber.ts";
import { guidText, sidText } from "../../src/lab/ldap/identifiers.ts";
import { type RawLdap, control, equal, outcome, page, present, rawLdap, searchOf, simpleBind, texts } from "./raw-ldap.ts";
import { configuration, dnOf, password, plan, root, start, tinyDeployment } from "./tiny-deployment.ts";

let lab: Lab;
let client: RawLdap;
let catalog: RawLdap;

beforeAll(async () => {
  lab = await startLab(tinyDeployment, { now: start });
  client = await rawLdap(lab.forests[0]?.ldap.port ?? 0);
  catalog = await rawLdap(lab.forests[0]?.gc.port ?? 0);
  for (const connection of [client, catalog]) await outcome(connection, simpleBind("boss@alpha.test", password));
});
afterAll(async () => {
  client.close();
  catalog.close();
  await lab.close();
});

async function names(filter: Buffer, base = root, scope: "base" | "one" | "sub" = "sub"): Promise<readonly string[]> {
  const { entries } = await outcome(client, searchOf(base, { filter, scope }));
  return entries.map(({ dn }) => dn.slice(3, dn.indexOf(",", dn.includes("\\,") ? dn.indexOf("\\,") + 2 : 0)));
}

const not = (filter: Buffer) => encode(0xa2, filter);
const and = (...filters: Buffer[]) => encode(0xa0, ...filters);
const or = (...filters: Buffer[]) => encode(0xa1, ...filters);
const compared = (tag: number, attribute: string, value: string) => encode(tag, octets(attribute), octets(value));
const like = (attribute: string, ...pieces: Buffer[]) => encode(0xa4, octets(attribute), sequence(...pieces));
const rule = (oid: string, attribute: string, value: string) => encode(0xa9, encode(0x81, oid), encode(0x82, attribute), encode(0x83, value));
const staff = `OU=Staff,${root}`;

test.each([
  ["equality whatever the case", equal("SAMACCOUNTNAME", "ANN"), ["ann"]],
  ["text beyond ASCII", equal("displayName", "ann öst"), ["ann"]],
  ["a number", equal("msRTCSIP-OptionFlags", "0385"), ["ann"]],
  ["no number", equal("msRTCSIP-OptionFlags", "many"), []],
  ["a truth value", equal("msRTCSIP-UserEnabled", "true"), ["ann"]],
  ["one of several values", equal("proxyAddresses", "smtp:ANN@alpha.test"), ["ann"]],
  ["presence", present("lockoutTime"), ["locked"]],
  ["a bit mask, all", and(present("userAccountControl"), rule("1.2.840.113556.1.4.803", "userAccountControl", "2")), ["disabled"]],
  ["a bit mask, any", and(rule("1.2.840.113556.1.4.804", "msRTCSIP-OptionFlags", "257"), present("cn")), ["ann"]],
  ["greater", compared(0xa5, "msRTCSIP-OptionFlags", "385"), ["ann"]],
  ["less", compared(0xa6, "msRTCSIP-OptionFlags", "384"), []],
  ["approximately", compared(0xa8, "sAMAccountName", "ann"), ["ann"]],
  ["the beginning", like("sAMAccountName", encode(0x80, "loc")), ["locked"]],
  ["beginning, middle and end", like("proxyAddresses", encode(0x80, "sip:"), encode(0x81, "nn@"), encode(0x82, ".test")), ["ann"]],
  ["pieces that would overlap", like("sAMAccountName", encode(0x80, "an"), encode(0x82, "nn")), []],
  ["signs that filters escape", equal("description", "a*b(c)\\d"), ["comma\\, escaped"]],
  ["either", or(equal("cn", "ann"), equal("cn", "boss")), ["ann", "boss"]],
  ["ambiguous names", equal("anr", "Ann"), ["ann"]],
  ["an attribute that nobody knows", equal("noSuchAttribute", "x"), []],
  ["not an attribute that nobody knows", not(equal("noSuchAttribute", "x")), []],
  ["not a value, with those that have none", and(equal("objectClass", "computer"), not(equal("description", "x"))), ["SRV"]],
])("finds by %s", async (_, filter, expected) => {
  expect(await names(filter, staff)).toEqual(expected);
});

test("finds by class, with the classes above it, and by category", async () => {
  expect(await names(equal("objectClass", "container"), plan, "base")).toEqual(["HQ"]);
  const { entries } = await outcome(client, searchOf(plan, { scope: "base", attributes: ["objectClass", "objectCategory"] }));
  expect(entries[0]?.attributes.get("objectClass")?.toString()).toBe("top,container,msExchContainer,msExchUMDialPlan");
  expect(entries[0]?.attributes.get("objectCategory")?.toString()).toBe(`CN=ms-Exch-UM-Dial-Plan,CN=Schema,${configuration}`);
  expect(await names(and(equal("objectCategory", "person"), equal("cn", "ann")))).toEqual(["ann"]);
  expect(await names(equal("objectCategory", "computer"))).toEqual(["SRV"]);
  expect(await names(equal("objectClass", "user"), staff)).toContain("SRV");
});

test("searches the base, one level, or all below", async () => {
  expect(await names(present("objectClass"), staff, "base")).toEqual(["Staff"]);
  expect(await names(present("objectClass"), staff, "one")).not.toContain("Staff");
  expect(await names(present("objectClass"), staff, "sub")).toContain("Staff");
});

test("computes back links, whatever the spelling of the forward link", async () => {
  const { entries } = await outcome(client, searchOf(plan, { scope: "base", attributes: ["msexchumhuntgroupdialplanbl"] }));
  expect(entries[0]?.attributes.get("msExchUMHuntGroupDialPlanBL")?.toString()).toMatch(/^CN=hunt,CN=gw,/u);
  const forward = await outcome(client, searchOf(configuration, { filter: equal("msExchUMHuntGroupDialPlanLink", plan.toUpperCase()), attributes: ["msExchUMHuntGroupDialPlanLink"] }));
  expect(texts(forward, "msExchUMHuntGroupDialPlanLink")).toEqual([plan]);
  const member = await outcome(client, searchOf(dnOf("ann"), { scope: "base", attributes: ["memberOf"] }));
  expect(texts(member, "memberOf")).toEqual([dnOf("Readers", "Groups"), dnOf("Mail list", "Groups"), dnOf("Circle A", "Groups")]);
});

test("follows chains of links both ways and around circles", async () => {
  const inChain = (attribute: string, value: string) => rule("1.2.840.113556.1.4.1941", attribute, value);
  expect(await names(inChain("memberOf", dnOf("Outer", "Groups")))).toEqual(expect.arrayContaining(["ann", "Readers"]));
  expect((await names(inChain("memberOf", dnOf("Circle B", "Groups")))).toSorted()).toEqual(["Circle A", "Circle B", "ann"]);
  expect((await names(inChain("member", dnOf("ann")))).toSorted()).toEqual(["Behind the list", "Circle A", "Circle B", "Mail list", "Outer", "Readers"]);
});

test("token groups: nested and primary, by kind, not through distribution groups, and for one object only", async () => {
  const group = async (name: string) => (await outcome(client, searchOf(dnOf(name, "Groups"), { scope: "base", attributes: ["objectSid"] }))).entries[0]?.attributes.get("objectSid")?.[0]?.toString("hex");
  const ask = async (attribute: string, scope: "base" | "one" = "base") => {
    const { entries } = await outcome(client, searchOf(scope === "base" ? dnOf("ann") : staff, { scope, attributes: [attribute] }));
    return entries[0]?.attributes.get(attribute)?.map((sid) => sid.toString("hex")) ?? [];
  };
  const all = await ask("tokenGroups");
  const sids = await Promise.all(["Readers", "Outer", "Circle A", "Circle B", "Mail list", "Behind the list"].map(group));
  expect(sids.map((sid) => all.includes(sid ?? ""))).toEqual([true, true, true, true, false, false]);
  expect(all.map((sid) => sidText(Buffer.from(sid, "hex")))).toContain("S-1-5-21-1-2-3-513");
  expect(await ask("tokenGroupsGlobalAndUniversal")).not.toContain(sids[1]);
  expect(await ask("tokenGroups", "one")).toEqual([]);
});

test("finds by SID and GUID, as base and in filters", async () => {
  const { entries } = await outcome(client, searchOf(dnOf("ann"), { scope: "base", attributes: ["objectSid", "objectGUID"] }));
  const [sid] = entries[0]?.attributes.get("objectSid") ?? [];
  const [guid] = entries[0]?.attributes.get("objectGUID") ?? [];
  if (sid === undefined || guid === undefined) throw new Error("nothing to look for");
  for (const base of [`<SID=${sidText(sid)}>`, `<SID=${sid.toString("hex")}>`, `<GUID=${guidText(guid)}>`, `<GUID=${guid.toString("hex")}>`]) {
    expect(await names(present("objectClass"), base, "base")).toEqual(["ann"]);
  }
  expect(await names(equal("objectSid", sidText(sid) ?? ""))).toEqual(["ann"]);
  expect(await names(equal("objectSid", sid))).toEqual(["ann"]);
  expect(await names(equal("objectGUID", guid))).toEqual(["ann"]);
  expect((await outcome(client, searchOf("<SID=S-1-5-21-9-9-9-9>", { scope: "base" }))).code).toBe(32);
});

test("hands out pages until the cookie is empty, a thousand at most, and nothing for a cookie of another search", async () => {
  const filter = equal("objectClass", "user");
  const seen: string[] = [];
  const sizes: number[] = [];
  let cookie: Buffer = Buffer.alloc(0);
  do {
    const { entries, cookie: next, code } = await outcome(client, searchOf(root, { filter }), [page(1500, cookie)]);
    expect(code).toBe(0);
    seen.push(...entries.map(({ dn }) => dn));
    sizes.push(entries.length);
    cookie = next ?? Buffer.alloc(0);
  } while (cookie.length > 0);
  expect(sizes).toEqual([1000, 1000, 1000, sizes.at(-1)]);
  expect(new Set(seen).size).toBe(seen.length);
  const first = await outcome(client, searchOf(root, { filter }), [page(10)]);
  expect((await outcome(client, searchOf(root), [page(10, first.cookie)])).code).toBe(53);
  expect((await outcome(client, searchOf(root, { filter }), [page(10, Buffer.from("invented"))])).code).toBe(53);
});

test("without pages it stops at a thousand and says so; a smaller limit of the client holds", async () => {
  const filter = equal("objectClass", "user");
  expect(await outcome(client, searchOf(root, { filter }))).toMatchObject({ code: 4, entries: { length: 1000 } });
  expect(await outcome(client, searchOf(root, { filter, sizeLimit: 5 }))).toMatchObject({ code: 4, entries: { length: 5 } });
  expect(await outcome(client, searchOf(staff, { filter: equal("cn", "ann"), sizeLimit: 5 }))).toMatchObject({ code: 0, entries: { length: 1 } });
});

test("cuts long lists of values into ranges", async () => {
  const base = dnOf("Everybody", "Groups");
  const ask = async (attribute: string) => {
    const { entries, code } = await outcome(client, searchOf(base, { scope: "base", attributes: [attribute] }));
    return { code, ranges: [...(entries[0]?.attributes ?? [])].map(([name, values]) => `${name} ${values.length}`) };
  };
  expect((await ask("member")).ranges).toEqual(["member 0", "member;range=0-1499 1500"]);
  expect((await ask("member;range=1500-*")).ranges).toEqual(["member;range=1500-2999 1500"]);
  expect((await ask("member;Range=3000-*")).ranges).toEqual(["member;range=3000-* 200"]);
  expect((await ask("member;range=0-9")).ranges).toEqual(["member;range=0-9 10"]);
  expect((await ask("member;range=9000-*")).code).toBe(1);
});

test("sends the attributes asked for, spelt as in the schema", async () => {
  const ask = async (attributes: readonly string[], typesOnly = false) => [...((await outcome(client, searchOf(dnOf("ann"), { scope: "base", attributes, typesOnly }))).entries[0]?.attributes ?? [])];
  expect(await ask(["1.1"])).toEqual([]);
  expect((await ask(["DISPLAYNAME", "noSuchAttribute"])).map(([name]) => name)).toEqual(["displayName"]);
  expect(await ask(["displayName"], true)).toEqual([["displayName", []]]);
  const all = (await ask(["*", "canonicalName"])).map(([name]) => name);
  expect(all).toEqual(expect.arrayContaining(["objectGUID", "objectSid", "whenCreated", "uSNChanged", "distinguishedName", "name", "memberOf", "primaryGroupID", "canonicalName"]));
  expect(all).not.toContain("nTSecurityDescriptor");
  expect((await ask([])).map(([name]) => name)).toContain("objectGUID");
  expect((await ask(["canonicalName"]))[0]?.[1].toString()).toBe("alpha.test/Staff/ann");
});

test("writes names with GUID and SID before them where asked", async () => {
  const extendedDn = (flag: number) => control("1.2.840.113556.1.4.529", sequence(integer(flag)), true);
  const ask = (flag: number) => outcome(client, searchOf(dnOf("Readers", "Groups"), { scope: "base", attributes: ["member"] }), [extendedDn(flag)]);
  const text = await ask(1);
  expect(text.entries[0]?.dn).toMatch(/^<GUID=[0-9a-f]{8}-[0-9a-f-]{27}>;<SID=S-1-5-21-1-2-3-\d+>;CN=Readers,/u);
  expect(texts(text, "member")?.[0]).toMatch(/^<GUID=[0-9a-f-]{36}>;<SID=S-1-[\d-]+>;CN=ann,/u);
  expect((await ask(0)).entries[0]?.dn).toMatch(/^<GUID=[0-9a-f]{32}>;<SID=0105[0-9a-f]+>;CN=Readers,/u);
});

test("points to the naming contexts below the base, unless asked not to", async () => {
  const filter = equal("cn", "nobody");
  expect((await outcome(client, searchOf(root, { filter }))).references).toContain(`ldap://alpha.test/${configuration}`);
  expect((await outcome(client, searchOf(configuration, { filter }))).references).toEqual([`ldap://alpha.test/CN=Schema,${configuration}`]);
  expect((await outcome(client, searchOf(staff, { filter }))).references).toEqual([]);
  expect((await outcome(client, searchOf(root, { filter }), [control("1.2.840.113556.1.4.1339", undefined, true)])).references).toEqual([]);
  expect(await names(equal("cn", "HQ"))).toEqual([]); // of another naming context
});

test("refers to another forest, and knows nothing of what is not there", async () => {
  const referral = await outcome(client, searchOf("OU=Staff,DC=beta,DC=test"));
  expect(referral).toMatchObject({ code: 10 });
  expect(referral.last.parts.find(({ tag }) => tag === 0xa3)?.body.toString()).toContain("ldap://beta.test/OU=Staff,DC=beta,DC=test");
  const missing = await outcome(client, searchOf(`CN=x,OU=y,${root}`, { scope: "base" }));
  expect(missing).toMatchObject({ code: 32 });
  expect(missing.last.parts[1]?.body.toString()).toBe(root);
  expect((await outcome(client, searchOf("CN=alone", { scope: "base" }))).code).toBe(32);
  expect((await outcome(client, searchOf("no name at all", { scope: "base" }))).code).toBe(34);
  expect((await outcome(client, searchOf("", { scope: "sub" }))).code).toBe(32);
});

test("the global catalog searches everything at once and holds some attributes only", async () => {
  const plans = await outcome(catalog, searchOf("", { filter: equal("objectClass", "msExchUMDialPlan"), attributes: ["*"] }));
  expect(plans.entries.map(({ dn }) => dn)).toEqual([plan]);
  expect([...(plans.entries[0]?.attributes.keys() ?? [])]).not.toContain("msExchUMDialPlanURIType");
  expect(plans.references).toEqual([]);
  const ann = await outcome(catalog, searchOf("", { filter: equal("sAMAccountName", "ann"), attributes: ["msRTCSIP-OptionFlags", "userPrincipalName"] }));
  expect(texts(ann, "msRTCSIP-OptionFlags")).toEqual(["385"]);
});

test("fills placeholders: foreign principals, thumbprints", async () => {
  const { entries } = await outcome(client, searchOf(`CN=ForeignSecurityPrincipals,${root}`, { scope: "one", attributes: ["objectSid"] }));
  expect(entries[0]?.dn).toBe(`CN=S-1-5-21-4-5-6-4711,CN=ForeignSecurityPrincipals,${root}`);
  expect(sidText(entries[0]?.attributes.get("objectSid")?.[0] ?? Buffer.alloc(0))).toBe("S-1-5-21-4-5-6-4711");
  const server = await outcome(client, searchOf(configuration, { filter: equal("cn", "EX1"), attributes: ["msExchUMCertificateThumbprint"] }));
  expect(texts(server, "msExchUMCertificateThumbprint")).toEqual([lab.certificates.get("server")?.thumbprint]);
});

test("has schema and property sets for what access lists name", async () => {
  const ask = async (base: string, filter: Buffer, attribute: string) => (await outcome(client, searchOf(base, { filter, attributes: [attribute] }))).entries[0]?.attributes.get(attribute)?.[0];
  const schema = `CN=Schema,${configuration}`;
  expect(guidText((await ask(schema, equal("lDAPDisplayName", "proxyAddresses"), "schemaIDGUID")) ?? Buffer.alloc(16))).toBe("bf967a06-0de6-11d0-a285-00aa003049e2");
  const set = await ask(`CN=Extended-Rights,${configuration}`, equal("cn", "RTCPropertySet"), "rightsGuid");
  const inSet = await ask(schema, equal("lDAPDisplayName", "msRTCSIP-OptionFlags"), "attributeSecurityGUID");
  expect(guidText(inSet ?? Buffer.alloc(16))).toBe(set?.toString());
});

import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Lab } from "../../src/lab/lab.ts";
import { startLab } from "../../src/lab/start.ts";
import { encode, octets } from "../../src/lab/ldap/ber.ts";
import { type RawLdap, extended, outcome, rawLdap, rawLdaps, saslBind, searchOf, simpleBind } from "./raw-ldap.ts";
import { dnOf, password, root, tinyDeployment } from "./tiny-deployment.ts";

let lab: Lab;
const open: RawLdap[] = [];
const whoAmI = extended("1.3.6.1.4.1.4203.1.11.3");
const startTls = extended("1.3.6.1.4.1.1466.20037");

beforeAll(async () => {
  lab = await startLab(tinyDeployment);
});
afterAll(async () => {
  for (const client of open) client.close();
  await lab.close();
});

const alpha = () => lab.forests[0] ?? expect.unreachable();

async function plain(): Promise<RawLdap> {
  const client = await rawLdap(alpha().ldap.port);
  open.push(client);
  return client;
}

async function identity(client: RawLdap): Promise<string> {
  const { last } = await outcome(client, whoAmI);
  return last.parts.find(({ tag }) => tag === 0x8b)?.body.toString() ?? "";
}

async function secured(certificate: string | undefined, port = alpha().ldaps.port): Promise<RawLdap> {
  const made = certificate === undefined ? undefined : lab.certificates.get(certificate);
  const chain = [made?.pem, lab.certificates.get("ca")?.pem].join("");
  const client = await rawLdaps(port, { ca: readFileSync(lab.files.authorities["alpha"] ?? "", "utf8"), servername: "dc1.alpha.test", ...(made === undefined ? {} : { cert: chain, key: made.keyPem }) });
  open.push(client);
  return client;
}

async function afterStartTls(certificate: string | undefined): Promise<RawLdap> {
  const first = await plain();
  expect((await outcome(first, startTls)).code).toBe(0);
  const made = certificate === undefined ? undefined : lab.certificates.get(certificate);
  const chain = [made?.pem, lab.certificates.get("ca")?.pem].join("");
  const client = await rawLdaps(0, { ca: lab.certificates.get("root")?.pem ?? "", servername: "dc1.alpha.test", ...(made === undefined ? {} : { cert: chain, key: made.keyPem }) }, first.socket);
  open.push(client);
  return client;
}

test.each([["ann@alpha.test"], ["ALPHA\\ann"], [dnOf("ann")], [dnOf("ann").toLowerCase()], ["ann@ALPHA"]])("binds as %s and tells who that is", async (name) => {
  const client = await plain();
  expect((await outcome(client, simpleBind(name, password))).code).toBe(0);
  expect(await identity(client)).toBe("u:ALPHA\\ann");
});

test.each([
  ["ann", "wrong", "52e"],
  ["nobody", password, "52e"],
  ["disabled", password, "533"],
  ["disabled", "wrong", "52e"],
  ["expired", password, "701"],
  ["renew", password, "773"],
  ["locked", "wrong", "775"],
])("refuses %s with password %s as data %s", async (name, given, data) => {
  const client = await plain();
  const { code, text } = await outcome(client, simpleBind(`${name}@alpha.test`, given));
  expect(code).toBe(49);
  expect(text).toMatch(new RegExp(`^80090308: .* data ${data}, v`, "u"));
  expect(await identity(client)).toBe("");
});

test("a bind that fails leaves the connection anonymous", async () => {
  const client = await plain();
  await outcome(client, simpleBind("ann@alpha.test", password));
  await outcome(client, simpleBind("ann@alpha.test", "wrong"));
  expect((await outcome(client, searchOf(root))).code).toBe(1);
});

test("nobody reads the root of the directory, and nothing else", async () => {
  const client = await plain();
  const { entries } = await outcome(client, searchOf("", { scope: "base", attributes: ["*"] }));
  const names = ["defaultNamingContext", "rootDomainNamingContext", "configurationNamingContext", "schemaNamingContext", "dnsHostName", "supportedControl", "supportedCapabilities"];
  expect([...(entries[0]?.attributes.keys() ?? [])]).toEqual(expect.arrayContaining([...names, "supportedSASLMechanisms", "forestFunctionality", "isGlobalCatalogReady", "ldapServiceName", "namingContexts"]));
  const time = await outcome(client, searchOf("", { scope: "base", attributes: ["CURRENTTIME"] }));
  expect(time.entries[0]?.attributes.get("currentTime")?.toString()).toMatch(new RegExp(`^${new Date().getUTCFullYear()}\\d{10}\\.0Z$`, "u"));
  const refused = await outcome(client, searchOf(root));
  expect(refused).toMatchObject({ code: 1, entries: [] });
  expect(refused.text).toMatch(/^000004DC: .*successful bind must be completed/u);
});

test("a bind without a password is a bind of nobody", async () => {
  const client = await plain();
  expect((await outcome(client, simpleBind(dnOf("ann"), ""))).code).toBe(0);
  expect(await identity(client)).toBe("");
});

test("mechanisms that the lab has not are refused as such", async () => {
  expect((await outcome(await plain(), saslBind("GSSAPI"))).code).toBe(7);
});

test("EXTERNAL without TLS is refused, and after StartTLS it is the certificate's account", async () => {
  expect((await outcome(await plain(), saslBind("EXTERNAL"))).code).toBe(48);
  const client = await afterStartTls("client:scanner");
  expect(await identity(client)).toBe("");
  expect((await outcome(client, saslBind("EXTERNAL"))).code).toBe(0);
  expect(await identity(client)).toBe("u:ALPHA\\SRV$");
});

test.each([[undefined], ["unknown"], ["nobody"]])("EXTERNAL with certificate %s is refused", async (certificate) => {
  expect((await outcome(await afterStartTls(certificate), saslBind("EXTERNAL"))).code).toBe(49);
});

test("on LDAPS a certificate is the identity without a bind, and EXTERNAL is not allowed", async () => {
  const client = await secured("client:scanner");
  expect(await identity(client)).toBe("u:ALPHA\\SRV$");
  expect((await outcome(client, saslBind("EXTERNAL"))).code).toBe(7);
  expect(await identity(await secured(undefined))).toBe("");
  expect(await identity(await secured("unknown"))).toBe("");
});

test("an identity outlives StartTLS", async () => {
  const first = await plain();
  await outcome(first, simpleBind("ann@alpha.test", password));
  await outcome(first, startTls);
  const client = await rawLdaps(0, { ca: lab.certificates.get("root")?.pem ?? "", servername: "dc1.alpha.test" }, first.socket);
  expect(await identity(client)).toBe("u:ALPHA\\ann");
  client.close();
});

test("where signing is required, a password without TLS is refused before it is looked at", async () => {
  const strict = await startLab(tinyDeployment, { keys: lab.keys, requireSecureBinds: true });
  const port = strict.forests[0]?.ldap.port ?? 0;
  const client = await rawLdap(port);
  expect(await outcome(client, simpleBind("ann@alpha.test", "wrong"))).toMatchObject({ code: 8 });
  client.close();
  await strict.close();
});

test("every kind of write is refused and counted", async () => {
  const client = await plain();
  await outcome(client, simpleBind("boss@alpha.test", password));
  const before = lab.writesSeen();
  const requests = [
    encode(0x68, octets(`CN=x,${root}`), encode(0x30)),
    encode(0x66, octets(dnOf("ann")), encode(0x30)),
    encode(0x4a, dnOf("ann")),
    encode(0x6c, octets(dnOf("ann")), octets("CN=y"), encode(0x01, Buffer.from([0]))),
  ];
  const answers = [];
  for (const request of requests) answers.push(await outcome(client, request));
  expect(answers.map(({ code, last }) => [code, last.tag])).toEqual([
    [53, 0x69],
    [53, 0x67],
    [53, 0x6b],
    [53, 0x6d],
  ]);
  expect(lab.writesSeen() - before).toBe(4);
});

test("compares a value", async () => {
  const client = await plain();
  await outcome(client, simpleBind("ann@alpha.test", password));
  const compare = (value: string) => encode(0x6e, octets(dnOf("ann")), encode(0x30, octets("telephoneNumber"), octets(value)));
  expect((await outcome(client, compare("+1425"))).code).toBe(6);
  expect((await outcome(client, compare("+1"))).code).toBe(5);
});

test("a critical control that is not known ends the operation, another one is passed over", async () => {
  const client = await plain();
  const odd = (critical: boolean) => encode(0x30, octets("1.2.3.4"), encode(0x01, Buffer.from([critical ? 255 : 0])));
  expect((await outcome(client, searchOf("", { scope: "base" }), [odd(true)])).code).toBe(12);
  expect((await outcome(client, searchOf("", { scope: "base" }), [odd(false)])).code).toBe(0);
});

import { existsSync, readFileSync, readdirSync } from "node:fs";
import type { LookupFunction } from "node:net";
import { Client } from "ldapts";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Lab } from "../../src/lab/lab.ts";
import { startLab } from "../../src/lab/start.ts";
import type { Deployment, Entry } from "../../src/lab/types.ts";
import { outcome, rawLdap, searchOf, simpleBind } from "./raw-ldap.ts";
import { dnOf, password, root, tinyDeployment } from "./tiny-deployment.ts";

const endpoint = { host: "server.alpha.test", port: 5061, tls: { certificate: "server", chain: ["ca"], clientCertificate: "none", clientAnchors: ["stranger"], maxVersion: "TLSv1.3" }, sip: true, product: "a" } as const;
const deployment: Deployment = { ...tinyDeployment, endpoints: [endpoint], dns: [{ view: "inside", name: "dc1.alpha.test", type: "A", data: ["192.0.2.1"] }] };
let lab: Lab;

beforeAll(async () => {
  lab = await startLab(deployment);
});
afterAll(() => lab.close());

const authority = () => readFileSync(lab.files.authorities["alpha"] ?? "", "utf8");
const lookup: LookupFunction = (_, { all }, done) => (all === true ? done(null, [{ address: "127.0.0.1", family: 4 }]) : done(null, "127.0.0.1", 4));

function ldaps(port = lab.forests[0]?.ldaps.port): Client {
  return new Client({ url: `ldaps://dc1.alpha.test:${port}`, timeout: 5000, connectTimeout: 2000, tlsOptions: { ca: authority(), lookup } });
}

async function withClient<T>(client: Client, use: (client: Client) => Promise<T>): Promise<T> {
  try {
    await client.bind("ann@alpha.test", password);
    return await use(client);
  } finally {
    await client.unbind().catch(() => undefined);
  }
}

test("a real client binds over LDAPS against the written authorities, pages, and reads a descriptor", async () => {
  const users = await withClient(ldaps(), (client) => client.search(root, { filter: "(&(objectCategory=person)(objectClass=user))", attributes: ["sAMAccountName"], paged: { pageSize: 500 } }));
  expect(users.searchEntries.length).toBeGreaterThan(3200);
  expect(users.searchReferences.length).toBe(3);
});

test("a real client speaks StartTLS", async () => {
  const client = new Client({ url: `ldap://127.0.0.1:${lab.forests[0]?.ldap.port}`, timeout: 5000 });
  await client.startTLS({ ca: authority(), servername: "dc1.alpha.test" });
  const found = await withClient(client, () => client.search(dnOf("ann"), { scope: "base", filter: "(proxyAddresses=sip:*@alpha.test)", attributes: ["displayName"] }));
  expect(found.searchEntries).toMatchObject([{ dn: dnOf("ann"), displayName: "Ann Öst" }]);
});

test("an unpaged search that is too large fails as it does against a domain controller", async () => {
  await expect(withClient(ldaps(), (client) => client.search(root, { filter: "(objectClass=user)", attributes: ["cn"] }))).rejects.toMatchObject({ code: 4 });
});

test("names every server and writes every file", () => {
  expect(Object.keys(lab.connectTo)).toEqual(expect.arrayContaining(["dc1.alpha.test:389", "dc1.alpha.test:636", "dc1.beta.test:3268", "dc1.beta.test:3269", "server.alpha.test:5061"]));
  expect(lab.endpoints).toMatchObject([{ host: "server.alpha.test", port: 5061, address: "127.0.0.1" }]);
  expect(authority().match(/BEGIN CERTIFICATE/gu)).toHaveLength(2); // the controller's root and the endpoint's anchor
  const bundle = JSON.parse(readFileSync(lab.files.lyncConfiguration, "utf8")) as Readonly<Record<string, unknown>>;
  expect(bundle).toMatchObject({ schemaVersion: 1, collector: "Export-LyncConfiguration.ps1", CsCertificate: [{ Thumbprint: lab.certificates.get("server")?.thumbprint }] });
  expect(readFileSync(lab.files.clientCertificate, "utf8").match(/BEGIN CERTIFICATE/gu)).toHaveLength(2);
  expect(readdirSync(lab.files.directory)).toContain("client.key");
});

test("swaps what is served while connections and ports stay", async () => {
  const own = await startLab(deployment, { keys: lab.keys });
  const client = await rawLdap(own.forests[0]?.ldap.port ?? 0);
  await outcome(client, simpleBind("ann@alpha.test", password));
  const added: Entry = { dn: `CN=added,OU=Staff,${root}`, objectClass: ["contact"], attributes: {} };
  const before = own.connectTo;
  const forests = deployment.forests.map((forest) => (forest.name === "alpha" ? { ...forest, entries: [...forest.entries, added] } : forest));
  await own.update({ ...deployment, forests, endpoints: [{ ...endpoint, host: "new.alpha.test" }] });
  expect((await outcome(client, searchOf(added.dn, { scope: "base" }))).code).toBe(0);
  expect(own.connectTo["dc1.alpha.test:389"]).toBe(before["dc1.alpha.test:389"]);
  expect(own.endpoints.map(({ host }) => host)).toEqual(["new.alpha.test"]);
  client.close();
  const { directory } = own.files;
  await own.close();
  expect(existsSync(directory)).toBe(false);
});

test("wrong data are told when the lab starts, and an update with them changes nothing", async () => {
  const wrong = (entry: Entry) => ({ ...deployment, forests: deployment.forests.map((forest) => (forest.name === "alpha" ? { ...forest, entries: [...forest.entries, entry] } : forest)) });
  const stray = wrong({ dn: "CN=x,DC=elsewhere", objectClass: ["contact"], attributes: {} });
  await expect(startLab(stray, { keys: lab.keys })).rejects.toThrow("not in the forest");
  const ace = wrong({ dn: `CN=x,${root}`, objectClass: ["contact"], attributes: {}, aces: ["(A;;LC;;;{gamma:Group})"] });
  await expect(lab.update(ace)).rejects.toThrow("forest gamma");
  expect(await withClient(ldaps(), (client) => client.search(dnOf("ann"), { scope: "base", attributes: ["cn"] }))).toMatchObject({ searchEntries: [{ cn: "ann" }] });
});

test.each([
  ["refuse", "ECONNREFUSED"],
  ["reset", "ECONNRESET"],
] as const)("a domain controller will %s on request, on all its ports", async (how, code) => {
  await lab.misbehave({ server: "ldap:alpha", how });
  for (const port of ["ldap", "ldaps", "gc", "gcs"] as const) {
    const scheme = port.endsWith("s") ? "ldaps" : "ldap";
    const client = new Client({ url: `${scheme}://127.0.0.1:${lab.forests[0]?.[port].port}`, timeout: 2000, ...(scheme === "ldaps" ? { tlsOptions: { rejectUnauthorized: false } } : {}) });
    await expect(client.bind("ann@alpha.test", password)).rejects.toThrow(code);
    await client.unbind().catch(() => undefined);
  }
  await lab.misbehave({ server: "ldap:alpha", how: undefined });
  expect(await withClient(ldaps(), () => Promise.resolve("bound"))).toBe("bound");
});

test("one port alone can begin to misbehave after some results", async () => {
  await lab.misbehave({ server: "dc1.alpha.test:389", how: "reset", after: 20 });
  const client = await rawLdap(lab.forests[0]?.ldap.port ?? 0);
  await outcome(client, simpleBind("ann@alpha.test", password));
  await expect(outcome(client, searchOf(root))).rejects.toThrow("connection closed");
  expect(await withClient(ldaps(), () => Promise.resolve("bound"))).toBe("bound");
  await lab.misbehave({ server: "dc1.alpha.test:389", how: undefined });
});

async function bytesOf(how: "garbage" | "truncate" | "oversize" | "stall"): Promise<{ readonly bytes: Buffer; readonly ended: boolean }> {
  await lab.misbehave({ server: "dc1.alpha.test:389", how, after: 1 });
  const { socket, ask } = await rawLdap(lab.forests[0]?.ldap.port ?? 0);
  await ask(simpleBind("ann@alpha.test", password));
  socket.removeAllListeners("data");
  let bytes = Buffer.alloc(0);
  let ended = false;
  socket.on("data", (chunk: Buffer) => (bytes = Buffer.concat([bytes, chunk])));
  socket.on("end", () => (ended = true));
  void ask(searchOf(dnOf("ann"), { scope: "base", attributes: ["cn"] })).catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, 100));
  socket.destroy();
  await lab.misbehave({ server: "dc1.alpha.test:389", how: undefined });
  return { bytes, ended };
}

test("answers with garbage, half an answer, a length of two gigabytes, or nothing", async () => {
  expect((await bytesOf("garbage")).bytes[0]).not.toBe(0x30);
  const half = await bytesOf("truncate");
  expect(half.ended).toBe(true);
  expect(half.bytes.length).toBeLessThan(2 + (half.bytes[1] ?? 0));
  const large = await bytesOf("oversize");
  expect([large.bytes.subarray(0, 6).toString("hex"), large.ended]).toEqual(["30847fffffff", false]);
  expect(await bytesOf("stall")).toEqual({ bytes: Buffer.alloc(0), ended: false });
});

test("a name that is nobody's is an error", async () => {
  await expect(lab.misbehave({ server: "ldap:gamma", how: "stall" })).rejects.toThrow("no server ldap:gamma");
});

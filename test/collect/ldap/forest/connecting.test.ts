import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type AddressInfo, type Server } from "node:net";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { locateThrough, openViews } from "../../../../src/app/network.ts";
import { contoso, fabrikam } from "../../../../src/lab/deployment/forests.ts";
import { healthyDeployment } from "../../../../src/lab/deployment/healthy.ts";
import { applyChanges } from "../../../../src/lab/deployment/mutations.ts";
import type { Lab } from "../../../../src/lab/lab.ts";
import { startLab } from "../../../../src/lab/start.ts";
import type { Entry } from "../../../../src/lab/types.ts";
import type { Config } from "../../../../src/model/config.ts";
import { known, unknown } from "../../../../src/model/observation.ts";
import { claims, scanDirectory, shortLimits } from "./scanning.ts";

const healthy = healthyDeployment({ users: 3 });
let lab: Lab;
let counting: Server;
let connections = 0;

beforeAll(async () => {
  lab = await startLab(healthy);
  counting = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  counting.listen(0, "127.0.0.1");
  await once(counting, "listening");
}, 60_000);
afterEach(() => {
  connections = 0;
});
afterAll(async () => {
  counting.close();
  await lab.close();
});

const second = () => ({ "second.contoso.test:636": `127.0.0.1:${(counting.address() as AddressInfo).port}`, "second.contoso.test:3269": `127.0.0.1:${(counting.address() as AddressInfo).port}` });

test("the first of several servers is dead: the next one is used, for the catalog too", async () => {
  const scanned = await scanDirectory(lab, { only: "contoso", forest: { servers: ["second.contoso.test", contoso.domainController] }, request: { connectTo: { ...lab.connectTo, ...second() } } });
  expect(scanned.targets).toEqual([{ kind: "directory", name: "contoso.test", status: "read", problems: [] }]);
  expect(connections).toBe(2);
});

test("all of several servers are dead: every one is told", async () => {
  const scanned = await scanDirectory(lab, { only: "contoso", forest: { servers: ["second.contoso.test", "third.contoso.test:1636"] }, request: { connectTo: { ...second(), "third.contoso.test:1636": "127.0.0.1:1" } } });
  expect(scanned.targets).toMatchObject([{ status: "not-read", problems: [expect.stringMatching(/second\.contoso\.test.*; .*third\.contoso\.test/)] }]);
  expect(scanned.fact("forest", "users", "contoso.test")).toMatchObject({ state: "unknown", reason: "unreachable" });
});

test("a refused password is not tried on a second server: it would lock the account", async () => {
  const scanned = await scanDirectory(lab, { only: "contoso", password: "Not-This-0ne", forest: { servers: [contoso.domainController, "second.contoso.test"] }, request: { connectTo: { ...lab.connectTo, ...second() } } });
  expect(scanned.fact("forest", "groups", "contoso.test")).toMatchObject({ state: "unknown", reason: "denied" });
  expect(scanned.targets[0]?.problems.join()).not.toContain("Not-This-0ne");
  expect(connections).toBe(0);
});

test("an expired account is told apart from a wrong password", async () => {
  const expired = { kind: "setAttribute", forest: "contoso", dn: `CN=svc-umpreflight,CN=Users,${contoso.rootDn}`, name: "accountExpires", values: ["116444736000000001"] } as const;
  await lab.update(applyChanges(healthy, [expired]));
  const scanned = await scanDirectory(lab, { only: "contoso" });
  await lab.update(healthy);
  expect(scanned.targets[0]?.problems.join()).toMatch(/cdc1\.contoso\.test:636.*the account has expired/);
  expect(scanned.fact("operator", "exists")).toMatchObject({ state: "unknown", reason: "denied" });
});

test("a server whose certificate comes from elsewhere gets no password", async () => {
  const scanned = await scanDirectory(lab, { only: "contoso", tls: { ca: [readFileSync(lab.files.authorities["fabrikam"] ?? "", "utf8").split("-----END CERTIFICATE-----")[0] + "-----END CERTIFICATE-----\n"] } });
  expect(scanned.targets[0]?.problems.join()).toMatch(/cdc1\.contoso\.test:636 is not trusted/);
  expect(scanned.fact("forest", "trusts", "contoso.test")).toMatchObject({ state: "unknown", reason: "unreachable" });
});

test("one forest is unreachable, the other is read whole", async () => {
  await lab.misbehave({ server: "ldap:fabrikam", how: "refuse" });
  const scanned = await scanDirectory(lab);
  await lab.misbehave({ server: "ldap:fabrikam", how: undefined });
  expect(scanned.targets).toMatchObject([{ name: "contoso.test", status: "read" }, { name: "fabrikam.test", status: "not-read", problems: [expect.stringMatching(/fdc1\.fabrikam\.test:636.*ECONNREFUSED/)] }]);
  expect(scanned.value("lyncDeployment", "pools")).toHaveLength(3);
  expect(scanned.fact("forest", "exchangeOrganization", "fabrikam.test")).toMatchObject({ state: "unknown", reason: "unreachable" });
});

test("a server of another forest is not taken for this one", async () => {
  const scanned = await scanDirectory(lab, { only: "contoso", user: `svc-umpreflight@${fabrikam.realm}`, forest: { servers: [fabrikam.domainController] }, tls: { ca: [readFileSync(lab.files.authorities["fabrikam"] ?? "", "utf8")] } });
  expect(scanned.targets).toMatchObject([{ name: "contoso.test", status: "not-read", problems: [expect.stringContaining("fdc1.fabrikam.test:636 belongs to the forest fabrikam.test, not to contoso.test")] }]);
  expect(scanned.fact("forest", "groups", "contoso.test")).toMatchObject({ state: "unknown", reason: "unsupported" });
});

test("without a global catalog groups are unknown, and what rests on them; the rest is read", async () => {
  await lab.misbehave({ server: "cdc1.contoso.test:3269", how: "refuse" });
  const scanned = await scanDirectory(lab, { only: "contoso" });
  await lab.misbehave({ server: "cdc1.contoso.test:3269", how: undefined });
  expect(scanned.fact("forest", "groups", "contoso.test")).toMatchObject({ state: "unknown", reason: "unreachable" });
  expect(scanned.fact("operator", "effectiveGroups")).toMatchObject({ state: "unknown", reason: "unreachable" });
  expect(scanned.value("operator", "exists")).toBe(true);
  expect(scanned.value("lyncPool", "frontEnds", "lyncpool.contoso.test")).toHaveLength(2);
  expect(scanned.value("lyncDeployment", "exUmContacts")).toHaveLength(4);
  expect(scanned.value("forest", "users", "contoso.test")).toHaveLength(1);
});

test("servers are found by DNS SRV", async () => {
  const config = { dns: { inside: { servers: [`127.0.0.1:${lab.dns.inside.port}`] } }, limits: shortLimits } as unknown as Config;
  const scan = () => scanDirectory(lab, { only: "contoso", forest: { servers: undefined as never }, request: { locate: locateThrough(openViews(config, new AbortController().signal, () => performance.now()).inside, [], () => 0.5) } });
  expect((await scan()).targets).toMatchObject([{ status: "read" }]);
  lab.answerWrongly({ view: "inside", name: "_ldap._tcp.dc._msdcs.contoso.test", how: "servfail" });
  const lost = await scan();
  lab.answerWrongly({ view: "inside", name: "_ldap._tcp.dc._msdcs.contoso.test", how: undefined });
  expect(lost.targets).toMatchObject([{ status: "not-read", problems: [expect.stringContaining("_ldap._tcp.dc._msdcs.contoso.test")] }]);
});

test("a child domain that cannot be read leaves users, groups and contacts unknown, and the root domain read", async () => {
  const child: Entry = { dn: `CN=CHILD,CN=Partitions,${contoso.configurationDn}`, objectClass: ["top", "crossRef"], attributes: { cn: ["CHILD"], nCName: [`DC=child,${contoso.rootDn}`], systemFlags: ["3"], nETBIOSName: ["CHILD"], dnsRoot: ["child.contoso.test"] } };
  await lab.update(applyChanges(healthy, [{ kind: "addEntry", forest: "contoso", entry: child }]));
  const asked: string[] = [];
  const nowhere = await scanDirectory(lab, {
    only: "contoso",
    request: {
      locate: (domain) => {
        asked.push(domain);
        return Promise.resolve(unknown("unreachable", `DNS names no domain controller of ${domain}`));
      },
      operators: [{ account: "CHILD\\ucoperator", forest: contoso.realm, tools: ["ocsumutil"], contactContainers: [] }, { account: "CONTOSO\\ucoperator", forest: contoso.realm, tools: ["ocsumutil"], contactContainers: [`OU=x,DC=child,${contoso.rootDn}`] }],
    },
  });
  const wrong = await scanDirectory(lab, { only: "contoso", request: { locate: () => Promise.resolve(known([{ host: contoso.domainController, port: 636 }], "test")) } });
  await lab.update(healthy);
  expect(asked).toEqual(["child.contoso.test"]); // once, however many ask
  expect(nowhere.users).toHaveLength(5);
  for (const fact of ["users", "groups"]) expect(nowhere.fact("forest", fact, "contoso.test")).toMatchObject({ state: "unknown", reason: "unreachable", detail: expect.stringContaining("child.contoso.test") as unknown });
  expect(nowhere.fact("lyncDeployment", "exUmContacts")).toMatchObject({ state: "unknown", reason: "unreachable" });
  expect(nowhere.fact("operator", "exists", "CHILD\\ucoperator")).toMatchObject({ state: "unknown", reason: "unreachable" });
  expect(nowhere.value("operator", "exists", "CONTOSO\\ucoperator")).toBe(true);
  expect(nowhere.value("operator", "contactRights", "CONTOSO\\ucoperator")).toMatchObject([{ create: "unknown" }]);
  expect(nowhere.value("lyncDeployment", "pools")).toHaveLength(3);
  expect(wrong.fact("forest", "users", "contoso.test")).toMatchObject({ state: "unknown", reason: "unsupported", detail: expect.stringContaining("is no domain controller of child.contoso.test") as unknown });
});

test("StartTLS works too, and a plaintext password is not sent unless that is allowed", async () => {
  const starttls = await scanDirectory(lab, { only: "contoso", forest: { security: "starttls" } });
  expect(starttls.targets).toMatchObject([{ status: "read" }]);
  const plaintext = await scanDirectory(lab, { only: "contoso", forest: { security: "plaintext" } });
  expect(plaintext.targets).toMatchObject([{ status: "not-read", problems: [expect.stringContaining("unencrypted")] }]);
});

test("interrupted in the middle: what was read stands, all else is not collected, and nothing is claimed", async () => {
  const controller = new AbortController();
  const interrupted = await scanDirectory(lab, { only: "fabrikam", signal: controller.signal, onUser: () => controller.abort(), request: { limits: { ...shortLimits, pageSize: 2 } } });
  expect(interrupted.users.length).toBeGreaterThan(0);
  expect(interrupted.fact("forest", "users", "fabrikam.test")).toMatchObject({ state: "unknown", reason: "not-collected" });
  expect(interrupted.value("exchangeOrganization", "dialPlans")).toHaveLength(3);
  const atOnce = new AbortController();
  atOnce.abort();
  const nothing = await scanDirectory(lab, { only: "contoso", signal: atOnce.signal });
  expect(nothing.targets).toMatchObject([{ status: "not-read" }]);
  expect(claims(nothing, ["forest", "operator"])).toEqual([]);
});

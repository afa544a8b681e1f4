import { expect, test } from "vitest";
import { chooseServers, orderSrvRecords, srvNames } from "../../../src/collect/ldap/locate.ts";
import { randomNumbers } from "../../random-numbers.ts";

const record = (target: string, priority = 0, weight = 100, port = 389): { readonly priority: number; readonly weight: number; readonly port: number; readonly target: string } => ({ target, priority, weight, port });

test("names to ask for", () => {
  expect(srvNames("domainController", "contoso.test")).toEqual(["_ldap._tcp.dc._msdcs.contoso.test"]);
  expect(srvNames("globalCatalog", "contoso.test", "Paris")).toEqual(["_ldap._tcp.Paris._sites.gc._msdcs.contoso.test", "_ldap._tcp.gc._msdcs.contoso.test"]);
});

test("lower priority numbers come first, whatever the weight", () => {
  const records = [record("c", 10, 65_535), record("a", 0, 0), record("b", 5, 1)];
  for (const random of [() => 0, () => 0.5, () => 0.999999]) {
    expect(orderSrvRecords(records, random).map(({ target }) => target)).toEqual(["a", "b", "c"]);
  }
});

test("within a priority the running sum of weights decides", () => {
  const records = [record("a", 0, 1), record("b", 0, 3), record("zero", 0, 0)];
  expect(orderSrvRecords(records, () => 0)[0]?.target).toBe("zero");
  expect(orderSrvRecords(records, () => 0.2)[0]?.target).toBe("a");
  expect(orderSrvRecords(records, () => 0.999)[0]?.target).toBe("b");
  const random = randomNumbers(6);
  const first = { a: 0, b: 0, zero: 0 };
  for (let round = 0; round < 5000; round += 1) {
    first[(orderSrvRecords(records, random)[0]?.target ?? "zero") as keyof typeof first] += 1;
  }
  expect(first.b / 5000).toBeCloseTo(0.6, 1);
  expect(first.a / 5000).toBeCloseTo(0.2, 1);
});

test("every record comes exactly once", () => {
  const records = Array.from({ length: 40 }, (_, index) => record(`dc${index}`, index % 3, index % 5));
  expect(orderSrvRecords(records, randomNumbers(7)).map(({ target }) => target).sort()).toEqual(records.map(({ target }) => target).sort());
});

test.each([
  ["domainController", "ldaps", 636],
  ["globalCatalog", "ldaps", 3269],
  ["domainController", "starttls", 389],
  ["globalCatalog", "plaintext", 389],
] as const)("%s over %s uses port %i", (role, security, port) => {
  expect(chooseServers([record("DC1.Contoso.test.")], { role, security, within: "contoso.test", random: () => 0 })).toEqual([{ host: "dc1.contoso.test", port }]);
});

test("repeats are left out; a single dot means that the service is not offered", () => {
  expect(chooseServers([record("a.test."), record("A.test"), record("b.test", 1)], { role: "domainController", security: "ldaps", within: "test", random: () => 0.3 })).toEqual([
    { host: "a.test", port: 636 },
    { host: "b.test", port: 636 },
  ]);
  expect(chooseServers([record(".")], { role: "domainController", security: "ldaps", within: "test", random: () => 0 })).toEqual([]);
  expect(chooseServers([], { role: "domainController", security: "ldaps", within: "test", random: () => 0 })).toEqual([]);
});

test("a flood of records stays bounded", () => {
  const flood = Array.from({ length: 5000 }, (_, index) => record(`dc${index}.test`));
  expect(chooseServers(flood, { role: "domainController", security: "ldaps", within: "test", random: () => 0.5 }).length).toBe(512);
});

test("names outside the forest are left out: DNS can be forged, and the password would go there", () => {
  const choice = { role: "domainController", security: "ldaps", within: "contoso.test", random: () => 0 } as const;
  expect(chooseServers([record("ldap.evil.example"), record("dc1.contoso.test.evil.example"), record("evilcontoso.test"), record("dc1.emea.contoso.test")], choice)).toEqual([{ host: "dc1.emea.contoso.test", port: 636 }]);
});

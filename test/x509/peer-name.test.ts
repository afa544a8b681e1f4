import { expect, test } from "vitest";
import type { Peer } from "../../src/x509/index.ts";
import { dns, email, ip, issue, rootCa, subjectAltName } from "./issue.ts";
import { judge, verdict } from "./verdict.ts";

const root = rootCa();
const V6 = [0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1] as const;

async function named(names: readonly Uint8Array[], peer: Peer, subject = "CN=um.contoso.com"): Promise<string> {
  const leaf = issue({ subject, extensions: names.length === 0 ? [] : [subjectAltName(...names)] }, root);
  return verdict(await judge([leaf], root, { peer }));
}

test.each<readonly [presented: string, wanted: string, matches: boolean]>([
  ["um.contoso.com", "um.contoso.com", true],
  ["UM.Contoso.COM", "um.contoso.com", true],
  ["um.contoso.com", "UM.CONTOSO.COM.", true],
  ["um.contoso.com", "um.contoso.com..", false],
  ["contoso.com", "um.contoso.com", false],
  ["um.contoso.com", "contoso.com", false],
  ["*.contoso.com", "um.contoso.com", true],
  ["*.contoso.com", "contoso.com", false],
  ["*.contoso.com", "a.um.contoso.com", false],
  ["*.contoso.com", ".contoso.com", false],
  ["u*.contoso.com", "um.contoso.com", false],
  ["*m.contoso.com", "um.contoso.com", false],
  ["um.*.com", "um.contoso.com", false],
  ["*", "um", false],
  ["*.*.com", "um.contoso.com", false],
  ["*.contoso.com", "*.contoso.com", false],
  ["xn--mnchen-3ya.example", "münchen.example", true],
  ["xn--mnchen-3ya.example", "XN--MNCHEN-3YA.example", true],
  ["*.example", "münchen.example", true],
  ["xn--*.example", "xn--mnchen-3ya.example", false],
  ["um.contoso.com\0.evil.example", "um.contoso.com", false],
  ["10.0.0.1", "10.0.0.1", false],
  ["um_1.contoso.local", "um_1.contoso.local", true],
])("%s for %s: %s", async (presented, wanted, matches) => {
  const outcome = await named([dns(presented)], { dns: wanted });
  expect(outcome === "ok").toBe(matches);
});

test("addresses match only address entries", async () => {
  expect(await named([ip(10, 0, 0, 1)], { ip: "10.0.0.1" })).toBe("ok");
  expect(await named([ip(10, 0, 0, 1)], { dns: "10.0.0.1" })).toBe("ok");
  expect(await named([dns("10.0.0.1")], { ip: "10.0.0.1" })).toBe("peer-name-mismatch");
  expect(await named([ip(...V6)], { ip: "2001:DB8::1" })).toBe("ok");
  expect(await named([ip(...V6)], { ip: "[2001:db8:0:0:0:0:0:1]" })).toBe("ok");
  expect(await named([ip(...V6)], { ip: "2001:db8::2" })).toBe("peer-name-mismatch");
  expect(await named([ip(10, 0, 0, 1)], { ip: "::ffff:10.0.0.1" })).toBe("peer-name-mismatch");
  expect(await named([ip(10, 0, 0, 1)], { ip: "10.0.0.01" })).toBe("peer-name-invalid");
});

test("mailboxes compare the local part exactly", async () => {
  expect(await named([email("Um@contoso.com")], { email: "Um@CONTOSO.com" })).toBe("ok");
  expect(await named([email("Um@contoso.com")], { email: "um@contoso.com" })).toBe("peer-name-mismatch");
  expect(await named([email("um@contoso.com")], { email: "contoso.com" })).toBe("peer-name-invalid");
});

test("the common name is never used, but a match is mentioned", async () => {
  const leaf = issue({ subject: "CN=um.contoso.com" }, root);
  const result = await judge([leaf], root, { peer: { dns: "um.contoso.com" } });
  expect(verdict(result)).toBe("peer-name-absent");
  expect(result.problems.find(({ code }) => code === "peer-name-absent")?.message).toContain("common name \"um.contoso.com\" would match");
  const other = await judge([leaf], root, { peer: { dns: "lync.contoso.com" } });
  expect(other.problems.find(({ code }) => code === "peer-name-absent")?.message).not.toContain("would match");
});

test.each([{ dns: "" }, { dns: "a b" }, { dns: `${"a".repeat(64)}.com` }, { ip: "um.contoso.com" }] satisfies readonly Peer[])("%o is no peer", async (peer) => {
  expect(await named([dns("um.contoso.com")], peer)).toBe("peer-name-invalid");
});

import { isIP } from "node:net";
import { expect, test } from "vitest";
import { canonicalAddress, formatServer, parseServer, systemServers } from "../../../src/collect/dns/server.ts";

test.each([
  ["192.0.2.1", "192.0.2.1", 53],
  ["192.0.2.1:5353", "192.0.2.1", 5353],
  ["2001:db8::1", "2001:db8::1", 53],
  ["[2001:db8::1]", "2001:db8::1", 53],
  ["[2001:db8::1]:5353", "2001:db8::1", 5353],
  ["fe80::1%eth0", "fe80::1%eth0", 53],
  ["[fe80::1%eth0]:5353", "fe80::1%eth0", 5353],
])("reads %s", (text, address, port) => {
  expect(parseServer(text)).toEqual({ address, port });
});

test.each(["", "dns.contoso.test", "192.0.2.1:0", "192.0.2.1:65536", "192.0.2.1:", "[192.0.2.1]:53", "[::1", "::1]:53", "[]:53", "192.0.2.1:53:53", "1.2.3"])("refuses %j", (text) => {
  expect(parseServer(text)).toBeUndefined();
});

test("writes what it reads", () => {
  expect(["192.0.2.1:53", "[2001:db8::1]:5353"].map((text) => formatServer(parseServer(text) ?? { address: "", port: 0 }))).toEqual(["192.0.2.1:53", "[2001:db8::1]:5353"]);
});

test("the system's servers are addresses with ports", () => {
  for (const { address, port } of systemServers()) {
    expect(isIP(address)).not.toBe(0);
    expect(port).toBeGreaterThan(0);
  }
});

test("one address has one spelling", () => {
  expect(["0:0:0:0:0:0:0:1", "::1", "FE80::1%eth0", "127.0.0.1"].map(canonicalAddress)).toEqual(["::1", "::1", "fe80::1", "127.0.0.1"]);
});

import { expect, test } from "vitest";
import { reverseName, toQueryName } from "../../../src/collect/dns/name.ts";

const label63 = "a".repeat(63);

test.each([
  ["LyncPool.Contoso.Test", "lyncpool.contoso.test"],
  ["lyncpool.contoso.test.", "lyncpool.contoso.test"],
  ["_sip._TLS.contoso.test", "_sip._tls.contoso.test"],
  ["dc1", "dc1"],
  ["pool.münchen.test", "pool.xn--mnchen-3ya.test"],
  ["_sip._tls.Exämple.test", "_sip._tls.xn--exmple-cua.test"],
  ["1.0/25.2.0.192.in-addr.arpa", "1.0/25.2.0.192.in-addr.arpa"],
  [`${label63}.test`, `${label63}.test`],
  [`${label63}.${label63}.${label63}.${"a".repeat(61)}`, `${label63}.${label63}.${label63}.${"a".repeat(61)}`],
])("%s is asked for as %s", (text, name) => {
  expect(toQueryName(text)).toBe(name);
});

test.each([
  ["empty", ""], ["the root", "."], ["an empty label", "a..b"], ["a leading dot", ".a"], ["two trailing dots", "a.."],
  ["a label of 64", `${label63}a.test`], ["254 in all", `${label63}.${label63}.${label63}.${"a".repeat(62)}`],
  ["a space", "a b.test"], ["a URL", "https://a.test"], ["an escape", "a%2eb"], ["a backslash", String.raw`a\.b`], ["NUL", "a\0b"], ["a line feed", "a.test\n"],
  ["an IPv4 address", "10.0.0.1"], ["an IPv6 address", "::1"], ["an address in full-width digits", "１０.0.0.1"],
  ["a slash beside IDNA, where the URL parser would cut", "münchen.a/b"], ["a megabyte", "a.".repeat(500_000)],
])("refuses %s", (_, text) => {
  expect(toQueryName(text)).toBeUndefined();
});

test.each([
  ["192.0.2.10", "10.2.0.192.in-addr.arpa"],
  ["2001:db8::567:89ab", "b.a.9.8.7.6.5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa"],
  ["::", `${"0.".repeat(32)}ip6.arpa`],
  ["::1", `1.${"0.".repeat(31)}ip6.arpa`],
  ["fe80::1%eth0", `1.${"0.".repeat(28)}8.e.f.ip6.arpa`],
  ["::ffff:192.0.2.1", `1.0.2.0.0.0.0.c.f.f.f.f.${"0.".repeat(20)}ip6.arpa`],
  ["1:2:3:4:5:6:7:8", "8.0.0.0.7.0.0.0.6.0.0.0.5.0.0.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.ip6.arpa"],
])("the reverse name of %s", (address, name) => {
  expect(reverseName(address)).toBe(name);
});

test.each(["", "contoso.test", "1.2.3", "1.2.3.4.5", "12345::", "[::1]"])("%s has no reverse name", (address) => {
  expect(reverseName(address)).toBeUndefined();
});

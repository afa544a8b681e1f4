import { expect, test } from "vitest";
import { ipText, parseIp } from "../../src/x509/ip-address.ts";

test.each([
  ["10.0.0.1", "10.0.0.1"],
  ["255.255.255.255", "255.255.255.255"],
  ["::", "::"],
  ["::1", "::1"],
  ["1::", "1::"],
  ["2001:DB8:0:0:0:0:0:1", "2001:db8::1"],
  ["[fe80::1:0:0:1]", "fe80::1:0:0:1"],
  ["1:0:0:2:0:0:0:3", "1:0:0:2::3"],
  ["::ffff:10.0.0.1", "::ffff:a00:1"],
  ["1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"],
  ["0:0:1:2:3:4:5:6", "::1:2:3:4:5:6"],
])("%s is %s", (given, canonical) => {
  const bytes = parseIp(given);
  expect(bytes === undefined ? undefined : ipText(bytes)).toBe(canonical);
});

test.each(["", "10.0.0", "10.0.0.256", "10.0.0.01", "10.0.0.1.", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "::g", ":1:2:3:4:5:6:7", "1:2:3:4:5:6:7::8", "10.0.0.1::", "fe80::1%eth0", "0x10.0.0.1"])("%j is no address", (given) => {
  expect(parseIp(given)).toBeUndefined();
});

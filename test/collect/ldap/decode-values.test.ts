import { expect, test } from "vitest";
import { decodeProxyAddress, fqdnOfNetworkAddress } from "../../../src/collect/ldap/decode-addresses.ts";
import { classifyExchange, decodeSerialNumber, decodeVersionNumber } from "../../../src/collect/ldap/decode-exchange-version.ts";
import { poolGeneration } from "../../../src/collect/ldap/decode-flags.ts";
import { decodeGeneralizedTime } from "../../../src/collect/ldap/decode-time.ts";

test.each([
  ["Version 8.1 (Build 30240.6)", 1912701168, 8, 1, 240, 6, "Exchange2007SP1"],
  ["Version 8.2 (Build 30176.2)", 1912766640, 8, 2, 176, 2, "Exchange2007SP2"],
  ["Version 8.3 (Build 30083.6)", 1912832083, 8, 3, 83, 6, "Exchange2007SP3"],
  ["Version 14.0 (Build 30639.21)", 1937801855, 14, 0, 639, 21, "Exchange2010RTM"],
  ["Version 14.1 (Build 30218.15)", 1937866970, 14, 1, 218, 15, "Exchange2010SP1"],
  ["Version 14.2 (Build 30247.5)", 1937932535, 14, 2, 247, 5, "Exchange2010SP2"],
  ["Version 14.3 (Build 30123.4)", 1937997947, 14, 3, 123, 4, "Exchange2010SP3"],
  ["Version 15.0 (Build 30516.32)", 1941996036, 15, 0, 516, 32, "Exchange2013"],
  ["version 15.0 (build 31497.2: patch 7)", 1941997017, 15, 0, 1497, 2, "Exchange2013"],
  ["Version 15.1 (Build 30225.42)", 1942061281, 15, 1, 225, 42, "Exchange2016"],
  ["Version 15.2 (Build 30221.12)", 1942126813, 15, 2, 221, 12, "Exchange2019"],
] as const)("Exchange version %s", (serial, number, major, minor, build, revision, product) => {
  expect(decodeSerialNumber(serial)).toEqual({ major, minor, build, revision });
  expect(decodeVersionNumber(number)).toEqual({ major, minor, build, revision: 0 });
  expect(classifyExchange({ major, minor })).toBe(product);
});

test("versions at the edges", () => {
  expect(decodeSerialNumber("Version 6.5 (Build 37638.4: Service Pack 2)")).toEqual({ major: 6, minor: 5, build: 37638, revision: 4 });
  expect(decodeSerialNumber("Version 8.0 (Build 10685)")).toEqual({ major: 8, minor: 0, build: 685, revision: 0 });
  expect(decodeSerialNumber("Version 15.0 (Build 847.32)")).toEqual({ major: 15, minor: 0, build: 847, revision: 32 });
  expect(["", "Version 15", "Build 1.2", "Version 999999999.1 (Build 1)", "Version 15.0 (Build 99999999999)"].map(decodeSerialNumber)).toEqual(Array.from({ length: 5 }, () => undefined));
  expect([0, 7226, -1, Number.NaN, 1.5].map(decodeVersionNumber)).toEqual([undefined, undefined, { major: 63, minor: 63, build: 32767, revision: 0 }, undefined, undefined]);
  expect([classifyExchange({ major: 8, minor: 4 }), classifyExchange({ major: 16, minor: 0 })]).toEqual([undefined, undefined]);
});

test.each([
  ["20240131120000.0Z", Date.UTC(2024, 0, 31, 12)],
  ["20240229235959.123Z", Date.UTC(2024, 1, 29, 23, 59, 59, 123)],
  ["20240131120000+0130", Date.UTC(2024, 0, 31, 10, 30)],
  ["2024013112Z", Date.UTC(2024, 0, 31, 12)],
  ["2024013112.5Z", Date.UTC(2024, 0, 31, 12, 30)],
  ["00010101000000Z", -62135596800000],
])("generalized time %s", (text, epochMs) => {
  expect(decodeGeneralizedTime(text)).toBe(epochMs);
});

test.each(["", "20240131120000", "20240230120000Z", "20241301120000Z", "20240131250000Z", "20240131126000Z", "20240131120000.Z", "never", "20240131120000Z "])("no generalized time: %s", (text) => {
  expect(decodeGeneralizedTime(text)).toBeUndefined();
});

test("generations of pools", () => {
  expect([0x60000, 0x50000, 5, 0x10000, 0].map(poolGeneration)).toEqual([6, 5, 5, 1, 0]);
});

test("proxy addresses", () => {
  expect(decodeProxyAddress("EUM:anna@contoso.test;phone-context=HQ.contoso.test")).toEqual({ type: "eum", primary: true, address: "anna@contoso.test;phone-context=HQ.contoso.test" });
  expect(decodeProxyAddress("smtp:a@b")).toEqual({ type: "smtp", primary: false, address: "a@b" });
  expect(decodeProxyAddress("Eum:1")).toMatchObject({ primary: false });
  expect(["", ":a", "no prefix", "a b:c", `${"x".repeat(30)}:y`].map(decodeProxyAddress)).toEqual(Array.from({ length: 5 }, () => undefined));
});

test("network addresses", () => {
  expect(fqdnOfNetworkAddress(["ncacn_vns_spp:EX1", "netbios:EX1", "ncacn_ip_tcp:EX1.Fabrikam.test"])).toBe("ex1.fabrikam.test");
  expect([fqdnOfNetworkAddress([]), fqdnOfNetworkAddress(["netbios:EX1"]), fqdnOfNetworkAddress(["ncacn_ip_tcp:a", "ncacn_ip_tcp:b"])]).toEqual([undefined, undefined, undefined]);
});

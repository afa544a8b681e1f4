import { describe, expect, it } from "vitest";
import { isAllowedAddress } from "../../../src/collect/revocation/allowed-address.ts";
import { inOrderOfTrial, sourceAddress } from "../../../src/collect/revocation/source-address.ts";

describe("addresses of this machine, this link or many machines are not asked", () => {
  it.each(["0.0.0.0", "0.1.2.3", "127.0.0.1", "127.255.0.9", "169.254.169.254", "224.0.0.1", "239.1.2.3", "255.255.255.255", "240.0.0.1", "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:169.254.1.1", "fe80::1", "fe80::1%eth0", "ff02::1", "64:ff9b::7f00:1", "2002:7f00:1::", "pki.test", ""])("%s", (address) => {
    expect(isAllowedAddress(address, false)).toBe(false);
  });
  it.each(["10.0.0.1", "192.168.1.1", "172.16.0.9", "8.8.8.8", "fd00::1", "2001:db8::1", "::ffff:10.0.0.1"])("but %s is", (address) => {
    expect(isAllowedAddress(address, false)).toBe(true);
  });
  it.each([["127.0.0.1", true], ["::1", true], ["::ffff:127.0.0.1", true], ["169.254.1.1", false], ["0.0.0.0", false], ["::", false]])("a lab may allow loopback and no more: %s", (address, allowed) => {
    expect(isAllowedAddress(address, true)).toBe(allowed);
  });
});

const cdp = "CN=CA,CN=srv,CN=CDP,CN=Public Key Services,CN=Services,CN=Configuration,DC=contoso,DC=test";

describe("addresses in certificates", () => {
  it("of AD CS name an object and an attribute", () => {
    const url = `ldap:///${encodeURI(cdp)}?certificateRevocationList?base?objectClass=cRLDistributionPoint`;
    expect(sourceAddress(url)).toEqual({ scheme: "ldap", host: undefined, dn: cdp, attribute: "certificateRevocationList" });
    expect(sourceAddress(url.replace("ldap:///", "ldap://DC1.contoso.test/").replace("List?", "List;binary?"))).toMatchObject({ scheme: "ldap", host: "dc1.contoso.test", attribute: "certificateRevocationList" });
    expect(sourceAddress(`ldap:///${cdp}?deltaRevocationList`)).toMatchObject({ scheme: "ldap", dn: cdp, attribute: "deltaRevocationList" });
  });
  it.each([
    ["file:///etc/passwd", "scheme file:"],
    ["ftp://pki.test/ca.crl", "scheme ftp:"],
    ["//pki.test/ca.crl", "no address"],
    ["http://user:secret@pki.test/ca.crl", "credentials"],
    ["http://user@pki.test/ca.crl", "credentials"],
    [`ldap:///${cdp}?userPassword?base`, "userPassword"],
    [`ldap:///${cdp}`, "(none)"],
    [`ldap:///${cdp}?cACertificate?sub`, "scope base"],
    ["ldap:///?cACertificate?base", "no object"],
    ["ldap:///%E0%A4%A?cACertificate?base", "encoded"],
    [`http://pki.test/${"a".repeat(5000)}`, "longer"],
  ])("that are not followed: %s", (url, why) => {
    const address = sourceAddress(url);
    expect(address.scheme).toBe("unusable");
    expect(address.scheme === "unusable" ? address.why : "").toContain(why);
  });
  it("are tried http first, then a named directory, then that of whoever asks", () => {
    const [here, named] = [`ldap:///${cdp}?certificateRevocationList`, `ldap://dc1/${cdp}?certificateRevocationList`];
    expect(inOrderOfTrial([here, "ftp://a/", "http://a/", named, "https://b/", "http://a/"])).toEqual(["http://a/", "https://b/", named, here, "ftp://a/"]);
  });
});

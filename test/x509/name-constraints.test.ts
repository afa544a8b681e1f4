import { expect, test } from "vitest";
import { raw, seq, text, tlv } from "./der-writer.ts";
import { directory, dns, email, ip, issue, nameConstraints, otherName, rootCa, server, subCa, subjectAltName, uri, type ExtensionSpec } from "./issue.ts";
import { judge, verdict } from "./verdict.ts";

interface Case {
  readonly title: string;
  readonly permitted?: readonly Uint8Array[];
  readonly excluded?: readonly Uint8Array[];
  readonly names: readonly Uint8Array[];
  readonly subject?: string;
  readonly want: string;
}

const V4 = (...bytes: readonly number[]): Buffer => ip(...bytes);
const NOT = "name-not-permitted";
const OUT = "name-excluded";
const BAD = "name-malformed";
const BASE = "name-constraint-malformed";

// Directory names follow PKITS 4.13.1-20, mail 4.13.21-26, DNS 4.13.30-33, URIs 4.13.34-37.
const CASES: readonly Case[] = [
  { title: "permitted directory name", permitted: [directory("C=US,O=Contoso")], subject: "C=US,O=Contoso,CN=x", names: [], want: "ok" },
  { title: "directory name outside", permitted: [directory("C=US,O=Contoso")], subject: "C=US,O=Fabrikam,CN=x", names: [], want: NOT },
  { title: "directory name compares canonically", permitted: [directory("C=US,O=CONTOSO  ltd")], subject: "C=us,O=contoso Ltd,CN=x", names: [], want: "ok" },
  { title: "excluded directory name", excluded: [directory("C=US,O=Contoso")], subject: "C=US,O=Contoso,CN=x", names: [], want: OUT },
  { title: "base longer than the name", permitted: [directory("C=US,O=Contoso,OU=UM")], subject: "C=US,O=Contoso", names: [], want: NOT },
  { title: "directory name among the alternative names", permitted: [directory("C=US")], subject: "C=US,CN=x", names: [directory("C=DE")], want: NOT },
  { title: "an empty subject is no name", permitted: [directory("C=US")], subject: "", names: [dns("a.example")], want: "ok" },
  { title: "DNS name itself", permitted: [dns("contoso.com")], names: [dns("contoso.com")], want: "ok" },
  { title: "DNS subdomain, other case", permitted: [dns("Contoso.com")], names: [dns("a.b.CONTOSO.com")], want: "ok" },
  { title: "DNS suffix without label border", permitted: [dns("contoso.com")], names: [dns("mycontoso.com")], want: NOT },
  { title: "excluded DNS subdomain", excluded: [dns("contoso.com")], names: [dns("um.contoso.com")], want: OUT },
  { title: "one good and one bad name", permitted: [dns("contoso.com")], names: [dns("um.contoso.com"), dns("um.fabrikam.com")], want: NOT },
  { title: "empty DNS base excludes every DNS name", excluded: [dns("")], names: [dns("um.contoso.com")], want: OUT },
  { title: "excluded wins over permitted", permitted: [dns("contoso.com")], excluded: [dns("um.contoso.com")], names: [dns("um.contoso.com")], want: OUT },
  { title: "wildcard inside the permitted tree", permitted: [dns("contoso.com")], names: [dns("*.contoso.com")], want: "ok" },
  { title: "wildcard wider than the permitted tree", permitted: [dns("um.contoso.com")], names: [dns("*.contoso.com")], want: NOT },
  { title: "wildcard that covers an excluded name", excluded: [dns("um.contoso.com")], names: [dns("*.contoso.com")], want: OUT },
  { title: "wildcard beside an excluded deeper name", excluded: [dns("a.um.contoso.com")], names: [dns("*.contoso.com")], want: "ok" },
  { title: "DNS name with a space", permitted: [dns("contoso.com")], names: [dns("a b.contoso.com")], want: BAD },
  { title: "wildcard in the middle", permitted: [dns("contoso.com")], names: [dns("a*.contoso.com")], want: BAD },
  { title: "DNS base with leading dot", permitted: [dns(".contoso.com")], names: [dns("um.contoso.com")], want: `${BASE} ${NOT}` },
  { title: "DNS base with wildcard", permitted: [dns("*.contoso.com")], names: [dns("um.contoso.com")], want: "malformed-extension" },
  { title: "IPv4 inside", permitted: [V4(10, 1, 0, 0, 255, 255, 0, 0)], names: [V4(10, 1, 2, 3)], want: "ok" },
  { title: "IPv4 outside", permitted: [V4(10, 1, 0, 0, 255, 255, 0, 0)], names: [V4(10, 2, 2, 3)], want: NOT },
  { title: "IPv4 base against an IPv6 name", permitted: [V4(10, 0, 0, 0, 255, 0, 0, 0)], names: [ip(...Array.from({ length: 16 }, () => 0))], want: NOT },
  { title: "IPv4 excluded", excluded: [V4(10, 0, 0, 0, 255, 0, 0, 0)], names: [V4(10, 2, 2, 3)], want: OUT },
  { title: "IP mask with gaps", permitted: [V4(10, 0, 0, 0, 255, 0, 255, 0)], names: [V4(10, 0, 0, 1)], want: "malformed-extension" },
  { title: "IP base of four bytes", permitted: [V4(10, 0, 0, 1)], names: [V4(10, 0, 0, 1)], want: "malformed-extension" },
  { title: "mail host", permitted: [email("contoso.com")], names: [email("um@contoso.com")], want: "ok" },
  { title: "mail host is not its subdomains", permitted: [email("contoso.com")], names: [email("um@mail.contoso.com")], want: NOT },
  { title: "mail subdomains", permitted: [email(".contoso.com")], names: [email("um@mail.contoso.com")], want: "ok" },
  { title: "mail subdomains are not the host", permitted: [email(".contoso.com")], names: [email("um@contoso.com")], want: NOT },
  { title: "one mailbox", permitted: [email("um@contoso.com")], names: [email("um@CONTOSO.com")], want: "ok" },
  { title: "another mailbox", permitted: [email("um@contoso.com")], names: [email("UM@contoso.com")], want: NOT },
  { title: "excluded mailbox in another case", excluded: [email("um@contoso.com")], names: [email("UM@contoso.com")], want: OUT },
  { title: "mail attribute of the subject", permitted: [email("contoso.com")], subject: "CN=x,E=um@fabrikam.com", names: [], want: NOT },
  { title: "mail without host", permitted: [email("contoso.com")], names: [email("um")], want: BAD },
  { title: "URI host", permitted: [uri("um.contoso.com")], names: [uri("https://um.contoso.com:443/a?b")], want: "ok" },
  { title: "URI host below", permitted: [uri(".contoso.com")], names: [uri("sip://user@um.contoso.com/")], want: "ok" },
  { title: "URI host is exact", permitted: [uri("contoso.com")], names: [uri("https://um.contoso.com/")], want: NOT },
  { title: "URI user part does not fool", permitted: [uri("um.contoso.com")], names: [uri("https://um.contoso.com@evil.example/")], want: NOT },
  { title: "URI without host", permitted: [uri("contoso.com")], names: [uri("sip:um@contoso.com")], want: BAD },
  { title: "URI with an address", excluded: [uri("contoso.com")], names: [uri("https://10.0.0.1/")], want: BAD },
  { title: "names of free types are free", permitted: [dns("contoso.com")], names: [ip(10, 0, 0, 1), uri("sip:x"), otherName()], want: "ok" },
  { title: "other names under a constraint", excluded: [otherName()], names: [otherName()], want: "name-constraint-unsupported" },
  { title: "constraint on other names without such a name", excluded: [otherName()], names: [dns("um.contoso.com")], want: "ok" },
];

test.each(CASES)("$title", async ({ permitted = [], excluded, names, subject = "CN=x", want }) => {
  const root = rootCa();
  const ca = subCa(root, "CN=CA", [nameConstraints(permitted, excluded)]);
  const leaf = issue({ subject, extensions: names.length === 0 ? [] : [subjectAltName(...names)] }, ca);
  expect(verdict(await judge([leaf, ca], root))).toBe(want);
});

const constrained = (extension: ExtensionSpec, ...names: readonly Uint8Array[]): Promise<string> => {
  const root = rootCa();
  const ca = subCa(root, "CN=CA", [extension]);
  return judge([server(ca, [subjectAltName(...names)]), ca], root).then(verdict);
};

test.each([
  ["a minimum", seq(tlv(0xa0, seq(dns("contoso.com"), tlv(0x80, raw(1)))))],
  ["a maximum", seq(tlv(0xa0, seq(dns("contoso.com"), tlv(0x81, raw(9)))))],
  ["nothing in it", seq()],
  ["an empty permitted list", seq(tlv(0xa0))],
  ["trailing data", seq(tlv(0xa0, seq(dns("contoso.com"))), text(0x0c, "x"))],
])("constraints with %s are malformed", async (_, value) => {
  expect(await constrained({ oid: "2.5.29.30", critical: true, value }, dns("um.contoso.com"))).toBe("malformed-extension");
});

test("an explicit minimum of zero is harmless", async () => {
  expect(await constrained({ oid: "2.5.29.30", critical: true, value: seq(tlv(0xa0, seq(dns("contoso.com"), tlv(0x80, raw(0))))) }, dns("um.contoso.com"))).toBe("ok");
});

test("permitted names of several CAs intersect and cannot be widened", async () => {
  const root = rootCa("CN=Root", [nameConstraints([dns("contoso.com")])]);
  const ca = subCa(root, "CN=CA", [nameConstraints([dns("um.contoso.com"), dns("fabrikam.com")])]);
  const of = (name: string): Promise<string> => judge([server(ca, [subjectAltName(dns(name))]), ca], root).then(verdict);
  expect(await of("a.um.contoso.com")).toBe("ok");
  expect(await of("www.contoso.com")).toBe(NOT);
  expect(await of("fabrikam.com")).toBe(NOT);
});

test("4.13.19 a self-issued CA certificate is exempt, a self-issued leaf is not", async () => {
  const root = rootCa();
  const ca = subCa(root, "O=Other", [nameConstraints([directory("O=Contoso")])]);
  const renewed = subCa(ca, "O=Other");
  expect(verdict(await judge([issue({ subject: "O=Contoso,CN=x" }, renewed), renewed, ca], root))).toBe("ok");
  expect(verdict(await judge([issue({ subject: "O=Other" }, ca), ca], root))).toBe(NOT);
});

test("a CA in between must keep the constraints too", async () => {
  const root = rootCa();
  const top = subCa(root, "CN=Top", [nameConstraints([directory("O=Contoso")])]);
  const below = subCa(top, "O=Fabrikam");
  expect(verdict(await judge([issue({ subject: "O=Contoso" }, below), below, top], root))).toBe(NOT);
});

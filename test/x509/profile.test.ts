import { expect, test } from "vitest";
import { generalizedTime, octets, raw, seq, time, tlv } from "./der-writer.ts";
import {
  ANY_PURPOSE, basicConstraints, days, dns, extendedKeyUsage, issue, keyUsage, nameConstraints, policyConstraints, policies, rootCa, SERVER_AUTH, subCa, subjectAltName,
  type CertificateSpec, type ExtensionSpec, type Issued,
} from "./issue.ts";
import { judge, verdict } from "./verdict.ts";

const AKI: ExtensionSpec = { oid: "2.5.29.35", value: seq(tlv(0x80, raw(1, 2, 3))) };
const SKI: ExtensionSpec = { oid: "2.5.29.14", value: octets(raw(1, 2, 3)) };
const EKU = extendedKeyUsage(SERVER_AUTH);
const SAN = subjectAltName(dns("um.contoso.com"));
const USAGE = keyUsage(0);
const SUBJECT = "CN=um.contoso.com";

interface Case {
  readonly title: string;
  readonly code: string;
  readonly leaf?: Partial<CertificateSpec>;
  readonly ca?: readonly ExtensionSpec[];
}

const caSet = [basicConstraints(true), keyUsage(5, 6), SKI, AKI] as const;
const LEAF = [SAN, EKU, USAGE, AKI] as const;

async function codes({ leaf = {}, ca = caSet }: Case, profile: "private-pki" | "public-web"): Promise<readonly [string, readonly string[]]> {
  const root: Issued = rootCa("CN=Root", [SKI]);
  const issuing = subCa(root, "CN=CA", [], { extensions: ca });
  const certificate = issue({ subject: SUBJECT, notAfter: days(60), extensions: LEAF, ...leaf }, issuing);
  const result = await judge([certificate, issuing], root, { profile });
  return [verdict(result), result.problems.filter(({ severity }) => severity === "warn").map(({ code }) => code)];
}

test("a clean path has nothing to say in either profile", async () => {
  const clean = { title: "", code: "" };
  expect(await codes(clean, "private-pki")).toEqual(["ok", []]);
  expect(await codes(clean, "public-web")).toEqual(["ok", []]);
});

const SHAPES: readonly Case[] = [
  { title: "serial number zero", code: "serial-number", leaf: { serial: 0 } },
  { title: "serial number of 21 octets", code: "serial-number", leaf: { serial: 1n << 163n } },
  { title: "no authority key identifier", code: "authority-key-id", leaf: { extensions: [SAN, EKU, USAGE] } },
  { title: "CA without subject key identifier", code: "subject-key-id", ca: [basicConstraints(true), keyUsage(5), AKI] },
  { title: "critical authority key identifier", code: "extension-criticality", leaf: { extensions: [SAN, EKU, USAGE, { ...AKI, critical: true }] } },
  { title: "basic constraints not critical", code: "extension-criticality", ca: [basicConstraints(true, undefined, false), keyUsage(5), SKI, AKI] },
  { title: "policy constraints not critical", code: "extension-criticality", ca: [...caSet, { ...policyConstraints(9), critical: false }], leaf: { extensions: [...LEAF, policies("1.2.3")] } },
  { title: "empty subject, names not critical", code: "extension-criticality", leaf: { subject: "" } },
  { title: "underscore in a DNS name", code: "dns-name-shape", leaf: { subject: "", extensions: [{ ...subjectAltName(dns("um_1.contoso.com")), critical: true }, EKU, USAGE, AKI] } },
  { title: "keyCertSign without CA flag", code: "cert-sign-without-ca", leaf: { extensions: [SAN, EKU, keyUsage(0, 5), AKI] } },
  { title: "path length without CA flag", code: "path-length-without-ca", leaf: { extensions: [...LEAF, basicConstraints(false, 1)] } },
  { title: "name constraints in the leaf", code: "name-constraints-in-leaf", leaf: { extensions: [...LEAF, nameConstraints([dns("contoso.com")])] } },
  { title: "GeneralizedTime before 2050", code: "time-encoding", leaf: { validity: seq(generalizedTime(days(-1)), time(days(60))) } },
  { title: "leaf is a CA certificate", code: "leaf-is-ca", leaf: { extensions: [...LEAF, basicConstraints(true), SKI] } },
  { title: "CA without key usage", code: "key-usage-absent", ca: [basicConstraints(true), SKI, AKI] },
];

test.each(SHAPES)("warned of in a private PKI, failed on the public web: $title", async (spec) => {
  const [verdictPrivate, warnings] = await codes(spec, "private-pki");
  expect(verdictPrivate).toBe("ok");
  expect(warnings).toContain(spec.code);
  expect((await codes(spec, "public-web"))[0]).toBe(spec.code);
});

const PUBLIC_ONLY: readonly Case[] = [
  { title: "common name not repeated", code: "common-name-not-in-san", leaf: { subject: "CN=other.contoso.com" } },
  { title: "common name in another case", code: "common-name-not-in-san", leaf: { subject: "CN=UM.contoso.com" } },
  { title: "no extended key usage", code: "extended-key-usage-shape", leaf: { extensions: [SAN, USAGE, AKI] } },
  { title: "any purpose", code: "extended-key-usage-shape", leaf: { extensions: [SAN, extendedKeyUsage(SERVER_AUTH, ANY_PURPOSE), USAGE, AKI] } },
  { title: "valid for 400 days", code: "validity-too-long", leaf: { notBefore: days(-1), notAfter: days(399) } },
  { title: "wildcard for a top-level domain", code: "wildcard-too-broad", leaf: { subject: "", extensions: [{ ...subjectAltName(dns("*.com")), critical: true }, EKU, USAGE, AKI] } },
  { title: "no alternative name", code: "common-name-not-in-san san-missing", leaf: { extensions: [EKU, USAGE, AKI] } },
  { title: "critical alternative name beside a subject", code: "extension-criticality", leaf: { extensions: [{ ...SAN, critical: true }, EKU, USAGE, AKI] } },
];

test.each(PUBLIC_ONLY)("public web only: $title", async (spec) => {
  expect((await codes(spec, "private-pki"))[0]).toBe("ok");
  expect((await codes(spec, "public-web"))[0]).toBe(spec.code);
});

test("name constraints that are not critical only warn, and still bind", async () => {
  const ca = [...caSet, { ...nameConstraints([dns("fabrikam.com")]), critical: false }];
  expect((await codes({ title: "", code: "", ca }, "private-pki"))[0]).toBe("name-not-permitted");
});

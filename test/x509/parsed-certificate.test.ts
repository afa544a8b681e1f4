import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { parseCertificate, type ParsedCertificate } from "../../src/x509/index.ts";
import { octets, oid, raw, seq, tlv } from "./der-writer.ts";
import { basicConstraints, CLIENT_AUTH, crlPoints, days, directory, dns, email, extendedKeyUsage, ip, issue, keyUsage, newKey, otherName, policies, rootCa, SERVER_AUTH, subjectAltName, uri } from "./issue.ts";

function facts(der: Uint8Array): ParsedCertificate {
  const parsed = parseCertificate(der);
  if ("problem" in parsed) throw new Error(parsed.problem);
  return parsed;
}

test("all facts of a full certificate", () => {
  const root = rootCa("C=US,O=Contoso,CN=Contoso Root");
  const { der } = issue(
    {
      subject: "O=Contoso,CN=um.contoso.com,CN=second",
      serial: 0xabcd,
      notBefore: days(-10),
      notAfter: days(10),
      extensions: [
        subjectAltName(dns("um.contoso.com"), dns("*.contoso.com"), ip(10, 0, 0, 1), ip(0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1), email("um@contoso.com"), uri("sip:um@contoso.com"), otherName(), directory("CN=x")),
        basicConstraints(true, 3),
        keyUsage(0, 2),
        extendedKeyUsage(SERVER_AUTH, CLIENT_AUTH),
        policies("1.2.3.4"),
        { oid: "2.5.29.14", value: octets(raw(0xca, 0xfe)) },
        { oid: "2.5.29.35", value: seq(tlv(0x80, raw(0xbe, 0xef))) },
        { oid: "1.3.6.1.5.5.7.1.1", value: seq(seq(oid("1.3.6.1.5.5.7.48.2"), uri("http://pki/ca.crt")), seq(oid("1.3.6.1.5.5.7.48.1"), uri("http://ocsp/"))) },
        crlPoints({ names: [uri("ldap:///CN=CA?certificateRevocationList"), uri("http://pki/ca.crl")] }),
        { ...crlPoints({ names: [uri("http://pki/ca+.crl")] }), oid: "2.5.29.46" },
      ],
    },
    root,
  );
  const parsed = facts(der);
  expect(parsed).toMatchObject({
    version: 3,
    subject: { text: "CN=second,CN=um.contoso.com,O=Contoso", commonNames: ["um.contoso.com", "second"] },
    issuer: { text: "CN=Contoso Root,O=Contoso,C=US", commonNames: ["Contoso Root"] },
    serial: "00ABCD",
    notBefore: days(-10),
    notAfter: days(10),
    subjectAltName: { dns: ["um.contoso.com", "*.contoso.com"], ip: ["10.0.0.1", "2001:db8::1"], email: ["um@contoso.com"], uri: ["sip:um@contoso.com"], otherCount: 2 },
    basicConstraints: { ca: true, pathLength: 3 },
    keyUsage: ["digitalSignature", "keyEncipherment"],
    extendedKeyUsage: [SERVER_AUTH, CLIENT_AUTH],
    publicKey: { type: "ec", bits: 256, curve: "P-256" },
    signatureAlgorithm: { oid: "1.2.840.10045.4.3.2", name: "ecdsa-with-SHA256", hash: "sha256" },
    caIssuersUrls: ["http://pki/ca.crt"],
    ocspUrls: ["http://ocsp/"],
    crlUrls: ["ldap:///CN=CA?certificateRevocationList", "http://pki/ca.crl"],
    freshestCrlUrls: ["http://pki/ca+.crl"],
    policies: ["1.2.3.4"],
    subjectKeyId: "CAFE",
    authorityKeyId: "BEEF",
    isSelfIssued: false,
    selfSigned: false,
    malformedExtensions: [],
  });
  expect(parsed.sha1).toBe(createHash("sha1").update(der).digest("hex").toUpperCase());
  expect(parsed.sha256).toBe(createHash("sha256").update(der).digest("hex").toUpperCase());
});

test("absent extensions are absent", () => {
  const parsed = facts(issue({ subject: "CN=x" }).der);
  for (const field of ["subjectAltName", "basicConstraints", "keyUsage", "extendedKeyUsage", "policies", "subjectKeyId", "authorityKeyId"]) expect(parsed).not.toHaveProperty(field);
});

test("self-signed needs the own key, self-issued only the name", () => {
  const root = rootCa("CN=Root");
  expect(facts(root.der)).toMatchObject({ isSelfIssued: true, selfSigned: true });
  expect(facts(issue({ subject: "CN=Root", key: newKey() }, root).der)).toMatchObject({ isSelfIssued: true, selfSigned: false });
});

test("names are escaped as in RFC 4514", () => {
  const text = (value: string): string => facts(issue({ subject: [["CN", value]] }).der).subject.text;
  expect(text("a,b+c\"d\\e<f>g;h=i")).toBe(String.raw`CN=a\,b\+c\"d\\e\<f\>g\;h\=i`);
  expect(text("#x ")).toBe(String.raw`CN=\#x\ `);
  expect(text("a\u0000b")).toBe(String.raw`CN=a\00b`);
  expect(facts(issue({ subject: [["1.2.3", "x"], ["2.5.4.6", "US", 0x13]] }).der).subject.text).toBe("C=US,1.2.3=x");
});

test("a malformed extension is named and the rest still read", () => {
  const parsed = facts(issue({ subject: "CN=x", extensions: [{ oid: "2.5.29.17", value: raw(0x30, 5) }, basicConstraints(true)] }).der);
  expect(parsed.malformedExtensions).toEqual([expect.objectContaining({ oid: "2.5.29.17" })]);
  expect(parsed).not.toHaveProperty("subjectAltName");
  expect(parsed.basicConstraints).toEqual({ ca: true });
});

test("the first block of a PEM text is read", () => {
  const { der } = rootCa();
  expect(facts(Buffer.from(`junk\n-----BEGIN CERTIFICATE-----\n${der.toString("base64")}\n-----END CERTIFICATE-----\n`)).der).toEqual(der);
});

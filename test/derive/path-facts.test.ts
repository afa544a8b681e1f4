import { describe, expect, it } from "vitest";
import { describeCertificates } from "../../src/collect/tls/certificate-record.ts";
import { derivePaths } from "../../src/derive/path-facts.ts";
import { openSslComparison } from "../../src/derive/second-opinion.ts";
import { derivedWorld } from "../../src/derive/world.ts";
import type { RecordValue } from "../../src/model/kinds.ts";
import { dns, nameConstraints, NOW, rootCa, server, subCa, type Issued } from "../x509/issue.ts";
import { missing, subject, worldOf } from "./world-of.ts";

const root = rootCa();
const ca = subCa(root, "CN=Issuing");
const leaf = server(ca);
const leafSubject = "O=Contoso,CN=um.contoso.com";

function records(...certificates: readonly Issued[]): readonly RecordValue<"Certificate">[] {
  const described = describeCertificates(certificates.map(({ der }) => der), "test");
  if (described.state !== "known") throw new Error("fixture");
  return described.value;
}

const fetchedFrom = (certificate: Issued): RecordValue<"FetchedCertificate"> => {
  const [{ subject: name, issuer } = { subject: "", issuer: "" }] = records(certificate);
  return { subject: name, issuer, url: "http://pki.test/ca.cer", der: certificate.der.toString("base64") };
};

async function derived(given: { readonly chain: readonly Issued[]; readonly anchors?: readonly Issued[]; readonly fetched?: readonly Issued[] | typeof missing; readonly openssl?: string }) {
  const { chain, anchors = [root], fetched = [], openssl } = given;
  const fetchedIssuers = fetched === missing ? missing : fetched.map(fetchedFrom);
  const world = derivedWorld(
    worldOf(
      subject("endpoint", "um1", { side: "exchange", chain: records(...chain), fetchedIssuers, ...(openssl === undefined ? {} : { opensslVerdict: openssl }) }),
      subject("trustAnchorSet", "lync", { certificates: records(...anchors) }),
    ),
    ["endpoint", "trustAnchorSet"],
  );
  await derivePaths(world, NOW);
  const facts = world.get("endpoint", "um1")?.facts ?? {};
  return (fact: string): unknown => {
    const observation = facts[fact];
    return observation?.state === "known" ? observation.value : observation?.state === "unknown" ? `?${observation.reason}` : observation?.state;
  };
}

describe("a path that was tried", () => {
  it("is the path where it is valid", async () => {
    const of = await derived({ chain: [leaf, ca] });
    const path = [leafSubject, "CN=Issuing", "CN=Root"];
    expect(of("serverPath")).toMatchObject({ ok: true, path, tried: path });
    expect(of("serverPath")).not.toHaveProperty("failedAt");
    expect(of("clientPath")).toMatchObject({ ok: true, purpose: "clientAuth" });
  });
  it("ends where no certificate is at hand", async () => {
    const of = await derived({ chain: [leaf] });
    expect(of("serverPath")).toMatchObject({ ok: false, path: [], tried: [leafSubject], failedAt: leafSubject, problems: expect.arrayContaining([expect.objectContaining({ code: "no-trusted-issuer" })]) });
  });
  it("names the certificate at which it fails", async () => {
    const narrow = subCa(root, "CN=Narrow", [nameConstraints([dns("other.test")])]);
    const of = await derived({ chain: [server(narrow), narrow] });
    expect(of("serverPath")).toMatchObject({ ok: false, path: [], tried: [leafSubject, "CN=Narrow", "CN=Root"], failedAt: leafSubject, problems: expect.arrayContaining([expect.objectContaining({ code: "name-not-permitted", severity: "fail" })]) });
    const old = subCa(root, "CN=Old", [], { notAfter: new Date("2026-01-01T00:00:00Z") });
    expect((await derived({ chain: [server(old), old] }))("serverPath")).toMatchObject({ tried: [leafSubject, "CN=Old", "CN=Root"], failedAt: "CN=Old" });
  });
  it("does not go round in circles", async () => {
    const a = subCa(root, "CN=A");
    const b = subCa(a, "CN=B");
    const back = subCa(b, "CN=A", [], { key: a.key });
    const of = await derived({ chain: [server(b), b, back], anchors: [] });
    expect(of("serverPath")).toMatchObject({ ok: false, tried: [leafSubject, "CN=B", "CN=A"] });
  });
});

describe("the path with issuers that were fetched", () => {
  it("is sound where the missing one could be fetched, and the path as sent is not", async () => {
    const of = await derived({ chain: [leaf], fetched: [ca] });
    expect(of("serverPath")).toMatchObject({ ok: false });
    expect(of("serverPathWithFetched")).toMatchObject({ ok: true, path: [leafSubject, "CN=Issuing", "CN=Root"], judgedBy: "lync" });
  });
  it("is the path as sent where that is sound, or nothing was fetched", async () => {
    const sound = await derived({ chain: [leaf, ca], fetched: missing });
    expect(sound("serverPathWithFetched")).toEqual(sound("serverPath"));
    const bare = await derived({ chain: [leaf] });
    expect(bare("serverPathWithFetched")).toEqual(bare("serverPath"));
  });
  it("is unknown where fetching failed", async () => {
    expect((await derived({ chain: [leaf], fetched: missing }))("serverPathWithFetched")).toBe("?timeout");
  });
});

describe("OpenSSL's verdict", () => {
  it("is compared with ours", async () => {
    expect((await derived({ chain: [leaf, ca], openssl: "ok" }))("opensslAgrees")).toBe(true);
    expect((await derived({ chain: [leaf, ca], openssl: "INVALID_CA" }))("opensslAgrees")).toBe(false);
    expect((await derived({ chain: [leaf], openssl: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" }))("opensslAgrees")).toBe(true);
    expect((await derived({ chain: [leaf, ca] }))("opensslAgrees")).toBe("?not-collected");
  });
  const problem = (code: string, severity: "fail" | "warn" = "fail"): RecordValue<"PathProblem"> => ({ code, severity, certificate: "", message: "" });
  it.each([
    ["dates, which it judged at another time", "CERT_HAS_EXPIRED", true, []],
    ["dates, which we judge at another time", "ok", false, ["expired"]],
    ["strength, which it does not judge here", "ok", false, ["weak-signature", "weak-key"]],
    ["a search that was stopped", "ok", false, ["no-trusted-issuer", "search-limit"]],
    ["a reason that it does not tell", "UNSPECIFIED", false, ["weak-key"]],
  ] as const)("is not compared in %s", (_what, openssl, ok, codes) => {
    expect(openSslComparison(openssl, { ok, problems: codes.map((code) => problem(code)) })).toBeUndefined();
  });
  it("is compared where strength is not all that is wrong", () => {
    expect(openSslComparison("ok", { ok: false, problems: [problem("weak-signature"), problem("name-excluded")] })).toBe(false);
    expect(openSslComparison("ok", { ok: true, problems: [problem("authority-key-id", "warn")] })).toBe(true);
  });
});

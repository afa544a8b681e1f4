import { describe, expect, it } from "vitest";
import { certificateText } from "../../src/app/certificate-text.ts";
import { certificatesOf, expiringWithin } from "../../src/app/certificates.ts";
import type { CertificateList } from "../../src/model/overview.ts";
import { describeCertificates } from "../../src/collect/tls/certificate-record.ts";
import { widthAtMost } from "../../src/report/table/wrap.ts";
import type { RecordValue } from "../../src/model/kinds.ts";
import { missing, subject, worldOf } from "../derive/world-of.ts";
import { days, dns, ip, NOW, rootCa, server, subCa, subjectAltName, type Issued } from "../x509/issue.ts";

function records(...certificates: readonly Issued[]): readonly RecordValue<"Certificate">[] {
  const described = describeCertificates(certificates.map(({ der }) => der), "test");
  if (described.state !== "known") throw new Error("fixture");
  return described.value;
}

const root = rootCa("CN=Root", [], { notAfter: days(3000) });
const ca = subCa(root, "CN=Issuing", [], { notAfter: days(900) });
const soon = server(ca, [subjectAltName(dns("um1.fabrikam.test"), ip(192, 0, 2, 1))], { subject: "CN=um1.fabrikam.test", notAfter: days(10.5) });
const later = server(ca, [], { subject: "CN=um2.fabrikam.test", notAfter: days(200) });
const expired = server(ca, [], { subject: "CN=um3.fabrikam.test", notAfter: days(-1.5) });

const sent = (id: string, ...chain: readonly Issued[]) => subject("endpoint", id, { transport: "tls", chain: records(...chain) });
const anchors = (side: "lync" | "exchange", ...roots: readonly Issued[]) => subject("trustAnchorSet", side, { side, certificates: records(...roots) });
const statusId = records(soon)[0]?.sha256 ?? "";

const world = worldOf(
  subject("deployment", "deployment", { endpoints: [] }),
  sent("um2:5061", later, ca),
  sent("um1:5063", soon, ca),
  sent("um1:5061", soon, ca, ca),
  sent("um3:5061", expired),
  anchors("lync", root),
  anchors("exchange", root, ca),
  subject("certificateStatus", statusId, { status: "revoked", reason: "it is listed" }),
  subject("certificateStatus", records(later)[0]?.sha256 ?? "", { status: missing, reason: missing }),
);
const list = certificatesOf(world, NOW);

describe("the list of certificates", () => {
  it("holds each once, soonest to expire first, with who sends and who trusts it", () => {
    expect(list.certificates.map(({ subject: name, daysLeft, presentedBy, trustedBy, status }) => ({ name, daysLeft, presentedBy, trustedBy, status }))).toEqual([
      { name: "CN=um3.fabrikam.test", daysLeft: -2, presentedBy: ["um3:5061"], trustedBy: [], status: "not-checked" },
      { name: "CN=um1.fabrikam.test", daysLeft: 10, presentedBy: ["um1:5061", "um1:5063"], trustedBy: [], status: "revoked" },
      { name: "CN=um2.fabrikam.test", daysLeft: 200, presentedBy: ["um2:5061"], trustedBy: [], status: "unknown" },
      { name: "CN=Issuing", daysLeft: 900, presentedBy: ["um1:5061", "um1:5063", "um2:5061"], trustedBy: ["exchange"], status: "not-checked" },
      { name: "CN=Root", daysLeft: 3000, presentedBy: [], trustedBy: ["lync", "exchange"], status: "not-checked" },
    ]);
    expect(list.certificates[1]).toMatchObject({ issuer: "CN=Issuing", names: ["um1.fabrikam.test", "192.0.2.1"], key: "EC 256", signature: expect.stringContaining("SHA256"), sha256: statusId, statusReason: "it is listed" });
    expect(list.notRead).toEqual([]);
  });
  it("is cut at a horizon, and what has expired is within it", () => {
    expect(expiringWithin(list, 10).certificates.map(({ subject: name }) => name)).toEqual(["CN=um3.fabrikam.test"]);
    expect(expiringWithin(list, 11).certificates).toHaveLength(2);
  });
  it("says what was not seen, but not of endpoints without TLS", () => {
    const unread = certificatesOf(
      worldOf(
        subject("deployment", "deployment", { endpoints: missing }),
        subject("endpoint", "um1:5061", { transport: "tls", chain: missing }),
        subject("endpoint", "um1:5060", { transport: "tcp", chain: missing }),
        subject("endpoint", "um2:5061", { transport: "tls", reachable: false, chain: missing }),
        subject("trustAnchorSet", "lync", { side: "lync", certificates: missing }),
      ),
      NOW,
    );
    expect(unread).toMatchObject({ certificates: [], notRead: ["The list of endpoints is not complete: not read in the test", "um1:5061: not read in the test", "Roots: not read in the test"] });
  });
});

describe("the list as text", () => {
  const text = (of: CertificateList, columns = 80, horizonDays?: number): string => [...certificateText(of, { columns, horizonDays, total: list.certificates.length })].join("");
  it("is a block for each certificate", () => {
    expect(text(expiringWithin(list, 30), 80, 30)).toBe(
      [
        "2026-05-31  expired",
        "  subject    CN=um3.fabrikam.test",
        "  sent by    um3:5061",
        "  issuer     CN=Issuing",
        "  names      um.contoso.com",
        `  key        EC 256, signed ${list.certificates[0]?.signature ?? ""}`,
        `  thumbprint ${list.certificates[0]?.thumbprint ?? ""}`,
        "",
        "2026-06-12  10 days left",
        "  subject    CN=um1.fabrikam.test",
        "  sent by    um1:5061, um1:5063",
        "  issuer     CN=Issuing",
        "  names      um1.fabrikam.test, 192.0.2.1",
        `  key        EC 256, signed ${list.certificates[1]?.signature ?? ""}`,
        `  thumbprint ${list.certificates[1]?.thumbprint ?? ""}`,
        "  revocation revoked: it is listed",
        "",
        "Expired, or expiring within 30 days of 2026-06-01: 2 of 5 certificates.",
        "",
      ].join("\n"),
    );
    expect(text(list)).toContain("  trusted by lync and exchange\n  issuer     itself\n");
    expect(text(list)).toContain("  revocation unknown: not read in the test\n");
    expect(text(list)).toMatch(/\n5 certificates\.\n$/u);
  });
  it("keeps within the columns and lets nothing foreign reach the terminal", () => {
    const hostile = "\u001b[2Jgood\u202e\n\u0007".repeat(200);
    const [first] = list.certificates;
    if (first === undefined) throw new Error("fixture");
    const evil: CertificateList = { ...list, certificates: [{ ...first, subject: hostile, issuer: hostile, names: Array.from({ length: 500 }, (_, index) => `${hostile}${index}`), presentedBy: [hostile], statusReason: hostile, status: "good" }], notRead: [hostile] };
    for (const columns of [10, 40, 80, 200]) {
      const lines = text(evil, columns).split("\n");
      expect(lines.join("")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      for (const line of lines) expect(widthAtMost(line)).toBeLessThanOrEqual(Math.max(40, columns));
      expect(lines.length).toBeLessThan(1_000);
    }
  });
});

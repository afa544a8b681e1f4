import { describe, expect, it } from "vitest";
import type { CertificateList, MetCertificate } from "../../../src/model/overview.ts";
import { certificateName, certificateTimeline } from "../../../src/report/html/certificate-timeline.ts";
import { markup } from "../../../src/report/html/markup.ts";
import type { MarkOf } from "../../../src/report/html/subject-mark.ts";
import { timeAxis } from "../../../src/report/html/time-axis.ts";
import { hostileStrings } from "../hostile.ts";
import { exampleOverview, overviewOfTexts } from "../overview.ts";
import { readXml, type Element } from "../xml-reader.ts";

const { certificates: list } = exampleOverview;
const [first] = list.certificates;
if (first === undefined) throw new Error("fixture");
const noMark: MarkOf = () => ({ outcome: "none", href: undefined, text: "" });
const drawn = (of: CertificateList, markOf: MarkOf = noMark): Element => readXml(markup(certificateTimeline(of, markOf)).replaceAll(/\p{Noncharacter_Code_Point}/gu, ""));
const rows = (root: Element): readonly Element[] => root.children.filter(({ attributes }) => attributes["class"]?.startsWith("timeline-row"));
const one = (changes: Partial<MetCertificate>): MetCertificate => ({ ...first, ...changes });
const dayMs = 86_400_000;

describe("the time line of certificates", () => {
  it("has a row for each, with how it stands, its name and its end", () => {
    const root = drawn(list);
    expect(root.children[1]?.text).toBe("3 certificates as of 2026-06-01: 1 expired, 1 within 90 days.");
    expect(rows(root).map(({ attributes, children }) => [attributes["class"], ...children.filter(({ name }) => name === "text").map(({ text }) => text)])).toEqual([
      ["timeline-row is-fail", "expired.fabrikam.test", "2026-05-20, 13 days ago"],
      ["timeline-row is-warn", "soon.fabrikam.test", "2026-06-20, in 18 days"],
      ["timeline-row is-pass", "later.fabrikam.test", "2028-06-20, in 749 days"],
    ]);
    expect(rows(root)[1]?.attributes["aria-label"]).toBe("soon.fabrikam.test: expires 2026-06-20, in 18 days; sent by um1:5061");
    expect(rows(drawn({ ...list, certificates: [one({ daysLeft: 500, notAfter: "2027-10-14T00:00:00.000Z", status: "revoked", presentedBy: [], trustedBy: ["lync", "exchange"] })] }))[0]?.attributes).toMatchObject({ class: "timeline-row is-fail", "aria-label": "expired.fabrikam.test: expires 2027-10-14, in 500 days; revoked; root of lync and exchange" });
  });
  it("links a row to what is wrong with the certificate or with those who send it", () => {
    const root = drawn(list, (subjects) => ({ outcome: "fail", href: subjects.some(({ id }) => id === "um1:5061") && subjects[0]?.id === "BB01" ? "#certificate/not-expiring/um1:5061" : undefined, text: "" }));
    expect(rows(root).map(({ name, attributes }) => [name, attributes["href"]])).toEqual([["g", undefined], ["a", "#certificate/not-expiring/um1:5061"], ["g", undefined]]);
  });
  it("ends at moments at which dates end, too", () => {
    for (const at of ["+275760-09-13T00:00:00Z", "+275760-01-01T00:00:00Z", "-271821-04-20T00:00:00Z", "no date"]) expect(timeAxis(Date.parse(at), [Date.parse(at)]).ticks.length).toBeLessThan(10);
  });
  it("draws sixty rows and says how many more there are, and nothing where there is none", () => {
    const root = drawn({ ...list, certificates: Array.from({ length: 75 }, () => first) });
    expect(rows(root)).toHaveLength(60);
    expect(root.children.at(-1)?.text).toBe("and 15 certificates that expire later");
    expect(rows(drawn({ ...list, certificates: [] }))).toEqual([]);
  });
  it("lets no name become markup, nor any date break the drawing", () => {
    for (const hostile of hostileStrings) {
      const { certificates } = overviewOfTexts((name) => `${hostile}${name}`);
      const text = markup(certificateTimeline({ ...certificates, at: hostile, certificates: certificates.certificates.map((certificate) => ({ ...certificate, notBefore: hostile, notAfter: hostile })) }, noMark));
      expect(text).not.toMatch(/NaN|<script/iu);
      expect(rows(drawn(certificates))).toHaveLength(3);
    }
  });
  it("calls a certificate by its common name, its first name, or its subject", () => {
    expect([one({ subject: "O=Contoso\\, Inc,CN=um\\,1" }), one({ subject: "O=Contoso", names: ["um1"] }), one({ subject: "O=Contoso", names: [] }), one({ subject: "", names: [], thumbprint: "AB" })].map(certificateName)).toEqual(["um,1", "um1", "O=Contoso", "AB"]);
  });
});

describe("the axis", () => {
  const today = Date.parse("2026-06-15T00:00:00.000Z");
  it.each([
    [[], "2026-06 2026-07 2026-08 2026-09 2026-10 2026-11 2026-12"],
    [[400], "2026-07 2026-10 2027-01 2027-04 2027-07"],
    [[1000, 5000, -2000], "2026-07 2027-01 2027-07 2028-01 2028-07 2029-01"],
  ])("shows today and dates within three years: %j", (days, ticks) => {
    const axis = timeAxis(today, days.map((day) => today + day * dayMs));
    expect(axis.ticks.map(({ text }) => text).join(" ")).toBe(ticks);
    for (const day of [0, ...days]) expect(axis.at(today + day * dayMs)).toBeGreaterThanOrEqual(0);
    expect(axis.at(today + 5000 * dayMs)).toBe(1);
    expect(axis.at(today - 5000 * dayMs)).toBe(0);
  });
});

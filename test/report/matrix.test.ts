import { describe, expect, it } from "vitest";
import type { GatewayMatrix } from "../../src/model/overview.ts";
import { renderMarkdown } from "../../src/report/markdown.ts";
import { renderTable } from "../../src/report/table.ts";
import { matrixLines } from "../../src/report/table/matrix.ts";
import { pageOf } from "../../src/report/table/page.ts";
import { widthAtMost } from "../../src/report/table/wrap.ts";
import { hostileStrings } from "./hostile.ts";
import { exampleOverview, overviewOfTexts } from "./overview.ts";
import { finding, plain, report } from "./reports.ts";

const text = (matrix: GatewayMatrix, columns: number, language: "en" | "fr" = "en"): string => [...matrixLines(matrix, pageOf({ ...plain, columns, language }))].join("\n");

describe("the gateway matrix as text", () => {
  it("tells pool by pool what was read, what is not there, and what was not read", () => {
    expect(text(exampleOverview.matrix, 100)).toBe(
      [
        "Pool pool01.contoso.test",
        "  Dial plan              Gateway                Hunt group (pilot)     State      Outcalls MWI",
        "  HQ                     1:1                    HQ group (HQ pilot)    Enabled    yes      no",
        "  Lab                    1:1                    Lab group (not read),  not read   not read not read",
        "                                                others not read",
        "",
        "Pool pool02.contoso.test",
        "  Dial plan              Gateway                Hunt group (pilot)     State      Outcalls MWI",
        "  HQ                     none",
        "",
        "Pool pool03.contoso.test",
        "  Dial plan              Gateway                Hunt group (pilot)     State      Outcalls MWI",
        "  HQ                     not read",
        "",
        "not read: pools of Lync deployment contoso.test: denied",
        "not read: pilotIdentifier of UM hunt group Lab: denied",
        "not read: gateways of Lync pool pool03.contoso.test: timed out",
      ].join("\n"),
    );
    expect(text(exampleOverview.matrix, 40)).toContain(" Dial plan: HQ; Gateway: 1:1; Hunt group\n (pilot): HQ group (HQ pilot); State:\n Enabled; Outcalls: yes; MWI: no\n");
    expect(text({ rows: [], notRead: [] }, 80)).toBe("No pool and SIP dial plan that were read make a row.");
    expect(text(exampleOverview.matrix, 100, "fr")).toContain("Plan de numérotation   Passerelle             Groupe de recherche    État       Sortants MWI");
  });
  it("names the forest of dial plans where there are several", () => {
    const [row] = exampleOverview.matrix.rows;
    if (row === undefined) throw new Error("fixture");
    expect(text({ rows: [row, { ...row, forest: "tailspin.test" }], notRead: [] }, 120)).toMatch(/HQ \(fabrikam\.test\) .*\n {2}HQ \(tailspin\.test\) /u);
  });
  it.each([40, 69, 70, 80, 200])("keeps within %d columns, whatever things are called", (columns) => {
    for (const hostile of hostileStrings) {
      const lines = text(overviewOfTexts((name) => `${hostile.repeat(3)}${name}`).matrix, columns).split("\n");
      expect(lines.join("")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      // Of a character that may take one column or two, the padding beside it knows which.
      for (const line of lines) if (!/[\u{1100}-\u{10ffff}©®]/u.test(line)) expect(widthAtMost(line)).toBeLessThanOrEqual(columns);
    }
  });
});

describe("the gateway matrix in reports", () => {
  const of = report([finding("pass")], { overview: exampleOverview });
  it("stands in a verbose table", () => {
    expect([...renderTable(of, { ...plain, verbosity: "verbose" })].join("")).toContain("\nGateways of pools in SIP dial plans\nPool pool01.contoso.test\n");
    expect([...renderTable(of, plain)].join("")).not.toContain("Gateways of pools");
  });
  it("stands in Markdown, folded, and no name makes markup", () => {
    const markdown = [...renderMarkdown(of, plain)].join("");
    expect(markdown).toContain("<b>Gateways of pools in SIP dial plans</b>");
    expect(markdown).toContain("| pool01.contoso.test | HQ | 1:1 | HQ group (HQ pilot) | Enabled | yes | no |\n");
    expect(markdown).toContain("- not read: gateways of Lync pool pool03.contoso.test: timed out\n");
    for (const hostile of hostileStrings) expect([...renderMarkdown(report([], { overview: overviewOfTexts((name) => hostile + name) }), plain)].join("")).not.toMatch(/<script|\]\(http/iu);
  });
  it("says nothing of a deployment without pools and SIP dial plans", () => {
    expect([...renderMarkdown(report([], { overview: { ...exampleOverview, matrix: { rows: [], notRead: [] } } }), plain)].join("")).not.toContain("Gateways");
  });
});

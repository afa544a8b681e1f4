import { expect, it } from "vitest";
import { markup } from "../../../src/report/html/markup.ts";
import { sectionView } from "../../../src/report/html/section.ts";
import { gatewayMatrixSection } from "../../../src/report/html/sections/gateway-matrix.ts";
import { wordsOf } from "../../../src/report/words.ts";
import { exampleOverview } from "../overview.ts";

it("a pool of somebody else's report with any number of gateways takes no more room than twenty, and says how many there are", () => {
  const [row] = exampleOverview.matrix.rows;
  const [gateway] = row?.gateways ?? [];
  if (row === undefined || gateway === undefined) throw new Error("fixture");
  const text = (count: number): string => {
    const section = gatewayMatrixSection({ notRead: [], rows: [{ ...row, gateways: Array.from({ length: count }, () => gateway) }] }, () => ({ outcome: "none", href: undefined, text: "" }), wordsOf("en"));
    return section === undefined ? "" : markup(sectionView(section));
  };
  expect(text(20)).not.toContain("more gateway");
  expect(text(100_000)).toContain("and 99,980 more gateways");
  expect(text(100_000).length).toBeLessThan(text(20).length + 1000);
});

import { expect, it } from "vitest";
import { reporters } from "../../src/report/registry.ts";
import type { Report } from "../../src/model/report.ts";
import { firstScan } from "./reports.ts";

const planned: Report = { ...firstScan(), run: { ...firstScan().run, planned: { titles: ["A plan \u001b[31m<b>", "Another"], files: ["plan.yaml"] } } };
const telling = Object.entries(reporters).filter(([, entry]) => "tellsPlanned" in entry);

it.each(telling)("%s says that a state is planned", async (_, entry) => {
  const options = { columns: undefined, color: false, verbosity: "normal" } as const;
  const render = await entry.load();
  const text = [...render(planned, options)].join("");
  expect(text).toMatch(/planned/i);
  expect(text).toContain("A plan");
  expect(text).not.toContain("\u001b");
  expect([...render(firstScan(), options)].join("")).not.toMatch(/PLANNED, not seen|"planned"/);
});

it("is told by formats for people, and refused to those for machines that count", () => {
  expect(telling.map(([name]) => name)).toEqual(["table", "json", "html", "markdown"]);
});

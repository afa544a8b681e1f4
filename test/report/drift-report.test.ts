import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import type { Report, Reporter } from "../../src/model/report.ts";
import { renderCsv } from "../../src/report/csv.ts";
import { renderJson } from "../../src/report/json.ts";
import { renderJunit } from "../../src/report/junit.ts";
import { renderMarkdown } from "../../src/report/markdown.ts";
import { renderOcsf } from "../../src/report/ocsf.ts";
import { renderOpenmetrics } from "../../src/report/openmetrics.ts";
import { readReport } from "../../src/report/read-report.ts";
import { renderSarif } from "../../src/report/sarif.ts";
import { readCsv } from "./csv-reader.ts";
import { comparedReport } from "./drift-report.ts";
import { expectHarmlessMarkdown } from "./markdown-rules.ts";
import { readOpenmetrics } from "./openmetrics-reader.ts";
import { seeds, textsOf } from "./random-text.ts";
import { plain } from "./reports.ts";
import { readXml } from "./xml-reader.ts";
import { schemaProblems } from "../xml-schema.ts";

const render = (reporter: Reporter, of: Report): string => [...reporter(of, { ...plain, verbosity: "verbose" })].join("");
const texts = ["plain", ...seeds.flatMap(textsOf)];

describe("what changed, and who accepted what", () => {
  it("is in json after its schema, and can be read again", () => {
    const validate = new Ajv({ allErrors: true }).compile(JSON.parse(readFileSync(new URL("../../reports/schemas/report.schema.json", import.meta.url), "utf8")) as object);
    for (const text of texts) {
      const json = render(renderJson, comparedReport(text));
      validate(JSON.parse(json));
      expect(validate.errors).toBeNull();
      expect(render(renderJson, readReport("r.json", () => [json]))).toBe(json);
    }
    expect(readReport("r.json", () => [render(renderJson, comparedReport())])).toMatchObject({ comparison: comparedReport().comparison, history: comparedReport().history });
  });

  it("is a baseline state, a suppression and a date in sarif", () => {
    const { runs } = JSON.parse(render(renderSarif, comparedReport())) as { readonly runs: readonly { readonly results: readonly { readonly message: { readonly text: string }; readonly baselineState: string; readonly suppressions?: readonly { readonly justification: string }[]; readonly properties: { readonly since?: string } }[] }[] };
    const results = runs[0]?.results ?? [];
    expect(Object.fromEntries(results.map(({ message, baselineState }) => [message.text.split(" ")[0], baselineState]))).toEqual({ fresh: "new", still: "unchanged", unread: "updated", mended: "updated", accepted: "unchanged" });
    expect(results.flatMap(({ suppressions = [] }) => suppressions)).toMatchObject([{ justification: expect.stringContaining("CHG1 plain") as unknown }]);
    expect(results.flatMap(({ properties }) => properties.since ?? [])).toEqual(["2026-05-01 plain"]);
  });

  it("is in the columns of csv", () => {
    const rows = readCsv(render(renderCsv, comparedReport()));
    expect(rows.map((row) => row["change"])).toEqual(["new", "still", "fixed", "unknown-now", ""]);
    expect(rows[4]?.["waiver"]).toContain("W1 plain");
    expect(rows[1]?.["since"]).toBe("2026-05-01 plain");
  });

  it("is counted in openmetrics, with the ends of waivers", () => {
    const families = readOpenmetrics(render(renderOpenmetrics, comparedReport()));
    expect(families.get("umpreflight_changes")?.samples.get("state=unknown-now")).toBe(1);
    expect([...(families.get("umpreflight_waiver_expiry_timestamp_seconds")?.samples ?? [])]).toEqual([["waiver=W1 plain", Date.UTC(2026, 11, 31) / 1000]]);
  });

  it("opens, updates and closes in ocsf", () => {
    const events = render(renderOcsf, comparedReport()).trim().split("\n").map((line) => JSON.parse(line) as { readonly message: string; readonly activity_id: number; readonly type_uid: number; readonly status_id: number; readonly comment?: string });
    expect(events.map(({ activity_id, status_id }) => [activity_id, status_id])).toEqual([[1, 1], [2, 1], [3, 4], [2, 1], [1, 3], [1, 1]]);
    expect(events.map(({ type_uid, activity_id }) => type_uid - activity_id)).toEqual(events.map(() => 200_300));
    expect(events[4]?.comment).toContain("W1 plain");
  });

  it("is told in markdown: what is worse by name, the rest in numbers", () => {
    const markdown = render(renderMarkdown, comparedReport());
    expect(markdown).toContain("<b>Since last week plain</b>: 1 new, 1 unknown now, 1 fixed, 1 gone, 1 still");
    expect(markdown).toContain("| unknown now | dial-plan/security | UM dial plan unread plain | pass \u2192 unknown | unread plain |");
    expect(markdown).toContain("W1 plain");
    for (const text of texts) expectHarmlessMarkdown(render(renderMarkdown, comparedReport(text)));
  });

  it("dates and names the waiver in junit, whatever it is called", async () => {
    const root = readXml(render(renderJunit, comparedReport()));
    expect(root.children[0]?.children[4]?.children[0]?.attributes["message"]).toBe("WAIVED until 2026-12-31, CHG1 plain: FAIL: accepted plain");
    expect(await schemaProblems(new URL("junit.xsd", import.meta.url), ...texts.map((text) => render(renderJunit, comparedReport(text))))).toEqual([]);
  });
});

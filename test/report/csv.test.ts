import { describe, expect, it } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { renderCsv } from "../../src/report/csv.ts";
import { csvField } from "../../src/report/escape-csv.ts";
import { terminalText } from "../../src/model/terminal-text.ts";
import { readCsv } from "./csv-reader.ts";
import { hostileReport } from "./hostile.ts";
import { seeds, textsOf } from "./random-text.ts";
import { finding, firstScan, plain, report, subject } from "./reports.ts";

const read = (of: Report) => readCsv([...renderCsv(of, plain)].join(""));

describe("csv", () => {
  it.each([
    ["=1+1", "\"'=1+1\""],
    [" \t@SUM(1)", "\" \\u{9}@SUM(1)\""],
    ["  =1", "\"  '=1\""],
    ["a;=1", "\"a;'=1\""],
    ['a;"=1', "\"a;\"\"'=1\""],
    ["+1", "\"'+1\""],
    ["-1", "\"'-1\""],
    ["＝1", "\"'＝1\""],
    ['say "no"', '"say ""no"""'],
    ["a,b;c", '"a,b;c"'],
    ["two\r\nlines", '"two\\u{d}\\u{a}lines"'],
    ["", '""'],
  ])("makes %j harmless", (foreign, field) => {
    expect(csvField(foreign)).toBe(field);
  });

  it("gives back what it was given", () => {
    for (const text of seeds.flatMap(textsOf)) {
      const of = report([finding("fail", { message: text, subject: subject("umDialPlan", text) })]);
      const [row] = read(of);
      expect(row?.["message"]?.replaceAll("'", "")).toBe(terminalText(text).replaceAll("'", ""));
      for (const field of Object.values(row ?? {})) expect(field).not.toMatch(/(^|;)["\s]*[=+\-@]/u);
    }
  });

  it("has a row for every finding, flat", () => {
    const rows = read(firstScan());
    const findings = [...firstScan().findings];
    expect(rows.filter((row) => row["area"] !== "umpreflight")).toHaveLength(findings.length);
    expect(rows.find((row) => row["subject_name"] === "Kiosks")).toMatchObject({
      rule: "dial-plan/encryption-matches-lync", outcome: "fail", disposition: "open", run_complete: "false", count: "1",
      evidence: expect.stringContaining("voipSecurity of UM dial plan Kiosks = Unsecured [directory fabrikam.test (fdc1.fabrikam.test:636)]; dn of") as unknown,
      commands: "Set-UMDialPlan -Identity 'Kiosks' -VoIPSecurity Secured",
    });
    expect(rows.find((row) => row["disposition"] === "waived")).toMatchObject({ outcome: "warn" });
    expect(rows.find((row) => row["count"] === "1204332")).toMatchObject({ outcome: "pass" });
  });

  it("tells that the run is incomplete, even without findings", () => {
    const run = { ...report([]).run, complete: false, reasons: ["interrupted"] };
    expect(read(report([], { run }))).toMatchObject([{ rule: "umpreflight/run", outcome: "unknown", message: "The run is incomplete: interrupted", run_complete: "false" }]);
    expect(read(report([]))).toEqual([]);
  });

  it("stays whole when every text is hostile", () => {
    const of = hostileReport();
    expect(read(of).filter((row) => row["rule"] !== "umpreflight/run")).toHaveLength([...of.findings].length);
  });
});

import { describe, expect, it } from "vitest";
import type { RenderOptions, Report } from "../../src/model/report.ts";
import { renderMarkdown } from "../../src/report/markdown.ts";
import { renderOpenmetrics } from "../../src/report/openmetrics.ts";
import { processJson } from "../../src/report/process/json.ts";
import { processText } from "../../src/report/process/text.ts";
import { renderTable } from "../../src/report/table.ts";
import { readOpenmetrics } from "./openmetrics-reader.ts";
import { hostileReport } from "./hostile.ts";
import { firstScan, plain, withoutColors } from "./reports.ts";

function processOfReport(report: Report) {
  const process = report.overview?.process;
  if (process === undefined) throw new Error("the report has no process");
  return process;
}

const text = (report: Report, options: RenderOptions = plain): string => [...processText(processOfReport(report), report, options)].join("");

describe("the process in reports", () => {
  it("is a line for each phase in the table, before the summary", () => {
    const table = [...renderTable(firstScan(), plain)].join("");
    const section = table.slice(table.indexOf("Process: "), table.indexOf("\nSummary"));
    expect(section).toBe(`Process: On-premises Unified Messaging
FAIL       1 Deploy the Exchange server roles    1 fail
UNKNOWN    2 Install certificates                8 unknown, 1 warn
PASS       3 Create the SIP dial plan            1 pass
FAIL       4 Secure the SIP dial plan            7 fail
WAIVED     5 Run exchucutil.ps1                  1 waived
UNKNOWN    6 Run ocsumutil.exe                   1 rule not run
N/A        7 Finish Enterprise Voice             does not apply
NONE       8 Enable users for Unified Messaging  nothing can be checked
`);
  });

  it.each([40, 60, 80, 120])("keeps to %i columns", (columns) => {
    const wide = [...renderTable(firstScan(), { ...plain, columns })].join("").split("\n").filter((line) => line.length > columns && !/^\s+(Set|New|Enable)-/u.test(line));
    expect(wide).toEqual([]);
    expect(text(firstScan(), { ...plain, columns }).split("\n").filter((line) => line.length > columns)).toEqual([]);
  });

  it("is a table in Markdown", () => {
    const markdown = [...renderMarkdown(firstScan(), plain)].join("");
    expect(markdown).toContain("Process: <b>On-premises Unified Messaging</b>; of 8 phases 2 failed and 2 unknown");
    expect(markdown).toContain("| 2 | <b>UNKNOWN</b> | Install certificates | 8 unknown, 1 warn | Somebody |\n");
  });

  it("is a gauge for each phase and state", () => {
    const families = readOpenmetrics([...renderOpenmetrics(firstScan(), plain)].join(""));
    const states = families.get("umpreflight_phase_state")?.samples;
    expect(states?.get("phase=certificates state=unknown")).toBe(1);
    expect(states?.get("phase=certificates state=pass")).toBe(0);
    expect(states?.get("phase=enable-users state=nothing-to-check")).toBe(1);
    expect(families.get("umpreflight_phase_checks")?.samples.get("outcome=fail phase=dial-plan-security")).toBe(7);
  });

  it("is left out of reports that have none", () => {
    const { overview: _, ...old } = firstScan();
    expect([...renderTable(old, plain)].join("")).not.toContain("Process");
    expect([...renderMarkdown(old, plain)].join("")).not.toContain("Process");
    expect([...renderOpenmetrics(old, plain)].join("")).not.toContain("umpreflight_phase");
  });
});

describe("the process in full", () => {
  it("tells what was found, who may do each phase, what decides it and what no rule checks", () => {
    expect(text(firstScan())).toContain(`Found
         Exchange Server: Exchange 2013 CU23 (15.0.1497.2)
         EXUM01, EXUM02
         (server object, directory fabrikam.test)
         Lync pools: version not known
         contoso.test
         (the list was not read: cdc2 is silent)

FAIL     1. Deploy the Exchange server roles
         What is done in it.
Who      Enterprise administrators; Exchange Organization administrator
Checks   1 fail
FAIL     forest/trust-direction (1 check): The trust leads the way that calls
         need

UNKNOWN  2. Install certificates
         What is done in it.
Who      Somebody
Checks   8 unknown, 1 warn
UNKNOWN  certificate/not-expiring (8 checks): Certificates are valid for some
         time yet
Unseen   no rule checks cert.um.dr-san
`);
  });

  it("has a line for each phase when quiet, and every rule and document when verbose", () => {
    expect(text(firstScan(), { ...plain, verbosity: "quiet" }).split("\n").slice(0, 3)).toEqual(["On-premises Unified Messaging", "The run is INCOMPLETE: phases may be better or worse than they look.", "FAIL     1. Deploy the Exchange server roles: 1 fail"]);
    const verbose = text(firstScan(), { ...plain, verbosity: "verbose" });
    expect(verbose).toContain("not run  contact/not-run:");
    expect(verbose).toContain("See      Configure certificates\n         https://learn.microsoft.com/certificates\n");
  });

  it("is JSON with the state of each phase", () => {
    const json = JSON.parse(processJson(processOfReport(firstScan()), firstScan())) as { readonly phases: readonly { readonly id: string; readonly state: string; readonly counts: object }[] };
    expect(json.phases[1]).toMatchObject({ id: "certificates", state: "unknown", counts: { unknown: 8, warn: 1, pass: 0 }, notObservable: ["cert.um.dr-san"] });
  });

  it("lets no hostile text through", () => {
    const report = hostileReport();
    const shown = withoutColors(text(report, { ...plain, columns: 80, color: true, verbosity: "verbose" }));
    // oxlint-disable-next-line no-control-regex -- these are what must not be there
    expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u);
  });
});

it("the process is told in the language of the report", () => {
  const table = [...renderTable({ ...firstScan(), language: "fr" }, plain)].join("");
  expect(table).toContain("Processus\u00a0: On-premises Unified Messaging\nÉCHEC      1 ");
  expect(text({ ...firstScan(), language: "fr" })).toContain("Qui      Somebody\nBilan    8 inconnus, 1 avert.\n");
});

import { describe, expect, it } from "vitest";
import type { OnUnknown, Report } from "../../src/model/report.ts";
import { nagiosState, renderNagios } from "../../src/report/nagios.ts";
import { hostileReport, longReport } from "./hostile.ts";
import { seeds, textsOf } from "./random-text.ts";
import { finding, firstScan, plain, report, subject } from "./reports.ts";

const read = (of: Report) => {
  const text = [...renderNagios(of, plain)].join("");
  const [first = "", ...details] = text.trimEnd().split("\n");
  return { text, first, details };
};
const incomplete: Partial<Report> = { run: { ...report([]).run, complete: false, reasons: ["interrupted"] } };

describe("nagios", () => {
  it.each<[string, Report, OnUnknown, string]>([
    ["a failure", report([finding("fail"), finding("unknown"), finding("warn")]), "report", "CRITICAL"],
    ["a waived failure", report([finding("fail", { disposition: "waived" })]), "report", "OK"],
    ["something unknown", report([finding("unknown"), finding("warn")]), "report", "UNKNOWN"],
    ["something unknown that is ignored", report([finding("unknown"), finding("warn")]), "ignore", "WARNING"],
    ["something unknown that counts as failed", report([finding("unknown")]), "fail", "CRITICAL"],
    ["a warning", report([finding("warn"), finding("pass")]), "report", "WARNING"],
    ["a warning that fails", report([finding("warn")], { failOn: "warn" }), "report", "CRITICAL"],
    ["passes", report([finding("pass"), finding("not-applicable")]), "report", "OK"],
    ["nothing", report([]), "ignore", "UNKNOWN"],
    ["an incomplete run", report([finding("pass")], incomplete), "ignore", "UNKNOWN"],
  ])("has the state of %s", (_name, of, onUnknown, state) => {
    expect(nagiosState(of, { onUnknown })).toBe(state);
    expect([...renderNagios(of, { ...plain, onUnknown })][0]).toMatch(new RegExp(`^UMPREFLIGHT ${state} - `, "u"));
  });

  it("has perfdata after the only pipe of the first line", () => {
    for (const of of [firstScan(), hostileReport()]) {
      const [text, perfdata, ...more] = read(of).first.split(" | ");
      expect(more).toEqual([]);
      expect(Buffer.byteLength(text ?? "")).toBeLessThan(300);
      for (const item of perfdata?.split(" ") ?? []) expect(item).toMatch(/^[a-z_]+=\d+;\d*;\d*;0$|^fail=\d+;;0;0$/u);
    }
    expect(read(firstScan()).first).toContain("fail=8;;0;0 warn=1;0;;0 unknown=9;;;0 pass=1204334;;;0");
  });

  it("names the worst below, the unread first", () => {
    const { details } = read(firstScan());
    expect(details[0]).toBe("RUN The run is incomplete: interrupted by the user while endpoints were read");
    expect(details[3]).toBe("FAIL dial-plan/encryption-matches-lync (blocker) UM dial plan HQ: Dial plan HQ is Unsecured, but pool01.contoso.test requires encryption: every call to voice mail is refused.");
  });

  it("stays below what Nagios keeps, and counts the rest", () => {
    const many = report(Array.from({ length: 500 }, (_, index) => finding("fail", { subject: subject("user", String(index)), message: "x".repeat(250) })));
    for (const of of [many, longReport()]) expect(Buffer.byteLength(read(of).text)).toBeLessThan(8000);
    const { details } = read(many);
    expect(details.at(-1)).toBe(`and ${500 - (details.length - 1)} more lines; the json report has everything`);
  });

  it("cannot be broken by a name", () => {
    for (const of of [hostileReport(), ...seeds.map((seed) => hostileReport(textsOf(seed)))]) {
      const { details, text } = read(of);
      for (const line of details) expect(line).toMatch(/^(FAIL|UNKNOWN|WARN|RUN|and) [^|<]*$/u);
      expect(text).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]|\\n/u);
    }
  });
});

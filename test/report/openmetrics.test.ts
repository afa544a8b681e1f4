import { describe, expect, it } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { renderOpenmetrics } from "../../src/report/openmetrics.ts";
import { hostileReport, longReport } from "./hostile.ts";
import { readOpenmetrics } from "./openmetrics-reader.ts";
import { seeds, textsOf } from "./random-text.ts";
import { finding, firstScan, plain, report, subject } from "./reports.ts";

const read = (of: Report) => readOpenmetrics([...renderOpenmetrics(of, plain)].join(""));
const valueOf = (of: Report, family: string, labels = ""): number | undefined => read(of).get(family)?.samples.get(labels);

describe("openmetrics", () => {
  it("counts checks by outcome and area, the waived apart", () => {
    const scan = firstScan();
    expect(valueOf(scan, "umpreflight_checks", "area=dial-plan outcome=fail")).toBe(7);
    expect(valueOf(scan, "umpreflight_checks", "area=user outcome=pass")).toBe(1_204_332);
    expect(valueOf(scan, "umpreflight_checks", "area=gateway outcome=waived")).toBe(1);
    expect(valueOf(scan, "umpreflight_checks", "area=gateway outcome=warn")).toBe(0);
    const all = [...(read(scan).get("umpreflight_checks")?.samples.values() ?? [])].reduce((sum, value) => sum + value, 0);
    expect(all).toBe(Object.values(scan.summary).reduce((sum, value) => sum + value, 0));
  });

  it("keeps the series of a rule that finds nothing", () => {
    const scan = firstScan();
    expect(valueOf(scan, "umpreflight_check_failed", "rule=dial-plan/encryption-matches-lync")).toBe(7);
    expect(valueOf(scan, "umpreflight_check_failed", "rule=dns/srv")).toBe(0);
    expect(valueOf(report([finding("fail", { disposition: "waived" })]), "umpreflight_check_failed", "rule=dial-plan/security")).toBe(0);
  });

  it("tells when, how long, and whether the run was whole", () => {
    const scan = firstScan();
    expect(valueOf(scan, "umpreflight_run_complete", "profile=on-premises")).toBe(0);
    expect(valueOf(report([]), "umpreflight_run_complete", "profile=on-premises")).toBe(1);
    expect(valueOf(scan, "umpreflight_last_run_timestamp_seconds")).toBe(Date.UTC(2026, 5, 1, 10, 0, 42) / 1000);
    expect(valueOf(scan, "umpreflight_run_duration_seconds")).toBe(42);
    expect(valueOf(scan, "umpreflight_build_info", "version=0.1.0")).toBe(1);
    expect(valueOf(scan, "umpreflight_target_read", "kind=endpoints target=UM servers")).toBe(0);
  });

  it("knows when certificates end, the earliest of several", () => {
    const endpoint = subject("endpoint", "um1.test:5061", "um1.test:5061");
    const seen = (fact: string, value: string, of = endpoint) => ({ subject: of, fact, value, state: "known" as const });
    const of = report([
      finding("pass", { subject: endpoint, evidence: [seen("leaf.notAfter", "2027-01-01T00:00:00.000Z"), seen("sent.notAfter", "2030-01-01T00:00:00.000Z, 2029-01-01T00:00:00.000Z"), seen("leaf.notBefore", "2020-01-01T00:00:00.000Z")] }),
      finding("fail", { subject: endpoint, evidence: [seen("leaf.notAfter", "2027-01-01T00:00:00.000Z"), seen("other.notAfter", "tomorrow"), seen("x.notAfter", "2027-01-01T00:00:00.000Z", subject("user", "CN=x"))] }),
      finding("unknown", { subject: endpoint, evidence: [{ ...seen("listener.notAfter", "2027-01-01T00:00:00.000Z"), state: "unknown" }] }),
    ]);
    expect([...(read(of).get("umpreflight_certificate_not_after_timestamp_seconds")?.samples ?? [])]).toEqual([
      ["certificate=leaf endpoint=um1.test:5061", Date.UTC(2027, 0, 1) / 1000],
      ["certificate=sent endpoint=um1.test:5061", Date.UTC(2029, 0, 1) / 1000],
    ]);
  });

  it.each<[string, Report]>([["hostile", hostileReport()], ["long", longReport()], ["random", hostileReport(seeds.flatMap(textsOf))], ["empty", report([])]])("is well-formed for a report that is %s", (_name, of) => {
    expect([...read(of).keys()]).toContain("umpreflight_run_complete");
  });

  it("never makes more than 10,000 series of one kind", () => {
    const many = Array.from({ length: 12_000 }, (_, index) => finding("fail", { rule: `area${index}/rule` }));
    expect(read(report([], { findings: many })).get("umpreflight_check_failed")?.samples.size).toBe(10_000);
  });
});

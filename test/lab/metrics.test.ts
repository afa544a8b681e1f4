import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { renderOpenmetrics } from "../../src/report/openmetrics.ts";
import { comparedReport } from "../report/drift-report.ts";
import { hostileReport, longReport } from "../report/hostile.ts";
import { seeds, textsOf } from "../report/random-text.ts";
import { finding, firstScan, plain, report } from "../report/reports.ts";

/** What promtool of Prometheus (Debian package prometheus) says of metrics; nothing where they are in order. */
function promtool(metrics: string): string {
  const { status, stdout, stderr, error } = spawnSync("promtool", ["check", "metrics"], { input: metrics, encoding: "utf8" });
  if (error !== undefined) throw error;
  return `${stdout}${stderr}${status === 0 ? "" : `exit code ${status}`}`;
}

const reports: readonly (readonly [string, Report])[] = [
  ["a first scan", firstScan()],
  ["hostile strings", hostileReport()],
  ["random texts", hostileReport(seeds.flatMap(textsOf))],
  ["long names", longReport()],
  ["nothing", report([])],
  ["a comparison with waivers", comparedReport()],
  ["every outcome", report([finding("pass"), finding("warn"), finding("fail"), finding("unknown"), finding("not-applicable"), finding("fail", { disposition: "waived" })])],
];

describe("promtool check metrics", () => {
  it("complains of metrics that are not in order", () => {
    expect(promtool('a_metric{b="c} 1\n')).toContain("exit code");
    expect(promtool("# TYPE x_ms gauge\nx_ms 1\n")).toContain("no help text");
  });

  it.each(reports)("finds nothing in those of %s", (_name, of) => {
    expect(promtool([...renderOpenmetrics(of, plain)].join(""))).toBe("");
  });
});

import { describe, expect, it } from "vitest";
import type { RenderOptions, Report } from "../../src/model/report.ts";
import { renderJunit } from "../../src/report/junit.ts";
import { hostileReport, longReport } from "./hostile.ts";
import { consumers, railsTypes, type Shown } from "./junit-consumers.ts";
import { seeds, textsOf } from "./random-text.ts";
import { finding, firstScan, plain, report, subject } from "./reports.ts";
import { readXml, type Element } from "./xml-reader.ts";
import { schemaProblems } from "../xml-schema.ts";

const write = (of: Report, options: Partial<RenderOptions> = {}): string => [...renderJunit(of, { ...plain, ...options })].join("");
const read = (of: Report, options: Partial<RenderOptions> = {}): Element => readXml(write(of, options));
const all = Object.entries(consumers);
const reports: readonly (readonly [string, Report])[] = [["a first scan", firstScan()], ["hostile strings", hostileReport()], ["long names", longReport()], ["nothing", report([])], ...seeds.map((seed) => [`seed ${seed}`, hostileReport(textsOf(seed))] as const)];
const count = (shown: readonly Shown[], ...states: readonly Shown["state"][]): number => shown.filter(({ state }) => states.includes(state)).length;

describe("the schema of Jenkins", () => {
  const grammar = new URL("junit.xsd", import.meta.url);

  it.each([
    ["a suite without totals", `<testsuite name="a" tests="1" failures="0"/>`, /errors.* required/],
    ["an attribute of a case", `<testsuite name="a" tests="1" failures="0" errors="0"><testcase name="x" line="1"/></testsuite>`, /'line' is not allowed/],
    ["an element of a case", `<testsuite name="a" tests="1" failures="0" errors="0"><testcase name="x"><skip/></testcase></testsuite>`, /skip.*not expected/],
    ["a case without suite", `<testcase name="x"/>`, /testcase.*not expected/],
    ["text in a suite", `<testsuite name="a" tests="0" failures="0" errors="0">text</testsuite>`, /Character content/],
    ["a time with an exponent", `<testsuite name="a" tests="0" failures="0" errors="0" time="4.9e-05"/>`, /4\.9e-05/],
    ["a time with four decimals", `<testsuite name="a" tests="0" failures="0" errors="0" time="0.0000"/>`, /0\.0000/],
  ])("refuses %s", async (_what, inside, complaint) => {
    expect((await schemaProblems(grammar, `<testsuites>${inside}</testsuites>`)).join("\n")).toMatch(complaint);
  });

  it.each(reports)("lets %s pass", async (_name, of) => {
    const all = (["subject", "rule"] as const).flatMap((junitGranularity) => (["pass", "skipped", "failure"] as const).map((junitWarn) => write(of, { junitGranularity, junitWarn })));
    expect(await schemaProblems(grammar, ...all)).toEqual([]);
  });
});

describe.each(all)("%s", (_consumer, parse) => {
  it.each(reports)("agrees with the totals, and loses no case, of %s", (_name, of) => {
    for (const junitGranularity of ["subject", "rule"] as const) {
      const root = read(of, { junitGranularity });
      const shown = parse(root);
      expect(shown).toHaveLength(Number(root.attributes["tests"]));
      expect(count(shown, "failed", "error")).toBe(Number(root.attributes["failures"]) + Number(root.attributes["errors"]));
    }
  });

  it.each([
    ["pass", {}, "passed"],
    ["fail", {}, "failed"],
    ["unknown", {}, "failed"],
    ["warn", {}, "skipped"],
    ["not-applicable", {}, "skipped"],
    ["fail", { disposition: "waived" }, "skipped"],
    ["unknown", { disposition: "waived" }, "skipped"],
  ] as const)("shows %s %j as %s", (outcome, changes, state) => {
    const [shown] = parse(read(report([finding(outcome, changes)])));
    expect(shown?.state === "error" ? "failed" : shown?.state).toBe(state);
  });

  it("names what failed and why", () => {
    const [shown] = parse(read(report([finding("fail")])));
    expect(shown?.name).toBe("Dial plans are secured [UM dial plan HQ]");
    expect(shown?.detail).toContain("Dial plan HQ is looked at.");
  });

  it("is red exactly when the exit code is not 0", () => {
    const incomplete = { run: { ...report([]).run, complete: false, reasons: ["interrupted"] } };
    const cases: readonly (readonly [Report, Partial<RenderOptions>, boolean])[] = [
      [report([finding("pass"), finding("warn"), finding("not-applicable")]), {}, false],
      [report([finding("warn")], { failOn: "warn" }), {}, true],
      [report([finding("fail", { disposition: "waived" })]), {}, false],
      [report([finding("pass"), finding("unknown")]), {}, true],
      [report([finding("pass"), finding("unknown")]), { onUnknown: "ignore" }, false],
      [report([finding("pass"), finding("unknown")]), { onUnknown: "fail" }, true],
      [report([finding("pass")], incomplete), { onUnknown: "ignore" }, true],
    ];
    for (const [of, options, red] of cases) for (const junitGranularity of ["subject", "rule"] as const) expect(count(parse(read(of, { ...options, junitGranularity })), "failed", "error") > 0).toBe(red);
  });

  it("finds a case again after its outcome, its message and its severity changed", () => {
    const name = (of: Report): string => parse(read(of)).map((shown) => `${shown.group} ${shown.name}`).join();
    expect(name(report([finding("pass", { message: "Fine since 2026-01-01." })]))).toBe(name(report([finding("fail", { message: "3 of 4 are bad.", severity: "advice", subject: subject("umDialPlan", "HQ") })])));
  });
});

describe("names and types", () => {
  it("make packages of areas in Jenkins, and no empty groups in dorny", () => {
    const root = read(report([finding("fail", { subject: subject("endpoint", "um1.contoso.test:5061") })]));
    expect(consumers.jenkins(root)[0]?.group).toBe("umpreflight.dial-plan > security");
    expect(consumers.dorny(root)[0]?.group).toBe("umpreflight.dial-plan.security > ");
    expect(consumers.mikepenz(root)[0]?.group).toBe("rules/dial-plan/security.yaml");
    expect(consumers.azureDevOps(read(report([finding("warn")])))[0]?.detail).toBe("WARN: Dial plan HQ is looked at.");
  });

  it("are none that Rails would convert", () => {
    for (const [, of] of reports) for (const suite of read(of).children) for (const testCase of suite.children) for (const element of testCase.children) expect(railsTypes.has(element.attributes["type"] ?? "")).toBe(false);
  });
});

import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import type { Report, RenderOptions } from "../../src/model/report.ts";
import { renderSarif } from "../../src/report/sarif.ts";
import { fileUri, webLink } from "../../src/report/uri.ts";
import { hostileReport, longReport } from "./hostile.ts";
import { seeds, textsOf } from "./random-text.ts";
import { finding, firstScan, plain, report, subject } from "./reports.ts";
import { sarifShape } from "./sarif-shape.ts";

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly kind: string;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly { readonly physicalLocation?: { readonly artifactLocation: { readonly uri: string }; readonly region: { readonly startLine: number } }; readonly logicalLocations: readonly { readonly fullyQualifiedName: string }[] }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly suppressions?: readonly { readonly status: string }[];
}
interface Log {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string; readonly help: { readonly text: string }; readonly helpUri?: string; readonly properties: { readonly tags: readonly string[] } }[] } };
    readonly invocations: readonly { readonly executionSuccessful: boolean; readonly toolExecutionNotifications: readonly { readonly descriptor: { readonly id: string }; readonly message: { readonly text: string } }[] }[];
    readonly results: readonly Result[];
  }[];
}

const validate = new Ajv({ allErrors: true, strict: true, strictTypes: false, strictRequired: false }).compile(sarifShape);
function read(of: Report, options: Partial<RenderOptions> = {}) {
  const log = JSON.parse([...renderSarif(of, { ...plain, ...options })].join("")) as Log;
  validate(log);
  expect(validate.errors).toBeNull();
  const [run] = log.runs;
  const [invocation] = run?.invocations ?? [];
  if (run === undefined || invocation === undefined) throw new Error("no run");
  return { rules: run.tool.driver.rules, results: run.results, invocation };
}

describe("sarif", () => {
  it.each<[string, Report]>([["a first scan", firstScan()], ["a hostile report", hostileReport()], ["long names", longReport()], ["nothing", report([])], ["random texts", hostileReport(seeds.flatMap(textsOf))]])("keeps to the standard: %s", (_name, of) => {
    for (const verbosity of ["normal", "verbose"] as const) {
      const { rules, results } = read(of, { verbosity });
      expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
      for (const result of results) expect(rules[result.ruleIndex]?.id).toBe(result.ruleId);
    }
  });

  it.each([
    ["fail", {}, "fail", "error"],
    ["warn", {}, "fail", "warning"],
    ["warn", { severity: "advice" }, "fail", "note"],
    ["unknown", {}, "open", "none"],
    ["pass", {}, "pass", "none"],
    ["not-applicable", {}, "notApplicable", "none"],
  ] as const)("shows %s %j as kind %s, level %s", (outcome, changes, kind, level) => {
    const [result] = read(report([finding(outcome, changes)]), { verbosity: "verbose" }).results;
    expect(result).toMatchObject({ kind, level });
  });

  it("leaves passes to --verbose", () => {
    const of = report([finding("pass"), finding("not-applicable"), finding("fail")]);
    expect(read(of).results.map(({ kind }) => kind)).toEqual(["fail"]);
    expect(read(of, { verbosity: "verbose" }).results).toHaveLength(3);
  });

  it("keeps the outcome of what is waived, and suppresses it", () => {
    const [result] = read(report([finding("fail", { disposition: "waived" })])).results;
    expect(result).toMatchObject({ kind: "fail", level: "error", suppressions: [{ status: "accepted" }] });
  });

  it("places a result at its rule and at its subject", () => {
    const [result] = read(report([finding("fail", { subject: subject("umDialPlan", "HQ", "guid-1") })])).results;
    expect(result?.locations[0]).toMatchObject({ physicalLocation: { artifactLocation: { uri: "rules/dial-plan/security.yaml", uriBaseId: "%SRCROOT%" }, region: { startLine: 1 } }, logicalLocations: [{ fullyQualifiedName: "umDialPlan/guid-1" }] });
  });

  it("has fingerprints of rule and subject alone", () => {
    const prints = (changes: Parameters<typeof finding>[1]): string | undefined => read(report([finding("fail", changes)])).results[0]?.partialFingerprints["primaryLocationLineHash"];
    const of = subject("umDialPlan", "HQ", "guid-1");
    expect(prints({ subject: of })).toBe(prints({ subject: { ...of, name: "renamed" }, message: "other", severity: "advice" }));
    expect(prints({ subject: of })).not.toBe(prints({ subject: { ...of, id: "guid-2" } }));
    expect(prints({ subject: of })).not.toBe(prints({ subject: of, rule: "dial-plan/other" }));
  });

  it("says what was not read", () => {
    const { invocation } = read(firstScan());
    expect(invocation.executionSuccessful).toBe(false);
    const said = invocation.toolExecutionNotifications.map(({ descriptor, message }) => `${descriptor.id}: ${message.text}`);
    expect(said).toContain("run/incomplete: The run is incomplete: interrupted by the user while endpoints were read");
    expect(said).toContain("run/not-read: endpoints UM servers: exum02.emea.fabrikam.test:5061 refused the connection");
    expect(said).toContain("not-read/timeout: timed out: cdc2.contoso.test:3269 did not answer within 10 s (costs 9 checks)");
    expect(read(report([finding("fail")])).invocation).toMatchObject({ executionSuccessful: true, toolExecutionNotifications: [] });
    expect(read(report([finding("unknown")])).invocation.executionSuccessful).toBe(false);
  });

  it("keeps the worst 5,000 and tells of the rest", () => {
    const many = Array.from({ length: 6000 }, (_, index) => finding(index % 2 === 0 ? "warn" : "fail", { subject: subject("user", String(index)), severity: index % 3 === 0 ? "blocker" : "advice" }));
    const { results, invocation } = read(report([...many, finding("unknown", { message: "the only unknown" })]));
    expect(results).toHaveLength(5000);
    expect(results.filter(({ level }) => level === "error")).toHaveLength(3000);
    expect(results[3000]?.kind).toBe("open");
    expect(invocation.toolExecutionNotifications.at(-1)?.message.text).toContain("5,000 results of 6,001 are in this log");
  });

  it("explains its rules", () => {
    const rule = { id: "dial-plan/security", title: "Dial plans are secured", file: "rules/x.yaml", line: 3, team: "exchange" as const, why: "Calls fail.", requirements: ["sec.align"], references: [{ text: "no link", url: "javascript:alert(1)" }, { text: "page", url: "https://learn.microsoft.com/x" }] };
    const [first] = read(report([finding("fail")], { rules: [rule] })).rules;
    expect(first).toMatchObject({ id: "dial-plan/security", fullDescription: { text: "Calls fail." }, helpUri: "https://learn.microsoft.com/x", properties: { tags: ["dial-plan", "exchange", "sec.align"] } });
    expect(first?.help.text).toContain("Requirements: sec.align");
  });
});

describe("addresses", () => {
  it.each([
    ["rules/dial-plan/a b.yaml", "rules/dial-plan/a%20b.yaml"],
    ["C:\\packs\\x#1.yaml", "file:///C:/packs/x%231.yaml"],
    ["\\\\server\\share\\x.yaml", "file://server/share/x.yaml"],
    ["/opt/rules/ü.yaml", "file:///opt/rules/%C3%BC.yaml"],
    ["a:b/\ud800.yaml", "a%3Ab/%EF%BF%BD.yaml"],
  ])("of the file %s", (file, uri) => {
    expect(fileUri(file)).toBe(uri);
  });

  it.each([["javascript:alert(1)"], ["http://user:pass@evil.test/"], ["no url"], ["file:///etc/passwd"], [undefined]])("links to nothing like %s", (url) => {
    expect(webLink(url)).toBeUndefined();
  });
});

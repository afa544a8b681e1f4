import { describe, expect, it } from "vitest";
import type { JunitWarn, OnUnknown, RenderOptions, Report } from "../../src/model/report.ts";
import { junitWithin, renderJunit } from "../../src/report/junit.ts";
import { hostileReport } from "./hostile.ts";
import { finding, firstScan, plain, report, subject } from "./reports.ts";
import { readXml, type Element } from "./xml-reader.ts";

const read = (of: Report, options: Partial<RenderOptions> = {}): Element => readXml([...renderJunit(of, { ...plain, ...options })].join(""));
const casesOf = (root: Element): readonly Element[] => root.children.flatMap((suite) => suite.children);
const oneCase = (of: Report, options: Partial<RenderOptions> = {}): Element => {
  const [first, ...others] = casesOf(read(of, options));
  if (first === undefined || others.length > 0) throw new Error("expected one case");
  return first;
};
const verdictsOf = (element: Element): readonly string[] => element.children.map((child) => child.name);

describe("junit", () => {
  it.each<[string, Report, readonly string[], string]>([
    ["pass", report([finding("pass")]), [], ""],
    ["fail", report([finding("fail")]), ["failure"], "Dial plan HQ is looked at."],
    ["unknown", report([finding("unknown")]), ["error"], "Dial plan HQ is looked at."],
    ["warn below the threshold", report([finding("warn")]), ["skipped"], "WARN: Dial plan HQ is looked at."],
    ["warn at the threshold", report([finding("warn")], { failOn: "warn" }), ["failure"], "Dial plan HQ is looked at."],
    ["not applicable", report([finding("not-applicable")]), ["skipped"], "N/A: Dial plan HQ is looked at."],
    ["a waived failure", report([finding("fail", { disposition: "waived" })]), ["skipped"], "WAIVED: FAIL: Dial plan HQ is looked at."],
    ["a waived unknown", report([finding("unknown", { disposition: "waived" })]), ["skipped"], "WAIVED: UNKNOWN: Dial plan HQ is looked at."],
  ])("maps %s", (_name, of, verdicts, message) => {
    const testCase = oneCase(of);
    expect(verdictsOf(testCase)).toEqual(verdicts);
    expect(testCase.children[0]?.attributes["message"] ?? "").toBe(message);
  });

  it("names the reason in the type of an error", () => {
    const reasons = [{ reason: "timeout" as const, subject: subject("forest", "f"), fact: "dialPlans", detail: "too slow" }];
    const [error] = oneCase(report([finding("unknown", { reasons })])).children;
    expect(error?.attributes["type"]).toBe("collector-timeout");
    expect(error?.text).toContain("- dialPlans of Forest f: timed out: too slow");
  });

  it("gives cases a class without further dots, a name without counts, and the suite the place of the rule", () => {
    const [suite] = read(report([finding("pass", { rule: "acme.corp/sub/rule.v2", count: 7 })], { rules: [{ id: "acme.corp/sub/rule.v2", title: "", file: "packs/acme/rule.yaml", line: 12 }] })).children;
    expect(suite?.attributes).toMatchObject({ name: "umpreflight.acme-corp.sub-rule-v2", file: "packs/acme/rule.yaml" });
    expect(suite?.children[0]?.attributes).toEqual({ classname: "umpreflight.acme-corp.sub-rule-v2", name: "Dial plans are secured [UM dial plan HQ]", time: "0.000" });
  });

  it.each<[JunitWarn | undefined, "warn" | "fail", readonly string[]]>([
    [undefined, "fail", ["skipped"]],
    [undefined, "warn", ["failure"]],
    ["pass", "fail", ["system-out"]],
    ["pass", "warn", ["system-out"]],
    ["skipped", "warn", ["skipped"]],
    ["failure", "fail", ["failure"]],
  ])("shows warnings as --junit-warn %s wants, with --fail-on %s", (junitWarn, failOn, elements) => {
    const of = report([finding("warn")], { failOn });
    expect(verdictsOf(oneCase(of, junitWarn === undefined ? {} : { junitWarn }))).toEqual(elements);
  });

  it.each<[OnUnknown, string]>([["report", "error"], ["fail", "error"], ["ignore", "skipped"]])("is as red as the exit code with --on-unknown %s", (onUnknown, element) => {
    expect(verdictsOf(oneCase(report([finding("unknown")]), { onUnknown }))).toEqual([element]);
  });

  it("keeps names apart and the same from run to run", () => {
    const twins = ["guid-1", "guid-2"].map((id) => finding("fail", { subject: subject("umDialPlan", "HQ", id) }));
    const names = (of: Report): readonly string[] => casesOf(read(of)).map((one) => one.attributes["name"] ?? "");
    const [first, second] = names(report(twins));
    expect(first).toMatch(/^Dial plans are secured \[UM dial plan HQ\] [0-9a-f]{8}$/);
    expect(second).not.toBe(first);
    expect(names(report(twins.toReversed()))).toEqual([second, first]);
    const [same] = twins;
    expect(new Set(names(report(same === undefined ? [] : [same, same, same]))).size).toBe(3);
  });

  it("states totals that are true, on the root and on every suite", () => {
    for (const of of [firstScan(), hostileReport()]) {
      const root = read(of);
      for (const element of [root, ...root.children]) {
        const cases = element === root ? casesOf(root) : element.children;
        const having = (name: string): string => String(cases.filter((one) => verdictsOf(one).includes(name)).length);
        expect(element.attributes).toMatchObject({ tests: String(cases.length), failures: having("failure"), errors: having("error"), time: "0.000" });
        if (element !== root) expect(element.attributes["skipped"]).toBe(having("skipped"));
      }
      expect(casesOf(root).filter((one) => verdictsOf(one).length > 1)).toEqual([]);
      expect(new Set(casesOf(root).map((one) => `${one.attributes["classname"]} ${one.attributes["name"]}`)).size).toBe(casesOf(root).length);
      expect(new Set(root.children.map((suite) => suite.attributes["name"])).size).toBe(root.children.length);
    }
  });

  it("has one case per rule where that is wanted, as bad as its worst subject", () => {
    const many = Array.from({ length: 60 }, (_, index) => finding("fail", { subject: subject("user", `user ${index}`), message: `User ${index} fails.` }));
    const of = report([finding("pass", { count: 100 }), ...many, finding("warn"), finding("unknown"), finding("fail", { disposition: "waived" }), finding("pass", { rule: "dns/srv", title: "SRV" }), finding("not-applicable", { rule: "dns/srv", title: "SRV" }), finding("not-applicable", { rule: "dns/mx", title: "MX" })]);
    const [security, mx, srv] = read(of, { junitGranularity: "rule" }).children.map((suite) => suite.children[0]);
    expect(security?.attributes["name"]).toBe("Dial plans are secured");
    expect(security?.children[0]).toMatchObject({ name: "failure", attributes: { type: "fail", message: "60 of 163 subjects: User 0 fails." } });
    expect(security?.children[0]?.text).toContain("FAIL 60, UNKNOWN 1, WARN 1, WAIVED: FAIL 1, PASS 100");
    expect(security?.children[0]?.text).toContain("- User user 49: User 49 fails.\nand 10 more");
    expect(srv?.children).toEqual([]);
    expect(mx?.children[0]).toMatchObject({ name: "skipped", attributes: { message: "N/A: 1 of 1 subject: Dial plan HQ is looked at." } });
    const [mixed] = read(report([finding("unknown"), finding("warn")], { failOn: "warn" }), { junitGranularity: "rule", onUnknown: "ignore" }).children;
    expect(mixed?.children[0]?.children[0]?.name).toBe("failure");
  });

  it("writes UTC time without a zone", () => {
    expect(read(firstScan()).children[0]?.attributes).toMatchObject({ timestamp: "2026-06-01T10:00:00", hostname: "localhost" });
  });

  it("is an error when nothing was checked", () => {
    expect(verdictsOf(oneCase(report([])))).toEqual(["error"]);
  });

  it("is an error when the run is incomplete", () => {
    const last = casesOf(read(firstScan())).at(-1);
    expect(last?.attributes["name"]).toBe("The run is complete");
    expect(last?.children[0]?.text).toContain("exum02.emea.fabrikam.test:5061 refused the connection");
  });

  it("stops at its limit, keeps what is red, and says what is missing", () => {
    const many = report([...Array.from({ length: 2000 }, (_, index) => finding("pass", { subject: subject("user", `user ${index}`) })), finding("fail", { message: "kept" })]);
    const xml = [...junitWithin(many, plain, 100_000)].join("");
    expect(Buffer.byteLength(xml)).toBeLessThan(101_000);
    const cases = casesOf(readXml(xml));
    expect(cases.some((one) => one.children[0]?.text.startsWith("kept") === true)).toBe(true);
    expect(cases.at(-1)?.children[0]?.attributes["message"]).toBe(`${2001 - (cases.length - 1)} findings of 2001 left out: consumers refuse larger files. The json report has all of them.`.replace(/^(\d)(\d{3}) /, "$1,$2 "));
  });
});

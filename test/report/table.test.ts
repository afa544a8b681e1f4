import { describe, expect, it } from "vitest";
import type { RenderOptions, Report } from "../../src/model/report.ts";
import { renderTable } from "../../src/report/table.ts";
import { finding, firstScan, plain, report, subject, withoutColors } from "./reports.ts";

const text = (of: Report, options: RenderOptions = plain): string => [...renderTable(of, options)].join("");

describe("table", () => {
  it("tells one cause of many unknowns once, with what it costs", () => {
    const unknowns = Array.from({ length: 200 }, (_, index) => finding("unknown", { rule: `dial-plan/rule-${index % 4}`, subject: subject("umDialPlan", `plan-${index}`), reasons: [{ reason: "unreachable", subject: subject("forest", "fabrikam.test"), fact: "dialPlans", detail: "fdc1 refused the connection" }] }));
    const table = text(report(unknowns));
    expect(table.match(/fdc1 refused/g)).toHaveLength(1);
    expect(table).toContain("costs 200 checks");
    expect(table).toContain("and 45 more");
    expect(table).toContain("0 of 200 checks were decided (0 %); 200 unknown");
    expect(table.split("\n").length).toBeLessThan(50);
  });

  it("counts a check once for each cause, however many facts it needs", () => {
    const reasons = ["a", "b"].map((fact) => ({ reason: "timeout" as const, subject: subject("forest", "f"), fact, detail: "dc1 is silent" }));
    expect(text(report([finding("unknown", { reasons })]))).toContain("costs 1 check\n");
  });

  it("never rounds to 100 % while something is unknown", () => {
    const table = text(report([finding("pass", { count: 999_999 }), finding("unknown")]));
    expect(table).toContain("999,999 of 1,000,000 checks were decided (99 %); 1 unknown");
  });

  it("counts waived unknowns as undecided", () => {
    expect(text(report([finding("pass"), finding("unknown", { disposition: "waived" })]))).toContain("1 of 2 checks were decided (50 %); 1 unknown (1 of them waived)");
  });

  it.each<[string, Report]>([
    ["Not ready: 1 failure.", report([finding("fail"), finding("pass")])],
    ["Not ready: 1 failure. 1 check could not be decided.", report([finding("fail"), finding("unknown")])],
    ["Not ready: 1 warning.", report([finding("warn")], { failOn: "warn" })],
    ["Undecided: nothing failed, but 1 check could not be decided.", report([finding("pass"), finding("unknown")])],
    ["Undecided: nothing failed, but the run is incomplete.", report([finding("pass")], { run: { ...report([]).run, complete: false } })],
    ["Undecided: nothing was checked.", report([finding("not-applicable")])],
    ["Ready, with 1 warning.", report([finding("warn")])],
    ["Ready.", report([finding("pass")])],
  ])("says %s", (sentence, of) => {
    expect(text(of).trimEnd().split("\n").at(-1)).toBe(sentence);
  });

  it("shows every command whole, on a line of its own", () => {
    const command = `Set-Something -Identity '${"x".repeat(150)}'`;
    expect(text(report([finding("fail", { remedy: { text: "Mend it.", commands: [command] } })])).split("\n").map((line) => line.trim())).toContain(command);
  });

  it.each([40, 80, 120])("keeps to %i columns but for commands", (columns) => {
    const wide = text(firstScan(), { ...plain, columns }).split("\n").filter((line) => line.length > columns);
    expect(wide.filter((line) => !/^\s+(Set|New|Enable)-/.test(line))).toEqual([]);
  });

  it("collapses findings that differ in the subject only, and lists those that do not", () => {
    const alike = ["A1", "B2", "C3"].map((name) => finding("warn", { subject: subject("umDialPlan", name), message: `Plan ${name} is odd.` }));
    const other = finding("warn", { subject: subject("umDialPlan", "D4"), message: "Plan D4 is old." });
    const table = text(report([...alike, other]));
    expect(table).toContain("UM dial plan A1, B2, C3\n         Plan A1 is odd.");
    expect(table).toContain("UM dial plan D4\n         Plan D4 is old.");
    expect(table).not.toContain("Plan B2 is odd.");
  });

  it("lists passes with evidence when verbose", () => {
    const one = finding("pass", { evidence: [{ subject: subject("umDialPlan", "HQ"), fact: "uriType", value: "SipName", state: "known" }] });
    expect(text(report([one]))).not.toContain("SipName");
    expect(text(report([one]), { ...plain, verbosity: "verbose" })).toMatch(/PASS .*dial-plan\/security[^]*uriType +SipName/);
  });

  it("names where the values of a collapsed finding come from, and bounds its commands", () => {
    const of = subject("umDialPlan", "A1");
    const base = { message: "Odd.", evidence: [{ subject: of, fact: "phoneContext", value: "", state: "known" as const, source: "directory" }], remedy: { text: "Mend it.\n", commands: Array.from({ length: 25 }, (_, index) => `Set-It ${index}`) } };
    const table = text(report([finding("warn", { ...base, subject: of }), finding("warn", { ...base, subject: subject("umDialPlan", "B2") })]));
    expect(table).toContain("UM dial plan A1, B2\n         Odd.\nSeen     phoneContext of UM dial plan A1  (empty)\n         from directory\nRemedy   Mend it.\n         Set-It 0\n");
    expect(table).toContain("Set-It 19\n         and 5 more commands\n");
  });

  it("says what kept the run and its targets from being whole", () => {
    const table = text(firstScan());
    expect(table).toContain("INCOMPLETE: interrupted by the user while endpoints were read\ndirectory contoso.test: partly read\n");
    expect(table).not.toContain("directory fabrikam.test: ");
  });

  it("colours words and changes no letter", () => {
    const colored = text(firstScan(), { ...plain, color: true });
    expect(colored).toContain("\u001b[31mFAIL\u001b[39m");
    expect(withoutColors(colored).replace(/ +$/gm, "")).toBe(text(firstScan()));
  });

  it("stays small and quick with many findings", () => {
    const many = { ...report([]), findings: { *[Symbol.iterator]() {
      for (let index = 0; index < 100_000; index += 1) yield finding("fail", { subject: subject("user", `user ${index}`), message: `Something else each time: ${index * 7}` });
    } } };
    const table = text(many);
    expect(table).toContain("and 99,995 more checks of this rule");
    expect(table.length).toBeLessThan(5000);
  });
});

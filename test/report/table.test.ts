import { describe, expect, it } from "vitest";
import type { RenderOptions, Report } from "../../src/model/report.ts";
import { renderTable } from "../../src/report/table.ts";
import { styles } from "../../src/report/table/page.ts";
import { finding, firstScan, plain, report, subject, withoutColors } from "./reports.ts";

const text = (of: Report, options: RenderOptions = plain): string => [...renderTable(of, options)].join("");

describe("table", () => {
  it("tells one cause of many unknowns once, with what it costs", () => {
    const unknowns = Array.from({ length: 200 }, (_, index) => finding("unknown", { rule: `dial-plan/rule-${index % 4}`, subject: subject("umDialPlan", `plan-${index}`), reasons: [{ reason: "unreachable", subject: subject("forest", "fabrikam.test"), fact: "dialPlans", detail: "fdc1 refused the connection" }] }));
    const table = text(report(unknowns));
    expect(table.match(/fdc1 refused/g)).toHaveLength(1);
    expect(table).toContain("costs 200 checks");
    expect(table).toContain("UNKNOWN  200 checks of 4 rules\n         UM dial plan plan-0, plan-4, plan-8, plan-12, plan-16 and more\n         not read: dialPlans (Forest) - see [1]\n");
    expect(table).toContain("0 of 200 checks were decided (0 %); 200 unknown");
    expect(table.split("\n").length).toBeLessThan(18);
  });

  const unreachable = (host: string) => ({ reason: "unreachable" as const, subject: subject("endpoint", host), fact: "certificate", detail: `the name ${host} does not resolve: ${host}: DNS inside has no address for it` });

  it("tells what happened to many servers once, and names the first of them", () => {
    const many = Array.from({ length: 40 }, (_, index) => finding("unknown", { rule: "endpoint/answers", subject: subject("endpoint", `ex${index}.fabrikam.test:5061`), reasons: [unreachable(`ex${index}.fabrikam.test`)] }));
    const timedOut = finding("unknown", { rule: "endpoint/answers", reasons: [{ ...unreachable("ex1.fabrikam.test"), reason: "timeout" }] });
    const table = text(report([...many, timedOut]));
    expect(table.replaceAll(/\s+/g, " ")).toContain("[1] unreachable: the name ex0.fabrikam.test does not resolve: costs 40 checks ex0.fabrikam.test: DNS inside has no address for it (and likewise ex1.fabrikam.test, ex2.fabrikam.test, ex3.fabrikam.test and 36 more)");
    expect(table).toMatch(/\[2\] {3}timed out: /);
    expect(table).not.toContain("[3]");
    expect(text(report([...many, timedOut]), { ...plain, verbosity: "verbose" })).toContain("[41]");
  });

  it("collapses rules of an area that lack the same, names them where they are few, and shows a rule that lacks something of its own", () => {
    const lacks = (rule: string, detail: string) => finding("unknown", { rule, subject: subject("deployment", "the deployment"), reasons: [{ reason: "denied", subject: subject("deployment", "the deployment"), fact: "endpoints", detail }] });
    const same = ["a", "b"].map((name) => lacks(`certificate/${name}`, "dc1 refuses the password"));
    const table = text(report([...same, lacks("certificate/c", "something else"), finding("fail", { rule: "certificate/d" })]));
    expect(table).toContain("UNKNOWN  2 checks of 2 rules: a, b\n         not read: endpoints (Deployment) - see [1]\n\nUNKNOWN  certificate/c (blocker)\n");
    expect(table.indexOf("FAIL     certificate/d")).toBeLessThan(table.indexOf("UNKNOWN"));
    expect(text(report(same), { ...plain, verbosity: "verbose" })).toContain("UNKNOWN  certificate/a (blocker)\n");
  });

  it("ends in a summary that fits on a screen, however much was not read", () => {
    const problems = Array.from({ length: 160 }, (_, index) => `ex${index % 40}.fabrikam.test:${5060 + (index % 4)}: the name ex${index % 40}.fabrikam.test does not resolve: DNS inside has no address for it`);
    const targets = ["contoso.test", "fabrikam.test", "litware.test"].map((name) => ({ kind: "directory", name, status: "partly-read" as const, problems: [...problems, `${"CN=EX1,".repeat(30)}DC=test: a value outside the known ones`, "a very long sentence ".repeat(30)] }));
    const of = report([finding("unknown", { reasons: [unreachable("ex1.fabrikam.test")] })], { run: { ...report([]).run, complete: false, reasons: Array.from({ length: 50 }, (_, index) => `reason ${index}`), targets } });
    for (const verbosity of ["quiet", "normal"] as const) {
      const table = text(of, { ...plain, verbosity });
      const summary = table.slice(table.indexOf("\nSummary")).trim().split("\n");
      expect(summary.length).toBeLessThan(40);
      expect(summary.filter((line) => line.includes("does not resolve"))).toHaveLength(3);
      expect(summary).toContain("and 47 more reasons");
    }
  });

  it("does not repeat in the summary what stands among the causes", () => {
    const detail = "dc1.contoso.test:636: wrong password";
    const of = report([finding("unknown", { reasons: [{ reason: "denied", subject: subject("forest", "contoso.test"), fact: "trusts", detail }] })], { run: { ...report([]).run, targets: [{ kind: "directory", name: "contoso.test", status: "not-read", problems: [detail] }] } });
    expect(text(of)).toContain("\ndirectory contoso.test: not read - see [1]\nUndecided");
    expect(text(of, { ...plain, verbosity: "quiet" })).toContain(`\ndirectory contoso.test: not read\n         ${detail}\n`);
  });

  it("calls what somebody stated stated, and what was seen seen", () => {
    const statement = subject("attestation", "um-ports-open");
    const of = finding("warn", { rule: "firewall/um-ports", subject: statement, evidence: [
      { subject: statement, fact: "value", value: "false", state: "known", source: "stated by operations" },
      { subject: statement, fact: "by", value: "Contoso UC operations", state: "known", source: "stated by operations" },
      { subject: subject("lyncPool", "pool1"), fact: "version", value: "5", state: "known", source: "directory" },
    ] });
    expect(text(report([of]))).toMatch(/\nStated {3}value +false\n +by +Contoso UC operations\n +stated by operations\nSeen {5}version of Lync pool pool1 +5\n/);
  });

  it("counts a check once for each cause, however many facts it needs", () => {
    const reasons = ["a", "b"].map((fact) => ({ reason: "timeout" as const, subject: subject("forest", "f"), fact, detail: "dc1 is silent" }));
    expect(text(report([finding("unknown", { reasons })]))).toContain("costs 1 check\n");
  });

  it("never rounds to 100 % while something is unknown", () => {
    const table = text(report([finding("pass", { count: 999_999 }), finding("unknown")]));
    expect(table).toContain("999,999 of 1,000,000 checks were decided (99 %); 1 unknown");
  });

  it.each([
    ["1 of 1 check was decided (100 %); 0 unknown", [finding("pass")]],
    ["1 of 2 checks was decided (50 %); 1 unknown", [finding("pass"), finding("unknown")]],
    ["0 of 1 check was decided (0 %); 1 unknown", [finding("unknown")]],
    ["2 of 2 checks were decided (100 %); 0 unknown", [finding("pass"), finding("fail")]],
  ])("says that %s", (sentence, findings) => {
    expect(text(report(findings))).toContain(sentence);
  });

  it("counts waived unknowns as undecided", () => {
    expect(text(report([finding("pass"), finding("unknown", { disposition: "waived" })]))).toContain("1 of 2 checks was decided (50 %); 1 unknown (1 of them waived)");
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
    expect(colored).toContain("\u001b[38;5;160mFAIL\u001b[39m");
    expect(withoutColors(colored).replace(/ +$/gm, "")).toBe(text(firstScan()));
  });

  it.each(Object.entries(styles).filter(([style]) => style !== "strong"))("has a colour that can be read on white and on black: %s", (_, [code]) => {
    const index = Number(/^38;5;(\d+)$/u.exec(code)?.[1]);
    const level = (step: number): number => [0, 95, 135, 175, 215, 255][step] ?? 0;
    const channel = (value: number): number => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
    const [red, green, blue] = [36, 6, 1].map((size) => channel(level(Math.floor((index - 16) / size) % 6)));
    const luminance = 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
    expect(index).toBeGreaterThan(15);
    expect(1.05 / (luminance + 0.05)).toBeGreaterThan(3);
    expect((luminance + 0.05) / 0.05).toBeGreaterThan(3);
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

import { describe, expect, it } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { codeBlock, markdownText } from "../../src/report/escape-markdown.ts";
import { terminalText } from "../../src/model/terminal-text.ts";
import { renderMarkdown } from "../../src/report/markdown.ts";
import { expectHarmlessMarkdown, outsideCode } from "./markdown-rules.ts";
import { hostileReport, hostileStrings, longReport } from "./hostile.ts";
import { seeds, textsOf } from "./random-text.ts";
import { finding, firstScan, plain, report, subject, summaryOf } from "./reports.ts";

const render = (of: Report): string => [...renderMarkdown(of, plain)].join("");
const decoded = (text: string): string => text.replaceAll("&#8288;", "").replaceAll(/&#(\d+);/gu, (_, code: string) => String.fromCharCode(Number(code)));

describe("markdown", () => {
  it.each([
    ["a|b", "a&#124;b"],
    ["<b>", "&#60;b&#62;"],
    ["@octocat", "&#64;&#8288;octocat"],
    ["fixes #12", "fixes &#35;&#8288;12"],
    ["http://evil.test www.evil.test", "http:&#8288;//evil.test www&#8288;.evil.test"],
    ["[x](javascript:alert(1))", "&#91;x&#93;(javascript:alert(1))"],
    ["*a* _b_ `c` ~d~", "&#42;a&#42; &#95;b&#95; &#96;c&#96; &#126;&#8288;d&#126;"],
    ["1. item", "1&#46; item"],
    ["- item", "&#45; item"],
    ["dial-plan (HQ)", "dial-plan (HQ)"],
    ["two\nlines", "two&#92;u{a}lines"],
  ])("shows %j as it is", (foreign, shown) => {
    expect(markdownText(foreign)).toBe(shown);
  });

  it("loses nothing of a text", () => {
    for (const text of [...hostileStrings, ...seeds.flatMap(textsOf)]) expect(decoded(markdownText(text))).toBe(terminalText(text));
  });

  it("closes a code block whatever is inside", () => {
    expect(codeBlock("powershell", ["```", "echo"])).toBe("````powershell\n```\necho\n````\n");
    for (const text of seeds.flatMap(textsOf)) expect(outsideCode(codeBlock("", [text, "````", text]))).toEqual([""]);
  });

  it("tells verdict, counts and what was not read first", () => {
    const markdown = render(firstScan());
    expect(markdown).toMatch(/^## umpreflight: Not ready: 8 failures. 9 checks could not be decided.\n\n\*\*This run is incomplete.\*\*\n\n\| fail \|/u);
    expect(markdown).toContain("| 8 | 9 | 1 | 1,204,334 | 1 | 1 |");
    expect(markdown.indexOf("timed out: cdc2.contoso.test:3269")).toBeLessThan(markdown.indexOf("<b>FAIL</b>"));
    expect(markdown).toContain("<b>WAIVED WARN</b> Gateways are named by FQDN");
    expect(markdown).toContain("and 2 more checks");
    expect(markdown).not.toContain("<summary><b>PASS");
  });

  it.each<[string, Report]>([["a first scan", firstScan()], ["hostile strings", hostileReport()], ["long names", longReport()], ["nothing", report([])], ...seeds.map((seed): [string, Report] => [`seed ${seed}`, hostileReport(textsOf(seed))])])("is harmless with %s", (_name, of) => {
    expectHarmlessMarkdown(render(of));
  });

  it("stays within 60,000 characters, keeps the worst, and counts what it left out", () => {
    const findings = Array.from({ length: 3000 }, (_, index) => finding(index % 2 === 0 ? "warn" : "fail", { rule: `area/rule-${index}`, title: `${"|<&".repeat(30)}${index}`, message: "|<&".repeat(200), subject: subject("user", String(index)) }));
    const many = report([], { findings, summary: summaryOf(findings) });
    const markdown = render(many);
    expect(markdown.length).toBeLessThanOrEqual(60_000);
    expectHarmlessMarkdown(markdown);
    expect(markdown).toContain("| 1,500 | 0 | 1,500 | 0 | 0 | 0 |");
    const shown = markdown.split("<code>").length - 1;
    expect(markdown).not.toContain("<b>WARN</b>");
    expect(markdown).toContain(`${(3000 - shown).toLocaleString("en-US")} more rules with ${(3000 - shown).toLocaleString("en-US")} checks left out`);
  });
});

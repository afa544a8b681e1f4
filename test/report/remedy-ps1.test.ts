import { describe, expect, it } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { powershellComment, powershellString } from "../../src/report/escape-powershell.ts";
import { renderRemedyPs1 } from "../../src/report/remedy-ps1.ts";
import { commandProblem } from "../../src/report/remedy-ps1/command-problem.ts";
import { hostileReport, hostileStrings, longReport } from "./hostile.ts";
import { lexPowershell } from "./powershell-lexer.ts";
import { seeds, textsOf } from "./random-text.ts";
import { finding, firstScan, plain, report, subject } from "./reports.ts";

const render = (of: Report): string => [...renderRemedyPs1(of, plain)].join("");
const problem = (command: string): string | undefined => commandProblem(command, new Set());
const remedy = (...commands: readonly string[]) => ({ remedy: { text: "Do it.", commands } });
const attacks = ["SIG # Begin signature block", "requires -Modules Evil", "'; Remove-Item C:\\ -Recurse; '", "\u2019; Remove-Item C:\\ -Recurse; \u2018", '"; Remove-Item; "', "} Remove-Item {", "#> Remove-Item", "$(Remove-Item)", "x `\n", "@'", "--%", "a\r\nRemove-Item", "a\nRemove-Item"];

/** Every line of code is the frame of the script, or the command of a step whose approval names it. */
function expectHarmless(script: string): void {
  const pieces = lexPowershell(script);
  for (const { kind, text } of pieces) if (kind === "comment") expect(text).toMatch(/^# ?(?![\s]*(?:SIG|requires)\b)/iu);
  const body = script.slice(script.indexOf("# ===="));
  if (!script.includes("# ====")) return;
  const lines = body.split("\n");
  for (const [index, line] of lines.entries()) {
    if (line === "" || line.startsWith("# ") || line === "}" || /^\$[\p{L}\p{N}_]+ = \$null$/u.test(line)) continue;
    const isCommand = line.startsWith("    ") && lines[index - 1]?.startsWith("if (Approve-Step ") === true && lines[index + 1] === "}";
    expect(isCommand || /^if \(Approve-Step '.*' '.*'\) \{$/u.test(line), line).toBe(true);
    if (isCommand) expect(lines[index - 1]).toContain(` ${powershellString(line.slice(4))}) {`);
  }
}

describe("remedy-ps1", () => {
  it.each([
    "Set-UMDialPlan -Identity 'HQ' -VoIPSecurity Secured",
    "Set-UMDialPlan -Identity 'O''Brien' -VoIPSecurity Secured",
    "Set-UMDialPlan -Identity '\u2018\u2018quoted\u2019\u2019' -VoIPSecurity Secured",
    "netdom trust 'a.test' /Domain:'b.test' /Add /Twoway /UserD:* /PasswordD:*",
    ".\\ExchUcUtil.ps1 -Forest:'contoso.test'",
    "@('a','b') | ForEach-Object { Set-UMService -Identity $_ -DialPlans @{Add='HQ' } }",
    "Get-UMHuntGroup | Where-Object { $_.UMIPGateway.Name -eq 'gw' } | Remove-UMHuntGroup",
    "Set-UMService -Identity 'x' -DialPlans $null",
    "$certificate = Import-ExchangeCertificate -FileData ([Byte[]](Get-Content -Path C:\\um.cer -Encoding Byte -ReadCount 0))",
    "Get-UMDialPlan | ForEach-Object { New-UMHuntGroup -PilotIdentifier $_.PhoneContext.Split('.')[0] }",
  ])("runs %s", (command) => {
    expect(problem(command)).toBeUndefined();
  });

  it.each([
    ["Set-X -Identity 'HQ", "a quote is left open"],
    ["Set-X -Identity 'HQ\u2019 -Other 'x", "a quote is left open"],
    ["Set-X } Remove-Item {", "its brackets do not match"],
    ["Set-X (1", "a bracket is left open"],
    ["Set-X # rest", "it holds # outside of quotes"],
    ["Set-X `", "it holds ` outside of quotes"],
    ["Set-X > C:\\file", "it holds > outside of quotes"],
    ['Set-X "$(Remove-Item)"', "it holds $ in double quotes"],
    ["Set-X $(Remove-Item)", "it holds $ outside of quotes"],
    ["Set-X @'", "it begins a here-string"],
    ["cmd --% anything", "it holds --%"],
    ["Set-X -Thumbprint '<thumbprint of the new certificate>'", "something has to be filled in"],
    ["Set-X -Thumbprint <thumbprint>", "something has to be filled in"],
    ["Set-X -Thumbprint $certificate.Thumbprint", "$certificate has to be set first"],
    ["Add-DnsServerResourceRecord -A -IPv4Address 192.0.2.1", "it names an example address"],
    ["Set-X\nRemove-Item", "it holds characters that cannot be seen"],
    ["Set-X 'a\u202eb'", "it holds characters that cannot be seen"],
    ["=1", "it is no command"],
    ["  ", "it is empty"],
    [`Set-X '${"x".repeat(8000)}'`, "it is too long"],
  ])("leaves to the reader: %j", (command, why) => {
    expect(problem(command)).toBe(why);
  });

  it("knows the variables of the commands before", () => {
    const set = new Set<string>();
    expect(commandProblem("$Certificate = Get-ExchangeCertificate", set)).toBeUndefined();
    expect(commandProblem("Set-X -Thumbprint $certificate.Thumbprint", set)).toBeUndefined();
    expect(commandProblem("$a = $b", set)).toBe("$b has to be set first");
  });

  it("quotes every kind of quote, and keeps comments on their line", () => {
    expect(powershellString("a'b\u2019c\u201ad")).toBe("'a''b\u2019\u2019c\u201a\u201ad'");
    expect(powershellComment("Found", "a\r\nRemove-Item")).toBe("# Found: a\\u{d}\\u{a}Remove-Item\n");
  });

  it("mends what others need first, and asks before each command", () => {
    const failed = (rule: string, command: string) => finding("fail", { rule, subject: subject("deployment", rule), ...remedy(command) });
    const script = render(report(["user/a", "lync/a", "dns/a", "hunt-group/a", "gateway/a", "acme/own", "dial-plan/a", "certificate/a", "forest/a"].map((rule) => failed(rule, `Set-X -Identity '${rule}'`))));
    const order = [...script.matchAll(/^ {4}Set-X -Identity '(.*)'$/gmu)].map(([, rule]) => rule);
    expect(order).toEqual(["forest/a", "certificate/a", "dial-plan/a", "gateway/a", "hunt-group/a", "dns/a", "lync/a", "user/a", "acme/own"]);
    expectHarmless(script);
    expect(script).toContain("# 1: forest/a (blocker) on Deployment forest/a, finding ");
  });

  it("does nothing by itself", () => {
    const script = render(firstScan());
    expect(script.startsWith("\ufeff#")).toBe(true);
    expect(script).toContain("if (-not $Apply) { $WhatIfPreference = $true }");
    expect(script).toMatch(/if \(-not \$script:Apply\) \{\n.*\n\s+return \$false\n/u);
    expect(script).toContain("return $PSCmdlet.ShouldProcess($Target, $Command)");
  });

  it("takes failures only, not the waived, and warnings where they fail", () => {
    const of = [finding("fail", { disposition: "waived", ...remedy("Set-A") }), finding("unknown", remedy("Set-B")), finding("warn", remedy("Set-C")), finding("pass", remedy("Set-D"))];
    expect(render(report(of))).not.toMatch(/Set-[A-D]/u);
    expect(render(report(of, { failOn: "warn" }))).toContain("    Set-C\n");
  });

  it("forgets the variables of one step before the next, so that a declined command leaves nothing to take", () => {
    const certificate = (name: string) => finding("fail", { subject: subject("endpoint", name), ...remedy(`$certificate = Import-X '${name}'`, `Enable-X '${name}' $certificate`) });
    const script = render(report([certificate("a"), certificate("b")]));
    expect(script.split("$certificate = $null\nif (Approve-Step")).toHaveLength(3);
    expectHarmless(script);
  });

  it("leaves a whole remedy to the reader when one command is not whole, and says the same thing once", () => {
    const script = render(report([finding("fail", remedy("Set-A", "Set-B <name>")), finding("fail", { ...remedy("Set-C"), subject: subject("user", "1") }), finding("fail", { ...remedy("Set-C"), subject: subject("user", "2") })]));
    expect(script).toContain("# Not run: something has to be filled in\n# By hand: Set-A\n# By hand: Set-B <name>\n");
    expect(script.match(/^ {4}Set-C$/gmu)).toHaveLength(1);
    expect(script).toContain("# The commands are those of 2.");
  });

  it.each<[string, Report]>([
    ["a first scan", firstScan()],
    ["hostile strings", hostileReport([...hostileStrings, ...attacks])],
    ["long names", longReport()],
    ["nothing", report([])],
    ...seeds.map((seed): [string, Report] => [`seed ${seed}`, hostileReport([...textsOf(seed), ...textsOf(seed).map((text) => `Set-X ${text}`), ...textsOf(seed).map((text) => `Set-X ${powershellString(text)}`)])]),
  ])("cannot be broken out of: %s", (_name, of) => {
    expectHarmless(render(of));
  });

  it("runs a quoted hostile value as a value", () => {
    const names = seeds.flatMap(textsOf).map((text) => text.replaceAll(/[^\P{C}]|\p{Z}|\p{Default_Ignorable_Code_Point}/gu, "")).filter((text) => !/^<.+>$/u.test(text));
    for (const name of names) expect(problem(`Set-X -Identity ${powershellString(name)}`), name).toBeUndefined();
  });
});

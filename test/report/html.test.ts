import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Finding } from "../../src/model/finding.ts";
import type { Report } from "../../src/model/report.ts";
import { renderHtml } from "../../src/report/html.ts";
import { surveyOf } from "../../src/report/html/survey.ts";
import { wordsOf } from "../../src/report/words.ts";
import { comparedReport } from "./drift-report.ts";
import { hostileReport, hostileStrings } from "./hostile.ts";
import { htmlPage, type HtmlPage } from "./html-page.ts";
import { exampleOverview, overviewOfTexts } from "./overview.ts";
import { seeds, textsOf } from "./random-text.ts";
import { finding, firstScan, plain, report, subject } from "./reports.ts";

const pageOf = (of: Report): HtmlPage => htmlPage([...renderHtml(of, plain)].join(""));
const textOf = (html: string): string => html.replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ");

/** Tags and attributes that the page uses; whatever else turned up would be somebody else's. */
function tagsOf(html: string): ReadonlySet<string> {
  return new Set([...html.matchAll(/<\/?([a-z][a-z0-9]*)/gi)].map(([, tag]) => tag ?? ""));
}

describe("the page", () => {
  it("allows its own style and script by their hashes, and nothing else", () => {
    const { policy, style, script, text } = pageOf(firstScan());
    const hash = (of: string): string => `'sha256-${createHash("sha256").update(of).digest("base64")}'`;
    expect(policy).toBe(`default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; base-uri 'none'; form-action 'none'`);
    expect(text).not.toMatch(/<[^>]+\s(?:style|on[a-z]+)=/i);
    expect(text).not.toMatch(/<(?:link|img|iframe|object|embed|base)\b/i);
    expect(text.match(/<script(?! type="(?:text\/plain|application\/json)")/g)).toHaveLength(1);
  });

  it("says the verdict in words and numbers", () => {
    expect(textOf(pageOf(firstScan()).visible)).toContain("Not ready: 8 failures stop calls or set-up.");
    const one = report([finding("fail"), finding("fail", { severity: "advice", rule: "a/b" }), finding("pass", { count: 7, rule: "a/c" })]);
    expect(textOf(pageOf(one).visible)).toContain("Not ready: 1 failure stops calls or set-up. 2 failures and 0 warnings in 9 checks. They come down to 2 root causes. 100 % could be decided.");
    expect(textOf(pageOf(report([finding("fail", { severity: "major" })])).visible)).toContain("Not ready: 1 failure.");
    expect(textOf(pageOf(report([finding("unknown")])).visible)).toContain("Undecided: nothing failed, but 1 check could not be decided.");
    expect(textOf(pageOf(report([finding("pass")])).visible)).toContain("Ready.");
    expect(textOf(pageOf(report([])).visible)).toContain("Nothing was checked.");
  });

  it("is in the language of the report, unless another one is asked for, and gives its script the words", () => {
    const compared: Report = { ...comparedReport(), overview: exampleOverview };
    const page = pageOf({ ...compared, language: "fr" });
    expect(page.text).toContain('<html lang="fr">');
    expect(page.data.words).toEqual(wordsOf("fr").page.client);
    const english = textOf(pageOf(compared).visible);
    const strings = (of: unknown): readonly string[] => (typeof of === "string" ? [of] : typeof of === "object" && of !== null ? Object.values(of).flatMap(strings) : []);
    // Whole sentences of the English page; single words are often the same in both languages, and part of names.
    const own = strings(wordsOf("en").page).filter((said) => said.split(" ").length > 2 && english.includes(said));
    expect(own.length).toBeGreaterThan(10);
    expect(own.filter((said) => page.visible.includes(said))).toEqual([]);
    expect(textOf([...renderHtml({ ...compared, language: "fr" }, { ...plain, language: "en" })].join(""))).toContain(wordsOf("en").page.section.causes.intro);
  });

  it("says that a run is incomplete, what was not read, and what that costs", () => {
    const text = textOf(pageOf(firstScan()).visible);
    expect(text).toContain("This run is incomplete.");
    expect(text).toContain("interrupted by the user while endpoints were read");
    expect(text).toContain("exum02.emea.fabrikam.test:5061 refused the connection 8 checks");
    expect(textOf(pageOf(report([finding("pass")])).visible)).toContain("Nothing: every target was read, and every check could be decided.");
  });

  it("shows both sides of a finding, its remedy, and where it is documented", () => {
    const { visible } = pageOf(firstScan());
    expect(textOf(visible)).toMatch(/Seen on the Exchange side voipSecurity Unsecured .* Seen on the Lync side encryptionLevel of Lync pool pool01\.contoso\.test RequireEncryption from configuration bundle/);
    expect(visible).toContain("<code>Set-UMDialPlan -Identity &#39;HQ&#39; -VoIPSecurity Secured</code>");
    expect(visible).toContain('href="https://learn.microsoft.com/exchange/deploying-exchange-2013-um-and-lync-server-overview"');
  });

  it("shows waivers, changes, trend and since when a finding stands", () => {
    const text = textOf(pageOf(comparedReport()).visible);
    expect(text).toContain("Accepted by waiver W1 plain");
    expect(text).toMatch(/Against last week plain \( 2026-05-31 10:00 UTC \): 1 new, 1 unknown now, 1 fixed, 1 gone, 1 still\./);
    expect(text).toContain("Cannot be read any more (1)");
    expect(text).toContain("since 2026-05-01 plain");
    expect(text).toContain("Run 1, 2026-05-31T10:00:00.000Z: fail 2, unknown 0, warn 0");
  });

  it("tells what was stated from what was seen", () => {
    const of = { kind: "attestation", id: "clocks-are-right", name: "clocks-are-right" } as const;
    const text = textOf(pageOf(report([finding("warn", { subject: of, evidence: [{ subject: of, fact: "value", value: "false", state: "known", source: "stated by operations on 2026-05-01" }] })])).visible);
    expect(text).toContain("Stated, not seen value false stated by operations on 2026-05-01");
    expect(text).not.toContain("from stated");
  });

  it("shows process, gateways and certificates only where the report has them", () => {
    const { overview: own, ...without } = firstScan();
    expect(pageOf({ ...without, ...(own === undefined ? {} : { overview: own }) }).visible).toContain('id="process"');
    const bare = pageOf(without).visible;
    for (const id of ["process", "map", "gateways", "certificates", "changes", "trend", "stated"]) expect(bare).not.toContain(`id="${id}"`);
    const text = textOf(pageOf({ ...firstScan(), overview: exampleOverview }).visible);
    expect(text).toContain("On-premises Unified Messaging");
    expect(text).toContain("HQ group pilot HQ pilot allowed not allowed");
    expect(text).toMatch(/pool03\.contoso\.test .{0,9}not read/);
    expect(text).toMatch(/CN=expired\.fabrikam\.test .* expired 13 days ago/);
    const { process, ...withoutProcess } = exampleOverview;
    expect(process).toBeDefined();
    expect(pageOf({ ...firstScan(), overview: withoutProcess }).visible).not.toContain('id="process"');
  });

  it("says where it comes from: when, what was read, program and rules with their versions", () => {
    const of = firstScan();
    const versioned = { ...of, rules: of.rules.map((rule, index) => ({ ...rule, version: `00000000000${index}` })) };
    const text = textOf(pageOf(versioned).visible);
    expect(text).toMatch(/Started 2026-06-01 10:00 UTC .* Program umpreflight 0\.1\.0 Rules 9 rules, version [0-9a-f]{12} /);
    expect(text).toContain("rules/dns/srv.yaml, version 000000000005");
    expect(text).toContain("contoso.test directory ? partly read");
    expect(textOf(pageOf(of).visible)).toContain("Rules 9 rules Not ready from failures on");
  });

  it("holds every finding for its script, with what opens with it", () => {
    const of = firstScan();
    const { data, heads, details } = pageOf(of);
    const findings = [...of.findings];
    expect(data).toMatchObject({ kept: findings.length, total: findings.length });
    expect(heads.flatMap(({ rows }) => rows.map((row) => row[4])).sort()).toEqual(findings.map(({ message }) => message).sort());
    expect(details.map((block) => block.length)).toEqual(data.blocks);
    expect(details.flat().flatMap(({ remedy }) => remedy?.commands ?? [])).toContain("Set-UMDialPlan -Identity 'HQ' -VoIPSecurity Secured");
  });
});

describe("root causes", () => {
  it("are headed by what could not be read, not by the title of a rule that sounds like success", () => {
    const unread = { reason: "unreachable" as const, subject: subject("umDialPlan", "A"), fact: "name", detail: "fdc1.fabrikam.test:636 refused the connection" };
    const { causes } = surveyOf(report([finding("unknown", { reasons: [unread] }), finding("unknown", { subject: subject("umDialPlan", "B"), reasons: [unread] })]), new Set());
    const several = surveyOf(report(["a/b", "a/c", "a/d", "a/d"].map((rule) => finding("unknown", { rule, reasons: [unread] }))), new Set()).causes;
    expect(several.map(({ checks, rules }) => [checks, rules.size])).toEqual([[4, 3]]);
    expect(causes.map(({ unread: said, checks }) => [said, checks])).toEqual([["unreachable: fdc1.fabrikam.test:636 refused the connection", 2]]);
    expect(textOf(pageOf(report([finding("unknown", { reasons: [unread] })])).visible)).toContain("unreachable: fdc1.fabrikam.test:636 refused the connection Stops calls");
  });

  const causesOf = (findings: readonly Finding[]): readonly number[] => surveyOf(report(findings), new Set()).causes.map(({ checks }) => checks);
  const seen = (kind: "umDialPlan" | "umIpGateway" | "endpoint", name: string, fact: string, value: string): Finding["evidence"][number] => ({ subject: subject(kind, name), fact, value, state: "known" });

  it("are one where nothing but the subject's name differs, or the commands are the same", () => {
    expect(causesOf(["A", "B", "C"].map((name) => finding("fail", { subject: subject("umDialPlan", name), message: `${name} is bad` })))).toEqual([3]);
    expect(causesOf(["A", "B"].map((name, index) => finding("fail", { subject: subject("umDialPlan", name), message: `message ${index}`, remedy: { text: "", commands: ["Set-It"] } })))).toEqual([2]);
    expect(causesOf(["A", "B"].map((name, index) => finding("fail", { subject: subject("umDialPlan", name), message: `message ${index}`, remedy: { text: "", commands: [`Set-It ${name}`] } })))).toEqual([1, 1]);
  });

  it("are one where a finding looks at what is another's own, whichever came first", () => {
    const own = finding("fail", { rule: "gateway/resolves", subject: subject("umIpGateway", "2:1"), message: "a", evidence: [seen("umIpGateway", "2:1", "address", "old.test")] });
    const look = (name: string): Finding => finding("warn", { rule: "gateway/one-per-pool", subject: subject("lyncPool", name), message: name.repeat(2), evidence: [seen("umIpGateway", "2:1", "address", "old.test")], title: name });
    expect(causesOf([own, look("p1"), look("p22")])).toEqual([3]);
    expect(causesOf([{ ...look("p1"), message: "x" }, { ...look("p22"), message: "y" }, own])).toEqual([3]);
    expect(causesOf([{ ...look("p1"), message: "x" }, { ...look("p22"), message: "y" }])).toEqual([1, 1]);
    expect(causesOf([own, { ...look("p1"), rule: "dns/other" }])).toEqual([1, 1]);
  });

  it("are one for what was not read for the same reason", () => {
    const unread = (name: string, detail: string): Finding => finding("unknown", { rule: `a/${name}`, subject: subject("endpoint", name), reasons: [{ reason: "timeout", subject: subject("endpoint", name), fact: "x", detail }] });
    expect(causesOf([unread("a", "dc1 did not answer"), unread("b", "dc1 did not answer"), unread("c", "dc2 did not answer")])).toEqual([2, 1]);
  });

  it("waived problems have none", () => {
    expect(causesOf([finding("fail", { disposition: "waived" })])).toEqual([]);
  });
});

describe("limits", () => {
  const many = (count: number): readonly Finding[] => Array.from({ length: count }, (_, index) => finding(index % 10 === 9 ? "fail" : index % 2 === 0 ? "pass" : "warn", { subject: subject("umDialPlan", `plan ${index}`), message: `Plan ${index} is as it is.` }));

  it("keeps the worst that fit, and says how many there are", () => {
    const of = report(many(6000));
    const { bulk } = surveyOf(of, new Set(), { characters: 20_000, findings: 100_000 });
    expect(bulk.total).toBe(6000);
    expect(bulk.kept).toBeLessThan(4000);
    expect(bulk.blocks.reduce((sum, { heads, details }) => sum + heads.length + details.length, 0)).toBeLessThanOrEqual(20_000);
    const small = surveyOf(of, new Set(), { characters: 1e9, findings: 700 }).bulk;
    expect(small.kept).toBeLessThanOrEqual(700);
    expect(small.kept).toBeGreaterThanOrEqual(600); // all failures, which came late
  });

  it("is never more than 15 MB, and does not hold what it does not keep", () => {
    const noise = (seed: number): string => createHash("sha512").update(String(seed)).digest("hex").repeat(3);
    const findings = { *[Symbol.iterator]() { for (let index = 0; index < 60_000; index += 1) yield finding("fail", { subject: subject("umDialPlan", noise(index)), message: noise(index + 1), evidence: [{ subject: subject("umDialPlan", "x"), fact: "y", value: noise(index + 2), state: "known" as const }] }); } };
    const of = { ...report([]), findings, summary: { pass: 0, warn: 0, fail: 60_000, unknown: 0, notApplicable: 0, waived: 0 } };
    let size = 0;
    let text = "";
    for (const chunk of renderHtml(of, plain)) {
      size += Buffer.byteLength(chunk);
      if (size < 1_000_000) text += chunk;
    }
    expect(size).toBeLessThan(15_000_000);
    expect(textOf(text)).toMatch(/This page holds the [\d,]+ worst findings of 60,000 findings; the numbers above are those of all\./);
  }, 60_000);

  it("cuts no command in two", () => {
    const { details } = pageOf(report([finding("fail", { remedy: { text: "", commands: ["Set-It", `Set-That ${"x".repeat(10_000)}`] } })]));
    expect(details[0]?.[0]).toMatchObject({ remedy: { commands: ["Set-It"] }, leftOut: ["1 more command"] });
  });
});

describe("hostile text", () => {
  const own = new Set([...tagsOf([...renderHtml({ ...comparedReport(), overview: exampleOverview }, plain)].join("") + [...renderHtml(firstScan(), plain)].join("")), "ol"]);
  const hostilePage = (strings: readonly string[]): string => {
    let turn = 0;
    const next = (): string => strings[(turn += 1) % strings.length] ?? "";
    const compared = comparedReport(next());
    return [...renderHtml({ ...hostileReport(strings), ...(compared.comparison === undefined ? {} : { comparison: compared.comparison }), ...(compared.history === undefined ? {} : { history: compared.history }), overview: overviewOfTexts(next) }, plain)].join("");
  };

  it("makes no elements, attributes or ends of scripts, whatever it is", () => {
    for (const strings of [hostileStrings, ...seeds.map((seed) => textsOf(seed))]) {
      const page = htmlPage(hostilePage(strings));
      expect([...tagsOf(page.visible)].filter((tag) => !own.has(tag))).toEqual([]);
      expect(page.visible).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Cs}]/u);
      expect(page.text.isWellFormed()).toBe(true);
      expect(page.text.match(/<\/script>/g)).toHaveLength(2 + page.heads.length + page.details.length);
      expect(page.visible).not.toMatch(/<[^>]+\s(?:style|on[a-z]+)=/i);
    }
  });

  it("is no link but where it is an address of the web", () => {
    const references = ["javascript:alert(1)", "data:text/html,x", "https://user:pw@evil.test/", "https://good.test/\"><script>"].map((url) => ({ text: "see", url }));
    const { visible } = pageOf(report([finding("fail", { references })]));
    expect([...visible.matchAll(/href="([^#"][^"]*)"/g)].map(([, href]) => href)).toEqual(["https://good.test/%22%3E%3Cscript%3E"]);
  });

  it("names findings by links that browsers leave as they are", () => {
    const { visible } = pageOf(hostileReport());
    for (const [, id] of visible.matchAll(/<details class="finding[^"]*" id="([^"]*)"/g)) expect(id).toMatch(/^[\w\-.~!*'()%/:,=@&#;]+$/);
    const ids = [...visible.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { rulePages, writePages } from "../../src/app/rule-docs.ts";
import { pageMark, rulePage } from "../../src/app/rule-page.ts";
import { compiled, onlyRule, ruleDocument } from "../engine/rule-fixture.ts";

const folder = mkdtempSync(join(tmpdir(), "umpreflight-docs-"));
afterAll(() => rmSync(folder, { recursive: true }));

const hostile = "<script>alert(1)</script> | `x` [a](javascript:b) \u202e @everyone";
const document = ruleDocument({
  title: hostile,
  why: hostile,
  requirements: ["sec.align"],
  parameters: { days: { type: "int", default: 30, description: hostile } },
  with: { soon: "addDays(now, parameters.days)" },
  subject: { each: "umDialPlan", as: "plan", where: 'plan.uriType == "SipName" || plan.faxEnabled' },
  outcomes: [{ outcome: "fail", condition: "plan.faxEnabled || soon < now", message: "Plan {plan.name} | fails", remedy: { text: "Mend this one.", commands: ["Set-UMDialPlan -Identity {plan.name}"] } }],
  evidence: ["plan.faxEnabled"],
  remedy: { text: "Mend it." },
  references: [{ text: "A page", url: "https://example.test/a b" }, { text: "No link", url: "javascript:alert(1)" }],
});
const sources = {
  cases: [{ file: "c", rule: "area/name", now: "2026-06-01T00:00:00Z", world: { umDialPlan: { hq: { name: "HQ" } } }, cases: [{ name: "fax", patch: { "umDialPlan/hq": { faxEnabled: true } }, expect: { fail: ["umDialPlan/hq"] }, message: "fails" }], positions: {} }],
  requirements: new Map([["sec.align", { key: "sec.align", title: "Both sides agree", severity: "B", for: "all" } as const]]),
};
const page = rulePage(onlyRule(compiled(document)), sources);

it("says what, why, how to mend it, from where, with examples", () => {
  for (const part of ["## Why", "`plan.faxEnabled \\|\\| soon < now`", "| Fails |", "| Passes | otherwise |", "Mend it.", "Mend this one.", "`umDialPlan.faxEnabled` | directory", "`days` | int | `30`", "`sec.align` Both sides agree", "fail: umDialPlan/hq", "(<https://example.test/a%20b>)"]) expect(page).toContain(part);
  expect(page).toContain('for which `plan.uriType == "SipName" || plan.faxEnabled`');
});

it("makes no markup of what a rule pack says", () => {
  for (const part of ["<script", "\u202e", "](javascript", "javascript:alert(1)>", "@everyone"]) expect(page).not.toContain(part);
  for (const row of page.split("\n").filter((line) => line.startsWith("| Fails"))) expect(row.replaceAll("\\|", "").split("|")).toHaveLength(5);
});

it("replaces its own pages and nothing else", () => {
  const pages = rulePages(compiled(document).rules, sources);
  expect([...pages.keys()]).toEqual(["README.md", "area/name.md"]);
  writePages(folder, pages);
  writePages(folder, pages);
  expect(readFileSync(join(folder, "area/name.md"), "utf8").startsWith(pageMark)).toBe(true);
  const other = join(folder, "other");
  mkdirSync(join(other, "area"), { recursive: true });
  writeFileSync(join(other, "area/name.md"), "mine");
  expect(() => writePages(other, pages)).toThrow("is not a page of rules");
  expect(existsSync(join(other, "README.md"))).toBe(false);
  rmSync(join(other, "area/name.md"));
  symlinkSync(join(folder, "area/name.md"), join(other, "area/name.md"));
  expect(() => writePages(other, pages)).toThrow("is not a page of rules");
});

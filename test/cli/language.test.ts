import { mkdir, readFile, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { applyChanges, demoMistakes, healthyDeployment, startLab, writeScannerConfiguration, type Lab } from "../../src/lab/index.ts";
import type { Finding } from "../../src/model/finding.ts";
import { widthAtMost } from "../../src/report/table/wrap.ts";
import { folder, run, unfit } from "./running.ts";

let lab: Lab;
let files: Awaited<ReturnType<typeof folder>>;
let snapshot: string;

/** The environment of a developer may have a language of its own. */
const plain = { LC_ALL: "", LC_MESSAGES: "", LANG: "" };

beforeAll(async () => {
  lab = await startLab(applyChanges(healthyDeployment(), demoMistakes().flatMap(({ changes }) => changes)));
  files = await folder();
  snapshot = files.path("lab.snapshot.gz");
  const config = await writeScannerConfiguration(lab, { limits: { operationTimeoutMs: 20_000 } });
  const collected = await run(["collect", "-c", config, "-o", snapshot]);
  if (collected.code !== 0) throw new Error(collected.stderr);
}, 60_000);
afterAll(async () => {
  await lab.close();
  await files.remove();
});

async function evaluate(language: string, ...args: readonly string[]) {
  const ended = await run(["evaluate", snapshot, "--lang", language, ...args], { environment: plain });
  expect(ended).toMatchObject({ code: 1, stderr: "" });
  return ended.stdout;
}

test.for([
  [{ LANG: "fr_FR.UTF-8" }, "règles"],
  [{ LC_MESSAGES: "fr_CA", LANG: "en_US.UTF-8" }, "règles"],
  [{ LC_ALL: "C", LC_MESSAGES: "fr_CA", LANG: "fr_FR.UTF-8" }, "rules"],
  [{ LANG: "de_DE.UTF-8" }, "rules"],
  [{}, "rules"],
  [{ LANG: "de_DE.UTF-8", UMPREFLIGHT_LANG: "fr" }, "règles"],
] as const)("the language of the environment: %j", async ([environment, word]) => {
  const { stdout } = await run(["rules", "list"], { environment: { ...plain, ...environment } });
  expect(stdout.trimEnd().endsWith(` ${word}`)).toBe(true);
});

test("--lang wins over the configuration, and the configuration over the environment", async () => {
  const config = files.path("french.yaml");
  await writeFile(config, "version: 1\nprofile: on-premises\nlanguage: fr\nforests: [{ name: contoso.test, roles: [lync, exchange], credentials: { user: a, password: { env: X } } }]\n");
  const of = async (...args: readonly string[]) => (await run(["evaluate", snapshot, "-c", config, "-q", ...args], { environment: { ...plain, LANG: "en_GB.UTF-8" } })).stdout;
  expect(await of()).toContain("Pas prêt\u00a0: ");
  expect(await of("--lang", "en")).toContain("Not ready: ");
});

test("a language that there is not is refused", async () => {
  const ended = await run(["rules", "list"], { environment: { ...plain, UMPREFLIGHT_LANG: "tlh" } });
  expect(ended.code).toBe(2);
  expect(ended.stderr).toContain('UMPREFLIGHT_LANG is "tlh"');
});

test("a French table fits into 80 columns, but for commands", async () => {
  const table = await evaluate("fr", "--verbose");
  expect(table).toContain("Solution");
  expect(unfit({ stdout: table, stderr: "" })).toEqual([]);
  const commands = /^ {4}\S|^ {9}https:/u;
  expect(table.split("\n").filter((line) => widthAtMost(line) > 80 && !commands.test(line))).toEqual([]);
});

test("what identifies a finding is the same in both languages: ids, names of test cases, fingerprints, metrics, columns", async () => {
  const [english, french] = await Promise.all([evaluate("en", "--reporter", "json"), evaluate("fr", "--reporter", "json")].map(async (text) => JSON.parse(await text) as { readonly language?: string; readonly findings: readonly Finding[] }));
  expect([english?.language, french?.language]).toEqual([undefined, "fr"]);
  const identity = ({ rule, subject, outcome, severity, disposition, requirements, evidence, remedy }: Finding) => ({ rule, subject, outcome, severity, disposition, requirements, evidence, commands: remedy?.commands });
  expect(french?.findings.map(identity)).toEqual(english?.findings.map(identity));
  const patterns = { junit: /(?:class)?name="[^"]*"/gu, sarif: /"(?:ruleId|primaryLocationLineHash|fullyQualifiedName)":"[^"]*"/gu, openmetrics: /^umpreflight_(?:checks|check_failed)\S*/gmu, csv: /^\ufeff.*$/gmu };
  for (const language of ["en", "fr"]) await evaluate(language, ...Object.keys(patterns).flatMap((reporter) => ["--reporter", `${reporter}=${files.path(`${language}.${reporter}`)}`]));
  const marks = async (language: string, reporter: string, pattern: RegExp) => [...(await readFile(files.path(`${language}.${reporter}`), "utf8")).matchAll(pattern)].map(([mark]) => mark);
  for (const [reporter, pattern] of Object.entries(patterns)) {
    const found = await marks("en", reporter, pattern);
    expect(found.length).toBeGreaterThan(0);
    expect(await marks("fr", reporter, pattern)).toEqual(found);
  }
}, 60_000);

test("the language of a run is no change: a comparison of an English with a French report finds none", async () => {
  for (const language of ["en", "fr"]) await evaluate(language, "--reporter", `json=${files.path(`${language}.json`)}`);
  const compared = await run(["compare", files.path("en.json"), files.path("fr.json")]);
  expect(compared).toMatchObject({ code: 0, stderr: "" });
  expect(compared.stdout).toMatch(/nothing changed, \d+ still\n$/u);
});

test("a saved report keeps the texts it was written in; headings are those of --lang, or of the report", async () => {
  await evaluate("fr", "--reporter", `json=${files.path("saved.json")}`);
  const of = async (...args: readonly string[]) => (await run(["report", files.path("saved.json"), ...args], { environment: { ...plain, LANG: "en_GB.UTF-8" } })).stdout;
  expect(await of()).toContain("Pas prêt\u00a0: ");
  expect(await of("--lang", "en")).toContain("Not ready: ");
  const { rules } = JSON.parse(await readFile(files.path("saved.json"), "utf8")) as { readonly rules: readonly { readonly title: string; readonly originalTitle: string }[] };
  expect(rules.every(({ title, originalTitle }) => title !== "" && originalTitle !== "")).toBe(true);
});

test("rules of one's own bring their translations along; lint lists what is missing", async () => {
  const pack = files.path("pack");
  await mkdir(`${pack}/languages/fr`, { recursive: true });
  await mkdir(`${pack}/ours`, { recursive: true });
  await writeFile(`${pack}/ours/plan.yaml`, 'id: ours/plan\ntitle: Our plans\nrequirements: []\nseverity: advice\nteam: exchange\nwhy: Because.\nsubject: { each: umDialPlan, as: plan }\noutcomes:\n  - fail: plan.name == ""\n    message: "{plan.name} is bad"\npass: "{plan.name} is good"\nevidence: [plan.name]\n');
  const translate = (pass: string) => writeFile(`${pack}/languages/fr/ours.yaml`, `ours/plan:\n  - { en: Our plans, fr: Nos plans }\n  - { en: "{plan.name} is good", fr: "${pass}" }\n`);
  await translate("{plan.name} est bon");
  expect((await run(["rules", "show", "ours/plan", "--rules", pack, "--lang", "fr"], { environment: plain })).stdout).toMatch(/^ours\/plan \(conseil\)\nNos plans\n\nBecause\.\n/u);
  expect((await evaluate("fr", "--rules", pack, "--reporter", "json"))).toContain('"title":"Nos plans"');
  expect((await run(["rules", "lint", "--rules", pack])).stdout).toContain("ours/plan: fr: not translated: why, outcomes.0.message.\n");
  await translate("{plan.nmae} est bon");
  const wrong = await run(["rules", "list", "--rules", pack, "--lang", "fr"], { environment: plain });
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain("languages/fr/ours.yaml:3:");
  expect((await run(["rules", "list", "--rules", pack], { environment: plain })).code).toBe(0);
});

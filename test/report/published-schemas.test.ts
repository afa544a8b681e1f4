import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import type { Report, Reporter } from "../../src/model/report.ts";
import { renderJunit } from "../../src/report/junit.ts";
import { renderSarif } from "../../src/report/sarif.ts";
import { schemaProblems } from "../xml-schema.ts";
import { comparedReport } from "./drift-report.ts";
import { hostileReport, longReport } from "./hostile.ts";
import { finding, firstScan, plain, report } from "./reports.ts";

/**
 * The schemas that others publish are not ours to ship. Whoever has them - junit-10.xsd of the Jenkins xUnit plugin, sarif-schema-2.1.0.json of OASIS - names
 * their folder in UMPREFLIGHT_SCHEMAS; everybody else has what we wrote down of them, in junit.xsd and sarif-shape.ts.
 */
const folder = process.env["UMPREFLIGHT_SCHEMAS"];
const at = (name: string): string => join(folder ?? "nowhere", name);

const reports: readonly (readonly [string, Report])[] = [
  ["a first scan", firstScan()],
  ["hostile strings", hostileReport()],
  ["long names", longReport()],
  ["nothing", report([])],
  ["a comparison with waivers", comparedReport()],
  ["every outcome", report([finding("pass"), finding("warn"), finding("fail"), finding("unknown"), finding("not-applicable"), finding("fail", { disposition: "waived" })])],
];
const write = (reporter: Reporter, of: Report, options: object = {}): string => [...reporter(of, { ...plain, ...options })].join("");

describe.runIf(existsSync(at("junit-10.xsd")))("the published schema of Jenkins", () => {
  it.each(reports)("lets %s pass", async (_name, of) => {
    const all = (["subject", "rule"] as const).flatMap((junitGranularity) => (["pass", "skipped", "failure"] as const).map((junitWarn) => write(renderJunit, of, { junitGranularity, junitWarn })));
    expect(await schemaProblems(pathToFileURL(at("junit-10.xsd")), ...all)).toEqual([]);
  });
});

describe.runIf(existsSync(at("sarif-schema-2.1.0.json")))("the published schema of SARIF", () => {
  it.each(reports)("lets %s pass", (_name, of) => {
    // It is published for draft 4 and for draft 7; what it uses means the same in both.
    const { $schema: _draft, id: _id, ...schema } = JSON.parse(readFileSync(at("sarif-schema-2.1.0.json"), "utf8")) as Readonly<Record<string, unknown>>;
    const validate = new Ajv({ allErrors: true, strict: false, validateFormats: false }).compile(schema);
    for (const verbosity of ["normal", "verbose"] as const) {
      validate(JSON.parse(write(renderSarif, of, { verbosity })));
      expect(validate.errors).toBeNull();
    }
  });
});

import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { outcomes, severities } from "../../src/model/finding.ts";
import { unknownReasons } from "../../src/model/observation.ts";
import type { Report } from "../../src/model/report.ts";
import { renderJson } from "../../src/report/json.ts";
import { mapNodeKinds } from "../../src/model/overview.ts";
import { hostileReport, longReport } from "./hostile.ts";
import { exampleOverview } from "./overview.ts";
import { finding, firstScan, plain, report } from "./reports.ts";

interface Schema {
  readonly definitions: Readonly<Record<string, { readonly properties: Readonly<Record<string, { readonly enum?: readonly string[] }>> }>>;
}
const schema = JSON.parse(readFileSync(new URL("../../reports/schemas/report.schema.json", import.meta.url), "utf8")) as Schema;
const validate = new Ajv({ allErrors: true }).compile(schema);
const text = (of: Report): string => [...renderJson(of, plain)].join("");

describe("json", () => {
  it.each<[string, Report]>([
    ["a first scan", firstScan()],
    ["a hostile report", hostileReport()],
    ["a report with long names", longReport()],
    ["nothing", report([])],
    ["an overview", report([], { overview: exampleOverview })],
    ["a counted pass", report([finding("pass", { count: 12 })])],
  ])("follows its schema: %s", (_name, of) => {
    validate(JSON.parse(text(of)));
    expect(validate.errors).toBeNull();
  });

  it("has a schema that knows the model's words, and refuses others", () => {
    expect(schema.definitions["finding"]?.properties["outcome"]?.enum).toEqual([...outcomes]);
    expect(schema.definitions["finding"]?.properties["severity"]?.enum).toEqual([...severities]);
    expect(schema.definitions["reason"]?.properties["reason"]?.enum).toEqual([...unknownReasons]);
    const nodes = schema.definitions["deploymentMap"]?.properties["nodes"] as { readonly items?: { readonly properties: { readonly kind: { readonly enum: readonly string[] } } } } | undefined;
    expect(nodes?.items?.properties.kind.enum).toEqual([...mapNodeKinds]);
    expect(validate({ schemaVersion: 2 })).toBe(false);
  });

  it("writes each finding on a line of its own, as it is", () => {
    const scan = firstScan();
    const lines = text(scan).split("\n").filter((line) => line.startsWith('{"rule"'));
    expect(lines.map((line) => JSON.parse(line.replace(/,$/, "")) as unknown)).toEqual([...scan.findings]);
  });

  it("is printable and readable by strict parsers", () => {
    const hostile = text(hostileReport());
    expect(hostile).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    expect(hostile).not.toMatch(/\\ud[89ab][0-9a-f]{2}(?!\\ud[c-f])/);
    const parsed = JSON.parse(hostile) as { readonly findings: readonly { readonly message: string }[] };
    expect(parsed.findings.map((one) => one.message)).toEqual([...hostileReport().findings].map((one) => one.message.toWellFormed()));
  });
});

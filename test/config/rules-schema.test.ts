import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { kinds } from "../../src/model/kinds.ts";
import type { Kind } from "../../src/model/fact-type.ts";
import { severities, outcomes } from "../../src/model/finding.ts";
import { profiles, teams } from "../../src/model/rule.ts";

const read = (name: string) => JSON.parse(readFileSync(`reports/schemas/${name}`, "utf8")) as { readonly properties: Readonly<Record<string, { readonly enum?: unknown; readonly items?: { readonly enum?: unknown }; readonly properties?: Readonly<Record<string, { readonly enum?: unknown }>> }>>; readonly definitions?: Readonly<Record<string, { readonly enum?: unknown }>> };

it("the schema of rules knows the kinds and names of the model", () => {
  const { properties } = read("rule.schema.json");
  const listable = Object.entries(kinds as Readonly<Record<string, Kind>>).filter(([, kind]) => kind.lookup !== true).map(([name]) => name);
  expect(properties["subject"]?.properties?.["each"]?.enum).toEqual(listable);
  expect(properties["severity"]?.enum).toEqual(severities);
  expect(properties["team"]?.enum).toEqual(teams);
  expect(properties["profiles"]?.items?.enum).toEqual(profiles);
});

it("so do those of cases and profiles", () => {
  expect(read("rule-cases.schema.json").definitions?.["profile"]?.enum).toEqual(profiles);
  const expected = (JSON.parse(readFileSync("reports/schemas/rule-cases.schema.json", "utf8")) as { properties: { cases: { items: { properties: { expect: { properties: object } } } } } }).properties.cases.items.properties.expect.properties;
  expect(Object.keys(expected).sort()).toEqual([...outcomes].sort());
});

it("the schema of reports knows the sides that trust a certificate, so that a report which was written can be read", () => {
  const found = /"trustedBy": \{[^}]*"enum": (\[[^\]]*\])/u.exec(readFileSync("reports/schemas/report.schema.json", "utf8"))?.[1];
  expect(JSON.parse(found ?? "[]")).toEqual(kinds.trustAnchorSet.facts.side.type.values);
});

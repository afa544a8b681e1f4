import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { loadConfig } from "../../src/config/config-file.ts";
import { attestationKeys, attestationNames } from "../../src/model/attestations.ts";
import schema from "../../reports/schemas/config.schema.json" with { type: "json" };
import { complaintOf } from "../complaint.ts";

const folder = mkdtempSync(join(tmpdir(), "umpreflight-attestations-"));
afterAll(() => rmSync(folder, { recursive: true }));

function load(attestations: string) {
  const file = join(folder, "umpreflight.yaml");
  writeFileSync(file, `version: 1\nprofile: hosted\nforests: [{ name: a.test, roles: [lync], credentials: { user: x, password: { env: PW } } }]\nattestations:\n${attestations}\n`);
  return loadConfig(file);
}

const complaint = (attestations: string): string => complaintOf(folder, () => load(attestations));

describe("attestations", () => {
  it("are taken with name and day", () => {
    expect(load("  - { key: clocks-are-right, value: false, by: Ada, date: 2026-05-30 }").attestations).toEqual([{ key: "clocks-are-right", value: false, by: "Ada", date: "2026-05-30" }]);
  });

  it("are none where the configuration has none", () => {
    expect(load("  []").attestations).toEqual([]);
  });

  it.each([
    ["a key that is not known", "  - { key: clock-is-right, value: true, by: Ada, date: 2026-05-30 }", "clocks-are-right"],
    ["a day that is none", "  - { key: clocks-are-right, value: true, by: Ada, date: 2026-02-30 }", "umpreflight.yaml:5:52: attestations.0.date: 2026-02-30 is no day."],
    ["a date in other words", "  - { key: clocks-are-right, value: true, by: Ada, date: yesterday }", "attestations.0.date"],
    ["nobody's statement", "  - { key: clocks-are-right, value: true, date: 2026-05-30 }", "by is missing"],
    ["an answer that is neither", "  - { key: clocks-are-right, value: maybe, by: Ada, date: 2026-05-30 }", "it must be boolean"],
    ["two statements on one thing", "  - { key: clocks-are-right, value: true, by: Ada, date: 2026-05-30 }\n  - { key: clocks-are-right, value: false, by: Bob, date: 2026-05-31 }", "attestations.1.key: clocks-are-right is stated twice."],
  ])("refuse %s", (_, text, expected) => {
    expect(complaint(text)).toContain(expected);
  });

  it("have the same keys in schema, documentation and model", () => {
    const documented = [...readFileSync(new URL("../../docs/configuration.md", import.meta.url), "utf8").matchAll(/^\| `([a-z0-9-]+)` \| (.*) \|$/gm)].map(([, key, statement]) => [key, statement]);
    expect(schema.properties.attestations.items.properties.key.enum).toEqual(attestationNames);
    expect(documented).toEqual(attestationNames.map((key) => [key, attestationKeys[key].statement]));
  });
});

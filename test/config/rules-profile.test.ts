import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { loadProfile } from "../../src/config/rules-profile.ts";
import { loadRequirements } from "../../src/config/rules-requirements.ts";
import { compileRules } from "../../src/engine/compile-rules.ts";
import { selectRules } from "../../src/engine/select-rules.ts";
import { ruleDocument } from "../engine/rule-fixture.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "profiles-"));
  const write = (id: string, text: string) => {
    writeFileSync(join(folder, `${id}.yaml`), text);
  };
  write("on-premises", 'id: on-premises\ntitle: Base\ninclude: ["**"]\nexclude: [dns/*]\nparameters: { a/b: { days: 3, name: x } }\n');
  write("strict", "id: strict\ntitle: Strict\nextends: on-premises\nexclude: [a/c]\nseverity: { a/b: blocker }\nparameters: { a/b: { days: 9 } }\n");
  write("loop", "id: loop\ntitle: L\nextends: loop\n");
  write("alone", 'id: alone\ntitle: A\ninclude: ["**"]\n');
  write("wrong", "id: wrong\ntitle: W\nincludes: [a]\n");
  write("other", "id: another\ntitle: O\n");
  write("hosted", "id: hosted\ntitle: H\n");
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

it("works in what a profile extends", () => {
  expect(loadProfile(folder, "strict")).toEqual({
    id: "strict",
    title: "Strict",
    integration: "on-premises",
    include: ["**"],
    exclude: ["dns/*", "a/c"],
    severities: { "a/b": "blocker" },
    parameters: { "a/b": { days: 9, name: "x" } },
  });
});

it.each([
  ["loop", "or itself: loop → loop"],
  ["alone", "extends none of"],
  ["wrong", "includes: includes is not known here"],
  ["other", "The profile is another"],
  ["hosted", "includes no rules"],
  ["missing", "There is no profile missing"],
  ["../on-premises", "cannot be the name of a profile"],
])("refuses %s", (id, message) => {
  expect(() => loadProfile(folder, id)).toThrow(message);
});

it("selects by globs and tells which match nothing", () => {
  const { rules } = compileRules(["a/b", "a/c", "a-b/c", "dns/x"].map((id) => ruleDocument({ id })));
  const ids = (include: string[], exclude: string[] = []) => selectRules(rules, { include, exclude }).rules.map(({ id }) => id);
  expect(ids(["**"])).toEqual(["a-b/c", "a/b", "a/c", "dns/x"]);
  expect(ids(["a/*"], ["*/c"])).toEqual(["a/b"]);
  expect(ids(["a*/**"], ["a/b"])).toEqual(["a-b/c", "a/c"]);
  expect(selectRules(rules, { include: ["a/b", "a/x"], exclude: ["z/*"] }).unmatched).toEqual(["a/x", "z/*"]);
});

it("reads the catalogue of requirements and refuses what is none", () => {
  expect(loadRequirements("r.yaml", "a.b: { title: T, severity: W, for: all }\n").get("a.b")).toEqual({ key: "a.b", title: "T", severity: "W", for: "all" });
  expect(() => loadRequirements("r.yaml", "a.b: { title: T, severity: X, for: all }\n")).toThrow("a.b must have a title");
  expect(() => loadRequirements("r.yaml", "a: [\n")).toThrow();
});

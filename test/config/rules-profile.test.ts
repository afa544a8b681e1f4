import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { loadProfile } from "../../src/config/rules-profile.ts";
import { loadRequirements } from "../../src/config/rules-requirements.ts";
import { compileRules } from "../../src/engine/compile-rules.ts";
import { matchesAny, selectRules } from "../../src/engine/select-rules.ts";
import { ruleDocument } from "../engine/rule-fixture.ts";

const folder = mkdtempSync(join(tmpdir(), "profiles-"));
const own = join(folder, "own");
const strict = { file: join(folder, "strict.yaml") };
beforeAll(() => {
  mkdirSync(own);
  const write = (id: string, text: string) => {
    writeFileSync(join(folder, `${id}.yaml`), text);
  };
  write("on-premises", 'id: on-premises\ntitle: Base\ninclude: ["**"]\nexclude: [dns/*]\nparameters: { a/b: { days: 3, name: x } }\n');
  write("strict", "id: strict\ntitle: Strict\nextends: on-premises\nexclude: [a/c]\nseverity: { a/b: blocker }\nparameters: { a/b: { days: 9 } }\n");
  write("hosted", "id: hosted\ntitle: H\n");
  write("own/stricter", "id: stricter\ntitle: S\nextends: ../strict.yaml\n");
  write("own/loop", "id: loop\ntitle: L\nextends: ./loop.yaml\n");
  write("own/alone", 'id: alone\ntitle: A\ninclude: ["**"]\n');
  write("own/wrong", "id: wrong\ntitle: W\nincludes: [a]\n");
  write("own/typo", "id: typo\ntitle: T\nextends: on-premise\n");
  write("own/taken", "id: hosted\ntitle: T\nextends: on-premises\n");
  for (let at = 1; at <= 6; at += 1) write(`own/long-${at}`, `id: long-${at}\ntitle: L\nextends: ${at === 1 ? "on-premises" : `./long-${at - 1}.yaml`}\n`);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

it("works in what a profile extends", () => {
  expect(loadProfile(folder, strict)).toMatchObject({
    id: "strict",
    title: "Strict",
    integration: "on-premises",
    selection: [
      { include: ["**"], only: undefined, exclude: ["dns/*"] },
      { include: [], only: undefined, exclude: ["a/c"] },
    ],
    severities: { "a/b": "blocker" },
    parameters: { "a/b": { days: 9, name: "x" } },
  });
});

it("tells where the chain names rules, for finding what does not exist", () => {
  expect(loadProfile(folder, strict).named.map(({ text, part, position }) => [text, part, position.file.slice(folder.length + 1), position.line])).toEqual([
    ["**", "include", "on-premises.yaml", 3],
    ["dns/*", "exclude", "on-premises.yaml", 4],
    ["a/b", "parameters", "on-premises.yaml", 5],
    ["a/c", "exclude", "strict.yaml", 4],
    ["a/b", "severity", "strict.yaml", 5],
    ["a/b", "parameters", "strict.yaml", 6],
  ]);
});

it("extends profiles by file, from the folder of the one that extends", () => {
  const { id, integration, selection } = loadProfile(folder, { file: join(own, "stricter.yaml") });
  expect({ id, integration, steps: selection.length }).toEqual({ id: "stricter", integration: "on-premises", steps: 3 });
});

it.each([
  ["loop", "The profile extends itself: loop → ./loop.yaml"],
  ["alone", "extends none of"],
  ["wrong", "includes: includes is not known here"],
  ["long-6", "More than 5 profiles extend each other"],
  ["typo", "There is no profile on-premise."],
  ["missing", "There is no profile"],
  ["taken", "hosted is the name of a profile that ships"],
])("refuses %s", (id, message) => {
  expect(() => loadProfile(folder, { file: join(own, `${id}.yaml`) })).toThrow(message);
});

it("refuses names of profiles that do not ship, with the nearest", () => {
  expect(() => loadProfile(folder, { name: "hosted" })).toThrow("includes no rules");
  expect(() => loadProfile(folder, { name: "../on-premises" })).toThrow("There is no profile ../on-premises.");
  expect(() => loadProfile(folder, { name: "on-premise" })).toThrow(expect.objectContaining({ hint: "Did you mean on-premises?" }));
});

it("selects by globs, step by step", () => {
  const { rules } = compileRules(["a/b", "a/c", "a-b/c", "dns/x"].map((id) => ruleDocument({ id })));
  const step = (include: string[], exclude: string[] = [], only?: string[]) => ({ include, only, exclude });
  const ids = (...steps: ReturnType<typeof step>[]) => selectRules(rules, steps).map(({ id }) => id);
  expect(ids(step(["**"]))).toEqual(["a-b/c", "a/b", "a/c", "dns/x"]);
  expect(ids(step(["a/*"], ["*/c"]))).toEqual(["a/b"]);
  expect(ids(step(["a*/**"], ["a/b"]))).toEqual(["a-b/c", "a/c"]);
  expect(ids(step(["**"], ["a/*"]), step(["a/b"]))).toEqual(["a-b/c", "a/b", "dns/x"]);
  expect(ids(step(["**"]), step([], ["a/c"], ["a/*"]))).toEqual(["a/b"]);
  expect([matchesAny("a/b", ["a/*"]), matchesAny("a/b", ["*"])]).toEqual([true, false]);
});

it("reads the catalogue of requirements and refuses what is none", () => {
  expect(loadRequirements("r.yaml", "a.b: { title: T, severity: W, for: all }\n").get("a.b")).toEqual({ key: "a.b", title: "T", severity: "W", for: "all" });
  expect(() => loadRequirements("r.yaml", "a.b: { title: T, severity: X, for: all }\n")).toThrow("a.b must have a title");
  expect(() => loadRequirements("r.yaml", "a: [\n")).toThrow();
});

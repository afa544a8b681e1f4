import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { phasesOf } from "../../src/app/process-view.ts";
import { loadProcess } from "../../src/config/process-file.ts";
import { loadRequirements } from "../../src/config/rules-requirements.ts";
import { loadRuleFolder } from "../../src/config/rules-folder.ts";
import { loadProfile } from "../../src/config/rules-profile.ts";
import { compileRules } from "../../src/engine/compile-rules.ts";
import { rulesFor, selectRules } from "../../src/engine/select-rules.ts";
import { profiles } from "../../src/model/rule.ts";

const { rules } = compileRules(loadRuleFolder("rules").documents);
const catalogue = loadRequirements("rules/requirements.yaml", readFileSync("rules/requirements.yaml", "utf8"));

describe.each(profiles)("the process of the profile %s", (profile) => {
  const process = loadProcess("rules/process", profile);
  const running = rulesFor(selectRules(rules, loadProfile("rules/profiles", { name: profile }).selection), profile).map(({ document }) => document.rule);

  it("names only keys of the catalogue, and only rules that run", () => {
    expect(process.phases.flatMap(({ requirements }) => requirements).filter((key) => !catalogue.has(key))).toEqual([]);
    expect(process.phases.flatMap((phase) => phase.rules).filter((id) => !running.some((rule) => rule.id === id))).toEqual([]);
  });

  it("names a rule only where no key places it", () => {
    const placed = process.phases.flatMap((phase) => phase.rules.filter((id) => running.find((rule) => rule.id === id)?.requirements.some((key) => phase.requirements.includes(key))));
    expect(placed).toEqual([]);
  });

  it("has a phase for every shipped rule that runs", () => {
    const further = phasesOf(process, running).find(({ id }) => id === "further-rules");
    expect(further?.rules ?? []).toEqual([]);
  });

  it("has something to check in every phase, and calls a key that a rule checks elsewhere not unobservable", () => {
    for (const phase of phasesOf(process, running)) {
      expect(phase.rules.length + phase.notObservable.length, phase.id).toBeGreaterThan(0);
      const checkedElsewhere = phase.notObservable.filter((key) => rules.some(({ document }) => document.rule.requirements.includes(key)));
      expect(checkedElsewhere, phase.id).toEqual([]);
    }
  });
});

it("every key of the catalogue belongs to a phase of some process", () => {
  const placed = new Set(profiles.flatMap((profile) => loadProcess("rules/process", profile).phases.flatMap(({ requirements }) => requirements)));
  expect([...catalogue.keys()].filter((key) => !placed.has(key))).toEqual([]);
});

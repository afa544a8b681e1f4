import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { loadCasesFolder } from "../../src/config/cases-folder.ts";
import { loadProfile } from "../../src/config/rules-profile.ts";
import { loadRequirements } from "../../src/config/rules-requirements.ts";
import { loadRuleFolder } from "../../src/config/rules-folder.ts";
import { caseWorld } from "../../src/engine/case-world.ts";
import { compileRules } from "../../src/engine/compile-rules.ts";
import { evaluate } from "../../src/engine/evaluate.ts";
import { explainCheck } from "../../src/engine/explain.ts";
import { lintRules } from "../../src/engine/lint-rules.ts";
import { runCases } from "../../src/engine/run-cases.ts";
import { matchesAny } from "../../src/engine/select-rules.ts";
import { describeError } from "../../src/model/errors.ts";
import type { KindName } from "../../src/model/kinds.ts";
import { unknown } from "../../src/model/observation.ts";
import { profiles } from "../../src/model/rule.ts";
import type { Subject, SubjectIndex } from "../../src/model/subject.ts";

const loaded = loadRuleFolder("rules");
const compiled = compileRules(loaded.documents);
const cases = loadCasesFolder("test/rules");
const now = new Date("2026-06-01T00:00:00Z");

it("every rule and every case file loads", () => {
  expect([...loaded.errors, ...compiled.errors, ...cases.errors].map(describeError)).toEqual([]);
  expect(compiled.rules.length).toBeGreaterThan(0);
});

it("lint has nothing to say", () => {
  const requirements = loadRequirements("rules/requirements.yaml", readFileSync("rules/requirements.yaml", "utf8"));
  expect(lintRules(compiled, cases.cases, new Set(requirements.keys())).map(describeError)).toEqual([]);
});

it.each(profiles)("the profile %s loads and names only rules that exist", (id) => {
  const { named } = loadProfile("rules/profiles", { name: id });
  expect(named.filter(({ text }) => !compiled.rules.some((rule) => matchesAny(rule.id, [text])))).toEqual([]);
});

it("nothing passes in an empty world", () => {
  const empty = { subjects: { all: () => [], get: () => undefined } };
  for (const profile of profiles) {
    const evaluation = evaluate(empty, compiled, { now, profile });
    expect([...evaluation.findings, ...evaluation.finishMass()].filter(({ outcome }) => outcome === "pass")).toEqual([]);
  }
});

/** The world with one fact of one subject taken away. */
function blackedOut(subjects: SubjectIndex, subject: Subject, fact: string): { subjects: SubjectIndex; changed: Subject } {
  const changed = { ...subject, facts: { ...subject.facts, [fact]: unknown("timeout", "blacked out") } };
  const replace = (one: Subject) => (one.kind === subject.kind && one.id === subject.id ? changed : one);
  const get = (kind: KindName, id: string) => {
    const found = subjects.get(kind, id);
    return found === undefined ? undefined : replace(found);
  };
  return { subjects: { all: (kind) => subjects.all(kind).map(replace), get }, changed };
}

describe.each(cases.cases.map((file) => [file.rule, file] as const))("%s", (id, file) => {
  const rule = compiled.rules.find((candidate) => candidate.id === id);
  if (rule === undefined) throw new Error(`there is no rule ${id}`);

  it.each(runCases(rule, compiled.classes, file).map((result) => [result.name, result] as const))("%s", (_, result) => {
    expect(result.problems).toEqual([]);
  });

  it("passes on nothing that was not read", () => {
    let blackouts = 0;
    for (const one of file.cases.filter(({ expect: expected }) => (expected.pass?.length ?? 0) > 0)) {
      const { world, streamed } = caseWorld(file.world, one.patch);
      const options = { now: new Date(one.now ?? file.now), profile: one.profile ?? file.profile ?? rule.document.rule.profiles?.[0] ?? "on-premises", parameters: { [id]: { ...file.parameters, ...one.parameters } } } as const;
      for (const name of one.expect.pass ?? []) {
        const subject = world.subjects.get(rule.document.rule.subject.each, name.slice(name.indexOf("/") + 1)) ?? streamed.find((candidate) => name === `${candidate.kind}/${candidate.id}`);
        if (subject === undefined) throw new Error(`${one.name}: there is no ${name}`);
        const { facts } = explainCheck(world, { rule, classes: compiled.classes }, subject, options);
        for (const read of facts) {
          const { changed, ...dark } = blackedOut(world.subjects, read.subject, read.fact);
          const judged = read.subject === subject ? changed : subject;
          const { finding } = explainCheck(dark, { rule, classes: compiled.classes }, judged, options);
          expect(finding?.outcome, `${one.name}: ${name} without ${read.subject.kind}/${read.subject.id} ${read.fact}`).toBe("unknown");
          blackouts += 1;
        }
      }
    }
    expect(blackouts).toBeGreaterThan(0);
  });
});
